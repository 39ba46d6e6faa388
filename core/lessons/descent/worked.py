"""One step of one optimizer in numbers: the line for weight x."""

import math
import re
from collections.abc import Callable, Sequence

from core.lessons.descent.study import Walks, adds_up, divided
from core.nn.optimizers import OPTIMIZERS, AdamW, Optimizer
from core.ui.formula import inked, number

Line = tuple[list[float], list[str], str, Callable[[Sequence[float]], float]]
"""Values, the quantity of each, a template with a place for each value after the first, and the push that they make."""

TINY = 1e-6
"""What is smaller is written as practically 0."""
LEAST, MORE = 3, 3
"""Decimals that are always written, and how many more are tried."""
COLORS = {
    r"(?<![\\a-z])g(?![a-z])": "gradient",
    r"\\hat m|(?<![\\a-z])(?<!hat )v(?![a-z])": "activation",
    r"\\sqrt\{(s|\\hat v)\}": "z",
}
"""What is written in which color: as in the worked line, the gradient, the memory, and the root that divides."""


def line(optimizer: str, walks: Walks, rate: float, k: int) -> str:
    """Return step k (0 is the first) of the first walk as LaTeX: where x was, what is subtracted, where it is now.

    The written numbers give the written result. What is practically 0 is written so; if all of it is, no line is left.
    """
    rule, before = OPTIMIZERS[optimizer](), walks.path[k, 0, 0]
    values, quantities, template, push = _sum(rule, walks, k) if adds_up(optimizer) else _ratio(optimizer, walks, k)
    decay = rule.decay if isinstance(rule, AdamW) else 0.0

    def after(v: Sequence[float]) -> float:
        return float(v[0] - rate * push(v[1:]) - rate * decay * v[0])

    now = float(walks.path[k + 1, 0, 0])
    moving = [v for v, quantity in zip(values, quantities, strict=True) if quantity != "z"]
    if max(abs(v) for v in (before, now, *moving)) < TINY:
        return ""
    tiny = 0.0 if quantities[-1] == "z" and values[-1] < TINY else TINY  # of two tiny numbers the ratio counts
    (of_x, *digits), end = _digits([before, *values], after, abs(now - before), tiny)
    places = [_number(v, quantity, d, tiny) for v, quantity, d in zip(values, quantities, digits, strict=True)]
    shrink = rf" - {rate:g}\times{decay:g}\times{_number(before, 'text', of_x, tiny)}" if decay else ""
    x = _number(before, "text", of_x, tiny, alone=True)
    result = r"\approx 0" if 0 < abs(now) < tiny else "= " + _number(now, "text", end, tiny, alone=True)
    return rf"x: {x} - {rate:g}\times{template % tuple(places)}{shrink} {result}"


def _number(value: float, quantity: str, digits: int, tiny: float, alone: bool = False) -> str:
    if value and abs(value) < tiny:
        return inked(r"{\approx}0" if alone else r"({\approx}0)", quantity)
    return number(value, quantity, digits, alone) if value else inked("0", quantity)


def _places(value: float, figures: int, tiny: float) -> int:
    """Return the decimals that show so many figures of a number, or `LEAST`; of what is tiny, nothing."""
    size = abs(value)
    return max(LEAST, figures - 1 - math.floor(math.log10(size))) if size and size >= tiny else LEAST


def _digits(
    values: Sequence[float], after: Callable[[Sequence[float]], float], step: float, tiny: float
) -> tuple[list[int], int]:
    """Return the decimals of each value and of the result that show the step and give the written result."""
    own, now = [_places(v, 3, tiny) for v in values], after(values)
    end = max(_places(now, 3, tiny), _places(step, 1, TINY))
    own[0] = max(own[0], end)
    for more in range(MORE + 1):
        for extra in range(MORE + 1):
            written = [0.0 if abs(v) < tiny else round(float(v), d + extra) for v, d in zip(values, own, strict=True)]
            if abs(after(written) - round(now, end + more)) < 0.49 * 10.0 ** -(end + more):
                return [d + extra for d in own], end + more
    return [d + MORE for d in own], end


def wrapped(line: str) -> str:
    """Return a worked line in three, which fit a phone: where x was, what is subtracted, where it is now."""
    lines = line.replace(" - ", r" \\ &\quad - ").replace(" = ", r" \\ &= ").replace(r" \approx ", r" \\ &\approx ")
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
