"""What the maps and the bars say as arithmetic, with the numbers of the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.data.ink import LEVELS
from core.ui.formula import agreeing, inked, number, weight

LAW_PIXELS = r"\frac{\partial z}{\partial x_k} \times x_k \approx z(x) - z(x \text{ with } x_k = 0)"
LAW_UNITS = r"z = b + \sum_j w_j\, a_j"
LAW_REAL = r"\frac{\partial z}{\partial x_k} \times x_k = 0 \quad \text{wherever } x_k = 0"


def pixel(slope: float, ink: float, before: float, after: float) -> str:
    """Return a pixel's slope times its ink, in sixteenths, and how far the score falls without it."""
    first = _times(slope, ink)
    digits, places = agreeing([before, after], lambda v: v[0] - v[1])
    fall = number(before - after, "z", places, alone=True)
    second = f"{number(before, 'z', digits, alone=True)} - {number(after, 'z', digits)} &= {fall}"
    return rf"\begin{{aligned}} {first} \\ {second} \end{{aligned}}"


def unit(before: float, activation: float, w: float) -> str:
    """Return the score without a unit: what it was, less activation times weight."""
    digits, places = agreeing([before, activation, w], lambda v: v[0] - v[1] * v[2])
    product = rf"{number(activation, 'activation', digits)} \times {weight(w, digits)}"
    after = number(before - activation * w, "z", places, alone=True)
    return rf"\begin{{aligned}} & {number(before, 'z', digits, alone=True)} - {product} \\ &= {after} \end{{aligned}}"


def outline(pixels: Sequence[tuple[float, Mapping[str, float]]]) -> str:
    """Return slope times ink for some pixels, each its ink and its slopes by the name of their line."""
    each = [(name, slope, ink) for ink, slopes in pixels for name, slope in slopes.items()]
    joined = r" \\ ".join(rf"\text{{{name}:}} && {_times(slope, ink)}" for name, slope, ink in each)
    return rf"\begin{{aligned}} {joined} \end{{aligned}}"


def _times(slope: float, ink: float) -> str:
    """Return a slope times ink as its count of sixteenths, with as many digits as it takes to be so."""
    count = round(ink * LEVELS)
    digits, places = agreeing([slope], lambda v: v[0] * count / LEVELS)
    fraction = inked(rf"\tfrac{{{count}}}{{{LEVELS}}}" if count % LEVELS else str(count // LEVELS), "input")
    result = number(slope * count / LEVELS, "gradient", places if count else 0, alone=True)
    return rf"{number(slope, 'gradient', digits, alone=True)} \times {fraction} &= {result}"


def race(moved: Mapping[int, tuple[float, float]]) -> str:
    """Return the scores of some digits, before and after something is erased."""
    lines = [
        rf"z_{{{digit}}}: \quad &{{{number(before, 'z', 2, alone=True)}}} \to {number(after, 'z', 2, alone=True)}"
        for digit, (before, after) in moved.items()
    ]
    joined = r" \\ ".join(lines)
    return rf"\begin{{aligned}} {joined} \end{{aligned}}"
