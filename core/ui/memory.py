"""A reload keeps what the learner has answered: in the browser's own storage, and nowhere else.

The server forgets everything with the session. So a small component writes each answer into the browser's storage, and
reads it back once when a session begins. Until then a prediction is hidden (core/ui/frame.css), or the page would ask
again what is answered already. What was asked before the answers came back stays hidden for good, since the browser
still has it while the page runs anew; what is then asked in earnest has another name (`teaching.ask`). Each tab writes
only what was answered in it. Anybody may have written into that storage, so `parse` takes names of questions and small
whole numbers, and nothing else.
"""

import json
import re
from collections.abc import Mapping
from uuid import uuid4

import streamlit as st

from core.ui.lessons import BY_SLUG
from core.ui.teaching import RECALLED, SKIPPED, answers

LONGEST = 100_000
MOST_OPTIONS = 10
_NAME = re.compile(r"[a-z_]{1,40}(\.[a-z0-9_]{1,40}){1,3}", re.ASCII)

_HTML = '<p class="says"></p><button type="button" class="forget" hidden></button>'

_CSS = """
:host, div { font-family: var(--st-font); font-size: 0.85rem; color: var(--st-text-color); }
p { margin: 0 0 0.4rem; line-height: 1.4; }
button { padding: 0.3rem 0.6rem; border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  background: transparent; color: inherit; font: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""

_JS = """
const KEY = 'how-neural-networks-learn.answers', FORGET = 'Forget my answers', SURE = 'Yes, forget them all';
const SAVED = 'Your answers are saved in this browser only. What you set on a page is in its link.';
const UNSAVED = "This browser doesn't let us save your answers, so a reload forgets them. What you set is in the link.";
const here = globalThis.courseMemory ??= { session: null, written: {}, recalls: false };

function reveal() { document.documentElement.dataset.recalled = ''; }

function read() {
  const text = localStorage.getItem(KEY);
  try {
    const found = JSON.parse(text ?? '{}');
    return found && typeof found === 'object' && !Array.isArray(found) ? found : {};
  } catch { return {}; }
}

function write(answers) {
  const all = read(), changed = Object.entries(answers).filter(([name, option]) => here.written[name] !== option);
  for (const [name, option] of changed) here.written[name] = all[name] = option;
  if (changed.length) localStorage.setItem(KEY, JSON.stringify(all));
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const says = parentElement.querySelector('.says'), forget = parentElement.querySelector('.forget');
  try {
    const begins = here.session !== data.session, stored = read();
    if (begins) {
      const recalls = !data.recalled && Object.keys(stored).some(name => !(name in data.answers));
      Object.assign(here, { session: data.session, written: {}, recalls });
      if (recalls) {
        delete document.documentElement.dataset.recalled;
        setStateValue('stored', JSON.stringify(stored));
      }
    }
    here.recalls &&= !data.recalled;
    if (!here.recalls) {
      if (!data.recalled) reveal();
      write(data.answers);
    }
    says.textContent = SAVED;
  } catch { reveal(); says.textContent = UNSAVED; }
  forget.hidden = !Object.keys(data.answers).length;
  forget.textContent = FORGET;
  forget.onclick = () => {
    if (forget.textContent === FORGET) { forget.textContent = SURE; return; }
    try { localStorage.removeItem(KEY); } catch { /* nothing was saved */ }
    here.written = {};
    setTriggerValue('forget', true);
  };
  forget.onblur = () => { forget.textContent = FORGET; };
}
"""

_MEMORY = st.components.v2.component("memory", html=_HTML, css=_CSS, js=_JS)


def remember() -> None:
    """Keep the answers in the browser, bring back those of an earlier visit, and offer to forget them."""
    session = st.session_state.setdefault("memory.session", uuid4().hex)
    data = {"session": session, "answers": answers(), "recalled": st.session_state.get(RECALLED, False)}
    _MEMORY(key="memory", data=data, default={"stored": ""}, on_stored_change=_recall, on_forget_change=_forget)


def parse(text: object) -> dict[str, int]:
    """Return the answers in a text out of a browser's storage; whatever is not one is left out.

    >>> parse('{"neuron.prediction": 2, "neuron.check.0": "1", "<b>": 1, "nobody.check.0": 1}')
    {'neuron.prediction': 2}
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: option for name, option in found.items() if _is_answer(name, option)} if type(found) is dict else {}


def _is_answer(name: str, option: object) -> bool:
    named = _NAME.fullmatch(name) is not None and name.split(".")[0] in (*BY_SLUG, "quiz")
    return named and type(option) is int and SKIPPED <= option < MOST_OPTIONS


def _recall() -> None:
    """Add what the browser remembers; what was answered in this session counts more."""
    state = st.session_state.get("memory")
    if isinstance(state, Mapping) and not st.session_state.get(RECALLED):
        answers().update(parse(state.get("stored")) | answers())
        st.session_state[RECALLED] = True


def _forget() -> None:
    """Forget all answers; the questions on the screen follow."""
    answers().clear()
