"""The chain rule of small networks as LaTeX, with the numbers of the moment in the colors of their marks."""

from collections.abc import Sequence

import numpy as np

from core.charts.naming import unit_latex
from core.lessons.backprop.blame import Factor, Nudge, Weight, all_weights, chain
from core.nn.activations import ACTIVATIONS
from core.nn.walk import Step
from core.ui import formula
from core.ui.working import aligned


def weight_latex(sizes: Sequence[int], weight: Weight) -> str:
    """Return a weight's name, such as ``w_{x_1 h_2}`` or ``b_{h_2}``."""
    to = unit_latex(sizes, weight.layer, weight.unit)
    if weight.bias:
        return rf"b_{{{to}}}"
    return rf"w_{{{unit_latex(sizes, weight.layer - 1, weight.source)}{to}}}"


def chain_symbols(sizes: Sequence[int], loss: str, way: Sequence[Factor], weight: Weight) -> str:
    """Return one way of the chain rule in symbols, such as ``dL/dp x dp/dz x w x f'(z) x x``."""
    return _wrapped([_symbol(sizes, loss, factor, weight) for factor in way], r"\cdot")


def _symbol(sizes: Sequence[int], loss: str, factor: Factor, weight: Weight) -> str:
    if factor.kind == "error":
        return {"brier": r"2(\hat y-y)", "mse": r"2(\hat y-y)"}.get(loss, r"(\hat y-y)")
    if factor.kind == "squash":
        return r"\hat y(1-\hat y)"
    name = unit_latex(sizes, factor.layer, factor.unit)
    if factor.kind == "slope":
        return rf"f'(z_{{{name}}})"
    if factor.kind == "weight":
        return rf"w_{{{unit_latex(sizes, factor.layer - 1, factor.source)}{name}}}"
    return "1" if weight.bias else name


def chain_digits(ways: Sequence[Sequence[Factor]]) -> tuple[int, int]:
    """Return the decimals of the factors and of their sum of products, so that they agree as written."""
    lengths = np.cumsum([len(way) for way in ways])[:-1]

    def total(values: Sequence[float]) -> float:
        return float(sum(np.prod(way) for way in np.split(np.asarray(values, float), lengths)))

    return formula.agreeing([factor.value for way in ways for factor in way], total, 4, 4, 8)


def chain_numbers(way: Sequence[Factor], digits: int = 4) -> str:
    """Return one way of the chain rule in numbers, each in its color, four factors a line."""
    colors = {"error": "loss", "squash": "z", "slope": "z"}
    parts = []
    for factor in way:
        given = "input" if factor.layer == 0 else "activation"
        color = colors.get(factor.kind, given if factor.kind == "input" else _sign(factor.value))
        parts.append(formula.number(factor.value, color, _digits(factor.value, digits)))
    return _wrapped(parts, r"\times")


def _wrapped(parts: Sequence[str], sign: str) -> str:
    """Join factors, four a line."""
    lines = [f" {sign} ".join(parts[k : k + 4]) for k in range(0, len(parts), 4)]
    return rf" \\ &\quad {sign} ".join(lines)


def _digits(value: float, digits: int) -> int:
    """Two decimals for numbers that have no more, as many as are wanted for others."""
    return 2 if round(value, 2) == round(value, 10) else digits


def _sign(value: float) -> str:
    return "positive" if value >= 0 else "negative"


def loss_line(loss: str, prediction: float, target: float, value: float) -> str:
    """Return the loss worked out in one line."""
    square = loss in ("brier", "mse")
    right = prediction if target >= 0.5 else 1 - prediction

    def worked(v: Sequence[float]) -> float:
        return (v[0] - target) ** 2 if square else -float(np.log(max(v[0] if target >= 0.5 else 1 - v[0], 1e-300)))

    digits, after = formula.agreeing([prediction], worked, 2, 4, 8) if square or right > 0 else (2, 4)
    p, y, answer = (
        formula.number(prediction, "prediction", digits),
        formula.number(target, "target", 0),
        formula.number(value, "loss", after),
    )
    if loss in ("brier", "mse"):
        return rf"L = (\hat y - y)^2 = ({p} - {y})^2 = {answer}"
    factor = p if target >= 0.5 else f"(1-{p})"
    return rf"L = -\ln {factor} = {answer}"


def stage_line(step: Step, stage: str, layer: int, weight: Weight, rate: float) -> str:
    """Return what one stage of a training step computes, worked out: "loss", "output", "hidden" or "update"."""
    run = step.forward
    small = run.small
    if stage == "output":
        factors = chain(step, all_weights(small)[-1])[0][:-1]
        digits, after = chain_digits([factors])
        numbers = chain_numbers(factors, digits)
        symbols = r"\,".join(_symbol(small.sizes, small.loss, f, weight) for f in factors)
        total = (
            "" if len(factors) == 1 else "= " + formula.number(float(step.dz[-1][0, 0]), "gradient", after, alone=True)
        )
        return rf"\begin{{aligned}} \tfrac{{dL}}{{dz_{{\hat y}}}} &= {symbols} \\ &= {numbers} {total} \end{{aligned}}"
    if stage == "hidden":
        return _hidden_lines(step, layer)
    before, gradient = step.theta[weight.index], step.gradient[weight.index]
    name = weight_latex(small.sizes, weight)
    digits, after = formula.agreeing([before, gradient], lambda v: v[0] - rate * v[1], 4, 4, 8)
    slope = formula.number(gradient, "gradient", digits)
    moved = rf"{formula.weight(before, digits, alone=True)} - {rate:g} \times {slope}"
    becomes = formula.weight(step.updated[weight.index], after, alone=True)
    return aligned([rf"{name} &\leftarrow {moved}", f"&= {becomes}"])


def _hidden_lines(step: Step, layer: int) -> str:
    """Each unit's gradient: what comes back through its weights, times its slope."""
    run, lines = step.forward, []
    slopes = ACTIVATIONS[run.small.activation].slope(run.z[layer - 1])[:, 0]
    for unit, slope in enumerate(slopes):
        w, dz = run.weights[layer][:, unit], step.dz[layer][:, 0]
        digits, after = _hidden_digits(w, dz, float(slope))
        back = r" \\ &\quad + ".join(  # in one line it is too long for a phone
            rf"{formula.weight(one, _digits(one, digits))} \times {formula.number(each, 'gradient', digits)}"
            for one, each in zip(w, dz, strict=True)
        )
        several = len(run.weights[layer]) > 1
        back = rf"({back}) \\ &\quad" if several else back
        name = unit_latex(run.small.sizes, layer, unit)
        total = formula.number(float(step.dz[layer - 1][unit, 0]), "gradient", after, alone=True)
        lines.append(
            rf"\tfrac{{dL}}{{dz_{{{name}}}}} &= {back} \times {formula.number(float(slope), 'z', digits)} \\ &= {total}"
        )
    return aligned(lines)


def _hidden_digits(w: np.ndarray, dz: np.ndarray, slope: float) -> tuple[int, int]:
    n = len(w)
    return formula.agreeing([*w, *dz, slope], lambda v: float(np.dot(v[:n], v[n:-1]) * v[-1]), 4, 4, 8)


def chain_lines(step: Step, weight: Weight, gradient: float) -> str:
    """Return a weight's whole chain-rule product, in symbols and in numbers, a line for each way to the output."""
    small = step.forward.small
    ways = chain(step, weight)
    name = weight_latex(small.sizes, weight)
    lines = [rf"&\frac{{\partial L}}{{\partial {name}}} = {chain_symbols(small.sizes, small.loss, ways[0], weight)}"]
    if len(ways) > 1:
        lines[0] += r"\;+ \dots"
    digits, after = chain_digits(ways)
    for k, way in enumerate(ways):
        lines.append(f"&{'=' if not k else '+'} {chain_numbers(way, digits)}")
    lines.append(f"&= {formula.number(gradient, 'gradient', after, alone=True)}")
    return aligned(lines)


def nudge_lines(name: str, n: Nudge) -> str:
    """Return a nudge worked out: the loss before and after, over the size of the nudge.

    The losses are written with so many digits that their difference over the nudge gives the four of the result.
    """
    power = -round(np.log10(n.h))
    size, digits = rf"10^{{{-power}}}", power + 5
    return aligned(
        [
            rf"L({name}) &= {formula.number(n.before, 'loss', digits)}",
            rf"L({name}+{size}) &= {formula.number(n.after, 'loss', digits)}",
            rf"\text{{difference}}\,/\,{size} &= {formula.number(n.one_sided, 'gradient', 4, alone=True)}",
        ]
    )
