"""How numbers and units are written: x₁ x₂ for the inputs, then h, k, m for the hidden layers, ŷ for the output."""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

HIDDEN = "hkm"
SUBSCRIPTS = "₁₂₃₄₅₆₇₈"
TINY, HUGE, RAISED = 9.5e-6, 1e5, str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def minus(text: str) -> str:
    """Return a text with true minus signs before its numbers, and no sign before a zero.

    >>> minus("64-32 has -0.5, not -0.00"), minus("+2, +0.00 and +0.01")
    ('64-32 has −0.5, not 0.00', '+2, 0.00 and +0.01')
    """
    text = re.sub(r"(?<![\w-])[-+](?=0(?:\.0+)?(?!\.?\d))", "", text)
    return re.sub(r"(?<![\w-])-(?=\d)", "−", text)


def plain(value: float, digits: int = 2) -> str:
    """Return a number with so many digits that count, and no exponent.

    >>> plain(1.04e-05), plain(0.0667), plain(3.0), plain(0.00018158, 4)
    ('0.00001', '0.067', '3', '0.0001816')
    """
    return format(Decimal(f"{value:.{digits}g}").normalize(), "f")


def spoken(value: float, digits: int = 3) -> str:
    """Return a number as it's written in a sentence: so many digits that count, a power of ten where it's far off.

    >>> spoken(0.0951, 2), spoken(0.00001), spoken(2.04e-7), spoken(-0.0), spoken(-1234.5), spoken(3e6)
    ('0.095', '0.00001', '2.04 × 10⁻⁷', '0', '−1230', '3.00 × 10⁶')
    >>> spoken(math.inf)
    'too large'
    """
    if not math.isfinite(value):
        return written(value, "")
    if value and not TINY <= abs(value) < HUGE:
        return scientific(value, digits - 1)
    return minus(plain(value, digits))


class Share(float):
    """A share that is written as 100% or 0% only where it's all or none.

    >>> f"{Share(0.9976):.0%}, {Share(0.9996):.1%}, {Share(0.3):.0%}, {Share(0.004):.0%}, {Share(1):.0%}"
    '>99%, >99.9%, 30%, <1%, 100%'
    """

    def __format__(self, form: str) -> str:
        text = super().__format__(form)
        if not form.endswith("%") or not 0 < self < 1 or 0 < float(text[:-1]) < 100:
            return text
        least = 0.1 ** (2 + len(text[:-1].partition(".")[2]))  # of what this form can write
        return ">" + format(1 - least, form) if self > 0.5 else "<" + format(least, form)


class Amount(float):
    """A number in a learner's own unit: a form such as ``.3g`` never cuts before the point, and has no power of e.

    >>> f"{Amount(254321.4):.3g}, {Amount(-1234.56):g}, {Amount(0.5):.3g}, {Amount(2.04e-7):.3g}, {Amount(3):.2f}"
    '254,321, −1,235, 0.5, 2.04 × 10⁻⁷, 3.00'
    """

    def __format__(self, form: str) -> str:
        if not form.endswith("g") or not math.isfinite(self):
            return super().__format__(form)
        digits = int(form[1:-1] or 6)
        return minus(f"{self:,.0f}") if 10 ** min(digits, 3) <= abs(self) < 1e15 else spoken(float(self), digits)


BROKEN = "The run broke down before this moment: its numbers are too large to be written, so nothing is drawn."
"""The text twin of a picture of a network whose numbers are none any more."""


def written(value: float, form: str) -> str:
    """Return a number in words: a huge one with a power of ten; what is none, or too large for one, in words.

    >>> written(-0.0001, ".3f"), written(-51.9, ".3f"), written(1.04e36, ".4f")
    ('0.000', '−51.900', '1.0 × 10³⁶')
    >>> written(math.inf, ".4f"), written(math.nan, ".4f")
    ('too large', 'not finite')
    """
    if not math.isfinite(value):
        return "not finite" if math.isnan(value) else "too large"
    if abs(value) < HUGE:
        return minus(format(value, "z" + form))
    digits, _, power = f"{value:.1e}".partition("e+")
    return minus(f"{digits} × 10{power.lstrip('0').translate(RAISED)}")


def counted(count: float, thing: str) -> str:
    """Return how many of something there are, in words.

    >>> counted(1, "step"), counted(2000, "step"), counted(0, "step")
    ('1 step', '2,000 steps', '0 steps')
    """
    return f"{count:,.0f} {thing}" + "s" * (count != 1)


def often(count: int) -> str:
    """Return how many times something happens, in words.

    >>> often(1), often(3)
    ('once', '3 times')
    """
    return "once" if count == 1 else f"{count} times"


def median_of(runs: int) -> str:
    """Return what a line stands for: a run, or the middle one of many.

    >>> median_of(1), median_of(20)
    ('one run', 'median of 20 runs')
    """
    return "one run" if runs == 1 else f"median of {runs} runs"


def scientific(value: float, digits: int = 1) -> str:
    """Return a tiny or huge number with a power of ten, others as they are usually written.

    >>> scientific(2.04e-7), scientific(0.0766, 0), scientific(7600.0), scientific(0.5)
    ('2.0 × 10⁻⁷', '8 × 10⁻²', '7.6 × 10³', '0.50')
    """
    if value == 0 or not math.isfinite(value) or 0.1 <= abs(value) < 1000:
        return minus(f"{value:.2f}")
    number, power = f"{value:.{digits}e}".split("e")
    return minus(number) + " × 10" + str(int(power)).translate(RAISED)


class _Dots:
    def __format__(self, form: str) -> str:
        return "…%" if form.endswith("%") else "…"


class _ToCome(dict[str, Any]):
    """Numbers, with dots for those that aren't there yet."""

    def __missing__(self, name: str) -> _Dots:
        return _Dots()


def with_dots(text: str, numbers: Mapping[str, Any]) -> str:
    """Return a text with numbers in their places, and dots in the places of those that are still to come.

    >>> with_dots("{right:.0%} of {all} are right", {"all": 7})
    '…% of 7 are right'
    """
    return text.format_map(_ToCome(numbers))


def unit_name(sizes: Sequence[int], layer: int, unit: int) -> str:
    """Return the name of a unit; layer 0 is the inputs.

    >>> unit_name((2, 3, 1), 1, 2)
    'h₃'
    """
    if layer == len(sizes) - 1:
        return "ŷ"
    letter = "x" if layer == 0 else HIDDEN[layer - 1]
    return letter + (SUBSCRIPTS[unit] if sizes[layer] > 1 else "")


def unit_latex(sizes: Sequence[int], layer: int, unit: int) -> str:
    """Return the same name as LaTeX."""
    if layer == len(sizes) - 1:
        return r"\hat y"
    letter = "x" if layer == 0 else HIDDEN[layer - 1]
    return f"{letter}_{unit + 1}" if sizes[layer] > 1 else letter


def weight_name(sizes: Sequence[int], layer: int, unit: int, source: int) -> str:
    """Return the name of a weight by its two ends; one past the last source is the bias.

    >>> weight_name((2, 2, 1), 1, 0, 1)
    'x₂ → h₁'
    """
    to = unit_name(sizes, layer, unit)
    return f"bias of {to}" if source == sizes[layer - 1] else f"{unit_name(sizes, layer - 1, source)} → {to}"


def layer_name(sizes: Sequence[int], layer: int) -> str:
    """Return the name of a layer."""
    if layer in (0, len(sizes) - 1):
        return "input" if layer == 0 else "output"
    return f"hidden {layer}" if len(sizes) > 3 else "hidden"
