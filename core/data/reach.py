"""How far new points lie from those that a network learned from.

A network answers anything. Given pixels from 0 to 16 where it learned from 0 to 1, it is nearly always sure, and says
nothing. So new inputs are held against the range of each input in the training data.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.data.names import tidy
from core.data.spec import Floats

FAR = 1.0
"""A value is far outside if it lies beyond the training data's range by more than this many widths of that range."""
FACTORS = (10.0, 16.0, 100.0, 255.0, 1000.0, 0.1, 0.01, 0.001)
"""What people forget to divide by: millimeters for centimeters, pixels from 0 to 16 or 255, percent."""
_MARGIN, _SMALLEST = 0.1, 1 / 3
_ONE_SIZE = 4.0
"""Inputs of one kind are at most so many times as large as the middle one of them."""


@dataclass(frozen=True)
class Reach:
    """How many of the points lie far outside the training data.

    Attributes
    ----------
    far : int
        The number of points with a far input.
    worst : (int, int)
        Row and column of the farthest value.
    low, high : float
        The range of that column in the training data.
    factor : float or None
        What all inputs must be divided by to lie where the training data lie, if a usual factor does it.
    """

    far: int
    worst: tuple[int, int]
    low: float
    high: float
    factor: float | None


def reach(points: Floats, known: Floats, names: Sequence[str]) -> Reach:
    """Hold points, (N, d), against the training data ``known``, (n, d), of inputs called ``names``."""
    ranges = low, high, width = _ranges(known, names)
    outside = np.maximum(low - points, points - high) / width
    row, column = np.unravel_index(int(outside.argmax()), outside.shape)
    far = (outside > FAR).any(axis=1)
    factor = _factor(points[far], ranges) if far.mean() >= 0.5 else None
    return Reach(int(far.sum()), (int(row), int(column)), float(low[column]), float(high[column]), factor)


def warning(found: Reach, points: Floats, names: Sequence[str], rows: Sequence[int]) -> str:
    """Say which points lie far outside, in a sentence; "" if none does. ``rows`` are the numbers to call them by."""
    if not found.far:
        return ""
    row, column = found.worst
    verb = "lies" if found.far == 1 else "lie"
    many = f"{found.far:,} of {len(points):,} rows {verb}" if len(points) > 1 else "This point lies"
    value, low, high = (_written(v) for v in (points[row, column], found.low, found.high))
    return (
        f"{many} far outside what this network was trained on: in row {rows[row]} “{tidy(names[column])}” is {value}, "
        f"and the training data run from {low} to {high}. (Far means by more than the length of that range.) "
        "Its answers there are guesses, however sure it is."
    )


def _written(value: float) -> str:
    """Write an amount as people do, without powers of ten.

    >>> _written(12_345_678.0), _written(-0.25), _written(3.0)
    ('12,345,700', '−0.25', '3')
    """
    rounded = float(f"{value:.6g}")
    text = f"{rounded:,.0f}" if abs(rounded) >= 1e5 else f"{rounded:.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _ranges(known: Floats, names: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """Return the lowest and the highest value of each input, and the width; of a constant input the usual width.

    Inputs whose names differ by numbers only, as those of pixels do, share one range, if theirs are of one size.
    """
    low, high = known.min(axis=0), known.max(axis=0)
    stems = np.array([re.sub(r"[\d\s_]+", "", unicodedata.normalize("NFKC", name)) for name in names])
    for stem in set(stems.tolist()):
        alike = stems == stem
        sizes = np.sort(np.maximum(np.abs(low), np.abs(high))[alike])
        if sizes[-1] <= _ONE_SIZE * sizes[(len(sizes) - 1) // 2]:  # some pixels are nearly always dark
            low[alike], high[alike] = low[alike].min(), high[alike].max()
    width = high - low
    usual = float(np.median(width[width > 0])) if (width > 0).any() else 1.0
    return low, high, np.where(width > 0, width, usual)


def _factor(points: Floats, ranges: tuple[Floats, Floats, Floats]) -> float | None:
    """Return the factor that brings nearly all values into the training data's range, the largest near its largest."""
    low, high, width = ranges
    largest = max(float(np.abs(low).max()), float(np.abs(high).max()), 1e-12)

    def size(factor: float) -> float:
        """Return the largest value as a share of the largest in the training data."""
        return float(np.abs(points / factor).max()) / largest

    def fits(factor: float) -> bool:
        scaled = points / factor
        inside = (scaled >= low - _MARGIN * width) & (scaled <= high + _MARGIN * width)
        return bool(inside.mean() >= 0.95) and size(factor) > _SMALLEST

    fitting = [factor for factor in FACTORS if fits(factor)]
    return min(fitting, key=lambda factor: abs(np.log(size(factor))), default=None)
