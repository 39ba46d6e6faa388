"""Gradient descent where everything can be checked by hand: one valley, ``f(x) = L x^2 / 2``.

Its gradient is ``L x``, so a step at rate ``eta`` multiplies x by ``1 - eta L``, whatever x is. Below ``eta = 1 / L``
the factor is positive and x slides down one side; above, it is negative and x jumps across the valley each time; at
``2 / L`` it is -1 and x bounces for ever; beyond, every step lands farther out. A network is no such valley, but close
to any point its loss looks like one, in every direction with its own L.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Array

NEAR = 1e-3
"""A walk has arrived when its distance from the minimum is below this share of the distance it began with."""


def valley(x: Array, curvature: float) -> Array:
    """Return ``f(x) = L x^2 / 2``."""
    return curvature * np.asarray(x) ** 2 / 2


def factor(rate: float, curvature: float) -> float:
    """Return what one step multiplies x by: ``1 - eta L``.

    >>> factor(0.25, 4.0)
    0.0
    """
    return 1 - rate * curvature


def threshold(curvature: float) -> float:
    """Return the rate at which descent stops converging: ``2 / L``."""
    return 2 / curvature


def descend(start: float, rate: float, curvature: float, steps: int) -> Array:
    """Walk: x <- x - eta f'(x), ``steps`` times. Returns ``(steps + 1,)``, the start first."""
    path = np.empty(steps + 1)
    path[0] = x = start
    for t in range(1, steps + 1):
        gradient = curvature * x
        path[t] = x = x - rate * gradient
    return path


def steps_needed(rate: float, curvature: float, most: int = 2000) -> int | None:
    """Count the steps from x = 1 until the walk has arrived (`NEAR`); None when ``most`` are not enough.

    >>> [steps_needed(rate, 4.0) for rate in (0.01, 0.1, 0.25, 0.4, 0.49, 0.5)]
    [170, 14, 1, 14, 170, None]
    """
    near = np.abs(descend(1.0, rate, curvature, most)) < NEAR
    return int(np.argmax(near)) if near.any() else None


@dataclass(frozen=True)
class Noisy:
    """A valley in ten dimensions whose gradient is seen through noise, as a small batch shows it.

    ``f(x) = sum L_i x_i^2 / 2``; a step sees ``L_i x_i`` plus N(0, noise^2).
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
        L, rng = np.array(self.curvatures), np.random.default_rng(0)
        x = np.full((seeds, len(L)), self.start)
        losses, rates = np.empty((seeds, self.steps + 1)), np.empty((seeds, self.steps))
        losses[:, 0] = valley(x, 1.0) @ L
        for t in range(self.steps):
            rates[:, t] = choose(t, losses[:, t])
            seen = L * x + self.noise * rng.normal(size=x.shape)
            x = x - rates[:, t, None] * seen
            losses[:, t + 1] = valley(x, 1.0) @ L
        return losses, rates

    def scheduled(self, name: str, rate: float, seeds: int = 50) -> tuple[Array, Array]:
        """Walk with a named schedule; a schedule that watches the loss has a watcher for each walk."""
        if SCHEDULES[name].watches:
            watchers = [ReduceLROnPlateau(rate) for _ in range(seeds)]
            pairs = lambda losses: zip(watchers, losses, strict=True)  # noqa: E731
            return self.walk(lambda t, losses: np.array([w.observe(float(v)) for w, v in pairs(losses)]), seeds)
        rates = SCHEDULES[name](np.arange(self.steps), self.steps, rate)
        return self.walk(lambda t, losses: rates[t], seeds)
