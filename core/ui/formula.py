"""Formulas with the numbers of the moment, each in the color that its mark has in the picture.

What is written must be so for whoever checks it with a calculator: `agreeing` finds how many digits the factors need
for their written forms to give the written result.
"""

import re
from collections.abc import Callable, Sequence

from core.charts.theme import palette
from core.ui import frame


def number(value: float, quantity: str, digits: int = 2, alone: bool = False) -> str:
    """Return a number as LaTeX in a quantity's color; a negative one in parentheses, unless it stands alone."""
    text = f"{value:z.{digits}f}"  # z: no minus before a zero
    return inked(f"({text})" if text.startswith("-") and not alone else text, quantity)


def weight(value: float, digits: int = 2, alone: bool = False) -> str:
    """Return a weight as LaTeX: blue above zero, orange below, as its line is drawn."""
    return number(value, "positive" if value >= 0 else "negative", digits, alone)


def power_of_ten(value: float) -> str:
    r"""Return a number as LaTeX with two digits and a power of ten.

    >>> power_of_ten(2.04e-7)
    '2.0 \\times 10^{-7}'
    """
    digits, power = f"{value:.1e}".split("e")
    return rf"{digits} \times 10^{{{int(power)}}}"


def name(text: str) -> str:
    r"""Return a name from outside as LaTeX writes it: `harmless` leaves marks that mean something there.

    >>> print(name("R&D, 50% no_event"))
    \text{R\&D, 50\% no\_event}
    """
    escaped = re.sub("([_%&])", r"\\\1", text)
    return rf"\text{{{escaped}}}"


def inked(latex: str, quantity: str) -> str:
    """Return any LaTeX in a quantity's color."""
    return rf"\textcolor{{{palette(frame.mode())[quantity]}}}{{{latex}}}"


def agreeing(
    values: Sequence[float], compute: Callable[[Sequence[float]], float], least: int = 2, places: int = 2, most: int = 6
) -> tuple[int, int]:
    """Return how many decimals to write values and result with, so that the written values give the written result.

    Parameters
    ----------
    values : what is put in.
    compute : from the values to the result.
    least, places : decimals of the values and of the result that would do; more are taken where these disagree.
    most : decimals of either at the most; beyond, written values are as good as exact.

    Examples
    --------
    >>> agreeing([0.5, 0.85, 0.2], lambda v: v[0] * v[1] + v[2])  # 0.625: 0.62 or 0.63 would both be wrong
    (2, 3)
    """
    values = [float(v) for v in values]  # NumPy rounds its own by another rule than they are written by
    result = compute(values)
    for after in range(places, most + 1):
        for digits in range(least, most + 1):
            off = abs(compute([round(v, digits) for v in values]) - round(result, after))
            if off < 0.49 * 10.0**-after:
                return digits, after
    return most, places
