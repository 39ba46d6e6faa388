"""A field for a number, read as files are read.

Streamlit's own number field drops a decimal comma without a word: 1,5 becomes 15. So a number is typed as text, and
read by the one reader of numbers. What cannot be read is said under the field, which keeps its last good value.
"""

import streamlit as st

from core.data.values import read_number
from core.ui.link import Link
from core.ui.mirror import mirror


def number_field(link: Link, name: str, label: str, low: float, high: float) -> None:
    """Show a field for the number ``name`` of a link, from ``low`` to ``high``."""
    state, problem = st.session_state, f"{link.key(name)}.typed.problem"

    def read(field: str) -> None:
        value, sentence = read_number(state[field], low, high)
        if value is not None:
            link.set(**{name: value})
        state[problem] = (link[name], sentence)
        state[field] = _written(link[name])

    st.text_input(label, **mirror(f"{link.key(name)}.typed", _written(link[name]), read))
    at, sentence = state.get(problem, (None, ""))
    if sentence and at == link[name]:  # gone as soon as the number is set elsewhere
        st.text(sentence)


def _written(value: float) -> str:
    return f"{value:.10g}".replace("-", "−")
