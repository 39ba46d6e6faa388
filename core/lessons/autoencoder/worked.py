"""The error of one drawing, worked out with its numbers."""

import numpy as np

from core.nn.tape import Array
from core.ui import formula

FORMULA = (
    r"\begin{aligned} \hat x &= \text{decoder}(\text{encoder}(x)) \\ "
    r"L &= \tfrac{1}{64}\textstyle\sum (x_i - \hat x_i)^2 \end{aligned}"
)


def worst(picture: Array, drawn: Array) -> int:
    """Return the pixel that is drawn worst; they count from 0, row by row."""
    return int(np.abs(picture - drawn).argmax())


def line(picture: Array, drawn: Array) -> str:
    """Return the error of one drawing as LaTeX: its worst pixel, and the mean over all.

    >>> line(np.array([1.0, 0.0]), np.array([0.5, 0.0])).count("0.250")
    1
    """
    k = worst(picture, drawn)
    x, y = formula.number(float(picture[k]), "target", 2), formula.number(float(drawn[k]), "prediction", 2)
    square = np.square(np.round(picture[k], 2) - np.round(drawn[k], 2))  # of the numbers that are written
    most, mean = (formula.number(float(v), "loss", n) for v, n in ((square, 3), (np.square(picture - drawn).mean(), 4)))
    first = rf"(x_{{{k + 1}}}-\hat x_{{{k + 1}}})^2 &= ({x}-{y})^2 = {most}"
    second = rf"\tfrac1{{{len(picture)}}}\textstyle\sum (x_i-\hat x_i)^2 &= {mean}"
    return rf"\begin{{aligned}} {first} \\ {second} \end{{aligned}}"
