"""How far a place of the walk is from its end, and what room a rate leaves for a curvature, as lines of arithmetic."""

import math
from collections.abc import Sequence

from core.nn.tape import Array
from core.ui.formula import agreeing, number


def apart(distance: float, left_out: float) -> str:
    """Return ``d^2 = p^2 + r^2`` with its numbers; the written ones give the written result."""
    on_map = math.sqrt(max(0.0, distance**2 - left_out**2))
    put_in, digits = agreeing([on_map, left_out], lambda v: math.hypot(*v), 2, 2)
    p, r = number(on_map, "gradient", put_in), number(left_out, "text", put_in)
    return rf"d = \sqrt{{p^2 + r^2}} = \sqrt{{{p}^2 + {r}^2}} = {number(math.hypot(on_map, left_out), 'text', digits)}"


def room(rate: float, batches: Sequence[int], bends: Array, which: str = "") -> str:
    """Return 2/η with its numbers, and beside it the curvatures (B,) where the smallest and the largest batches end.

    ``which`` is said at λ, behind the batch.
    """
    limit = 2 / rate
    lines = [rf"\tfrac{{2}}{{\eta}} &= \tfrac{{2}}{{{rate:g}}} = {number(limit, 'z', 1)}"]
    for k in (0, -1):
        sign = "<" if bends[k] < limit else ">"
        bend = rf"\lambda_{{{batches[k]}{which}}}"
        lines.append(rf"{bend} &= {number(bends[k], 'positive', 2)} {sign} \tfrac{{2}}{{\eta}}")
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"
