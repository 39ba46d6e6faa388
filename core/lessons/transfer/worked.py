"""What one old hidden unit makes of an old and of a new picture, as arithmetic."""

from __future__ import annotations

import numpy as np

from core.ui.formula import agreeing, number


def both(parts: np.ndarray) -> str:
    """Return sum + bias = z and the unit's output after ReLU, a line for the old picture and one for the new.

    Parameters
    ----------
    parts : (2, 2) as `core.lessons.transfer.study.most_active` gives them.
    """
    lines = []
    for kind, (total, bias) in zip(("old", "new"), parts.tolist(), strict=True):
        digits, after = agreeing([total, bias], sum, 2, 2)
        z = total + bias
        said = f"{number(total, 'input', digits)} + {number(bias, 'positive' if bias >= 0 else 'negative', digits)}"
        out = number(max(0.0, z), "activation", after)
        lines.append(rf"\text{{{kind}: }} & {said} = {number(z, 'z', after, alone=True)} \;\to\; {out}")
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"
