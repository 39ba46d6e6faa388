"""The curves to be drawn, and the two kinds of units to draw them with."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.data.regression import curve_truth, sine_truth
from core.nn.activations import ACTIVATIONS
from core.nn.tape import Array

LOW, HIGH = -3.0, 3.0
X: Array = np.linspace(LOW, HIGH, 241)
"""The places at which a curve is compared with its target."""
MOST = 8
"""The most units that are set by hand."""
STEEP = 20.0
"""The weight into a step unit, unless the learner sets it."""


def box(x: Array) -> Array:
    """One between -1 and 1, zero outside; half of that at the two edges."""
    return np.heaviside(1 - np.abs(x), 0.5)


def tent(x: Array) -> Array:
    """A roof of height 1 over -1 to 1."""
    return np.maximum(0, 1 - np.abs(x))


def wave(x: Array) -> Array:
    """A sine."""
    return sine_truth(x[:, None])


def wiggles(x: Array) -> Array:
    """A sine with a faster one on top."""
    return curve_truth(x[:, None])


@dataclass(frozen=True)
class Challenge:
    """A curve, and the units to draw it with.

    Attributes
    ----------
    title : its name for people.
    target : the curve, x -> y.
    kind : "step" or "hinge".
    units : (turning point, height) of each unit that it opens with.
    """

    title: str
    target: Callable[[Array], Array]
    kind: str
    units: tuple[tuple[float, float], ...]


CHALLENGES: dict[str, Challenge] = {
    "box": Challenge("Box, from steps", box, "step", ((-1.0, 1.0), (1.0, -1.0))),
    "stairs": Challenge("Wave, from steps", wave, "step", ((-1.0, 1.0), (0.0, 1.0), (1.0, 1.0))),
    "tent": Challenge("Tent, from hinges", tent, "hinge", ((-1.0, 1.0), (1.0, -1.0))),
    "wave": Challenge("Wave, from hinges", wave, "hinge", ((-3.0, -1.0), (-1.5, 2.0))),
    "wiggles": Challenge("Wiggles, from hinges", wiggles, "hinge", ((-3.0, -1.0), (-1.5, 2.0), (1.5, -2.0))),
}
TRAINED_AS = {"step": "sigmoid", "hinge": "relu"}
"""The activation of a network whose units are such."""


def responses(kind: str, turns: Array, steep: float = STEEP, x: Array = X) -> Array:
    """Return what units that turn at ``turns`` (K,) say at ``x`` (P,): ``(P, K)``.

    A unit computes ``f(w x + b)`` and turns where that is f(0): at -b / w. Hinges have w = 1, steps w = ``steep``.

    Examples
    --------
    >>> responses("hinge", np.array([1.0]), x=np.array([0.0, 1.0, 3.0])).ravel().tolist()
    [0.0, 0.0, 2.0]
    """
    w = input_weight(kind, steep)
    turns = np.asarray(turns, float)
    return ACTIVATIONS[TRAINED_AS[kind]](w * x[:, None] - w * turns)


def input_weight(kind: str, steep: float = STEEP) -> float:
    """Return the weight from the input into a unit."""
    return steep if kind == "step" else 1.0
