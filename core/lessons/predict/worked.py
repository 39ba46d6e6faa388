"""From the units to the answer, with the numbers of the moment: formulas whose written numbers agree."""

from collections.abc import Sequence

import numpy as np

from core.lessons.predict.asking import Answer
from core.ui import formula

WRITABLE = 0.001, 10_000.0
"""Between these a sum of powers is written as a number."""


def sigmoid(v: Sequence[float]) -> float:
    """Return the sigmoid of the first of these."""
    return float(np.exp(-np.logaddexp(0, -v[0])))


def _sum(v: Sequence[float]) -> float:
    return v[0] * v[1] + sum(v[2:])


def digits_of_z(sums: Answer, output: int = 0) -> int:
    """Return with how many digits z is written, so that the probability that is written comes of that."""
    z = float(sums.z[output])
    if len(sums.z) == 1:
        return formula.agreeing([z], sigmoid, 2, 4)[0]
    total = _others(sums, output)
    return formula.agreeing([z, total], _share, 2, 4)[0] if WRITABLE[0] < total < WRITABLE[1] else 2


def _others(sums: Answer, output: int) -> float:
    """What the other classes' scores add up to, each as a power of e."""
    return float(np.exp(np.minimum(np.delete(sums.z, output), 500)).sum())


def _share(v: Sequence[float]) -> float:
    return float(np.exp(-np.logaddexp(0, np.log(v[1]) - v[0])))


def score(sums: Answer, output: int, hidden: bool, least: int = 2) -> str:
    """Return how z comes about: the unit that adds most as a product, the others together, and the bias."""
    parts, bias = sums.contributions(output), float(sums.bias[output])
    k, name = int(np.argmax(np.abs(parts))), "a" if hidden else "x"
    w, a = float(sums.weights[output, k]), float(sums.activations[k])
    rest = [float(parts.sum() - parts[k])] if len(parts) > 1 else []
    put_in, digits = formula.agreeing([w, a, *rest, bias], _sum, 2, least)
    words = [rf"w_{{{k + 1}}} {name}_{{{k + 1}}}", *([r"\text{the others}"] if rest else []), "b"]
    product = rf"{formula.weight(w, put_in, alone=True)} \cdot {formula.number(a, 'activation', put_in)}"
    numbers = [
        *(formula.number(r, "activation", put_in) for r in rest), formula.weight(bias, put_in),
    ]  # fmt: skip
    result = formula.number(float(sums.z[output]), "z", digits, alone=True)
    put = rf"{product} \\ &\quad + {' + '.join(numbers)}"  # two lines: one would be too wide for a phone
    return rf"\begin{{aligned}} z &= {' + '.join(words)} \\ &= {put} \\ &= {result} \end{{aligned}}"


def number(sums: Answer, hidden: bool, factor: float, shift: float) -> str:
    """Return how a number comes about: z from the units, then back in the target's own units."""
    z = float(sums.z[0])
    if (factor, shift) == (1, 0):
        return score(sums, 0, hidden)
    put_in, digits = formula.agreeing([z, factor, shift], lambda v: v[0] * v[1] + v[2], 2, 2)
    result = formula.number(z * factor + shift, "prediction", digits, alone=True)
    back = rf"{factor:.{put_in}f} \cdot {formula.number(z, 'z', put_in)} + {formula.number(shift, 'text', put_in)}"
    of_z = score(sums, 0, hidden, put_in).removesuffix(r" \end{aligned}")
    rule = r"\text{spread of } y \cdot z + \text{mean of } y"
    return rf"{of_z} \\[0.4em] \hat y &= {rule} \\ &= {back} = {result} \end{{aligned}}"


def probability(sums: Answer, output: int, name: str) -> str:
    """Return how the probability of a class comes from z: by the sigmoid, or among the other classes' scores."""
    z, of_class = float(sums.z[output]), f"P({formula.name(name)})"
    if len(sums.z) == 1:
        value, rest = sigmoid([z]), sigmoid([-z])
        put_in = rf"\frac{{1}}{{1+e^{{{formula.number(-z, 'z', digits_of_z(sums), alone=True)}}}}}"
        return _lines(of_class, r"\frac{1}{1+e^{-z}}", put_in, _equals(value, rest))
    others = float(np.exp(np.delete(sums.z, output) - z).sum())  # of what the winner has
    value, rest, total = 1 / (1 + others), others / (1 + others), _others(sums, output)
    rule, digits = r"\frac{e^{z}}{e^{z} + \text{all other } e^{z}}", digits_of_z(sums, output)
    if not WRITABLE[0] < total < WRITABLE[1]:
        return rf"{of_class} = {rule} {_equals(value, rest)}"
    e = rf"e^{{{formula.number(z, 'z', digits, alone=True)}}}"
    put_in = rf"\frac{{{e}}}{{{e} + {total:.{digits}f}}}"
    return _lines(of_class, rule, put_in, _equals(value, rest))


def _lines(left: str, first: str, second: str, result: str) -> str:
    """Set the rule above what is put into it; below both a wide result, which a phone would cut beside it."""
    last = rf" \\[0.6em] &{result}" if "1 - " in result else f" {result}"
    return rf"\begin{{aligned}} {left} &= {first} \\[0.6em] &= {second}{last} \end{{aligned}}"


def _equals(value: float, rest: float) -> str:
    """Return a probability as it is written; one near 0 or 1 by what is missing."""
    if rest < 5e-5:
        return rf"= 1 - {formula.inked(formula.power_of_ten(rest), 'prediction')}" if rest else r"\approx 1"
    if value < 5e-5:
        return f"= {formula.inked(formula.power_of_ten(value), 'prediction')}" if value else r"\approx 0"
    return f"= {formula.number(value, 'prediction', 4)}"
