"""One step of one optimizer in numbers: the line for weight x."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from core.lessons.descent.study import Walks, adds_up, divided
from core.nn.optimizers import OPTIMIZERS, AdamW, Optimizer
from core.ui.formula import agreeing, inked, number

Line = tuple[list[float], list[str], str, Callable[[Sequence[float]], float]]
"""Values, the quantity of each, a template with a place for each value after the first, and the push that they make."""

COLORS = {
    r"(?<![\\a-z])g(?![a-z])": "gradient",
    r"\\hat m|(?<![\\a-z])(?<!hat )v(?![a-z])": "activation",
    r"\\sqrt\{(s|\\hat v)\}": "z",
}
"""What is written in which color: as in the worked line, the gradient, the memory, and the root that divides."""


def line(optimizer: str, walks: Walks, rate: float, k: int) -> str:
    """Return step k (0 is the first) of the first walk as LaTeX: where x was, what is subtracted, where it is now.

    The written numbers give the written result.
    """
    rule, before = OPTIMIZERS[optimizer](), walks.path[k, 0, 0]
    values, quantities, template, push = _sum(rule, walks, k) if adds_up(optimizer) else _ratio(optimizer, walks, k)
    decay = rule.decay if isinstance(rule, AdamW) else 0.0

    def after(v: Sequence[float]) -> float:
        return float(v[0] - rate * push(v[1:]) - rate * decay * v[0])

    digits, end = agreeing([before, *values], after, 3, 3)
    places = [number(v, quantity, digits) for v, quantity in zip(values, quantities, strict=True)]
    x, now = number(before, "text", digits, alone=True), number(walks.path[k + 1, 0, 0], "text", end, alone=True)
    shrink = rf" - {rate:g}\times{decay:g}\times{number(before, 'text', digits)}" if decay else ""
    return rf"x: {x} - {rate:g}\times{template % tuple(places)}{shrink} = {now}"


def wrapped(line: str) -> str:
    """Return a worked line in three, which fit a phone: where x was, what is subtracted, where it is now."""
    lines = line.replace(" - ", r" \\ &\quad - ").replace(" = ", r" \\ &= ")
    return rf"\begin{{aligned}} &{lines} \end{{aligned}}"


def stacked(formula: str) -> str:
    """Return an optimizer's formula with a line for its memory and one for its step, in the worked line's colors."""
    for letters, quantity in COLORS.items():
        formula = re.sub(letters, lambda found, quantity=quantity: inked(found[0], quantity), formula)  # type: ignore[misc]
    return r"\begin{gathered} " + formula.replace(r",\quad ", r" \\ ") + r" \end{gathered}"


def _sum(rule: Optimizer, walks: Walks, k: int) -> Line:
    """Plain descent and momentum: the gradient, and a share of the memory."""
    g, mu = float(walks.gradients[k, 0, 0]), getattr(rule, "mu", 0.0)
    if not rule.memory:
        return [g], ["gradient"], "%s", lambda v: v[0]
    ahead = OPTIMIZERS["nesterov"]() == rule  # it looks with the memory that has heard of this gradient already
    memory = float(walks.memory[k, 0, 0, 0]) if ahead else float(walks.memory[k - 1, 0, 0, 0]) if k else 0.0
    return [memory, g], ["activation", "gradient"], rf"({mu:g}\times%s + %s)", lambda v: mu * v[0] + v[1]


def _ratio(optimizer: str, walks: Walks, k: int) -> Line:
    """AdaGrad, RMSProp and Adam: a gradient, or the mean of many, over the root of its squares."""
    *mean, root = (float(of[k, 0]) for of in divided(optimizer, walks).values())
    top, quantity = (mean[0], "activation") if mean else (float(walks.gradients[k, 0, 0]), "gradient")
    return [top, root], [quantity, "z"], r"\frac{%s}{%s}", lambda v: v[0] / max(v[1], 1e-10)
