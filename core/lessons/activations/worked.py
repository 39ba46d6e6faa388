"""How the slope comes out of z, for every activation, with the numbers filled in."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from core.nn.activations import ACTIVATIONS, normal_cdf
from core.ui import formula

MOST = 10  # decimals
RULES = {
    "identity": "1",
    "sigmoid": r"f(z)\,(1-f(z))",
    "tanh": "1-f(z)^2",
    "silu": r"\sigma(z)\,(1+z\,(1-\sigma(z)))",
    "gelu": r"\Phi(z)+z\,\varphi(z)",
}
"""The slope as a formula; that of the others depends on the side of 0."""
SYMBOLS = {
    "silu": "σ(z) is sigmoid's output.",
    "gelu": "Take a bell curve around 0 with a spread of 1. Φ(z) is the share of it that lies below z, and φ(z) is its "
    "height at z.",
}
"""What the signs in a rule mean."""
Numbers = Sequence[float]
PRODUCTS: dict[str, tuple[Callable[[float], list[float]], Callable[[float, Numbers], float], str]] = {
    "sigmoid": (lambda z: [value("sigmoid", z)], lambda z, v: v[0] * (1 - v[0]), r"{0} \times (1-{0})"),
    "tanh": (lambda z: [value("tanh", z)], lambda z, v: 1 - v[0] ** 2, "1-{0}^2"),
    "silu": (
        lambda z: [value("sigmoid", z), 1 - value("sigmoid", z)], lambda z, v: v[0] * (1 + z * v[1]),
        r"{0} \times (1{z} \times {1})",
    ),
    "gelu": (lambda z: [share(z), bell(z)], lambda z, v: v[0] + z * v[1], r"{0}{cut}{z} \times {1}"),
}  # fmt: skip
"""What a slope is computed from at z, how, and how that is written."""
DIGITS = {8: 1e-5, 6: 1e-3, 5: 1e-2}
"""Decimals for a slope that is below so much."""
LINE, GAP = r" \\[2pt] ", r" \\[10pt] "
NEXT = LINE + r"\quad "
ROOM = 7
"""So many decimals leave room for all of a sum in one line."""
ROWS = {"tanh": ("", ""), "sigmoid": ("", NEXT)}
"""Before what a new line is begun, so that a telephone has room for it: the numbers, and the result."""
KINKED = {"relu", "leaky_relu", "elu"}


def digits_of(value: float) -> int:
    """More decimals for a slope that is nearly 0, none for one that is 0."""
    return 0 if value == 0 else next((n for n, low in DIGITS.items() if abs(value) < low), 3)


def slopes(z: float, of: Mapping[str, str]) -> str:
    """Return as LaTeX how f, its slope, and the slope at z come about, each result in its curve's color.

    Parameters
    ----------
    of : by activation, its name for people; the chosen one first, then the one beside it.
    """
    parts = []
    for (name, title), ink in zip(of.items(), ("activation", "positive"), strict=False):
        f = rf"_{{\text{{{title}}}}}"
        rows = [rf"f{f}(z) = {ACTIVATIONS[name].formula}"]
        if name in RULES:
            rows.append(rf"f'{f}(z) = {RULES[name]}")
        rows.append(rf"f'{f}({z:g}) {filled(name, z, ink)}")
        parts.append(LINE.join(rows))
    return r"\begin{array}{l} " + GAP.join(parts) + r" \end{array}"


def filled(name: str, z: float, ink: str) -> str:
    """Return as LaTeX what the slope at z is equal to: what it is computed from, and the result."""
    slope = float(ACTIVATIONS[name].slope(z))
    if name in KINKED:
        side = r"\ \text{ since } z " + (">" if z > 0 else r"\le") + " 0"
        result = formula.number(slope, ink, 0 if slope in (0, 1) else 2 if name == "leaky_relu" else digits_of(slope))
        return (rf"= e^{{{z:g}}}" if name == "elu" and z <= 0 else "") + f"= {result}," + side
    if name not in PRODUCTS:
        return "= " + formula.number(slope, ink, 0 if name == "identity" else digits_of(slope))
    values, compute, pattern = PRODUCTS[name]
    digits, places = formula.agreeing(values(z), lambda v: compute(z, v), 2, digits_of(slope), MOST)
    numbers = [f"{v:.{digits}f}" for v in values(z)]
    line = pattern.format(*(f"({n})" if n[0] == "-" else n for n in numbers), z=f"{z:+g}", cut=NEXT * (digits > ROOM))
    before, after = ROWS.get(name, (NEXT, NEXT))
    return f"{before}= {line} {after}= {formula.number(slope, ink, places, alone=True)}"


def value(name: str, z: float) -> float:
    """Return an activation's output at z."""
    return float(ACTIVATIONS[name](z))


def share(z: float) -> float:
    """Return the share of a normal distribution that lies below z."""
    return float(normal_cdf(np.array(z)))


def bell(z: float) -> float:
    """Return the height of the normal distribution at z."""
    return math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
