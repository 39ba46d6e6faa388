"""A learner's own file: from bytes to a grid of text, safely.

A file from outside may be anything: a photograph, a book, a table with 200,000 columns. So everything is counted
before it is used, and every fault becomes a ``TableError`` that says what to do. Nothing here guesses types: what is a
number is decided in ``values``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.data.decoding import MAX_BYTES, decode
from core.data.faults import TableError, left_out
from core.data.heads import find_head, width_of
from core.data.names import LONGEST, free_name, tidy
from core.data.records import MAX_CELLS, MAX_ROWS, TOO_LONG, Record, split, used
from core.data.units import without_units

__all__ = ["MAX_BYTES", "MAX_CELLS", "MAX_ROWS", "Grid", "read_grid"]


@dataclass(frozen=True)
class Grid:
    """The text of a table.

    Attributes
    ----------
    header : tuple of str or None
        The column names, None if there are none.
    rows : list of tuple of str
        The cells, bare; all rows of one width.
    numbers : list of int
        The number of each row in the file, from 1, as a spreadsheet shows it.
    width : int
        The number of columns.
    beside : bool
        Whether the first column holds row names and is no input.
    point : bool
        Whether 1.065, if nothing else tells, has a decimal point: where commas separate the columns, and where the
        page itself writes numbers so.
    ours : frozenset of (int, int)
        Row and column of the cells that the page itself wrote, with a decimal point; they say nothing of the others.
    """

    header: tuple[str, ...] | None
    rows: list[tuple[str, ...]]
    numbers: list[int]
    width: int
    beside: bool = False
    point: bool = False
    ours: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns as the file calls them, and those without a name by their place.

        Long names are cut; where two become alike by that, the second gets a number.
        """
        whole: dict[str, str] = {}
        names = []
        for place, name in enumerate(self.header or ("",) * self.width, start=1):
            short = tidy(name) or f"column {place}"
            if whole.setdefault(short, name) != name:
                short = free_name(tidy(name, LONGEST - 4), whole)
                whole[short] = name
            names.append(short)
        return tuple(names)

    def place(self, row: int, column: int) -> str:
        """Return where a cell is, in words: Row 3, column “x1”."""
        where = f"column “{self.names[column]}”" if self.header else self.names[column]
        return f"Row {self.numbers[row]}, {where}"


def read_grid(raw: bytes, wanted: Sequence[str] = ()) -> tuple[Grid, list[str]]:
    """Split the bytes of a file into cells.

    Parameters
    ----------
    raw : bytes
    wanted : sequence of str, optional
        The column names that are needed; they help to find the header.

    Returns
    -------
    grid : Grid
    problems : list of str
        A sentence for whatever was skipped, and for each row that was left out because its number of cells is not
        that of the others.

    Raises
    ------
    TableError
        If the file is too large, not text, not a table, or has no rows.
    """
    text, notes = decode(raw)
    separator, records, about = split(text)
    if not any(used(cells) for _, cells in records):
        raise TableError("The file is empty. It needs a first row with the names of the columns, and rows of numbers.")
    lines = [line for line in text[-20_000:].splitlines()[1:] if line.strip()]
    quoted = bool(lines) and all(line.startswith('"') for line in lines[-20:])
    head = find_head(records, wanted, separator, quoted)
    if len(head.rows) > MAX_ROWS:
        raise TableError(TOO_LONG)
    width = len(head.names) if head.names else max(1, width_of(head.rows))
    rows, numbers, faults = _rectangle(head.rows, width)
    grid = Grid(head.names, rows, numbers, width, head.beside, point=separator == ",")
    bare_rows, units = without_units(rows, grid.names)
    notes += about + head.notes + _report(faults, len(head.rows), separator, width) + units
    return replace(grid, rows=bare_rows), notes


def _report(faults: list[str], total: int, separator: str, width: int) -> list[str]:
    """Report the rows of another width; where all have more cells, decimal commas may be the reason."""
    try:
        return left_out(faults, total)
    except TableError as error:
        if separator == "," and all(int(fault.split()[3]) > width for fault in faults):
            hint = "If the comma is your decimal sign, separate the columns with semicolons."
            raise TableError(f"{error} {hint}") from None
        raise


def _rectangle(body: list[Record], width: int) -> tuple[list[tuple[str, ...]], list[int], list[str]]:
    """Return the rows that have ``width`` cells, their numbers, and a sentence for each of the others."""
    rows, numbers, faults = [], [], []
    for number, cells in body:
        if len(cells) >= width >= used(cells):
            rows.append(cells[:width])
            numbers.append(number)
        else:
            count = max(used(cells), min(len(cells), width))
            faults.append(f"Row {number} has {count} {'cell' if count == 1 else 'cells'} instead of {width}.")
    return rows, numbers, faults
