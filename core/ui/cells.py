"""A small table of numbers to be typed over: a picture's pixels, a kernel's weights."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.data.values import read_number

Array = np.ndarray


def number_table(
    name: str,
    values: Array,
    changed: Callable[[Array], None],
    *,
    low: float,
    high: float,
    decimals: int = 0,
    cell: str = "cell",
    alt: str,
    columns: Sequence[str] = (),
    rows: Sequence[str] = (),
) -> None:
    """Show numbers (rows, columns) as a table; ``changed`` takes all of them as they are after one was typed over.

    What was typed is kept by the table itself as changes to the numbers that it was given first. So it is given new
    ones, under a new name, only when they were changed elsewhere; and the place of the cursor survives typing.

    Parameters
    ----------
    name : begins the names of everything that it keeps in the session.
    low, high, decimals : which numbers will do.
    cell : what a number stands for, in sentences about what can't be read.
    columns : names over the columns; numbers from 0 without them.
    rows : names before the rows; nothing stands there without them.
    """
    state, turn, base_name = st.session_state, f"{name}.turn", f"{name}.base"
    base, own = state.get(base_name), f"{name}.{state.get(turn, 0)}"
    names = list(columns) or [str(k) for k in range(np.shape(values)[1])]
    if base is None or not np.array_equal(typed(base, own, low, high, decimals, cell, names)[0], values):
        state[turn] = state.get(turn, 0) + 1
        state[base_name] = base = np.array(values)
        own = f"{name}.{state[turn]}"
    st.data_editor(
        pd.DataFrame([[f"{v:g}".replace("-", "−") for v in row] for row in base], list(rows) or None, names),
        key=own,
        hide_index=not rows,
        column_config={c: st.column_config.TextColumn(alignment="right") for c in names}
        | {"_index": st.column_config.Column(disabled=True)},
        on_change=lambda: changed(typed(base, own, low, high, decimals, cell, names)[0]),
        alt=alt,
    )
    for problem in typed(base, own, low, high, decimals, cell, names)[1]:
        st.text(problem)


def typed(
    base: Array, name: str, low: float, high: float, decimals: int, cell: str, names: Sequence[str] = ()
) -> tuple[Array, list[str]]:
    """Return the numbers with what was typed over them in the table ``name``, and sentences on how it was read."""
    cells, problems = np.array(base), []
    changes: Any = st.session_state.get(name, {})
    order = list(names) or [str(k) for k in range(cells.shape[1])]
    for row, changed in (changes.get("edited_rows", {}) if changes else {}).items():
        for column, text in changed.items():
            value, says = read_number(str(text or "0"), low, high)
            if value is not None and value != round(value, decimals):
                says = f"{value:g} is not a whole number." if not decimals else f"{value:g} has too many decimals."
                value = None
            if value is None:
                says += f" The {cell} stays as it was."
            else:
                cells[int(row), order.index(column)] = value or 0  # and not −0
            if says:
                problems.append(f"Row {int(row) + 1}, column {column}: {says}")
    return cells, problems
