"""The lines of arithmetic of lesson 20."""

from math import floor, log10

from core.charts.lines import styles
from core.charts.naming import plain
from core.ui import frame
from core.ui.formula import agreeing, inked, number

CURVES = ("training loss", "test loss", "penalty")


def change(title: str, strength: str, now: float, before: float) -> str:
    """Return how the median test loss changes: with the cure, less without it."""
    digits, after = agreeing([now, before], lambda v: v[0] - v[1], 3, 3, 5)
    a, b = number(now, "loss", digits), number(before, "muted", digits)  # each in the color of its line
    names = rf"& \text{{test loss: {title}, {strength}}} - \text{{without help}}"  # a phone is narrow
    gained = number(now - before, "loss", after, alone=True)
    return rf"\begin{{aligned}} {names} \\ & = {a} - {b} = {gained} \end{{aligned}}"


def total(penalty: str, strength: float, amount: float, loss: float) -> str:
    """Return the penalty from the sum over the weights, and what training lowers, as two lines.

    Parameters
    ----------
    amount : the sum of the weights' squares, or of their sizes.
    loss : the training loss without the penalty.
    """
    half = 2.0 if penalty == "l2" else 1.0
    small = strength / half * amount < 5e-4  # a penalty that's next to nothing has as many decimals as the loss
    least = 0 if small else significant(strength / half * amount)
    digits, after = agreeing([amount], lambda v: strength / half * v[0], max(2, least - 1), max(3, least), 8)
    price = round(strength / half * amount, after)
    put_in, places = agreeing([loss, price], lambda v: v[0] + v[1], after, 3, 8)
    factor = rf"\tfrac{{{strength:g}}}{{2}}" if penalty == "l2" else f"{strength:g}"
    summed = r"\sum w^2" if penalty == "l2" else r"\sum |w|"
    letters = r"\tfrac{\lambda}{2}" if penalty == "l2" else r"\lambda"
    first = rf"{letters}{summed} &= {factor} \times {number(amount, 'positive', digits)}"
    first += rf" = {_priced(price, after)}"
    second = rf"\text{{sum}} &= {number(loss, 'train', put_in)} + {_priced(price, put_in)}"
    second += rf" = {number(loss + price, 'loss', places)}"
    return rf"\begin{{aligned}} {first} \\ {second} \end{{aligned}}"


def _priced(value: float, digits: int) -> str:
    """Return the penalty in the color of its curve."""
    return rf"\textcolor{{{styles(CURVES, frame.mode())['penalty'].color}}}{{{value:.{digits}f}}}"


def significant(value: float) -> int:
    """Return how many decimals show two digits that are not leading zeros, six at the most.

    >>> significant(0.107), significant(0.0042), significant(0.0)
    (2, 4, 0)
    """
    return min(6, max(0, 1 - floor(log10(value)))) if value > 0 else 0


def scaled(activation: float, rate: float) -> str:
    """Return what a unit passes on while it is on, and what that is on average."""
    stays = 1 - rate
    digits, after = agreeing([activation], lambda v: v[0] / stays, 2, 2, 8)
    while after < 8 and round(stays * round(activation / stays, after), digits) != round(activation, digits):
        digits, after = agreeing([activation], lambda v: v[0] / stays, digits, after + 1, 8)  # the average comes back
    up = round(activation / stays, after)
    a = number(activation, "activation", digits)
    first = rf"\text{{on: }} & {a} / (1 - {rate:g}) = {number(up, 'activation', after, alone=True)}"
    mean = number(stays * up, "activation", digits, alone=True)
    second = rf"\text{{on average: }} & {stays:g} \times {number(up, 'activation', after)} + {rate:g} \times 0"
    second += rf" \\ & = {mean}"  # a phone is narrow
    return rf"\begin{{aligned}} {first} \\ {second} \end{{aligned}}"


def laws(penalty: str, strength: float) -> str:
    """Return what a penalty adds to a weight's gradient, and how much that is for a large weight and a small one."""
    pull = {"l1": r"\lambda\,\operatorname{sign}(w)", "l2": r"\lambda\,w"}[penalty]
    lines = [rf"\text{{gradient}} &= \frac{{dL}}{{dw}} + {inked(pull, 'gradient')}"]
    for w in (2, 0.02):
        factor, result = ("1", strength) if penalty == "l1" else (f"{w:g}", strength * w)
        added = inked(plain(result), "gradient")
        lines.append(rf"w = {w:g}\text{{: }} {inked(pull, 'gradient')} &= {strength:g} \times {factor} = {added}")
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"
