"""A small table of numbers to be typed over: a picture's pixels, a kernel's weights."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from core.data.values import as_typed, read_number

Array = np.ndarray
LISTED = 3
"""So many sentences about what can't be read stand over a table; the rest is counted."""


def number_table(
    name: str,
    values: Array,
    changed: Callable[[Array], None],
    *,
    low: float,
    high: float,
    decimals: int = 0,
    cell: str = "cell",
    empty: bool = True,
    alt: str,
    columns: Sequence[str] = (),
    rows: Sequence[str] = (),
) -> None:
    """Show numbers (rows, columns) as a table; ``changed`` takes all of them as they are after one was typed over.

    What was typed is kept by the table itself as changes to the numbers that it was given first. So it is given new
    ones, under a new name, only when they were changed elsewhere, or a cell has to show its number again; and the place
    of the cursor survives typing.

    Parameters
    ----------
    name : begins the names of everything that it keeps in the session.
    low, high, decimals : which numbers will do.
    cell : what a number stands for, in sentences about what can't be read.
    empty : whether an emptied cell is a 0; else it stays as it was.
    columns : names over the columns; numbers from 0 without them.
    rows : names before the rows; nothing stands there without them.
    """
    state, turn, base_name, problem = st.session_state, f"{name}.turn", f"{name}.base", f"{name}.problem"
    values, base, own = np.asarray(values), state.get(base_name), f"{name}.{state.get(turn, 0)}"
    names = list(columns) or [str(k) for k in range(values.shape[1])]
    rule = Rule(low, high, decimals, cell, empty)
    if base is None or not np.array_equal(typed(base, values, own, rule, names).cells, values):
        state[turn] = state.get(turn, 0) + 1
        state[base_name] = base = np.array(values)
        own = f"{name}.{state[turn]}"

    def read() -> None:
        found = typed(base, values, own, rule, names)
        changed(found.cells)
        state[problem] = (found.cells, found.problems)
        if found.again:
            del state[base_name]

    at, problems = state.get(problem, (None, []))
    if problems and np.array_equal(at, values):  # gone as soon as a number is set elsewhere
        for sentence in problems[:LISTED]:
            st.text(sentence)
        if len(problems) > LISTED:
            st.text(f"And {len(problems) - LISTED} more.")
    st.data_editor(
        pd.DataFrame([[as_typed(v) for v in row] for row in base], list(rows) or None, names),
        key=own,
        hide_index=not rows,
        column_config={c: st.column_config.TextColumn(alignment="right") for c in names}
        | {"_index": st.column_config.Column(disabled=True)},
        on_change=read,
        alt=alt,
    )


class Rule(NamedTuple):
    """Which numbers a table takes, what one of them is called, and whether an emptied cell is a 0."""

    low: float
    high: float
    decimals: int = 0
    cell: str = "cell"
    empty: bool = True

    def read(self, text: str) -> tuple[float | None, str]:
        """Return the number in a cell, None for what isn't one here, and a sentence about how it was read."""
        if self.empty and not text.strip():
            return 0.0, ""
        value, says = read_number(text, self.low, self.high)
        if value is not None and value != round(value, self.decimals):
            fine = f"has more than {self.decimals} decimal{'s' * (self.decimals > 1)}"
            says = f"{as_typed(value)} {fine if self.decimals else 'is not a whole number'}."
            value = None
        if value is None:
            return None, f"{says} The {self.cell} stays as it was."
        return value or 0.0, says  # and not −0


class Typed(NamedTuple):
    """All numbers after some were typed over, sentences on these, and whether a cell shows another text."""

    cells: Array
    problems: list[str]
    again: bool


def typed(base: Array, now: Array, name: str, rule: Rule, names: Sequence[str] = ()) -> Typed:
    """Read what was typed over ``base`` in the table ``name``; what can't be read stays as it is ``now``."""
    cells, problems, again = np.array(base), [], False
    changes: Any = st.session_state.get(name, {})
    order = list(names) or [str(k) for k in range(cells.shape[1])]
    for row, changed in (changes.get("edited_rows", {}) if changes else {}).items():
        for column, text in changed.items():
            place = int(row), order.index(column)
            value, says = rule.read(str(text or ""))
            cells[place] = now[place] if value is None else value
            again |= bool(says) or not text
            if says:
                problems.append(f"Row {place[0] + 1}, column {column}: {says}")
    return Typed(cells, problems, again)
