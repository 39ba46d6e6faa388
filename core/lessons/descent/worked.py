"""One step of one optimizer in numbers: the line for weight x."""

from __future__ import annotations

import numpy as np

from core.lessons.descent.study import Walks, adds_up
from core.nn.optimizers import OPTIMIZERS, Adam, AdamW
from core.ui.formula import number


def line(optimizer: str, walks: Walks, rate: float, k: int) -> str:
    """Return step k (0 is the first) of the first walk as LaTeX: what is subtracted from x, and what comes out."""
    rule, (before, after) = OPTIMIZERS[optimizer](), walks.path[k : k + 2, 0, 0]
    g = walks.gradients[k, 0, 0]
    old = walks.memory[k - 1, 0, 0, 0] if k and rule.slots else 0.0
    slope, eta, mu = number(g, "gradient", 3), f"{rate:g}", f"{getattr(rule, 'mu', 0):g}"
    if not adds_up(optimizer):
        push = rf"{number(before - after, 'text', 4)}"
        share = _adaptive(optimizer, walks, k, rate)
        return rf"x: {before:.3f} - {share} = {before:.3f} - {push} = {after:.3f}"
    if optimizer == "sgd":
        inside = slope
    elif optimizer == "momentum":
        inside = rf"({mu}\times{number(old, 'activation', 3)} + {slope})"
    else:
        inside = rf"({slope} + {mu}\times{number(walks.memory[k, 0, 0, 0], 'activation', 3)})"
    return rf"x: {before:.3f} - {eta}\times{inside} = {after:.3f}"


def _adaptive(optimizer: str, walks: Walks, k: int, rate: float) -> str:
    """Return the step of an optimizer that divides by the gradient's size."""
    rule, g = OPTIMIZERS[optimizer](), walks.gradients[k, 0, 0]
    if isinstance(rule, Adam):
        m = walks.memory[k, 0, 0, 0] * (1 - rule.beta1) / (1 - rule.beta1 ** (k + 1))
        v = walks.memory[k, 1, 0, 0] * (1 - rule.beta2) / (1 - rule.beta2 ** (k + 1))
        decay = (
            rf" - {rate:g}\times{rule.decay:g}\times{number(walks.path[k, 0, 0], 'text', 3)}"
            if isinstance(rule, AdamW)
            else ""
        )
        return rf"{rate:g}\times\frac{{{number(m, 'activation', 3)}}}{{{number(float(np.sqrt(v)), 'z', 3)}}}{decay}"
    root = float(np.sqrt(walks.memory[k, 0, 0, 0]))
    return rf"{rate:g}\times\frac{{{number(g, 'gradient', 3)}}}{{{number(root, 'z', 3)}}}"
