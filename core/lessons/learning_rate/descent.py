"""Gradient descent where everything can be checked by hand: one valley, ``f(w) = c w^2 / 2``.

Its gradient is ``c w``, so a step at rate ``eta`` multiplies w by ``1 - eta c``, whatever w is. Below ``eta = 1 / c``
the factor is positive and w slides down one side; above, it is negative and w jumps across the valley each time; at
``2 / c`` it is -1 and w bounces for ever; beyond, every step lands farther out. A network is no such valley, but close
to any point its loss looks like one, in every direction with its own c.
"""

import numpy as np

from core.nn.tape import Array
from core.training.noisy import Noisy as Noisy

WALKS = 50
"""Walks through noise of which the mean is taken."""
NEAR = 1e-3
"""A walk has arrived when its distance from the minimum is below this share of the distance it began with."""


def valley(w: Array, curvature: float) -> Array:
    """Return ``f(w) = c w^2 / 2``."""
    return curvature * np.asarray(w) ** 2 / 2


def factor(rate: float, curvature: float) -> float:
    """Return what one step multiplies w by: ``1 - eta c``.

    >>> factor(0.25, 4.0)
    0.0
    """
    return 1 - rate * curvature


def threshold(curvature: float) -> float:
    """Return the rate at which descent stops converging: ``2 / c``."""
    return 2 / curvature


def descend(start: float, rate: float, curvature: float, steps: int) -> Array:
    """Walk: w <- w - eta f'(w), ``steps`` times. Returns ``(steps + 1,)``, the start first."""
    path = np.empty(steps + 1)
    path[0] = w = start
    for t in range(1, steps + 1):
        gradient = curvature * w
        path[t] = w = w - rate * gradient
    return path


def steps_needed(rate: float, curvature: float, most: int = 2000) -> int | None:
    """Count the steps from w = 1 until the walk has arrived (`NEAR`); None when ``most`` are not enough.

    >>> [steps_needed(rate, 4.0) for rate in (0.01, 0.1, 0.25, 0.4, 0.49, 0.5)]
    [170, 14, 1, 14, 170, None]
    """
    near = np.abs(descend(1.0, rate, curvature, most)) < NEAR
    return int(np.argmax(near)) if near.any() else None
