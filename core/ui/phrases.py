"""Text that drives the picture: a phrase of an explanation sets the controls that it speaks of.

In Markdown a phrase is a link to the page's own address with a few settings. A browser would open it beside the page;
here the click comes to Python instead, which sets those controls and leaves the others as they are. Whoever asks for a
new tab still gets one. A button in a container whose key ends with "shows" brings the picture into sight just so.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from core.training import settings
from core.ui.link import Link

_JS = """
export default function ({ setTriggerValue }) {
  const bringPicture = () => {
    const pictures = [...document.querySelectorAll('[data-testid="stMain"] [data-testid="stVegaLiteChart"]')];
    const box = pictures.find(e => e.checkVisibility())?.getBoundingClientRect();
    const main = document.querySelector('[data-testid="stMain"]');
    if (box && box.top < 0) main.scrollBy({ top: box.top - 80 });
  };
  const follow = event => {
    if (event.target.closest?.('[class*="-shows"] button')) bringPicture();
    const phrase = event.target.closest?.('[data-testid="stMain"] a[href^="?"][href*="="]');
    if (!phrase || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue('said', phrase.getAttribute('href').slice(1));
    bringPicture();
  };
  document.addEventListener('click', follow, { capture: true });
  return () => document.removeEventListener('click', follow, { capture: true });
}
"""

_PHRASES = st.components.v2.component("phrases", html="<span></span>", js=_JS)
KEY = "frame.phrases"


def phrase(text: str, **values: object) -> str:
    """Return the Markdown link of a phrase that sets controls, by their names in the page's link.

    >>> phrase("a turned ravine", surface="rotated")
    '[:material/science: a turned ravine](?surface=rotated)'
    """
    return f"[:material/science: {text}](?{urlencode(values)})"


def follow(link: Link) -> None:
    """Listen to the page's phrases; a page needs this once."""
    _PHRASES(key=KEY, on_said_change=lambda: _set(link))


def _set(link: Link) -> None:
    """Set what the clicked phrase names; a callback."""
    state = st.session_state.get(KEY)
    said = state.get("said") if isinstance(state, Mapping) else None
    asked = dict(parse_qsl(said)) if isinstance(said, str) else {}
    values, _ = settings.read(asked, link.controls)
    link.jump(**{c.name: values[c.name] for c in link.controls if c.name in asked})
