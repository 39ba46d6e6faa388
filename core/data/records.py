"""From text to rows of cells: which mark stands between the columns, and splitting, safely.

The reader is Python's ``csv``, which splits text and does no more. (pandas guesses types, and takes minutes over
200,000 equal headers.) Everything is counted before it is used.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from core.data.faults import TableError
from core.data.numerals import bare, is_numeral
from core.data.units import amount

MAX_ROWS = 5_000
MAX_CELLS = 1_000
"""The most cells of a row that are looked at, also where most columns will not be used."""
TOO_LONG = f"The file has more than {MAX_ROWS:,} rows. Please keep at most {MAX_ROWS:,}."
SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "upright bars", ",": "commas", " ": "blanks"}
"""What may stand between columns. Of two that fit equally well the first is taken: "1,5;2,5" has two columns."""
_UNUSUAL = "| "
_SAMPLE_LINES, _SAMPLE_LENGTH = 40, 4_000
_DECLARED = re.compile(r'"?sep=(.)"?[;,\t]*(\r\n|\r|\n|$)', re.IGNORECASE)
_RULE = re.compile(r"[-=:+]{3,}")
_SHORT_RULE = re.compile(r"[-=:+]{2,}")

Record = tuple[int, tuple[str, ...]]
"""The number of a row in the file, from 1, and its cells."""


def split(text: str) -> tuple[str, list[Record], list[str]]:
    """Split a text into rows of bare cells; blank rows and drawn lines are passed over.

    Returns
    -------
    separator : str
    records : list of Record
    notes : list of str
        What must be said about the separator.

    Raises
    ------
    TableError
        If there are too many rows or cells in a row, or quotation marks do not fit.
    """
    declared = _DECLARED.match(text)
    if declared and declared[1] in SEPARATORS:
        separator = declared[1]
        notes = [f"Row 1 was skipped: it only says what separates the columns ({SEPARATORS[separator]})."]
        text = text[len(declared[0].rstrip("\r\n")) :]  # its end stays, so that rows keep their numbers
    else:
        separator = find_separator(text)
        notes = [f"The columns are separated by {SEPARATORS[separator]}."] if separator in _UNUSUAL else []
    records = list(_records(_with_tabs(text) if separator == " " else text, "\t" if separator == " " else separator))
    if separator == "|" and all(not cells[0] for _, cells in records):  # | a | b |, as tables in Markdown have it
        records = [(number, cells[1:]) for number, cells in records]
    return separator, records, notes


def find_separator(text: str) -> str:
    r"""Find the mark that splits most lines into equally many cells, as many of them numbers as possible.

    >>> find_separator("1,5;2,5"), find_separator("x y\n0.5 1.5"), find_separator("x\n0.5")
    (';', ' ', ',')
    """
    lines = _sample(text)
    best = max(SEPARATORS, key=lambda mark: _fit(lines, mark))  # of equals the first
    return best if _fit(lines, best) > 0 else ","


def _sample(text: str) -> list[str]:
    """Return the first lines that are not blank, with 0 for whatever stands in quotation marks."""
    lines = re.split(r"[\r\n]+", re.sub(r'"[^"]*"', "0", text[: _SAMPLE_LINES * _SAMPLE_LENGTH]))
    return [line[:_SAMPLE_LENGTH].strip(" ") for line in lines if line.strip()][:_SAMPLE_LINES]


def _fit(lines: Sequence[str], mark: str) -> float:
    """Return how well a mark separates: (share of lines with the usual count) (share of cells that are numbers)."""
    rows = [re.split(" +", line) if mark == " " else line.split(mark) for line in lines]
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if not counts:
        return 0.0
    usual = counts.most_common(1)[0][1] / len(rows)
    if mark == " " and usual < 0.5:  # words in a text
        return 0.0
    cells = [cell.strip() for row in rows for cell in row]
    numbers = sum((is_numeral(cell) and " " not in cell) or bool(amount(cell)) for cell in cells) / len(cells)
    return usual * (0.01 + numbers)


def _with_tabs(text: str) -> str:
    """Put one tab for every run of blanks outside quotation marks."""
    lines = "\n".join(line.strip(" \t") for line in re.split(r"\r\n|\r|\n", text))
    return re.sub(r'("[^"]*")|[ \t]+', lambda found: found[1] or "\t", lines)


class _Lines:
    """The lines of a text, of which the last one read can be looked at again."""

    def __init__(self, text: str) -> None:
        self.lines, self.last = io.StringIO(text, newline=""), ""

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.last = line
            yield line


def _records(text: str, separator: str) -> Iterator[Record]:
    """Yield every row that is not blank, and refuse a table that is too large at once."""
    rule = _SHORT_RULE if separator == "|" else _RULE  # elsewhere -- stands for a missing number
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    filled = 0
    try:
        for number, record in enumerate(reader, start=1):
            if len(record) > MAX_CELLS and (columns := used(record)) > MAX_CELLS:
                raise TableError(f"Row {number} has {columns:,} columns; at most {MAX_CELLS:,} are looked at.")
            cells = tuple(bare(cell) for cell in record[:MAX_CELLS])
            is_rule = used(cells) and all(rule.fullmatch(cell) for cell in cells if cell)
            quoted = record == [""] and '"' in lines.last  # as pandas writes a missing value in a single column
            if (used(cells) or quoted) and not is_rule:
                filled += 1
                yield number, cells
            if filled > MAX_ROWS + 20 or number > 3 * MAX_ROWS:  # a header and a title; some blank rows are no harm
                raise TableError(TOO_LONG)
    except csv.Error:
        message = f"The table cannot be read near line {reader.line_num}: a quotation mark is missing or misplaced"
        raise TableError(f"{message}, or a cell is far too long. Please check that line.") from None


def used(cells: Sequence[str]) -> int:
    """Count the cells up to the last that is not empty: spreadsheets like to end a line with bare separators."""
    count = len(cells)
    while count and not cells[count - 1]:
        count -= 1
    return count
