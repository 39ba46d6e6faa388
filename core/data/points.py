"""A learner's own points to predict: from a file, or from cells that were typed or pasted.

Both functions either return numbers that are all finite, with a list of sentences about what was left out or assumed,
or raise ``TableError`` with a message that says what to do. Nothing else is ever raised. Text that comes from outside
is shortened and freed of invisible characters, but it is still someone else's text: show it as plain text, not as
Markdown.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.data.cells import MAX_ROWS, Grid, read_grid
from core.data.faults import TableError
from core.data.heads import COUNTERS, count_up
from core.data.names import key, listed, parts
from core.data.numerals import bare
from core.data.one_hot import column_key, sources, with_words, word_columns
from core.data.values import Cells, decimal_sign, good_rows, numbers, readings

MAX_COLUMNS = 50
"""The most columns of a file in which not all needed columns are found by name."""


def read_points(raw: bytes, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Read points to predict.

    The columns are found by name; case, ``_``, ``.`` and units do not count ("X1" and "x₁" are the same). If the file
    has no names, or as many columns as are needed but none of their names, they are taken in order. Other columns are
    not used, however many they are.

    Parameters
    ----------
    raw : bytes
        A table as text: at most 1,000,000 bytes and 5,000 rows; 50 columns (or as many as are needed) where not all
        columns are found by name.
    columns : sequence of str
        The d names that are needed, such as ``Data.features``.

    Returns
    -------
    points : (N, d) DataFrame of float64
        Finite; columns named and ordered as in ``columns``; the index holds the row numbers of the file.
    problems : list of str
        What was left out or assumed, a sentence each.

    Raises
    ------
    TableError
        If the file cannot be used.
    """
    grid, problems = read_grid(raw, sources(columns))
    grid, strangers = with_words(grid, columns)
    chosen, notes = _match(grid, columns)
    points, faults = _points(grid, chosen, columns)
    return points, problems + strangers + notes + faults


def read_typed(
    cells: Sequence[Sequence[object]], columns: Sequence[str], ours: Sequence[Sequence[object]] = ()
) -> tuple[pd.DataFrame, list[str]]:
    """Read points that were typed into a table, or pasted, as a file is read.

    Parameters
    ----------
    cells : sequence of rows of str or None
        Rows without any text are passed over.
    columns : sequence of str
        The names of the columns.
    ours : sequence of rows of str, optional
        What the page had written into the table. Where a column still holds such a cell, in whichever row by now, it
        says nothing about the decimal sign of the others.

    Returns
    -------
    points, problems
        As from ``read_points``; without rows if nothing was typed.

    Raises
    ------
    TableError
        If the table cannot be used.
    """
    table = [tuple("" if cell is None else bare(str(cell)) for cell in row) for row in cells]
    rows = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if len(rows) > MAX_ROWS:
        raise TableError(f"The table has more than {MAX_ROWS:,} rows. Please keep at most {MAX_ROWS:,}.")
    texts = [set(column) for column in zip(*ours, strict=True)] or [set() for _ in columns]
    written = frozenset(
        (k, column) for k, (_, row) in enumerate(rows) for column, cell in enumerate(row) if cell in texts[column]
    )
    header = tuple(columns)
    grid = Grid(header, [row for _, row in rows], [n for n, _ in rows], len(header), point=True, ours=written)
    return _points(grid, list(range(len(header))), columns)


def _points(grid: Grid, chosen: Sequence[int], columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Read the chosen columns of a grid as ``columns``."""
    if not grid.rows:
        return pd.DataFrame(columns=list(columns), index=pd.Index([], name="row"), dtype=np.float64), []
    cells = Cells.of(grid, chosen)
    sign, notes = decimal_sign(cells)
    values = numbers(cells, sign)
    good, faults = good_rows(grid, np.isnan(values), chosen, sign)
    index = pd.Index([grid.numbers[row] for row in good], name="row")
    points = pd.DataFrame(values[good], columns=list(columns), index=index)
    return points, notes + readings(cells, good, sign) + faults


def _match(grid: Grid, columns: Sequence[str]) -> tuple[list[int], list[str]]:
    """Find the places of the needed columns, and say what was assumed or ignored."""
    places = [_places(grid, name) for name in columns]
    missing = [name for name, found in zip(columns, places, strict=True) if not found]
    twice = [name for name, found in zip(columns, places, strict=True) if len(found) > 1]
    if twice:
        raise TableError(f"Two columns are called “{twice[0]}”. Please remove one.")
    if not missing:
        chosen = [found[0] for found in places]
        others = (name for k, name in enumerate(grid.names) if k not in chosen and not (grid.beside and k == 0))
        read = word_columns(columns)  # as inputs of 1 and 0
        ignored = [name for name in others if column_key(name) not in read]
        notes = _other_units(grid, chosen, columns)
        return chosen, notes + ([f"Not used: {listed(ignored)}."] if ignored else [])
    most = max(MAX_COLUMNS, len(columns))
    if grid.width - grid.beside > most:
        start = f"Row {grid.numbers[0]} has {grid.width:,} columns; at most {most} are read"
        raise TableError(f"{start} where their names are not those needed. Please keep only those you need.")
    return _in_order(grid, columns, missing)


def _in_order(grid: Grid, columns: Sequence[str], missing: Sequence[str]) -> tuple[list[int], list[str]]:
    """Take the columns as they come, if there are no names, or as many columns as needed under other names."""
    needed, start, notes = len(columns), int(grid.beside), []
    _refuse_halves(grid, needed, start)
    first = [row[start] for row in grid.rows]
    counter = grid.header is None or key(grid.names[start]) in COUNTERS
    if grid.width - start == needed + 1 and counter and len(first) > 1 and count_up(first):
        notes.append(f"The first column{f' (“{grid.names[start]}”)' if grid.header else ''} counts the rows: not used.")
        start += 1
    width = grid.width - start
    nameless = grid.header is None and width >= needed
    renamed = len(missing) == needed == width
    if not nameless and not renamed:
        raise TableError(f"Columns needed: {listed(columns)}. Missing in the file: {listed(missing)}.")
    notes.append(f"The columns were taken in this order: {listed(columns)}.")
    if width > needed:
        notes.append(f"Only the first {needed} of {width} columns were used.")
    return list(range(start, start + needed)), notes


def _refuse_halves(grid: Grid, needed: int, start: int) -> None:
    """Refuse rows without names that may be what decimal commas parted: 0,5 makes 0 and 5."""
    width = grid.width - start
    if grid.header is not None or not grid.point or width != 2 * needed:
        return
    if all(cell.lstrip("+-−").isdigit() for row in grid.rows for cell in row[start:]):
        message = f"There are {width} cells in each row instead of {needed}, and all are whole numbers."
        raise TableError(f"{message} If the comma is your decimal sign, separate the columns with semicolons.")


def _places(grid: Grid, name: str) -> list[int]:
    """Find the columns with a name; if several differ by their unit only, those with the right unit.

    Where there is none, a name of the same words in another order will do.
    """
    wanted = key(name, unit=True)
    same = [k for k, other in enumerate(grid.names) if key(other) in (key(name), wanted)]
    exact = [k for k in same if key(grid.names[k], unit=True) == wanted]
    turned = [k for k, other in enumerate(grid.names) if not same and parts(name) and parts(other) == parts(name)]
    return (exact if len(same) > 1 and exact else same) or turned


def _other_units(grid: Grid, chosen: Sequence[int], columns: Sequence[str]) -> list[str]:
    """Say which columns have another unit than the one needed, or another name."""
    turned = [
        f"“{grid.names[k]}” was taken for “{name}”." for k, name in zip(chosen, columns, strict=True)
        if key(grid.names[k]) not in (key(name), key(name, unit=True))
    ]  # fmt: skip
    if len(turned) > 2:
        turned = [turned[0], f"So were {len(turned) - 1} others like it."]
    return turned + [
        f"“{grid.names[k]}” was taken for “{name}”; no unit is converted."
        for k, name in zip(chosen, columns, strict=True)
        if key(grid.names[k], unit=True) not in (key(name, unit=True), key(name)) and key(grid.names[k]) == key(name)
    ]
