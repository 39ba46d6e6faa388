"""The chain rule of small networks as LaTeX, with the numbers of the moment in the colors of their marks."""

from __future__ import annotations

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


def chain_numbers(way: Sequence[Factor]) -> str:
    """Return one way of the chain rule in numbers, each in its color, four factors a line."""
    colors = {"error": "loss", "squash": "z", "slope": "z"}
    parts = []
    for factor in way:
        given = "input" if factor.layer == 0 else "activation"
        color = colors.get(factor.kind, given if factor.kind == "input" else _sign(factor.value))
        parts.append(formula.number(factor.value, color, _digits(factor.value)))
    return _wrapped(parts, r"\times")


def _wrapped(parts: Sequence[str], sign: str) -> str:
    """Join factors, four a line."""
    lines = [f" {sign} ".join(parts[k : k + 4]) for k in range(0, len(parts), 4)]
    return rf" \\ &\quad {sign} ".join(lines)


def _digits(value: float) -> int:
    """Two decimals for numbers that have no more, four for others."""
    return 2 if round(value, 2) == round(value, 10) else 4


def _sign(value: float) -> str:
    return "positive" if value >= 0 else "negative"


def loss_line(loss: str, prediction: float, target: float, value: float) -> str:
    """Return the loss worked out in one line."""
    p, y, answer = (
        formula.number(prediction, "prediction", 2),
        formula.number(target, "target", 0),
        formula.number(value, "loss", 4),
    )
    if loss in ("brier", "mse"):
        return rf"L = (\hat y - y)^2 = ({p} - {y})^2 = {answer}"
    shown = p if target >= 0.5 else f"(1-{p})"
    return rf"L = -\ln {shown} = {answer}"


def stage_line(step: Step, stage: str, layer: int, weight: Weight, rate: float) -> str:
    """Return what one stage of a training step computes, worked out: "loss", "output", "hidden" or "update"."""
    run = step.forward
    small = run.small
    if stage == "output":
        factors = chain(step, all_weights(small)[-1])[0][:-1]
        numbers = chain_numbers(factors)
        symbols = r"\,".join(_symbol(small.sizes, small.loss, f, weight) for f in factors)
        total = "" if len(factors) == 1 else "= " + formula.number(float(step.dz[-1][0, 0]), "gradient", 4, alone=True)
        return rf"\begin{{aligned}} dz_{{\hat y}} &= {symbols} \\ &= {numbers} {total} \end{{aligned}}"
    if stage == "hidden":
        return _hidden_lines(step, layer)
    before, gradient = step.theta[weight.index], step.gradient[weight.index]
    name = weight_latex(small.sizes, weight)
    moved = rf"{formula.weight(before, 4, alone=True)} - {rate:g} \times {formula.number(gradient, 'gradient', 4)}"
    return aligned([rf"{name} &\leftarrow {moved}", f"&= {formula.weight(step.updated[weight.index], 4, alone=True)}"])


def _hidden_lines(step: Step, layer: int) -> str:
    """Each unit's gradient: what comes back through its weights, times its slope."""
    run, lines = step.forward, []
    slopes = ACTIVATIONS[run.small.activation].slope(run.z[layer - 1])[:, 0]
    for unit, slope in enumerate(slopes):
        back = r" \\ &\quad + ".join(  # in one line it is too long for a phone
            rf"{formula.weight(w[unit], 2)} \times {formula.number(dz, 'gradient', 4)}"
            for w, dz in zip(run.weights[layer], step.dz[layer][:, 0], strict=True)
        )
        several = len(run.weights[layer]) > 1
        back = rf"({back}) \\ &\quad" if several else back
        name = unit_latex(run.small.sizes, layer, unit)
        total = formula.number(float(step.dz[layer - 1][unit, 0]), "gradient", 4, alone=True)
        lines.append(rf"dz_{{{name}}} &= {back} \times {formula.number(float(slope), 'z', 4)} \\ &= {total}")
    return aligned(lines)


def chain_lines(step: Step, weight: Weight, gradient: float) -> str:
    """Return a weight's whole chain-rule product, in symbols and in numbers, a line for each way to the output."""
    small = step.forward.small
    ways = chain(step, weight)
    name = weight_latex(small.sizes, weight)
    lines = [rf"&\frac{{\partial L}}{{\partial {name}}} = {chain_symbols(small.sizes, small.loss, ways[0], weight)}"]
    if len(ways) > 1:
        lines[0] += r"\;+ \dots"
    for k, way in enumerate(ways):
        lines.append(f"&{'=' if not k else '+'} {chain_numbers(way)}")
    lines.append(f"&= {formula.number(gradient, 'gradient', 4, alone=True)}")
    return aligned(lines)


def nudge_lines(name: str, n: Nudge, digits: int = 6) -> str:
    """Return a nudge worked out: the loss before and after, over the size of the nudge."""
    size = rf"10^{{{round(np.log10(n.h))}}}"
    return aligned(
        [
            rf"L({name}) &= {formula.number(n.before, 'loss', digits)}",
            rf"L({name}+{size}) &= {formula.number(n.after, 'loss', digits)}",
            rf"\text{{difference}}\,/\,{size} &= {formula.number(n.one_sided, 'gradient', 4, alone=True)}",
        ]
    )
