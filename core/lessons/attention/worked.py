"""How one place gets its weight, and what ``?`` gets from it, with their numbers."""

from collections.abc import Sequence

import numpy as np

from core.lessons.attention.charts import inks
from core.lessons.attention.study import Look
from core.ui import formula, frame

FORMULA = (
    r"\begin{aligned} s_j &= \frac{q \cdot k_j}{\sqrt{d}} \qquad w_j = \frac{e^{s_j}}{\sum_i e^{s_i}} \\ "
    r"y &= \textstyle\sum_j w_j\, v_j \end{aligned}"
)
MOST = 6
"""Decimals of a score at the most."""


def line(seen: Look, head: int, place: int) -> str:
    """Return the score of a place, the weight that it becomes, and the first number that ``?`` gets, as LaTeX.

    Places count from 0.
    """
    q, k, name = seen.queries[head], seen.keys[head, :, place], f"_{{{place + 1}}}"
    size = len(q)

    def product(u: Sequence[float]) -> float:
        return float(np.dot(u[:size], u[size:]) / np.sqrt(size))

    for least in range(2, MOST + 1):
        put_in, digits = formula.agreeing([*q, *k], product, 2, least, MOST)
        needed, own, total = share(seen.scores[head], place, digits)
        if needed == digits:
            break
    terms = [
        rf"{formula.number(float(a), 'input', put_in)} \times {formula.number(float(b), 'activation', put_in)}"
        for a, b in zip(q, k, strict=True)
    ]
    body = r" \\ &\quad + ".join(terms)  # a phone has room for one product in a line
    s = formula.number(float(seen.scores[head, place]), "z", digits, alone=True)
    w = rf"\textcolor{{{inks(frame.mode())[head]}}}"  # as this head's bars
    weight, value = float(seen.weights[head, place]), float(seen.values[head, 0, place])
    got = float(seen.gathered[head, 0])
    each, after = formula.agreeing([weight, value, got - weight * value], lambda u: u[0] * u[1] + u[2], 3)
    from_here = rf"{w}{{{weight:.{each}f}}} \times {formula.number(value, 'activation', each)}"
    others = formula.number(got - weight * value, "activation", each)
    y = formula.number(got, "prediction", after, alone=True)
    return (
        rf"\begin{{aligned}} s{name} &= ({body}) \\ &\quad / \underset{{\sqrt{{d}}}}{{\sqrt{{{size}}}}} = {s} \\ "
        rf"w{name} &= \frac{{e^{{{s}}}}}{{\sum_i e^{{s_i}}}} = \frac{{{own}}}{{{total}}} = {w}{{{weight:.3f}}} \\ "
        rf"y_1 &= \underbrace{{{from_here}}}_{{\text{{place {place + 1}}}}} \\ "
        rf"&\quad + \underbrace{{{others}}}_{{\text{{others}}}} = {y} \end{{aligned}}"
    )


def share(scores: np.ndarray, place: int, digits: int = 2) -> tuple[int, str, str]:
    r"""Return with how many decimals to write a place's score, e to that, and the sum of all, so that they fit.

    >>> share(np.log([3.0, 1.0]), 0)
    (2, '3.0042', '4.0042')
    """
    e = np.exp(scores)
    for more in range(digits, MOST + 1):
        own = float(np.exp(round(float(scores[place]), more)))
        written = [plain(v) for v in (own, own + float(np.delete(e, place).sum()))]
        if round(own / read(written[1]), 3) == round(float(e[place] / e.sum()), 3):
            break
    return more, written[0], written[1]


def plain(value: float) -> str:
    r"""Return a number with five digits, or all of them before the point; only a tiny one has a power of ten.

    >>> [plain(v) for v in (0.0123456, 7.0, 7332.4, 1234567.8, 0.00000123)]
    ['0.012346', '7', '7,332.4', '1,234,568', '1.2300 \\times 10^{-6}']
    """
    if value < 1e-4:
        digits, power = f"{value:.4e}".split("e")
        return rf"{digits} \times 10^{{{int(power)}}}"
    return f"{value:,.0f}" if value >= 1e5 else f"{value:,.5g}"


def read(text: str) -> float:
    r"""Return the number that `plain` has written.

    >>> read("7,332.4"), read(r"1.2300 \times 10^{-6}")
    (7332.4, 1.23e-06)
    """
    return float(text.replace(",", "").replace(r" \times 10^{", "e").rstrip("}"))
