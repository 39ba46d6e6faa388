"""Names from outside: when two of them mean the same column, and how to show them.

A spreadsheet says ``Sepal.Length``, pandas ``sepal_length``, scikit-learn ``sepal length (cm)``, and the course ``x₁``
where a keyboard has only ``x1``. They are the same names, and ``key`` says so.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

_UNIT = re.compile(
    r"\s*(\((?!\d+\))[^()]*\)|\[(?!\d+\])[^\[\]]*\])\s*$|\s+/\s+\S+\s*$"
    r"|(?<=\w)[ _.-](in[ _.-])?(mm|cm|dm|km|µm|μm|inch|inches|kg|mg|years)\s*$"
)
"""A unit at the end: (cm), [cm], / cm, or _cm. In ``x[1]`` the brackets hold a number, and that is part of the name."""
LONGEST = 40
"""Names that are shown are cut there."""
_LONGEST = 200
"""No name is longer, but a cell that might be one may be: what looks for a unit at its end would take minutes."""
_SHORT = {"se": "error"}
"""Standard error, as statisticians write it."""
_KEPT = " _.-/%()+'°=,&≤≥＜＞"
"""Marks that a name from outside may keep."""
_ALONE = {"+": "plus", "-": "minus", "−": "minus", "–": "minus"}
"""A mark that is all that a name has."""
_COMPARED = (("<=", "≤"), (">=", "≥"), ("<", "＜"), (">", "＞"))
"""What a name means by marks of which HTML is made, in marks of which it is not."""
_SPOKEN = {"%": "percent", "<=": "upto", ">=": "from", "≤": "upto", "≥": "from", "<": "under", ">": "over"}
"""Marks that make another name of it."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^0-9a-z]+(?=\d)")


def key(name: str, unit: bool = False) -> str:
    """Return what all spellings of a column name have in common.

    Case, blanks, ``_``, ``.``, ``-``, raised or lowered digits and a unit do not count. A mark between two digits does:
    ``pixel_1_0`` is not ``pixel10``.

    Parameters
    ----------
    name : str
    unit : bool, optional
        Whether the unit counts too.

    Examples
    --------
    >>> key("X₁"), key(" x_1 "), key("Sepal.Length"), key("sepal length (cm)"), key("pixel 1 0")
    ('x1', 'x1', 'sepallength', 'sepallength', 'pixel1_0')
    >>> key("sepal length (cm)", unit=True), key("sepal_length_cm", unit=True)
    ('sepallengthcm', 'sepallengthcm')
    """
    plain = unicodedata.normalize("NFKC", name[:_LONGEST]).casefold()
    for mark, word in _SPOKEN.items():
        plain = plain.replace(mark, word)
    plain = plain if unit else _UNIT.sub("", plain) or plain
    letters = "".join(c if c.isalnum() else "_" for c in plain if unicodedata.category(c) != "Cf")
    joined = _BETWEEN_DIGITS.sub("=", letters).replace("_", "")
    return joined.replace("=", "_") or plain.strip()


def parts(name: str) -> tuple[str, ...]:
    """Return a name's words in one order, for names that say the same the other way round; none where digits count.

    >>> parts("radius_mean") == parts("mean radius"), parts("concave points_se") == parts("concave points error")
    (True, True)
    >>> parts("pixel 1 0")
    ()
    """
    plain = _UNIT.sub("", unicodedata.normalize("NFKC", name[:_LONGEST]).casefold())
    words = re.findall(r"[^\W\d_]+", plain)
    return () if re.search(r"\d", plain) else tuple(sorted(_SHORT.get(word, word) for word in words))


def tidy(text: str, length: int = LONGEST) -> str:
    """Make text from outside fit to be shown: no invisible characters, one kind of blank, and not too long."""
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    text = "".join(character for character in text if character.isprintable()).strip()
    return text if len(text) <= length else text[: length - 1] + "…"


def harmless(text: str, length: int = LONGEST) -> str:
    """Make a name from outside fit to stand in a sentence, a chart or a link: letters, digits and a few marks.

    What Markdown, LaTeX or a spreadsheet would take for more than text is left out.

    >>> harmless("![x](http://a.b/c)"), harmless("=cmd|' /C calc'!A1"), harmless("sepal length (cm)")
    ('x (http //a.b/c)', "cmd ' /C calc' A1", 'sepal length (cm)')
    >>> harmless("<=50K"), harmless(">50K"), harmless("+")
    ('≤50K', '＞50K', 'plus')
    """
    text = unicodedata.normalize("NFC", text).strip()
    text = _ALONE.get(text, text)
    for mark, instead in _COMPARED:
        text = text.replace(mark, instead)
    while (clean := _cleaned(text, length)) != text:  # what was cut may end otherwise than what was cleaned
        text = clean
    return text


def _cleaned(text: str, length: int) -> str:
    clean = "".join(c if c.isalnum() or c in _KEPT or unicodedata.category(c) in ("Mn", "Mc") else " " for c in text)
    clean = re.sub(r"(?<![^\W_])_+|_+(?![^\W_])", " ", clean)  # _x_ is slanted in Markdown, but a_b is a name
    clean = re.sub(r"(?i)\bwww\.", "www ", clean).strip().lstrip("=+-.,/'& ")
    return tidy(" ".join(clean.split()), length).replace("…", "").strip()


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name for a column that is added to a learner's table, where that name may be taken.

    >>> free_name("part", ["size", "part"]), free_name("part", ["size"])
    ('part (2)', 'part')
    """
    return next(one for k in range(1, len(taken) + 2) if (one := name if k == 1 else f"{name} ({k})") not in taken)


def listed(names: Sequence[str], most: int = 6) -> str:
    """Return names in quotation marks, at most so many.

    >>> listed(["a", "b", "c"], most=2)
    '“a”, “b” and 1 more'
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(f"“{name}”" for name in names[:most]) + more
