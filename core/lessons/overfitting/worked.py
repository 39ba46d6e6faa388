"""The gap between training and new examples in numbers, and a network's weights counted."""

from __future__ import annotations

from core.ui.formula import agreeing, inked


def gap(train: float, test: float) -> str:
    """Return the gap between two losses as LaTeX."""
    digits, after = agreeing([test, train], lambda v: v[0] - v[1], 3, 3)
    new, own = inked(f"{test:.{digits}f}", "test"), inked(f"{train:.{digits}f}", "train")
    names = inked(r"\text{test}", "test") + " - " + inked(r"\text{training}", "train")
    return rf"\begin{{aligned}} \text{{gap}} &= {names} \\ &= {new} - {own} = {test - train:z.{after}f} \end{{aligned}}"


def weights(inputs: int, count: int) -> str:
    """Return the sum that counts the weights and biases of two hidden layers, as LaTeX."""
    total = (inputs + 1) * count + (count + 1) * count + count + 1
    first, last = rf"({inputs}+1)\times {count} + ({count}+1)\times {count}", rf"({count}+1) = {total}"
    name = r"\text{weights and biases}"  # on a line of its own: a phone is narrow
    return rf"\begin{{aligned}} &{name} \\ &= {first} \\ &\quad + {last} \end{{aligned}}"


def saved(stopped: float, end: float, epoch: int) -> str:
    """Return what stopping spared one network, as LaTeX."""
    digits, after = agreeing([end, stopped], lambda v: v[0] - v[1], 3, 3)
    both = " - ".join(inked(f"{loss:.{digits}f}", "test") for loss in (end, stopped))
    return rf"\text{{end}} - \text{{epoch }}{epoch} = {both} = {end - stopped:z.{after}f}"
