"""A widget that shows what other widgets change as well, such as a typed number beside its slider.

With every click the browser sends the values of all widgets, as they are there. Whoever presses a slider's key twice
sends, with the second press, a field that the answer to the first has not reached yet; to the server it looks as if
somebody had typed the old number again, and the slider springs back. So a widget whose value was changed elsewhere
gives way to a new one: what the browser still says of the old one is nobody's.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

AGAIN = "_again"


def mirror(name: str, value: object, changed: Callable[[str], None]) -> dict[str, Any]:
    """Return the key of a widget that shows ``value``, and what to do when somebody changes the widget.

    ``changed`` gets the key, under which the session has the new value. If it puts another value there, such as the
    number as it is written, the widget stays, and with it the keyboard's place.
    """
    state, turn = st.session_state, f"{name}.turn"
    if state.get(_key(name), value) != value:
        state[turn] = state.get(turn, 0) + 1
    key = _key(name)
    if key not in state:
        state[key] = value

    def answer() -> None:
        if key == _key(name):
            changed(key)

    return {"key": key, "on_change": answer}


def _key(name: str) -> str:
    turn = st.session_state.get(f"{name}.turn", 0)
    return f"{name}{AGAIN}{turn}" if turn else name
