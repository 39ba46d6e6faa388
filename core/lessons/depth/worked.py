"""One fold in numbers, how pieces grow with layers, and how a shape's parameters are counted."""

from itertools import pairwise

from core.ui.formula import agreeing, inked, number


def first_fold(x: float, peak: float) -> list[str]:
    """Return what the first layer makes of x, as two lines of LaTeX: its two hinges, and their sum."""
    h1, h2 = max(0.0, x), max(0.0, x - 0.5)
    digits, end = agreeing([h1, h2], lambda v: 2 * peak * v[0] - 4 * peak * v[1], 2, 2, 6)
    written = inked(f"{x:.{digits}f}", "input")
    hinges = [
        rf"h_1 = \max(0, {written}) = {number(h1, 'text', digits)}",
        rf"h_2 = \max(0, {written} - 0.5) = {number(h2, 'text', digits)}",
    ]
    total = number(2 * peak * h1 - 4 * peak * h2, "prediction", end)
    parts = [number(h, "text", digits) for h in (h1, h2)]
    return [*hinges, rf"{2 * peak:g} \times {parts[0]} - {4 * peak:g} \times {parts[1]} = {total}"]


def law(layers: int, pieces: int) -> str:
    """Return how the number of straight pieces compares with that of whole folds, as LaTeX."""
    most, counted = rf"2^{{\text{{layers}}}} = 2^{layers}", inked(f"{pieces}", "prediction")
    if pieces < 2**layers:
        return rf"\text{{pieces}} = {counted} < {most} = {2**layers}"
    return rf"\text{{pieces}} = {most} = {counted}"


def off_line(off: float) -> str:
    """Return how far off a curve is, as LaTeX: the root of the mean of the squared errors."""
    return rf"\text{{off}} = \sqrt{{\tfrac1N \sum(\hat y - y)^2}} = {number(off, 'prediction', 3)}"


def parameters_line(hidden: tuple[int, ...], inputs: int) -> str:
    """Return the sum that counts a shape's weights and biases, as LaTeX; equal layers are counted together."""
    sizes = (inputs, *hidden, 1)
    terms = [rf"({a}+1)\times{b}" for a, b in pairwise(sizes)]
    total = sum((a + 1) * b for a, b in pairwise(sizes))
    middle = [rf"{len(hidden) - 1}\times{terms[1]}"] if len(hidden) > 1 else []
    return rf"{' + '.join([terms[0], *middle, terms[-1]])} = {total}"
