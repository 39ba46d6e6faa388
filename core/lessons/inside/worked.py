"""What the maps and the bars say as arithmetic, with the numbers of the moment."""

from collections.abc import Mapping, Sequence

import numpy as np

from core.data.ink import LEVELS
from core.lessons.inside.looking import UNITS, Looked, silenced
from core.nn.tape import Array
from core.ui.formula import agreeing, inked, number, weight

LAW_PIXELS = r"\frac{\partial z}{\partial x_k} \times x_k \approx z(x) - z(x \text{ with } x_k = 0)"
LAW_UNITS = r"z = b + \sum_j w_j\, a_j"
LAW_REAL = {
    "all": r"\frac{\partial z}{\partial x_k} \times x_k = 0 \quad \text{wherever } x_k = 0",
    "ink": r"\text{strength} = \left|\frac{\partial z}{\partial x_k} \times x_k\right|",
    "signed": r"\frac{\partial z}{\partial x_k} \times x_k > 0 \quad \text{speaks for it}",
}
"""The formula of the last view, by what is compared."""
WRITTEN = 3
"""So many silenced units are written out; of more there is one sum."""


def pixel(slope: float, ink: float, before: float, after: float) -> str:
    """Return a pixel's slope times its ink, in sixteenths, and how far the score falls without it."""
    first = _times(slope, ink)
    digits, places = agreeing([before, after], lambda v: v[0] - v[1])
    fall = number(before - after, "z", places, alone=True)
    second = f"{number(before, 'z', digits, alone=True)} - {number(after, 'z', digits)} &= {fall}"
    return rf"\begin{{aligned}} {first} \\ {second} \end{{aligned}}"


def without(one: Looked, gone: Array) -> str:
    """Return the answer's score without some units, and the highest of the others, for a picture and its network."""
    everything = np.ones((UNITS, 1))
    left = np.where(np.isin(np.arange(UNITS), gone)[:, None], 0, everything)
    before, after = (silenced(one.theta, one.units, mask)[:, 0] for mask in (everything, left))
    after[one.answer] = -np.inf
    off = [(float(one.units[k, 0]), float(one.network.p["2.W"][one.answer, k])) for k in gone]
    return units(one.answer, float(before[one.answer]), off, (int(after.argmax()), float(after.max())))


def units(answer: int, before: float, off: Sequence[tuple[float, float]], rival: tuple[int, float]) -> str:
    """Return the answer's score without some units, and the highest of the others: who is ahead now?

    Parameters
    ----------
    before : the answer's score with all units.
    off : activation and weight of each silenced unit.
    rival : the digit with the highest other score, and that score.
    """
    values = (
        [before, *(v for pair in off for v in pair)] if len(off) <= WRITTEN else [before, sum(a * w for a, w in off)]
    )

    def left(v: Sequence[float]) -> float:
        return v[0] - (sum(a * w for a, w in zip(v[1::2], v[2::2], strict=True)) if len(off) <= WRITTEN else v[1])

    digits, places = agreeing(values, left)
    gone = [rf"{number(a, 'activation', digits)} \times {weight(w, digits)}" for a, w in off]
    if len(off) > WRITTEN:
        gone = [rf"\underbrace{{{weight(values[1], digits)}}}_{{\text{{{len(off)} units}}}}"]
    ends = [rf"z_{{{digit}}} &= {number(z, 'z', places, alone=True)}" for digit, z in ((answer, left(values)), rival)]
    first = rf"& {number(before, 'z', digits, alone=True)}" + "".join(rf" \\ & \quad - {one}" for one in gone)
    return rf"\begin{{aligned}} {first} \\ {ends[0]} \\ {ends[1]} \end{{aligned}}"


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


def race(moved: Mapping[int, Sequence[float]]) -> str:
    """Return the scores of some digits, before and after something is erased, or as they are."""
    each = {digit: [f"{{{number(z, 'z', 2, alone=True)}}}" for z in steps] for digit, steps in moved.items()}
    joined = r" \\ ".join(rf"z_{{{digit}}}: \quad &" + r" \to ".join(steps) for digit, steps in each.items())
    return rf"\begin{{aligned}} {joined} \end{{aligned}}"
