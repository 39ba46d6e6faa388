"""Read numbers and names out of a link, where anybody may have written anything.

Only plain ASCII numerals count: Python's ``int`` also takes ``"१२"`` and ``"1_000"``, and ``float`` takes ``"nan"``.
Each reader returns the nearest lawful value and, where that is not what the link said, a sentence about it.
"""

import re
from collections.abc import Collection, Sequence

LONGEST = 200  # characters of a value that are read at all
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
WIDTHS = re.compile(r"\d{1,9}(\s*[-–,;x× ]\s*\d{1,9})*", re.ASCII)


def quoted(text: str) -> str:
    """Return a short, printable form of what a link said, safe to repeat on the page."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .,+-_=") else "?" for c in text[:24])
    return f"“{plain}{'…' if len(text) > 24 else ''}”"


def plain(value: float) -> str:
    """Return a number as people write it.

    >>> plain(1e9), plain(1e-05), plain(0.5)
    ('1000000000', '0.00001', '0.5')
    """
    written = f"{value:.12f}".rstrip("0").rstrip(".")
    return written if float(written) == value else f"{value:g}"


def number(name: str, text: str, low: float, high: float, default: float) -> tuple[float, str]:
    """Read a number and keep it within ``low`` to ``high``."""
    if len(text) > LONGEST or not _NUMBER.fullmatch(text.strip()):
        return default, f"{name}: {quoted(text)} is not a number, so it is {plain(default)}."
    value = float(text)
    nearest = min(max(value, low), high)
    return nearest, "" if nearest == value else f"{name}: {quoted(text)} is out of range, so it is {plain(nearest)}."


def whole(name: str, text: str, low: int, high: int, default: int) -> tuple[int, str]:
    """Read a whole number and keep it within ``low`` to ``high``."""
    value, problem = number(name, text, low, high, default)
    nearest = round(value)
    if not problem and nearest != value:
        problem = f"{name}: {quoted(text)} is not a whole number, so it is {nearest}."
    return nearest, problem


def choice(name: str, text: str, options: Collection[str], default: str) -> tuple[str, str]:
    """Read one of the options."""
    value = text.strip().lower()
    if value in options:
        return value, ""
    return default, f"{name}: there is no {quoted(text)}, so it is {default}."


def switch(name: str, text: str, default: bool) -> tuple[bool, str]:
    """Read yes or no."""
    value = text.strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True, ""
    if value in ("0", "false", "no", "off"):
        return False, ""
    return default, f"{name}: {quoted(text)} is neither 1 nor 0, so it is {int(default)}."


def widths(name: str, text: str, most: int, widest: int, default: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """Read layer widths such as ``8-8``, or ``8, 8`` and ``8 x 8`` as people type them (``none`` for no layer)."""
    value = text.strip().lower()
    if value in ("", "none", "0"):
        return (), ""
    if len(value) > LONGEST or not WIDTHS.fullmatch(value):
        written = "-".join(map(str, default)) or "none"
        return default, f"{name}: {quoted(text)} is not a list of widths such as 8-8, so it is {written}."
    asked = tuple(int(part) for part in re.findall(r"\d+", value))
    nearest = tuple(min(max(width, 1), widest) for width in asked)[:most]
    if nearest == asked:
        return nearest, ""
    return nearest, f"{name}: at most {most} layers of 1 to {widest} units, so it is {'-'.join(map(str, nearest))}."


def several(name: str, text: str, options: Sequence[str], default: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Read some of the options, such as ``x1-x2``; they come back in their own order, each once."""
    asked = text.strip().lower().split("-") if len(text) <= LONGEST else []
    nearest = tuple(option for option in options if option in asked)
    if nearest and len(nearest) == len(asked):
        return nearest, ""
    written = "-".join(nearest or default)
    why = "names one of them twice" if nearest and set(asked) <= set(options) else "names something that does not exist"
    return nearest or default, f"{name}: {quoted(text)} {why}, so it is {written}."
