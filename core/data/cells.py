"""A learner's own file: from bytes to a grid of text, safely.

A file from outside may be anything: a photograph, a book, a table with 200,000 columns. So everything is counted
before it is kept, and every fault becomes a ``TableError`` that says what to do. Nothing here guesses types: the
reader is Python's ``csv``, which splits text and does no more. (pandas guesses, and takes minutes over 200,000 equal
headers.)
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mode

MAX_BYTES = 1_000_000
MAX_COLUMNS = 50
MAX_ROWS = 5_000
LARGEST = 1e12
"""The largest absolute value of a number: its square still fits into the float32 of the training."""

_TOO_LONG = f"The file has more than {MAX_ROWS:,} rows. Please keep at most {MAX_ROWS:,}."
_SHOWN = 5
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_MISSING = {"", "nan", "na", "n/a", "null", "?"}
_NEVER_A_NAME = _MISSING | {"none", "inf", "-inf", "infinity", "-infinity", "-"}


class TableError(ValueError):
    """A file that cannot be used; its message is meant for the learner who chose it."""


@dataclass(frozen=True)
class Grid:
    """The text of a table.

    Attributes
    ----------
    header : tuple of str or None
        The column names, None if the first row holds numbers already.
    rows : list of tuple of str
        The cells, stripped; all rows of one width.
    numbers : list of int
        The number of each row in the file, from 1, as a spreadsheet shows it.
    width : int
        The number of columns.
    decimal_comma : bool
        Whether 1,5 stands for 1.5: in files whose columns are separated by semicolons or tabs.
    """

    header: tuple[str, ...] | None
    rows: list[tuple[str, ...]]
    numbers: list[int]
    width: int
    decimal_comma: bool


def read_grid(raw: bytes, max_columns: int = MAX_COLUMNS) -> tuple[Grid, list[str]]:
    """Split the bytes of a CSV file into cells; commas, semicolons and tabs are told apart by the first line.

    Returns
    -------
    grid : Grid
    problems : list of str
        One sentence for each row that was left out because its number of cells is not that of the first row.

    Raises
    ------
    TableError
        If the file is too large, not text, not a table, or has no rows.
    """
    text = _decode(raw)
    separator = _separator(text)
    decimal_comma = separator != ","
    records = list(_records(text, separator, max_columns))
    if not records:
        raise TableError("The file is empty. It needs a first row with the names of the columns, and rows of numbers.")
    header: tuple[str, ...] | None = None
    if _is_header(records[0][1], decimal_comma):
        header = records[0][1][: _used(records[0][1])]
        records = records[1:]
    if not records:
        raise TableError("The file has column names, but no rows under them.")
    if len(records) > MAX_ROWS:
        raise TableError(_TOO_LONG)
    width = len(header) if header else mode(_used(cells) for _, cells in records)
    rows, numbers, faults = _rectangle(records, width)
    return Grid(header, rows, numbers, width, decimal_comma), left_out(faults, len(records))


def parse_number(cell: str, decimal_comma: bool = False) -> float | None:
    """Read a plain number such as 5, -0.25 or 1e-3; None for everything else and for anything beyond ``LARGEST``.

    Python's ``float`` would also take "nan", "1_000", "१२" and "1e400", which nobody means in a table.
    """
    cell = _plain(cell, decimal_comma)
    if not _NUMBER.fullmatch(cell):
        return None
    value = float(cell)
    return value if abs(value) <= LARGEST else None


def is_missing(cell: str) -> bool:
    """Whether a cell is empty or holds what programs write for a missing value."""
    return cell.lower() in _MISSING


def describe(cell: str, decimal_comma: bool = False) -> str:
    """Say in words why a cell is not a number that can be used."""
    if not cell:
        return "is empty"
    shown = f"holds “{tidy(cell, 20)}”"
    if is_missing(cell):
        return f"{shown}, which stands for a missing value"
    if _NUMBER.fullmatch(_plain(cell, decimal_comma)):
        return f"{shown}, which is beyond {LARGEST:g}"
    return f"{shown}, which is not a number"


def left_out(faults: Sequence[str], total: int) -> list[str]:
    """Report the rows that cannot be used: one sentence each if they are few, an error if they are many.

    Few means at most 5 or a tenth of all ``total`` rows, whichever is more, and not all of them.

    Raises
    ------
    TableError
        If they are many.
    """
    shown = list(faults[:_SHOWN])
    if len(faults) > _SHOWN:
        shown.append(f"And {len(faults) - _SHOWN:,} more.")
    if len(faults) > max(_SHOWN, total // 10) or (faults and len(faults) == total):
        raise TableError(f"{len(faults):,} of {total:,} rows cannot be used. {' '.join(shown)} Please correct them.")
    if faults:
        shown.append("Rows left out: 1." if len(faults) == 1 else f"Rows left out: {len(faults):,}.")
    return shown


def tidy(text: str, length: int = 40) -> str:
    """Make text from outside fit to be shown: no invisible characters, and not too long."""
    text = "".join(character for character in text if character.isprintable()).strip()
    return text if len(text) <= length else text[: length - 1] + "…"


def key(name: str) -> str:
    """Return what two spellings of a column name have in common: "X₁", "x1" and " x1 " are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1e6:.1f} MB" if len(raw) >= 1.05 * MAX_BYTES else f"{len(raw):,} bytes"
        raise TableError(f"The file has {size}; at most 1 MB is read. Please keep fewer rows or columns.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "The file is not UTF-8 text. In a spreadsheet, choose “Save as” and the format “CSV UTF-8”."
        raise TableError(message) from None


def _separator(text: str) -> str:
    """Find what separates the columns: a tab or a semicolon if the first line has one, else a comma.

    Not the most frequent one: "1,5;2,5" has two commas and one semicolon, and two columns.
    """
    outside_quotes = re.sub(r'"[^"]*"', "", text).lstrip("\r\n")
    first = re.split(r"[\r\n]", outside_quotes, maxsplit=1)[0]
    return next((mark for mark in "\t;" if mark in first), ",")


def _records(text: str, separator: str, max_columns: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (row number, cells) for every row that is not blank, and refuse a table that is too large at once."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    kept = 0
    try:
        for number, record in enumerate(reader, start=1):
            cells = [cell.strip() for cell in record]
            columns = _used(cells)
            if columns > max_columns:
                message = f"Row {number} has {columns:,} columns; at most {max_columns} are read."
                raise TableError(f"{message} Please keep only those you need.")
            if columns:
                kept += 1
                yield number, tuple(cells[:max_columns])
            if kept > MAX_ROWS + 1 or number > 3 * MAX_ROWS:  # one for the header; some blank rows are no harm
                raise TableError(_TOO_LONG)
    except csv.Error:
        message = f"The table cannot be read near line {reader.line_num}: a quotation mark is missing or misplaced"
        raise TableError(f"{message}, or a cell is far too long. Please check that line.") from None


def _used(cells: Sequence[str]) -> int:
    """Count the cells up to the last that is not empty: spreadsheets like to end a line with bare separators."""
    return max((place for place, cell in enumerate(cells, start=1) if cell), default=0)


def _is_header(cells: Sequence[str], decimal_comma: bool) -> bool:
    """Whether every cell is a word: neither a number nor what programs write for a missing one."""
    filled = [cell for cell in cells if cell]
    return not any(_NUMBER.fullmatch(_plain(cell, decimal_comma)) or cell.lower() in _NEVER_A_NAME for cell in filled)


def _plain(cell: str, decimal_comma: bool) -> str:
    """Write a number the way programs do: a hyphen for the minus sign, a point for the decimal comma."""
    cell = cell.replace("−", "-")
    return cell.replace(",", ".", 1) if decimal_comma and "." not in cell else cell


def _rectangle(
    body: list[tuple[int, tuple[str, ...]]], width: int
) -> tuple[list[tuple[str, ...]], list[int], list[str]]:
    """Return the rows that have ``width`` cells, their numbers, and a sentence for each of the others."""
    rows, numbers, faults = [], [], []
    for number, cells in body:
        if len(cells) >= width >= _used(cells):
            rows.append(cells[:width])
            numbers.append(number)
        else:
            count = max(_used(cells), min(len(cells), width))
            faults.append(f"Row {number} has {count} {'cell' if count == 1 else 'cells'} instead of {width}.")
    return rows, numbers, faults
