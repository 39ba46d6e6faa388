"""Gradient descent where everything can be checked by hand: one valley, ``f(w) = c w^2 / 2``.

Its gradient is ``c w``, so a step at rate ``eta`` multiplies w by ``1 - eta c``, whatever w is. Below ``eta = 1 / c``
the factor is positive and w slides down one side; above, it is negative and w jumps across the valley each time; at
``2 / c`` it is -1 and w bounces for ever; beyond, every step lands farther out. A network is no such valley, but close
to any point its loss looks like one, in every direction with its own c.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Array

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


@dataclass(frozen=True)
class Noisy:
    """A valley in ten dimensions whose gradient is seen through noise, as a small batch shows it.

    ``f(w) = sum c_i w_i^2 / 2``; a step sees ``c_i w_i`` plus N(0, noise^2).
    """

    curvatures: tuple[float, ...] = tuple(np.linspace(0.1, 1.0, 10).round(2).tolist())
    start: float = 3.0
    noise: float = 1.0
    steps: int = 200

    def walk(self, choose: Callable[[int, Array], Array], seeds: int) -> tuple[Array, Array]:
        """Walk ``seeds`` times, each with its own noise.

        Parameters
        ----------
        choose : ``(step, losses (seeds,)) -> `` the rate, one number or one a walk.

        Returns
        -------
        losses (seeds, steps + 1), rates (seeds, steps)
        """
        c, rng = np.array(self.curvatures), np.random.default_rng(0)
        w = np.full((seeds, len(c)), self.start)
        losses, rates = np.empty((seeds, self.steps + 1)), np.empty((seeds, self.steps))
        losses[:, 0] = valley(w, 1.0) @ c
        for t in range(self.steps):
            rates[:, t] = choose(t, losses[:, t])
            seen = c * w + self.noise * rng.normal(size=w.shape)
            w = w - rates[:, t, None] * seen
            losses[:, t + 1] = valley(w, 1.0) @ c
        return losses, rates

    def scheduled(self, name: str, rate: float, seeds: int = WALKS) -> tuple[Array, Array]:
        """Walk with a named schedule; a schedule that watches the loss has a watcher for each walk."""
        if SCHEDULES[name].watches:
            watchers = [ReduceLROnPlateau(rate) for _ in range(seeds)]
            pairs = lambda losses: zip(watchers, losses, strict=True)  # noqa: E731
            return self.walk(lambda t, losses: np.array([w.observe(float(v)) for w, v in pairs(losses)]), seeds)
        rates = SCHEDULES[name](np.arange(self.steps), self.steps, rate)
        return self.walk(lambda t, losses: rates[t], seeds)
