"""One number as people write it: 0.5, 0,5, −2, 1 234,5, 12 %, 1e-3.

The world has two decimal signs, and each is the other's sign between groups of three digits. So a cell has two
readings, one for each decimal sign. Most cells allow only one (``14.23``, ``0,5``), or both agree (``7``); ``1,065``
could be either. Which sign a file uses is decided elsewhere (``values``), from all of its cells.

Python's ``float`` would also take "nan", "1_000", "१२" and "1e400", which nobody means in a table.
"""

import re
from dataclasses import dataclass

LARGEST = 1e12
"""The largest absolute value of a number: its square still fits into the float32 of the training."""
MINUS_SIGNS = "−–‐‑－﹣"
"""What stands for a minus in texts: the true minus, the en dash, two hyphens, and two wide forms."""
BLANKS = " \u00a0\u2000-\u200a\u202f\u205f"
"""Blanks that group digits, as a class of characters: also those that look like one and are not."""
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“”", "”": "”", "‘": "’", "‚": "‘’", "«": "»", "»": "«"}
_TO_HYPHEN = str.maketrans(dict.fromkeys(MINUS_SIGNS, "-"))
_PLAIN = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_POINT = re.compile(r"[+-]?(\d{4,30}|0\d{0,30}|\d{1,3}(?!\.\d{3}$))\.\d{0,30}", re.ASCII)
"""What is only a number with a decimal point; a shortcut, since most cells are."""
_PARTS = re.compile(
    rf"([+-]?)[{BLANKS}]?([\d.,'’ʼ{BLANKS}]*[\d.,])([eE][+-]?\d{{1,3}})?([{BLANKS}]?%)?", re.ASCII
)  # sign, digits, exponent, percent
_WHOLE = re.compile(r"\d*", re.ASCII)
_LONGEST = 60


@dataclass(frozen=True)
class Numeral:
    """The two readings of a cell; None where the cell is no number with that decimal sign.

    Attributes
    ----------
    point : float or None
        The number if the point is the decimal sign.
    comma : float or None
        The number if the comma is.
    grouped : str
        The decimal signs with which there are groups of digits: "", ".", "," or both.
    percent : bool
        Whether the cell ends with %, so that its number was divided by 100.
    """

    point: float | None
    comma: float | None
    grouped: str = ""
    percent: bool = False

    def value(self, sign: str) -> float | None:
        """Return the reading with the decimal sign "." or ","."""
        return self.comma if sign == "," else self.point

    @property
    def either(self) -> bool:
        """Whether both readings exist and differ, as for 1,065."""
        return self.point is not None and self.comma is not None and self.point != self.comma


NOT_A_NUMBER = Numeral(None, None)


def bare(cell: str) -> str:
    """Take from a cell what programs put around its text: blanks, marks that cannot be seen, quotation marks, ``=``.

    >>> bare(' "0.5" '), bare('="0.5"'), bare("\u200e0.5"), bare("“0.5”")
    ('0.5', '0.5', '0.5', '0.5')
    """
    cell = cell.strip().strip(_INVISIBLE).strip()
    if cell[:2] == '="' and cell[-1] == '"':
        cell = cell[1:]
    if len(cell) > 1 and cell[-1] in _QUOTES.get(cell[0], ""):
        cell = cell[1:-1].strip()
    return cell


def numeral(cell: str) -> Numeral:
    """Read a bare cell in both ways.

    >>> numeral("0,5")
    Numeral(point=None, comma=0.5, grouped='', percent=False)
    >>> numeral("1,065")
    Numeral(point=1065.0, comma=1.065, grouped='.', percent=False)
    >>> numeral("1 234.5").point, numeral("12%").point
    (1234.5, 0.12)
    """
    if len(cell) > _LONGEST:
        return NOT_A_NUMBER
    cell = cell.translate(_TO_HYPHEN)
    if _PLAIN.fullmatch(cell):
        return Numeral(float(cell), float(cell))
    if _POINT.fullmatch(cell):
        return Numeral(float(cell), None)
    found = _PARTS.fullmatch(cell)
    if not found:
        return NOT_A_NUMBER
    sign, digits, exponent, percent = found[1], found[2], found[3] or "", bool(found[4])
    values: list[float | None] = []
    grouped = ""
    for mark in ".,":
        text = _ungrouped(digits, mark)
        is_grouped = text is not None and len(text) < len(digits)
        fits = text is not None and not (is_grouped and exponent)
        values.append(float(f"{sign}{text}{exponent}") / (100 if percent else 1) if fits else None)
        grouped += mark if fits and is_grouped else ""
    vanished = 0.0 in values and re.search("[1-9]", digits)  # 1e-999 is no 0
    if values == [None, None] or vanished:
        return NOT_A_NUMBER
    return Numeral(values[0], values[1], grouped, percent)


def is_numeral(cell: str) -> bool:
    """Whether a bare cell is a number in one reading or the other."""
    return numeral(cell) != NOT_A_NUMBER


def _ungrouped(digits: str, mark: str) -> str | None:
    """Write digits with a point as decimal sign and without marks between groups; None if ``mark`` does not fit."""
    whole, decimal, fraction = digits.partition(mark)
    if not _WHOLE.fullmatch(fraction) or not (whole or fraction):
        return None
    if not _WHOLE.fullmatch(whole):
        group = next(c for c in whole if not c.isdigit())
        first, *others = whole.split(group)
        if not _groups_fit(first, others, group):
            return None
        whole = first + "".join(others)
    return whole + ("." + fraction if decimal else "")


def _groups_fit(first: str, others: list[str], group: str) -> bool:
    """Whether digits are grouped by three, 1,234,567; or, with commas, as in India, 12,34,567."""
    if not all(_WHOLE.fullmatch(part) for part in (first, *others)) or first.startswith("0"):
        return False
    if 1 <= len(first) <= 3 and all(len(part) == 3 for part in others):
        return True
    *middle, last = others
    return group == "," and 1 <= len(first) <= 2 and bool(middle) and len(last) == 3 and {2} == {len(p) for p in middle}
