"""One memory's new value in numbers, and what many steps back leave of a pull."""

import numpy as np

from core.lessons.recurrence.unrolled import Unrolled
from core.ui.formula import agreeing, inked, number, weight

MOST, LEAST = 7, -2
"""Digits at the most, and the smallest power of ten that is written out."""


def new_memory(run: Unrolled, kind: str, at: int, unit: int) -> str:
    """Return how memory ``unit`` came about at step ``at`` (counted from 1), as LaTeX.

    What is remembered has its color in the picture, which is that of its sign.
    """
    old, made = float(run.memory[unit, at - 1]), float(run.memory[unit, at])
    if kind == "plain":
        return _plain(run, at, unit, made)
    keep, new = (float(run.parts[name][at - 1, unit]) for name in ("keep", "new"))
    if kind == "gru":
        digits, end = agreeing([keep, old, new], lambda v: v[0] * v[1] + (1 - v[0]) * v[2], 2, 2)
        k, o, n = number(keep, "positive", digits), weight(old, digits), weight(new, digits)
        return rf"{k} \times {o} + (1 - {k}) \times {n} = {weight(made, end, alone=True)}"
    let_in = float(run.parts["let in"][at - 1, unit])
    digits, end = agreeing([keep, old, let_in, new], lambda v: v[0] * v[1] + v[2] * v[3], 2, 2)
    k, i = (number(v, "positive", digits) for v in (keep, let_in))
    first, second = rf"{k} \times {weight(old, digits)}", rf"{i} \times {weight(new, digits)}"
    return rf"{first} + {second} = {weight(made, end, alone=True)}"


def _plain(run: Unrolled, at: int, unit: int, made: float) -> str:
    w, fed = run.W[unit], [*run.memory[:, at - 1], run.symbols[at - 1], 1.0]
    values = [float(v) for v in (*w, *fed[:-1])]
    n = len(w)
    digits, end = agreeing(values, lambda v: float(np.dot(v[:n], [*v[n:], 1.0])), 2, 2)
    terms = [
        rf"{weight(a, digits)} \times {weight(b, digits)}" for a, b in zip(w[:-2], run.memory[:, at - 1], strict=True)
    ]
    terms += [rf"{weight(w[-2], digits)} \times {number(run.symbols[at - 1], 'input', 0)}", weight(w[-1], digits)]
    z = float(np.dot(w, fed))
    body = r" \\ &\quad + ".join([*terms[:-2], " + ".join(terms[-2:])])  # a phone has room for no more in a line
    after = max(2, end)
    return (
        rf"\begin{{aligned}} z &= {body} \\ &\quad = {number(z, 'z', end, alone=True)} \\ "
        rf"h &= \tanh z = {weight(made, after, alone=True)} \end{{aligned}}"
    )


def fading(near: float, far: float, back: int, quantity: str = "gradient") -> str:
    """Return ``near x factor^back = far`` as LaTeX, the factor that one step has on average.

    Parameters
    ----------
    near, far : the ends of the line of that ``quantity``'s color: the pull at the last symbol and ``back`` steps back.
    """
    factor = (far / near) ** (1 / back) if near else 0.0
    for digits in range(2, MOST):  # until a calculator comes to the same
        begin, each = f"{near:.{digits - 1}e}", f"{factor:.{digits + 1}f}"
        if f"{float(begin) * float(each) ** back:.1e}" == f"{far:.1e}":
            break
    begin = scaled(near, digits)
    return rf"{inked(begin, quantity)} \times {each}^{{{back}}} \approx {inked(scaled(far), quantity)}"


def share(value: float) -> str:
    """Return a share in percent, and in words where it's too small for that.

    >>> share(0.0952), share(0.0034), share(0.0000306)
    ('10%', '0.3%', 'less than 0.1%')
    """
    return "less than 0.1%" if value < 0.001 else f"{value:.0%}" if value >= 0.0095 else f"{value:.1%}"


def scaled(value: float, digits: int = 2) -> str:
    r"""Return a number with so many digits as LaTeX, a small one with a power of ten.

    >>> scaled(0.0952), scaled(1.0), scaled(0.0000306, 3)
    ('0.095', '1.0', '3.06 \\times 10^{-5}')
    """
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    if value and int(power) < LEAST:
        return rf"{mantissa} \times 10^{{{int(power)}}}"
    return f"{value:.{max(0, digits - 1 - int(power))}f}"


def opened(gate: float, back: int) -> str:
    """Return what a gate with that bias keeps of a pull after so many steps, as LaTeX."""
    keeps = 1 / (1 + np.exp(-gate))
    opening = inked(f"{keeps:.3f}", "positive")
    return rf"\sigma({gate:g}) = {opening}, \qquad {opening}^{{{back}}} \approx {scaled(round(keeps, 3) ** back)}"
