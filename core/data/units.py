"""Numbers with a unit: 10 cm, €5, 3.5 kg. Where a whole column has the same one, it is left out, aloud.

Only there: "7 cm" among bare numbers, or among inches, may be another amount than it seems, and stays what it is.
"""

import re
from collections.abc import Sequence

from core.data.faults import is_missing
from core.data.names import listed
from core.data.numerals import BLANKS, is_numeral

_CURRENCY = "$€£¥₹₩₽"
_AFTER = re.compile(rf"(.*\d)[{BLANKS}]?([{_CURRENCY}]|°[{BLANKS}]?[CF]?|[^\W\d_]{{1,12}}(/[^\W\d_]{{1,6}})?[²³]?)")
_BEFORE = re.compile(rf"([{_CURRENCY}]|[A-Z]{{3}}(?=[{BLANKS}]))[{BLANKS}]?([+\-−]?[\d.,].*)")


def amount(cell: str) -> tuple[str, str] | None:
    """Return the number and the unit of a bare cell; None for a bare number and for everything else.

    >>> amount("10.5 cm"), amount("$1,234.50"), amount("20°C"), amount("p12"), amount("0.5")
    (('10.5', 'cm'), ('1,234.50', '$'), ('20', '°C'), None, None)
    """
    if is_numeral(cell):
        return None
    if (found := _AFTER.fullmatch(cell)) and is_numeral(found[1]):
        return found[1], found[2]
    if (found := _BEFORE.fullmatch(cell)) and is_numeral(found[2]):
        return found[2], found[1]
    return None


def without_units(rows: Sequence[tuple[str, ...]], names: Sequence[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """Leave out the unit of each column whose numbers all have the same; return the rows, and a sentence if so."""
    columns, notes = [list(column) for column in zip(*rows, strict=True)], []
    for place, column in enumerate(columns):
        read = {cell: amount(cell) for cell in set(column) if any(c.isdigit() for c in cell) and not is_missing(cell)}
        units = {each and each[1] for each in read.values()}
        if units <= {None} or sum(map(bool, read.values())) < len(read) / 2:
            continue
        if len(units) == 1:
            columns[place] = [each[0] if (each := read.get(cell)) else cell for cell in column]
            notes.append(f"Column {listed([names[place]])}: the unit {listed([*filter(None, units)])} was left out.")
        else:
            others = ["with and without a unit"] if None in units else [f"in {listed(sorted(filter(None, units)), 3)}"]
            notes.append(f"Column {listed([names[place]])} was not read as numbers: it has some {others[0]}.")
    return list(zip(*columns, strict=True)), notes
