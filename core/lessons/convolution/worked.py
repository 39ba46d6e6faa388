"""One place of a kernel, a network's size and a moved feature map, as lines of arithmetic."""

import numpy as np

from core.lessons.convolution.kernel import SIDE, SIZE
from core.lessons.convolution.study import CLASSES
from core.ui.formula import number, weight


def written(value: float) -> int:
    """Return how many decimals a weight in tenths needs."""
    return 0 if float(value) == round(float(value)) else 1


def products(pixels: np.ndarray, weights: np.ndarray) -> str:
    """Return the nine products and their sum, a row of the kernel a line."""
    lines = []
    for row_pixels, row_weights in zip(pixels, weights, strict=True):
        terms = [
            rf"{number(x, 'input', 0)} \times {weight(w, written(w))}"
            for x, w in zip(row_pixels, row_weights, strict=True)
        ]
        lines.append(" + ".join(terms))
    z = round(float((pixels * weights).sum()), 1)
    body = r" \\ &+ ".join(lines)
    return rf"\begin{{aligned}} z = {{}} & {body} \\ = {{}} & {number(z, 'z', written(z), alone=True)} \end{{aligned}}"


def size(kernels: int, map_side: int) -> str:
    """Return how many weights and biases a network with so many kernels has."""
    each = map_side**2
    own = rf"{kernels} \times (3 \cdot 3 + 1)", kernels * (SIZE**2 + 1)
    return _both(own, (rf"{CLASSES} \times ({kernels} \cdot {each} + 1)", CLASSES * (kernels * each + 1)))


def _both(kernels: tuple[str, int], dense: tuple[str, int]) -> str:
    """The products of the kernels and of the dense layer behind them, what each gives, and their sum."""
    (a, first), (b, last) = kernels, dense
    return (
        rf"\begin{{aligned}} & \underbrace{{{a}}}_{{\text{{kernels}}}} + \underbrace{{{b}}}_{{\text{{dense}}}} "
        rf"\\ &= {first} + {last} = {first + last}"
        r" \end{aligned}"
    )


def dense_size(units: int) -> str:
    """Return the same for a dense network."""
    first, last = units * (SIDE**2 + 1), CLASSES * (units + 1)
    return rf"{units} \times ({SIDE**2} + 1) + {CLASSES} \times ({units} + 1) = {first + last}"


def work(kernels: int, map_side: int) -> str:
    """Return how many multiplications one answer of a network with so many kernels takes."""
    each, places = map_side**2, (SIDE - SIZE + 1) ** 2
    own = rf"{kernels} \times {SIZE**2} \times {places}", kernels * SIZE**2 * places
    return _both(own, (rf"{CLASSES} \times {kernels} \times {each}", CLASSES * kernels * each))


def dense_work(units: int) -> str:
    """Return the same for a dense network."""
    total = units * SIDE**2 + CLASSES * units
    return rf"{units} \times {SIDE**2} + {CLASSES} \times {units} = {total}"


def shared_gradient() -> str:
    """Return that a kernel weight's gradient adds up over all places of the kernel."""
    side = SIDE - SIZE + 1
    both = rf"\sum_{{r=1}}^{{{side}}}\sum_{{c=1}}^{{{side}}}"
    lines = [
        rf"dw_{{u,v}} &= {both} dz_{{r,c}}\; x_{{r+u,\,c+v}}",
        rf"{side} \times {side} &= {side**2}\text{{ places}}",
    ]
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def moved(there: dict[str, float]) -> str:
    """Return that what stood in one column of a feature map stands in the next once the picture is moved right."""
    r, c, n = (int(there[name]) for name in ("row", "column", "next"))
    before, after = (number(there[name], "z", written(there[name]), alone=True) for name in ("z", "after"))
    return rf"z_{{{r},{c}}} = {before} \;\to\; z_{{{r},{n}}} = {after}"


def correlations(before: float, after: float) -> str:
    """Return how alike neighboring pixels are before and after they were shuffled."""
    return rf"r = {number(before, 'positive', 2)} \;\to\; {number(after, 'positive', 2)}"
