"""What one old hidden unit makes of an old and of a new picture, as arithmetic."""

from collections.abc import Sequence

import numpy as np

from core.ui.formula import agreeing, number


def both(parts: np.ndarray, names: Sequence[str]) -> str:
    """Return sum + bias = z and the unit's output after ReLU, a line for the old picture and one for the new.

    Parameters
    ----------
    parts, names : (2, 2) and their captions, as `core.lessons.transfer.study.most_active` gives them.
    """
    lines, needed = [], [agreeing(line, sum, 2, 2) for line in parts.tolist()]
    digits, after = (max(each) for each in zip(*needed, strict=True))
    for name, (total, bias) in zip(names, parts.tolist(), strict=True):
        z = total + bias
        terms = f"{number(total, 'input', digits)} + {number(bias, 'positive' if bias >= 0 else 'negative', digits)}"
        out = number(max(0.0, z), "activation", after)
        start = rf"\text{{{name.replace(':', '')}: }}"  # old 6:
        lines.append(rf"{start} & {terms} = {number(z, 'z', after, alone=True)} \;\to\; {out}")
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"
