"""A small data set as one word of a link, and back.

A learner's own points have no formula that could make them again, so a link to them must hold them. Each number is
written as a count of steps of ``10^-decimals`` from its column's lowest value, in the 64 signs that need no escape in
a link: 200 points in the plane with two decimals take 1,000 signs. What such a word decodes to is the data set itself,
so that a link gives the same run wherever it is opened.

The fields stand between ``~``: the number of inputs; name and numbers of each; the target's name; the number of classes
and their names, or "n" and numbers; the rows. A column's numbers are ``low_decimals_width``. An empty name is the usual
one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.data.names import free_name, harmless
from core.data.numerals import LARGEST
from core.data.spec import Data, Floats, Ints

MOST_ROWS = 200
MOST_SIGNS = 2_000
"""Rows longer than this are not put into a link: some programs cut addresses there."""
MOST_INPUTS, MOST_CLASSES = 8, 10
_LONGEST = MOST_SIGNS + 1_000
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_VALUE = {sign: value for value, sign in enumerate(_SIGNS)}
_WIDEST = 3
_NUMBERS = re.compile(r"(-?\d{1,15})_(-?\d{1,2})_([1-3])", re.ASCII)
_DECIMALS = range(-12, 13)
_FEWEST_STEPS = 4_000
"""A column that must be rounded keeps at least so many different values, or it does not go into a link."""
_EXACT = 2**53


@dataclass(frozen=True)
class _Steps:
    """How a column is written: ``low`` and all else counted in steps of ``10^-decimals``, ``width`` signs a number."""

    low: int
    decimals: int
    width: int

    def __str__(self) -> str:
        return f"{self.low}_{self.decimals}_{self.width}"

    def counts(self, column: Floats) -> Ints:
        return np.asarray(_scaled(column, self.decimals) - self.low, dtype=np.int64)

    def values(self, counts: Ints) -> Floats:
        steps = (counts + self.low).astype(np.float64)
        return steps / 10.0**self.decimals if self.decimals >= 0 else steps * 10.0**-self.decimals


def encode(data: Data) -> str:
    """Return a data set as a word; "" if it is too large for a link.

    Numbers are rounded where five digits of their column's range are not enough for them: ``decode`` tells.
    """
    word = _encode(data)
    return _encode(decode(word)) if word else ""  # rounded numbers may need fewer decimals


def decode(word: str) -> Data:
    """Return the data set that a word holds.

    Raises
    ------
    ValueError
        If it is none that ``encode`` writes.
    """
    if len(word) > _LONGEST:
        raise ValueError("too long")
    fields = iter(word.split("~"))
    try:
        count = _whole(next(fields), MOST_INPUTS)
        inputs = [(_name(next(fields), f"x{'₁₂₃₄₅₆₇₈'[k]}"), _steps(next(fields))) for k in range(count)]
        target, kinds = _name(next(fields), ""), next(fields)
        answer = _steps(next(fields)) if kinds == "n" else _Steps(0, 0, 1)
        classes = () if kinds == "n" else _class_names(fields, _whole(kinds, MOST_CLASSES))
        rows = next(fields)
    except StopIteration:
        raise ValueError("a field is missing") from None
    steps = [column for _, column in inputs] + [answer]
    values = _columns(rows, steps)
    features = tuple(name for name, _ in inputs)
    if next(fields, None) is not None or len(set(features)) < count or len(set(classes)) < len(classes):
        raise ValueError("fields too many, or names that are used twice")
    X = np.column_stack(values[:-1]).reshape(-1, count)
    target = free_name(target or ("y" if kinds == "n" else "class"), features)
    if kinds == "n":
        return Data(X, values[-1], "regression", (), features, target)
    labels = values[-1].astype(np.int64)
    if len(classes) < 2 or (labels >= len(classes)).any():
        raise ValueError("a class that has no name")
    return Data(X, labels, "classification", classes, features, target)


def usual_classes(count: int) -> tuple[str, ...]:
    """Return the names of classes that nobody has named."""
    return tuple(f"class {k}" for k in range(count))


def _encode(data: Data) -> str:
    columns, rows = [*data.X.T], len(data.y)
    number = data.task == "regression"
    if rows > MOST_ROWS or len(columns) > MOST_INPUTS or len(data.classes) > MOST_CLASSES:
        return ""
    steps = [_fitting(column) for column in columns]
    answer = _fitting(data.y.astype(np.float64)) if number else _Steps(0, 0, 1)
    if any(_spoiled(column, s) for column, s in zip(columns, steps, strict=True)):
        return ""
    counts = [s.counts(c) for s, c in zip([*steps, answer], [*columns, data.y], strict=True)]
    digits = [_digits(c, s.width) for s, c in zip([*steps, answer], counts, strict=True)]
    if rows * sum(s.width for s in (*steps, answer)) > MOST_SIGNS:
        return ""
    named = [
        part
        for k, (name, s) in enumerate(zip(data.features, steps, strict=True))
        for part in ("" if name == f"x{'₁₂₃₄₅₆₇₈'[k]}" else harmless(name), str(s))
    ]
    usual = usual_classes(len(data.classes))
    kinds = (
        ["n", str(answer)]
        if number
        else [
            str(len(usual)),
            *("" if name == plain else harmless(name) for name, plain in zip(data.classes, usual, strict=True)),
        ]
    )
    target = "" if data.target == ("y" if number else "class") else harmless(data.target)
    body = "".join("".join(row) for row in zip(*digits, strict=True))
    word = "~".join([str(len(columns)), *named, target, *kinds, body])
    return word if len(word) <= _LONGEST else ""


def _fitting(column: Floats) -> _Steps:
    """Find the fewest decimals that write a column exactly; if its range is too wide for them, the most that fit."""
    column = np.asarray(column, dtype=np.float64)
    if not len(column):
        return _Steps(0, 0, 1)
    fitting = [d for d in _DECIMALS if _span(column, d) < len(_SIGNS) ** _WIDEST and _largest(column, d) < _EXACT / 10]
    exact = [d for d in fitting if np.array_equal(_Steps(0, d, 1).values(_scaled(column, d)), column)]
    decimals = exact[0] if exact else fitting[-1]
    width = next(w for w in range(1, _WIDEST + 1) if _span(column, decimals) < len(_SIGNS) ** w)
    return _Steps(int(_scaled(column, decimals).min()), decimals, width)


def _spoiled(column: Floats, steps: _Steps) -> bool:
    exact = np.array_equal(steps.values(steps.counts(column)), column)
    return not exact and _span(column, steps.decimals) < _FEWEST_STEPS


def _scaled(column: Floats, decimals: int) -> Ints:
    scaled = column * 10.0**decimals if decimals >= 0 else column / 10.0**-decimals
    return np.rint(np.clip(scaled, -_EXACT, _EXACT)).astype(np.int64)


def _span(column: Floats, decimals: int) -> int:
    scaled = _scaled(column, decimals)
    return int(scaled.max() - scaled.min())


def _largest(column: Floats, decimals: int) -> float:
    return float(np.abs(column).max() * 10.0**decimals)


def _digits(counts: Ints, width: int) -> list[str]:
    """Write counts with so many signs each, the highest first."""
    return ["".join(_SIGNS[(int(n) >> (6 * k)) & 63] for k in reversed(range(width))) for n in counts]


def _columns(rows: str, steps: Sequence[_Steps]) -> list[Floats]:
    """Read the rows back: one array a column."""
    width = sum(s.width for s in steps)
    if len(rows) % width or len(rows) > MOST_SIGNS or len(rows) // width > MOST_ROWS or not set(rows) <= set(_SIGNS):
        raise ValueError("rows that end in the middle, too many of them, or strange signs")
    signs = np.array([_VALUE[sign] for sign in rows], dtype=np.int64).reshape(-1, width)
    columns, at = [], 0
    for s in steps:
        digits = signs[:, at : at + s.width]
        columns.append(s.values(digits @ 64 ** np.arange(s.width)[::-1]))
        at += s.width
    if any(np.abs(column).max(initial=0) > LARGEST for column in columns):
        raise ValueError("a number beyond all bounds")
    return columns


def _whole(text: str, most: int) -> int:
    if not re.fullmatch(r"[1-9]\d?", text, re.ASCII) or int(text) > most:
        raise ValueError("a count that is none, or too large")
    return int(text)


def _steps(text: str) -> _Steps:
    found = _NUMBERS.fullmatch(text)
    if not found or int(found[2]) not in _DECIMALS:
        raise ValueError("numbers that are described otherwise")
    return _Steps(int(found[1]), int(found[2]), int(found[3]))


def _name(text: str, usual: str) -> str:
    if text and text != harmless(text):
        raise ValueError("a name that could do harm")
    return text or usual


def _class_names(fields: Iterator[str], count: int) -> tuple[str, ...]:
    return tuple([_name(next(fields), usual) for usual in usual_classes(count)])  # a list lets StopIteration through
