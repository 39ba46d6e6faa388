"""The arithmetic of small networks as LaTeX, with the numbers of the moment in the colors of their marks."""

from collections.abc import Sequence

import numpy as np

from core.charts.naming import unit_latex
from core.nn.activations import ACTIVATIONS
from core.nn.walk import Pass
from core.ui import formula


def unit_sum(run: Pass, layer: int, unit: int, digits: int = 2) -> str:
    """Return one unit's z, two terms a line, and its activation, for the first example."""
    small = run.small
    quantity = "input" if layer == 1 else "activation"
    w, v, b = run.weights[layer - 1][unit], run.a[layer - 1][:, 0], run.biases[layer - 1][unit]
    n = len(w)
    put_in, digits = formula.agreeing([*w, *v, b], lambda u: float(np.dot(u[:n], u[n:-1]) + u[-1]), digits, digits)
    plain = 1 if np.allclose([*w, b], np.round([*w, b], 1)) else put_in  # weights are often whole tenths
    terms = [
        rf"{formula.weight(one, plain)} \times {formula.number(value, quantity, put_in)}"
        for one, value in zip(w, v, strict=True)
    ] + [formula.weight(b, plain)]
    body = r" \\ &\quad + ".join(" + ".join(terms[k : k + 2]) for k in range(0, len(terms), 2))
    z = formula.number(run.z[layer - 1][unit, 0], "z", digits, alone=True)
    name = unit_latex(small.sizes, layer, unit)
    a = formula.number(run.a[layer][unit, 0], "activation", digits, alone=True)
    last = layer == len(small.sizes) - 1
    bend = "z" if last and small.loss == "mse" else ACTIVATIONS["sigmoid" if last else small.activation].formula
    return rf"\begin{{aligned}} z &= {body} = {z} \\ {name} &= {bend} = {a} \end{{aligned}}"


def layer_product(run: Pass, layer: int, opened: int, examples: int = 1, digits: int = 2) -> str:
    """Return a layer's step as a matrix product ``W a + b = z``; the opened unit's row is bold."""
    quantity = "input" if layer == 1 else "activation"
    w, b = run.weights[layer - 1], run.biases[layer - 1]
    left = _matrix(
        [[_bold(formula.weight(v, 1, alone=True), row == opened) for v in values] for row, values in enumerate(w)]
    )
    x = _matrix(
        [[formula.number(v, quantity, digits, alone=True) for v in row] for row in run.a[layer - 1][:, :examples]]
    )
    bias = _matrix([[_bold(formula.weight(v, 1, alone=True), row == opened)] for row, v in enumerate(b)])
    z = run.z[layer - 1][:, :examples]
    right = _matrix(
        [[_bold(formula.number(v, "z", digits, alone=True), row == opened) for v in r] for row, r in enumerate(z)]
    )
    if examples > 1:  # a phone has room for one matrix of several columns in a line
        return aligned([f"&{left}", rf"&\times {x}", f"&+{bias}", f"&={right}"])
    if w.shape[1] > 1:
        return aligned([f"&{left}", rf"&\times {x}+{bias}", f"&={right}"])
    return rf"{left}{x}+{bias}={right}"


def layer_shapes(run: Pass, layer: int, examples: int) -> str:
    """Return the same product as shapes: ``(3 x 1)(1 x 5) + (3 x 1) = (3 x 5)``."""
    rows, columns_ = run.weights[layer - 1].shape
    size = r"({}\times{})".format
    left = rf"\underset{{{size(rows, columns_)}}}{{W}}\;\underset{{{size(columns_, examples)}}}{{A}}"
    return rf"{left} + \underset{{{size(rows, 1)}}}{{b}} = \underset{{{size(rows, examples)}}}{{Z}}"


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    return r"\begin{bmatrix}" + r"\\".join("&".join(row) for row in rows) + r"\end{bmatrix}"


def _bold(latex: str, bold: bool) -> str:
    return rf"\boldsymbol{{{latex}}}" if bold else latex


def aligned(lines: Sequence[str]) -> str:
    """Return several lines of LaTeX, aligned at their ``&``."""
    body = r" \\ ".join(lines)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"
