"""A field for a number, read as files are read.

Streamlit's own number field drops a decimal comma without a word: 1,5 becomes 15. So a number is typed as text, and
read by the one reader of numbers. What cannot be read is said under the field, which keeps its last good value.
"""

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
