"""How far a place of the walk is from its end, on the map and off it, as a line of arithmetic."""

from __future__ import annotations

import math

from core.ui.formula import agreeing, number


def apart(distance: float, left_out: float) -> str:
    """Return ``d^2 = p^2 + r^2`` with its numbers; the written ones give the written result."""
    on_map = math.sqrt(max(0.0, distance**2 - left_out**2))
    put_in, digits = agreeing([on_map, left_out], lambda v: math.hypot(*v), 2, 2)
    p, r = number(on_map, "text", put_in), number(left_out, "gradient", put_in)
    return rf"d = \sqrt{{p^2 + r^2}} = \sqrt{{{p}^2 + {r}^2}} = {number(math.hypot(on_map, left_out), 'text', digits)}"
