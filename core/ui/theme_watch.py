"""Draw the page anew when the theme changes: charts and formulas get their colors from Python.

Streamlit tells Python the theme with every run of the script, but a change of theme starts none: until the next click
dark titles would stand on a dark page. So a component that is not seen runs the script when the page's colors change.
Its background is the page's, with a transition: the browser announces it when a new color comes, wherever from.
"""

import streamlit as st

_CSS = """
:host, .watch { position: absolute; width: 0; height: 0; overflow: hidden; }
.watch { background-color: var(--st-background-color); transition: background-color 1ms; }
"""

_JS = """
export default function ({ parentElement, setTriggerValue }) {
  const watch = parentElement.querySelector('.watch');
  let told = 0;
  watch.ontransitionend = () => { clearTimeout(told); told = setTimeout(() => setTriggerValue('changed', true), 50); };
  return () => clearTimeout(told);
}
"""

_HTML = '<div class="watch" aria-hidden="true"></div>'

_WATCH = st.components.v2.component("theme_watch", html=_HTML, css=_CSS, js=_JS)


def theme_watch() -> None:
    """Run the script again when the page's theme changes; a page needs this once."""
    _WATCH(key="theme.watch", on_changed_change=_heard, height=1)


def _heard() -> None:
    """Streamlit wants a callback to listen at all; the run that comes with it is all that is needed."""
