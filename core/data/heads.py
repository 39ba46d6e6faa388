"""What stands above and beside the numbers: titles, comments, column names, row names.

pandas writes an index without a name, R a header with one name fewer than there are cells, spreadsheets a title in a
row of its own, NumPy the names behind a ``#``. All of them are known here, and whatever is passed over is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import multimode

from core.data.faults import INFINITE, MISSING, TableError
from core.data.names import key, listed, tidy
from core.data.numerals import is_numeral, numeral
from core.data.records import Record, used

MOST_TITLES = 20
"""Rows in which the column names are looked for."""
_NEVER_A_NAME = MISSING - {""} | INFINITE | {"none", "-", "-inf", "-infinity"}
_COMMENT = re.compile(r"(#+|%+|//+)\s*")
_UNNAMED = re.compile(r"(unnamed: ?\d+(\.\d+)*|rownames|row\.names)?", re.IGNORECASE)
"""What pandas and R call a column of row names."""
COUNTERS = {"index", "id", "row", "nr", "no", "n", "number", "x", "obs", "i"}
"""Names, as ``key`` has them, of columns that may do nothing but count the rows."""


@dataclass(frozen=True)
class Head:
    """The names of the columns, and the rows under them.

    Attributes
    ----------
    names : tuple of str or None
        One for each column; None if there are none.
    rows : list of Record
    notes : list of str
        What was passed over, a sentence each.
    beside : bool
        Whether the first column holds row names, or counts the rows, and is no input.
    """

    names: tuple[str, ...] | None
    rows: list[Record]
    notes: list[str]
    beside: bool = False


def find_head(records: list[Record], wanted: Sequence[str], separator: str, quoted: bool) -> Head:
    """Tell the rows of numbers from what stands above them.

    Parameters
    ----------
    records : list of Record
        One or more.
    wanted : sequence of str
        The column names that are needed: the first row that has most of them is the header. Empty if any will do.
    separator : str
    quoted : bool
        Whether the rows begin with a quotation mark, as R writes its row names.
    """
    width = width_of(records)
    place = _named(records, wanted)
    titles = records[:place] if place is not None else _titles(records, width, len(wanted))
    start = len(titles)
    if separator == "," and width == 2 and start == 1 and len(titles[0][1][0].split()) == 1 and _all_pairs(records[1:]):
        message = f"One word (“{tidy(titles[0][1][0])}”) stands above pairs of whole numbers."
        raise TableError(f"{message} If the comma is your decimal sign, separate the columns with semicolons.")
    notes = [_skipped(titles)] if titles else []
    first, rows = _without_comment(records[start][1]), records[start + 1 :]
    if place is None and not is_header(first):
        quote = f"Row {records[start][0]} ({listed(first[: used(first)], 3)})"
        if not _counts(first, rows):
            if rows and _may_count(first[: used(first)], rows):
                notes.append(f"{quote} was read as a point. If it numbers the columns, please remove it.")
            return Head(None, records[start:], notes)
        notes.append(f"{quote} was taken for column numbers, not for a point.")
    names = first[: used(first)]
    if not rows:
        raise TableError("The file has column names, but no rows under them.")
    beside = width_of(rows) == len(names) + 1
    if beside and _holds_row_names([cells[0] for _, cells in rows], rows, separator, quoted):
        notes.append("The first column has no name and was taken for row names: not used.")
        return Head(("", *names), rows, notes, beside=True)
    if beside and separator == "," and len(names) == 1 and _all_pairs(rows):
        return _with_decimal_comma(names, rows, notes)
    if len(names) > 1 and _UNNAMED.fullmatch(names[0]):
        named = f" (“{tidy(names[0])}”)" if names[0] else ""
        notes.append(f"The first column{named or ' has no name and'} was taken for row names: not used.")
        return Head(names, rows, notes, beside=True)
    return Head(names, rows, notes)


def is_header(cells: Sequence[str]) -> bool:
    """Whether every cell is a word, no number and nothing that stands for one; but numbers that count up are names."""
    filled = [cell for cell in cells if cell]
    names = [cell for cell in filled if not is_numeral(cell) and cell.lower() not in _NEVER_A_NAME]
    others = [cell for cell in filled if cell not in names]
    return bool(names) and (not others or (len(others) > 2 and count_up(others)))  # label, 0, 1, 2, …


def count_up(cells: Sequence[str], starts: Sequence[int] = (0, 1)) -> bool:
    """Whether cells are 0, 1, 2, … or 1, 2, 3, … and nothing else."""
    if not cells or cells[0] not in map(str, starts):
        return False
    first = int(cells[0])
    return all(cell == str(first + k) for k, cell in enumerate(cells))


def width_of(records: Sequence[Record]) -> int:
    """Return the most frequent number of cells in a row; of equally frequent ones the largest."""
    return max(multimode(used(cells) for _, cells in records))


def _named(records: Sequence[Record], wanted: Sequence[str]) -> int | None:
    """Find the row that has most of the wanted names; None if no row has any."""
    keys = {key(name) for name in wanted}
    found = [len(keys & {key(cell) for cell in _without_comment(cells)}) for _, cells in records[:MOST_TITLES]]
    return found.index(max(found)) if max(found) > 0 else None


def _titles(records: Sequence[Record], width: int, needed: int) -> list[Record]:
    """Return the rows before the table: comments, and words in fewer cells than the table has."""
    place = 0
    for (_, cells), (_, below) in pairwise(records[: MOST_TITLES + 1]):
        header_below = is_header(_without_comment(below)) and used(_without_comment(below)) == width
        if not _is_comment(cells, width, header_below) and not _is_title(cells, width, needed, header_below):
            break
        place += 1
    return list(records[:place])


def _is_comment(cells: tuple[str, ...], width: int, header_below: bool) -> bool:
    """Whether a row is a remark; but behind a ``#`` may be the names."""
    begins = bool(_COMMENT.match(next((cell for cell in cells if cell), "")))
    return begins and (header_below or len(_without_comment(cells)) != width)


def _is_title(cells: tuple[str, ...], width: int, needed: int, header_below: bool) -> bool:
    """Whether a row is words in another number of cells; but R's header over row names has one cell fewer."""
    if used(cells) == width or is_numeral(next((cell for cell in cells if cell), "")):
        return False
    over_row_names = used(cells) == width - 1 and (width > 2 if not needed else needed == width - 1)
    return header_below or (used(cells) < width and not (over_row_names and is_header(cells)))


def _without_comment(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Take a ``#`` from before the names: NumPy writes them so."""
    mark = _COMMENT.match(cells[0])
    if not mark:
        return cells
    rest = (cells[0][mark.end() :], *cells[1:])
    return (rest if rest[0] else rest[1:]) if any(rest) else cells


def _skipped(titles: Sequence[Record]) -> str:
    quote = listed([tidy(" ".join(cell for cell in cells if cell)) for _, cells in titles], 3)
    if len(titles) == 1:
        return f"Row {titles[0][0]} stands above the table and was skipped: {quote}."
    return f"Rows {titles[0][0]} to {titles[-1][0]} stand above the table and were skipped: {quote}."


def _counts(first: tuple[str, ...], rows: Sequence[Record]) -> bool:
    """Whether a first row of 0, 1, 2, … numbers the columns, as pandas writes it: decided by the rows under it.

    0, 1 may be a point. But where all other rows have decimal signs, it is none.
    """
    cells = first[: used(first)]
    if not rows or not cells:
        return False
    if width_of(rows) == len(cells) + 1:  # over row names
        return count_up(cells) and count_up([row[0] for _, row in rows])
    if cells[0] == "" or len(cells) > 2:
        return count_up(cells[cells[0] == "" :], (0,))
    return count_up(cells, (0,)) and len(rows) + len(cells) > 3 and all(_has_sign(row) for _, row in rows)


def _may_count(cells: tuple[str, ...], rows: Sequence[Record]) -> bool:
    """Whether a first row that was read as a point may number the columns after all."""
    return count_up(cells, (0,)) or (count_up(cells) and all(_has_sign(row) for _, row in rows))


def _has_sign(cells: Sequence[str]) -> bool:
    return any(is_numeral(cell) and ("." in cell or "," in cell) for cell in cells)


def _holds_row_names(first: Sequence[str], rows: Sequence[Record], separator: str, quoted: bool) -> bool:
    """Whether a column without a name holds row names, and not the first part of decimal commas."""
    if quoted or not any(is_numeral(cell) for cell in first):
        return True
    if not _ascending(first):
        return False
    decimal = any("." in cell for _, cells in rows for cell in cells)
    if separator == "," and not decimal and count_up(first, (1,)):
        message = (
            "Each row has one cell more than there are names. If the comma is your decimal sign, separate the columns"
        )
        raise TableError(f"{message} with semicolons; if the first column counts the rows, please give it a name.")
    return separator != "," or decimal


def _ascending(cells: Sequence[str]) -> bool:
    """Whether cells are whole numbers in ascending order, as the row names of R are where rows were left out."""
    return all(cell.isascii() and cell.isdigit() for cell in cells) and all(
        int(one[:20]) < int(other[:20]) for one, other in pairwise(cells)
    )


def _all_pairs(rows: Sequence[Record]) -> bool:
    """Whether every row is one number, or two cells that could be the halves of one with a decimal comma."""
    return all(used(cells) <= 2 and numeral(_joined(cells)).comma is not None for _, cells in rows)


def _joined(cells: Sequence[str]) -> str:
    return ",".join(cells[: used(cells)])


def _with_decimal_comma(names: tuple[str, ...], rows: Sequence[Record], notes: list[str]) -> Head:
    """Join what the decimal comma of a single column had parted."""
    return Head(names, [(number, (_joined(cells),)) for number, cells in rows], notes)
