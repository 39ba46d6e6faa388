"""The gap between training and new examples in numbers, and a network's weights counted."""

from collections.abc import Sequence

from core.lessons.overfitting.study import TINY
from core.ui.formula import agreeing, inked


def _written(values: Sequence[float]) -> tuple[int, int]:
    """Return the decimals of two losses and of what is between them: more where all are tiny."""
    least = 3 if max(values) >= TINY else 6
    return agreeing(values, lambda v: v[0] - v[1], least, least)


def gap(train: float, test: float) -> str:
    """Return the gap between two losses as LaTeX."""
    digits, after = _written([test, train])
    new, own = inked(f"{test:.{digits}f}", "test"), inked(f"{train:.{digits}f}", "train")
    names = inked(r"\text{test}", "test") + " - " + inked(r"\text{training}", "train")
    between = r" \\ &\quad - " if digits > 4 else " - "  # the column is narrow
    lines = rf"\text{{gap}} &= {names} \\ &= {new}{between}{own} \\ &= {test - train:z.{after}f}"
    return rf"\begin{{aligned}} {lines} \end{{aligned}}"


def weights(inputs: int, count: int) -> str:
    """Return the sum that counts the weights and biases of two hidden layers, as LaTeX."""
    total = (inputs + 1) * count + (count + 1) * count + count + 1
    first, second = (rf"({n}+1)\times {count}" for n in (inputs, count))
    name = r"\text{weights and biases}"  # on lines of their own: the column is narrow
    lines = rf"&{name} \\ &= {first} \\ &\quad + {second} \\ &\quad + ({count}+1) = {total}"
    return rf"\begin{{aligned}} {lines} \end{{aligned}}"


def saved(stopped: float, end: float, epoch: int) -> str:
    """Return what stopping spared one network, as LaTeX."""
    digits, after = _written([end, stopped])
    apart = r" \\ &\quad - " if digits > 4 else " - "
    both = apart.join(inked(f"{loss:.{digits}f}", "test") for loss in (end, stopped))
    whose = r"\text{test loss of this network:}"  # on lines of their own: a phone is narrow
    names = rf"{whose} \\ & \text{{end}} - \text{{epoch }}{epoch}"
    return rf"\begin{{aligned}} & {names} \\ &= {both} \\ &= {end - stopped:z.{after}f} \end{{aligned}}"
