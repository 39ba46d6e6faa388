"""Lines of arithmetic with the numbers of the moment: a limit as a quotient, and the length of a first step."""

from math import floor, log10

from core.ui import formula


def limit(limit: float, words: str) -> str:
    """Return two over a curvature as LaTeX: ``2 / lambda = 2 / 0.82 = 2.4``, with words behind it."""
    curvature = 2 / limit
    digits, after = formula.agreeing([curvature], lambda v: 2 / v[0] if v[0] else 0.0, 2, int(limit < 10))
    return rf"\frac{{2}}{{\lambda}} = \frac{{2}}{{{curvature:.{digits}f}}} = {limit:.{after}f} \quad \text{{{words}}}"


def one_step() -> str:
    """Return what a step does to w in a valley: the rate in the walk's color, the curvature in the valley's."""
    rate, curvature = formula.inked(r"\eta", "gradient"), formula.inked("c", "loss")
    return rf"w \leftarrow w-{rate}\,{curvature}\,w = (1-{rate}\,{curvature})\,w"


def first_step(name: str, optimizer: str, rate: float, gradient: float, ink: str) -> str:
    """Return how far an optimizer's first step moves a weight with that gradient: the rate in its curve's color."""
    inked = formula.inked(f"{rate:g}", ink)
    if optimizer == "adam":
        g = f"{gradient:.3f}"
        return rf"\text{{{name}: }} {inked} \times \frac{{{g}}}{{{g}}} = {rate:g}"
    two = max(2, 1 - floor(log10(rate * gradient)))  # two digits that count
    digits, after = formula.agreeing([gradient], lambda v: rate * v[0], 3, two)
    return rf"\text{{{name}: }} {inked} \times {gradient:.{digits}f} = {rate * gradient:.{after}f}"


def arrival(factor: float, steps: int, near: float) -> str:
    """Return how near the bottom so many steps lead, starting from 1: ``0.6^14 = 0.00078 < 0.001``."""
    digits, after = formula.agreeing([factor], lambda v: v[0] ** steps, 3, 5)
    base = formula.number(factor, "text", digits)
    return rf"1 \times {base}^{{{steps}}} = {factor**steps:z.{after}f} \quad \text{{within }} {near:g}"
