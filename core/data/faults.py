"""Why a cell is not a number, and what to do about it, in words.

Whoever reads "holds 1234,5, which is not a number" sees a number. Mostly a mark is to blame that cannot be seen or
looks like another: so the mark is named.
"""

import re
import unicodedata
from collections.abc import Sequence

from core.data.names import tidy
from core.data.numerals import LARGEST, MINUS_SIGNS, bare, numeral

MISSING = {"", "nan", "na", "n/a", "null", "?", "<na>", "nat", "\\n", "#n/a", "#nv", "n.a.", "n. a.", "-nan"}
"""What programs write for a missing value, in small letters."""
MISSING_NUMBERS = MISSING | {"none", "nil", "missing", "-", "--", "—", ".", "..", "…", "*", "k.a.", "k. a.", "1.#qnan",
                             "1.#ind", "-1.#ind", *MINUS_SIGNS}  # fmt: skip
"""What stands for a missing number only: as a word, "none" may be meant."""
INFINITE = {"inf", "infinity", "∞", "1.#inf", "infinite", "oo"}
_MOST_SENTENCES = 5
_LONGEST = 60
"""So much of a cell is enough to tell why it is no number; a megabyte of digits would take minutes."""
_DATE = re.compile(
    r"\d{1,4}([-./])\d{1,2}\1\d{1,4}([ T].*)?|\d{1,2}:\d\d(:\d\d)?"
    r"|\d{1,2}[-. /]*([^\W\d]{3,9})\.?([-. ]\d{2,4})?|([^\W\d]{3,9})\.?[- ]\d{2,4}"
)
_MONTHS = (
    *("jan", "feb", "fév", "mar", "mär", "apr", "avr", "may", "mai", "jun", "jui"),
    *("jul", "aug", "aoû", "sep", "oct", "okt", "nov", "dec", "dez", "déc"),
)
_LIKE_ASCII = {"\u00a0": "no-break space", "\u202f": "narrow no-break space", "\u2009": "thin space", "—": "em dash"}


class TableError(ValueError):
    """A file that cannot be used; its message is meant for the learner who chose it."""


def is_missing(cell: str) -> bool:
    """Whether a cell is empty or holds what programs write for a missing value."""
    return cell.lower() in MISSING


def describe(cell: str, sign: str = ".") -> str:
    r"""Say in words why a cell is not a number that can be used, where ``sign`` is the decimal sign.

    >>> describe("")
    'is empty'
    >>> describe("inf")
    'holds “inf”, which is infinite'
    >>> describe("1\u202f23")
    'holds “1 23”, which is not a number: after “1” stands a narrow no-break space'
    """
    cell = bare(cell)
    if not cell:
        return "is empty"
    return f"holds “{tidy(cell, 20)}”, {_reason(cell[:_LONGEST], sign)}"


def _reason(cell: str, sign: str) -> str:
    small, value = cell.lower(), numeral(cell).value(sign)
    if small in MISSING_NUMBERS:
        return "which stands for a missing value"
    if small.lstrip("+-−") in INFINITE:
        return "which is infinite"
    if value is not None:
        return f"which is beyond {LARGEST:,.0f}" if abs(value) > LARGEST else "which is not a number"
    if re.fullmatch(r"[+-]?[\d.,]*[1-9][\d.,]*[eE]-\d{3}", cell):
        return "which is too close to zero to be told from it"
    if cell.startswith("#"):
        return "which is how a spreadsheet reports an error"
    if numeral(cell).value("," if sign == "." else ".") is not None:
        used, other = ("comma", "point") if sign == "," else ("point", "comma")
        return f"which is not a number where the {used} is the decimal sign; it has a decimal {other}"
    if (inside := re.fullmatch(r"\((.+)\)|(.+)-", cell)) and numeral(inside[1] or inside[2]).value(sign) is not None:
        return f"which is not a number: if −{inside[1] or inside[2]} is meant, please write it so"
    date = _DATE.fullmatch(small)
    if date and (date[4] or date[6] or "jan")[:3] in _MONTHS:
        return "which looks like a date or a time; spreadsheets make them out of numbers such as 1.5"
    return "which is not a number" + _culprit(cell)


def _culprit(cell: str) -> str:
    """Name the mark that keeps a cell from being a number, if there are digits in it; else return ""."""
    if not re.search(r"\d", cell):
        return ""
    if not re.search("[0-9]", cell):
        return ": its digits are not the plain 0 to 9"
    if not re.fullmatch(r"[\d.,]*[OoIl][\d.,OoIl]*", cell) and (
        unit := re.fullmatch(r"([^\w]?[\d.,]+)\s?(\D{1,12})|([^\d.,+−-]{1,3})\s?([\d.,]+)", cell)
    ):
        return f": beside the digits stands “{tidy(unit[2] or unit[3])}”"
    for place, c in enumerate(cell):  # the first mark that no number has
        if not (c.isascii() and (c.isdigit() or c in " .,+-eE")) and c not in MINUS_SIGNS:
            where = f"after “{tidy(cell[:place], 12)}” stands" if cell[:place].strip() else "it begins with"
            return f": {where} {_named(c)}"
    return ": it has a blank in it" if " " in cell else ""


def _named(c: str) -> str:
    """Name a character: as it is if it can be seen, by its name in Unicode otherwise."""
    name = _LIKE_ASCII.get(c) or unicodedata.name(c, "a mark without a name").lower()
    article = "an" if name[0] in "aeio" else "a"
    if c in _LIKE_ASCII or not c.isprintable():
        return f"{article} {name}"
    kind = "the letter " if c.isascii() and c.isalpha() else ""
    return f"{kind}“{c}”" if c.isascii() else f"“{c}” ({name})"


def left_out(faults: Sequence[str], total: int) -> list[str]:
    """Report the rows that cannot be used: one sentence each if they are few, an error if they are many.

    Few means at most 5 or a tenth of all ``total`` rows, whichever is more, and not all of them.

    Raises
    ------
    TableError
        If they are many.
    """
    sentences = list(faults[:_MOST_SENTENCES])
    if len(faults) > _MOST_SENTENCES:
        sentences.append(f"And {len(faults) - _MOST_SENTENCES:,} more.")
    if len(faults) > max(_MOST_SENTENCES, total // 10) or (faults and len(faults) == total):
        raise TableError(
            f"{len(faults):,} of {total:,} rows cannot be used. {' '.join(sentences)} Please correct them."
        )
    if faults:
        sentences.append("Rows left out: 1." if len(faults) == 1 else f"Rows left out: {len(faults):,}.")
    return sentences
