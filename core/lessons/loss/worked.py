"""The lesson's formulas with the numbers of the moment."""

from collections.abc import Sequence

import numpy as np

from core.lessons.loss import words
from core.lessons.loss.saturation_charts import decimals
from core.nn.losses import LOSSES
from core.ui import formula


def error(prediction: float, target: float) -> str:
    """Return the error of one example."""
    digits, after = formula.agreeing([prediction, target], lambda v: v[0] - v[1], 2, 3)
    left, right = formula.number(prediction, "prediction", digits), formula.number(target, "target", digits)
    return rf"e = \hat y - y = {left} - {right} = {formula.number(prediction - target, 'loss', after, alone=True)}"


def one(name: str, value: float, slope: float) -> list[str]:
    """Return the loss of one example and its slope."""
    return [
        rf"L = {words.FORMULAS[name]} = {formula.number(value, 'loss', 4)}",
        rf"\text{{slope of the loss: }} \tfrac{{dL}}{{d\hat y}} = {words.SLOPES[name]} = "
        rf"{formula.number(slope, 'gradient', alone=True)}",
    ]


def mean(values: Sequence[float]) -> list[str]:
    """Return the mean loss of several examples, and what it's the mean of; only the ends of it where it's long."""
    put_in, digits = formula.agreeing(values, lambda v: sum(v) / len(v), 2, 4)
    each = [formula.number(v, "loss", put_in) for v in values]
    long = max(values) >= 10
    ends = [formula.number(v, "loss") for v in (values[0], values[-1])]
    inside = r"+\dots+".join(ends) if long else "+".join(each)
    result = formula.number(sum(values) / len(values), "loss", digits)
    return [rf"L = \tfrac1{len(values)}\left({inside}\right)", rf"L = {result}"]


def pushes(start: float) -> list[str]:
    """Return what each loss pushes with before training, in its curve's color; short, for a phone.

    The input is 1 and the target 0; weight and bias are both ``start``.
    """
    z = 2 * start
    p = float(LOSSES["bce"].predict(np.array(z)))
    least = decimals(1 - p)
    put_in, after = formula.agreeing([p, 1 - p], lambda v: v[0] ** 2 * v[1], least, least, least + 3)
    written, rest = f"{p:.{put_in}f}", f"{1 - p:.{put_in}f}"
    cost = formula.number(-np.log(1 - p), "loss", 2)
    return [
        rf"z = {start:g} \times 1 + {start:g} = {z:g},\quad p = \sigma({z:g}) = {written}",
        rf"L = -\ln(1 - p) = -\ln {rest} = {cost}",
        r"\text{its slope: } p - y",
        rf"= {written} - 0 = {formula.number(p, 'class1', put_in)}",
        r"\text{slope of squared: } (p-y)\,p(1-p)",
        rf"= {written} \times {written} \times {rest}",
        rf"= {formula.number(p**2 * (1 - p), 'class0', after)}",
    ]
