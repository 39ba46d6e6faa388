"""The chosen unit's bias and the network's answer at x = 0, in numbers that agree."""

from collections.abc import Sequence
from math import floor, log10

from core.nn.tape import Array
from core.ui.formula import agreeing, number, weight

WHOLE = 3
"""Sums of more terms than this are shortened."""


def bias_line(unit: int, w: float, turn: float) -> str:
    """Return how a unit's bias follows from its weight and its turning point, as LaTeX."""
    digits, end = agreeing([turn], lambda v: -w * v[0], 2, 2)
    bias = number(-w * turn, "text", end, alone=True)
    return rf"b_{unit} = -w\,t_{unit} = -{w:g} \times {number(turn, 'input', digits)} = {bias}"


def answer_lines(bias: float, heights: Sequence[float] | Array, answers: Sequence[float] | Array) -> list[str]:
    """Return the sum that is the network's answer at x = 0, as lines of LaTeX that fit a phone."""
    count = len(heights)

    def total(v: Sequence[float]) -> float:
        return v[0] + sum(a * h for a, h in zip(v[1 : count + 1], v[count + 1 :], strict=True))

    values = [float(v) for v in (bias, *heights, *answers)]
    digits, end = agreeing(values, total, 2, 2, 4)
    terms = [
        rf"{weight(a, digits)} \times {number(h, 'text', digits)}"
        for a, h in zip(heights, answers, strict=True)
    ]  # fmt: skip
    listing = terms if count <= WHOLE else [*terms[:2], r"\dots"]
    result = number(total(values), "prediction", end, alone=True)
    first = rf"\hat y(0) = {number(bias, 'text', digits, alone=True)} + {listing[0]}"
    return [first, "".join(f" + {term}" for term in listing[1:]) + f" = {result}"]


def off_line(off: float) -> str:
    """Return how far off the curve is, as LaTeX: the root of the mean of the squared errors."""
    mean = r"\text{off} = \sqrt{\tfrac1N \sum(\hat y - y)^2}"
    return rf"{mean} = {number(off, 'prediction', 3)}"


def times_line(trained: float, hand: float) -> str:
    """Return how many times as far off training ends as units set by hand, as LaTeX."""
    least = max(3, 2 - floor(log10(max(hand, 1e-4))))  # three digits of the smaller one
    places = 0 if trained >= 9.5 * hand else 2
    digits, end = agreeing([trained, hand], lambda v: v[0] / max(v[1], 1e-9), least, places, 6)
    far = number(trained, "prediction", digits)
    names = r"\frac{\text{trained}}{\text{by hand}}"
    return rf"{names} = \frac{{{far}}}{{{number(hand, 'text', digits)}}} = {number(trained / hand, 'text', end)}"
