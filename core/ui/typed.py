"""Fields for a number, read as files are read, and for a text that a link's own reader reads.

Streamlit's own number field drops a decimal comma without a word: 1,5 becomes 15. So a number is typed as text, and
read by the one reader of numbers. What cannot be read is said under the field, which keeps its last good value.
"""

from collections.abc import Callable

import streamlit as st

from core.data.values import as_typed, read_number
from core.ui.link import Link
from core.ui.mirror import mirror


def number_field(
    link: Link, name: str, label: str, low: float, high: float, times: float = 1.0, field: str = ""
) -> None:
    """Show a field for the number ``name`` of a link, from ``low`` to ``high``.

    Where the field shows another number than the link holds, it is so many ``times`` that, and ``field`` is its name.
    """
    state, key = st.session_state, f"{link.key(field or name)}.typed"
    problem = f"{key}.problem"
    now = as_typed(times * link[name] + 0.0)  # no −0

    def read(typed: str) -> None:
        value, sentence = read_number(state[typed], low, high)
        if value is not None:
            link.set(**{name: value / times + 0.0})
        state[problem] = (link[name], sentence)
        state[typed] = as_typed(times * link[name] + 0.0)

    st.text_input(label, **mirror(key, now, read))
    at, sentence = state.get(problem, (None, ""))
    if sentence and at == link[name]:  # gone as soon as the number is set elsewhere
        st.text(sentence)


def text_field(
    link: Link, name: str, label: str, read: Callable[[str, str], tuple[str, str]],
    changed: Callable[[str], None] = lambda value: None,
) -> None:  # fmt: skip
    """Show a field for the text ``name`` of a link.

    ``read`` gets what was typed and what the link holds; it returns the link's new value, and a sentence on what wasn't
    read as it was typed. ``changed`` gets the new value.
    """
    state, key = st.session_state, f"{link.key(name)}.typed"
    problem = f"{key}.problem"

    def take(typed: str) -> None:
        value, sentence = read(state[typed], link[name])
        link.set(**{name: value})
        state[problem] = (value, sentence)
        state[typed] = value
        changed(value)

    st.text_input(label, **mirror(key, link[name], take))
    at, sentence = state.get(problem, (None, ""))
    if sentence and at == link[name]:
        st.text(sentence)
