"""From cells to numbers: which decimal sign a table uses, decided by all of its cells.

``1,065`` is a thousand and some in London and one and some in Berlin. A cell alone cannot tell; its neighbors can:
beside ``0,5`` it is 1.065, beside ``14.23`` it is 1065. Where the neighbors contradict each other, or none of them
tells, the table is refused with a sentence. So no number is ever read as another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.data.cells import Grid
from core.data.faults import TableError, describe, left_out
from core.data.names import tidy
from core.data.numerals import LARGEST, Numeral, bare, numeral
from core.data.spec import Floats, Ints

Place = tuple[int, int]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """Some columns of a grid, with both readings of each cell.

    Attributes
    ----------
    grid : Grid
    columns : sequence of int
    numerals : list of list of Numeral
        (rows, columns)
    """

    grid: Grid
    columns: Sequence[int]
    numerals: list[list[Numeral]]

    @classmethod
    def of(cls, grid: Grid, columns: Sequence[int]) -> "Cells":
        """Read some columns of a grid: each different text once, since most come again."""
        read = {text: numeral(text) for text in {cells[column] for cells in grid.rows for column in columns}}
        return cls(grid, columns, [[read[cells[column]] for column in columns] for cells in grid.rows])

    def __iter__(self) -> Iterator[tuple[Place, Numeral]]:
        """Yield row and column in the grid, and the readings, of every cell that the page did not write itself."""
        for row, readings in enumerate(self.numerals):
            for column, n in zip(self.columns, readings, strict=True):
                if (row, column) not in self.grid.ours:
                    yield (row, column), n

    def text(self, place: Place) -> str:
        """Return what stands in a cell, fit to be shown."""
        return tidy(self.grid.rows[place[0]][place[1]], 20)


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


def evidence(cells: Cells) -> Evidence:
    """Find what cells say about the decimal sign."""
    seen = Evidence()
    for place, n in cells:
        if n.point == n.comma:
            continue
        if n.comma is None:
            seen.point = seen.point or place
        elif n.point is None:
            seen.comma = seen.comma or place
        elif n.grouped == ",":  # with the comma as decimal sign the point would stand between groups
            seen.either_point = seen.either_point or place
        else:
            seen.either_comma = seen.either_comma or place
    return seen


def decimal_sign(cells: Cells) -> tuple[str, list[str]]:
    """Return "." or ",", the decimal sign of a table of which some columns are used, and what must be said about it.

    Raises
    ------
    TableError
        If some cells can only be read with the one and some only with the other, or a cell with both and no other
        cell tells which is meant.
    """
    seen, grid = evidence(cells), cells.grid
    if seen.point and seen.comma:
        raise TableError(_both(cells, seen.point, seen.comma))
    either = seen.either_comma or seen.either_point
    if either is None:
        return ("," if seen.comma else "."), []
    unused = [column for column in range(grid.width) if column not in cells.columns]
    others = evidence(Cells.of(grid, unused))
    point, comma = seen.point or others.point, seen.comma or others.comma
    if point and comma:
        raise TableError(_both(cells, point, comma))
    if point or comma:
        return ("," if comma else "."), []
    cell = grid.rows[either[0]][either[1]]
    if grid.point and not seen.either_comma:
        return ".", [f"The point is the decimal sign: “{tidy(cell, 20)}” is {as_typed(numeral(cell).point or 0.0)}."]
    raise TableError(f"{grid.place(*either)} holds {either_way(cell)}")


def numbers(cells: Cells, sign: str) -> Floats:
    """Return the numbers, (rows, columns), with the decimal sign "." or ","; NaN where there is none."""
    values = np.array([[n.value(sign) for n in row] for row in cells.numerals], dtype=np.float64)
    values = values.reshape(len(cells.grid.rows), len(cells.columns))
    for row, column in cells.grid.ours:
        k = list(cells.columns).index(column)
        values[row, k] = np.nan if (value := cells.numerals[row][k].point) is None else value
    return np.where(np.abs(values) <= LARGEST, values, np.nan)


def good_rows(grid: Grid, bad: Bools, columns: Sequence[int], sign: str) -> tuple[Ints, list[str]]:
    """Find the rows without a ``bad`` cell, (rows, columns), and say of each other row what is wrong with it."""
    faults = []
    for row in np.flatnonzero(bad.any(axis=1)):
        column = columns[int(bad[row].argmax())]
        why = describe(grid.rows[row][column], "." if (int(row), column) in grid.ours else sign)
        faults.append(f"{grid.place(int(row), column)} {why}.")
    return np.flatnonzero(~bad.any(axis=1)), left_out(faults, len(grid.rows))


def readings(cells: Cells, rows: Ints, sign: str) -> list[str]:
    """Say how cells were read that are not written as Python would: one sentence for each kind, with the first cell."""
    notes: dict[str, str] = {}
    good = set(rows.tolist())
    for place, n in cells:
        if place[0] in good and (n.grouped or n.percent or n.point is None):
            for kind, note in _kinds(cells.text(place), n, sign):
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
    if value is None or (abs(value) > LARGEST and high >= LARGEST):
        return None, f"The field {describe(cell, sign)}."
    if not low <= value <= high:
        written = tidy(cell, 20) if abs(value) > LARGEST else as_typed(value)
        return None, f"{written} is not between {as_typed(low)} and {as_typed(high)}."
    return value, " ".join(note for kind, note in _kinds(tidy(cell, 20), n, sign) if kind != "comma")


def either_way(cell: str) -> str:
    """Say that a cell could be two numbers."""
    n = numeral(cell)
    low, high = sorted((n.point or 0.0, n.comma or 0.0), key=abs)
    return f"“{tidy(cell, 20)}”, which could be {as_typed(low)} or {as_typed(high)}. Please write it as one of these."


def as_typed(value: float) -> str:
    """Return a number as it's typed: up to ten digits, and a true minus sign.

    >>> as_typed(0.1 + 0.2), as_typed(-3.0)
    ('0.3', '−3')
    """
    return f"{value:.10g}".replace("-", "−")


def _kinds(cell: str, n: Numeral, sign: str) -> list[tuple[str, str]]:
    value = n.value(sign)
    if value is None:
        return []
    found = []
    if sign == "," and "," in cell:
        found.append(("comma", f"The comma is the decimal sign: “{cell}” is {as_typed(value)}."))
    if sign in n.grouped:
        found.append(("groups", f"Marks between groups of digits are left out: “{cell}” is {as_typed(value)}."))
    if n.percent:
        found.append(("percent", f"A percent sign divides by 100: “{cell}” is {as_typed(value)}."))
    return found


def _both(cells: Cells, point: Place, comma: Place) -> str:
    kinds = {point: "only with a decimal point", comma: "only with a decimal comma"}
    one, other = (
        f"{cells.grid.place(*place)} holds “{cells.text(place)}”, a number {kinds[place]}"
        for place in sorted((point, comma))
    )
    return f"{one}; {other[0].lower()}{other[1:]}. Please use one decimal sign in the whole table."
