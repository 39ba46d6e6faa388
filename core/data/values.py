"""From cells to numbers: which decimal sign a table uses, decided by all of its cells.

``1,065`` is a thousand and some in London and one and some in Berlin. A cell alone cannot tell; its neighbors can:
beside ``0,5`` it is 1.065, beside ``14.23`` it is 1065. Where the neighbors contradict each other, or none of them
tells, the table is refused with a sentence. So no number is ever read as another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.data.cells import Grid
from core.data.faults import TableError, describe, left_out
from core.data.names import tidy
from core.data.numerals import LARGEST, bare, numeral, parse_number
from core.data.spec import Floats, Ints

Place = tuple[int, int]
Bools = npt.NDArray[np.bool_]


@dataclass
class Evidence:
    """The first cell of each kind: row and column, or None.

    Attributes
    ----------
    point, comma : only a number with this decimal sign, such as 14.23 and 0,5.
    either_point, either_comma : a number with both, but another one, such as 1.065 and 1,065.
    """

    point: Place | None = None
    comma: Place | None = None
    either_point: Place | None = None
    either_comma: Place | None = None


def evidence(grid: Grid, columns: Iterable[int]) -> Evidence:
    """Find what the cells of some columns say about the decimal sign."""
    seen = Evidence()
    for column in columns:
        for row, cells in enumerate(grid.rows):
            n = numeral(cells[column])
            if n.point == n.comma or (row, column) in grid.ours:
                continue
            if n.comma is None:
                seen.point = seen.point or (row, column)
            elif n.point is None:
                seen.comma = seen.comma or (row, column)
            elif n.grouped == ",":  # with the comma as decimal sign the point would be left out
                seen.either_point = seen.either_point or (row, column)
            else:
                seen.either_comma = seen.either_comma or (row, column)
    return seen


def decimal_sign(grid: Grid, columns: Sequence[int]) -> str:
    """Return "." or ",", the decimal sign of a table of which ``columns`` are used.

    Raises
    ------
    TableError
        If some cells can only be read with the one and some only with the other, or a cell with both and no other
        cell tells which is meant.
    """
    seen = evidence(grid, columns)
    if seen.point and seen.comma:
        raise TableError(_both(grid, seen.point, seen.comma))
    either = seen.either_comma or seen.either_point
    if either is None:
        return "," if seen.comma else "."
    others = evidence(grid, set(range(grid.width)) - set(columns))
    point, comma = seen.point or others.point, seen.comma or others.comma
    if point and comma:
        raise TableError(_both(grid, point, comma))
    if point or comma:
        return "," if comma else "."
    if grid.point and not seen.either_comma:
        return "."
    raise TableError(f"{grid.place(*either)} holds {either_way(grid.rows[either[0]][either[1]])}")


def numbers(grid: Grid, columns: Sequence[int], sign: str) -> Floats:
    """Read some columns, (rows, columns), with the decimal sign "." or ","; NaN where there is no number."""
    cells = [
        [parse_number(cells[column], _sign_of(grid, (row, column), sign)) for column in columns]
        for row, cells in enumerate(grid.rows)
    ]
    return np.array(cells, dtype=np.float64).reshape(len(grid.rows), len(columns))


def good_rows(grid: Grid, bad: Bools, columns: Sequence[int], sign: str) -> tuple[Ints, list[str]]:
    """Find the rows without a ``bad`` cell, (rows, columns), and say of each other row what is wrong with it."""
    faults = []
    for row in np.flatnonzero(bad.any(axis=1)):
        column = columns[int(bad[row].argmax())]
        why = describe(grid.rows[row][column], _sign_of(grid, (int(row), column), sign))
        faults.append(f"{grid.place(int(row), column)} {why}.")
    return np.flatnonzero(~bad.any(axis=1)), left_out(faults, len(grid.rows))


def _sign_of(grid: Grid, place: Place, sign: str) -> str:
    return "." if place in grid.ours else sign


def readings(grid: Grid, rows: Ints, columns: Sequence[int], sign: str) -> list[str]:
    """Say how cells were read that are not written as Python would: one sentence for each kind, with the first cell."""
    notes: dict[str, str] = {}
    for row in rows:
        for column in columns:
            if (int(row), column) not in grid.ours:
                for kind, note in _kinds(grid.rows[row][column], sign):
                    notes.setdefault(kind, note)
    return [notes[kind] for kind in ("comma", "groups", "percent") if kind in notes]


def read_number(text: str, low: float = -LARGEST, high: float = LARGEST) -> tuple[float | None, str]:
    """Read what was typed into a field, where the page itself writes decimal points.

    Returns
    -------
    value : float or None
        None if the text is not a number from ``low`` to ``high``, or could be two.
    problem : str
        A sentence about what could not be read, or was read in a way that should be seen; else "".

    Examples
    --------
    >>> read_number("1,5"), read_number("1.065")
    ((1.5, ''), (1.065, ''))
    >>> read_number("1,065")
    (None, 'The field holds “1,065”, which could be 1.065 or 1065. Please write it as one of these.')
    """
    cell = bare(text)
    n = numeral(cell)
    if n.either and "," in cell:
        return None, f"The field holds {either_way(cell)}"
    sign = "." if n.point is not None else ","
    value = n.value(sign)
    if value is None or abs(value) > LARGEST:
        return None, f"The field {describe(cell, sign)}."
    if not low <= value <= high:
        return None, f"{value:.10g} is not between {low:g} and {high:g}.".replace("-", "−")
    return value, " ".join(note for kind, note in _kinds(cell, sign) if kind != "comma")


def either_way(cell: str) -> str:
    """Say that a cell could be two numbers."""
    n = numeral(cell)
    low, high = sorted((n.point or 0.0, n.comma or 0.0), key=abs)
    return f"“{tidy(cell, 20)}”, which could be {low:.10g} or {high:.10g}. Please write it as one of these."


def _kinds(cell: str, sign: str) -> list[tuple[str, str]]:
    n = numeral(cell)
    value, shown = n.value(sign), f"“{tidy(cell, 20)}”"
    if value is None or cell.isdigit():
        return []
    found = []
    if sign == "," and "," in cell:
        found.append(("comma", f"The comma is the decimal sign: {shown} is {value:.10g}."))
    if sign in n.grouped:
        found.append(("groups", f"Marks between groups of digits are left out: {shown} is {value:.10g}."))
    if n.percent:
        found.append(("percent", f"A percent sign divides by 100: {shown} is {value:.10g}."))
    return found


def _both(grid: Grid, point: Place, comma: Place) -> str:
    one, other = sorted((point, comma))
    said = {point: "only with a decimal point", comma: "only with a decimal comma"}
    cells = [f"{grid.place(*p)} holds “{tidy(grid.rows[p[0]][p[1]], 20)}”, a number {said[p]}" for p in (one, other)]
    return f"{cells[0]}; {cells[1][0].lower()}{cells[1][1:]}. Please use one decimal sign in the whole table."
