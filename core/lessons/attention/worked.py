"""How one place gets its weight, with its numbers."""

from __future__ import annotations

import numpy as np

from core.lessons.attention.study import Look
from core.ui import formula

FORMULA = (
    r"\begin{aligned} s_j &= \frac{q \cdot k_j}{\sqrt{d}} \qquad w_j = \frac{e^{s_j}}{\sum_i e^{s_i}} \\ "
    r"y &= \textstyle\sum_j w_j\, v_j \end{aligned}"
)


def line(seen: Look, head: int, place: int) -> str:
    """Return the score of a place and the weight that it becomes, as LaTeX; places count from 0."""
    q, k = seen.queries[head], seen.keys[head, :, place]
    size = len(q)
    put_in, digits = formula.agreeing([*q, *k], lambda u: float(np.dot(u[:size], u[size:]) / np.sqrt(size)))
    terms = [
        rf"{formula.number(float(a), 'input', put_in)} \times {formula.number(float(b), 'activation', put_in)}"
        for a, b in zip(q, k, strict=True)
    ]
    s = formula.number(float(seen.scores[head, place]), "z", digits, alone=True)
    body = r" \\ &\quad + ".join(terms)  # a phone has room for one product in a line
    total = float(np.exp(seen.scores[head] - seen.scores[head, place]).sum())
    w = formula.number(1 / total, "prediction", 2)
    name = f"_{{{place + 1}}}"
    return (
        rf"\begin{{aligned}} s{name} &= ({body}) / \sqrt{{{size}}} = {s} \\ "
        rf"w{name} &= \frac{{e^{{{s}}}}}{{\sum_i e^{{s_i}}}} = {w} \end{{aligned}}"
    )
