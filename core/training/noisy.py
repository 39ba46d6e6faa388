"""Descent through noise, where everything can be worked out: a valley in ten directions whose slope is seen blurred."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Array


@dataclass(frozen=True)
class Noisy:
    """A valley in ten dimensions whose gradient is seen through noise, as a small batch shows it.

    ``f(w) = sum c_i w_i^2 / 2``; a step sees ``c_i w_i`` plus N(0, noise^2).
    """

    curvatures: tuple[float, ...] = tuple(np.linspace(0.1, 1.0, 10).round(2).tolist())
    start: float = 3.0
    noise: float = 1.0
    steps: int = 200
    draw: int = 0

    def walk(self, choose: Callable[[int, Array], Array], seeds: int) -> tuple[Array, Array]:
        """Walk ``seeds`` times, each with its own noise.

        Parameters
        ----------
        choose : ``(step, losses (seeds,)) -> `` the rate, one number or one a walk.

        Returns
        -------
        losses (seeds, steps + 1), rates (seeds, steps)
        """
        c, rng = np.array(self.curvatures), np.random.default_rng(self.draw)
        w = np.full((seeds, len(c)), self.start)
        losses, rates = np.empty((seeds, self.steps + 1)), np.empty((seeds, self.steps))
        losses[:, 0] = w**2 @ c / 2
        for t in range(self.steps):
            rates[:, t] = choose(t, losses[:, t])
            seen = c * w + self.noise * rng.normal(size=w.shape)
            w = w - rates[:, t, None] * seen
            losses[:, t + 1] = w**2 @ c / 2
        return losses, rates

    def scheduled(self, name: str, rate: float, seeds: int = 50, **settings: float) -> tuple[Array, Array]:
        """Walk with a named schedule; a schedule that watches the loss has a watcher for each walk."""
        if SCHEDULES[name].watches:
            given: dict[str, float] = dict(settings)
            watchers = [ReduceLROnPlateau(rate, **given) for _ in range(seeds)]  # type: ignore[arg-type]
            pairs = lambda losses: zip(watchers, losses, strict=True)  # noqa: E731
            return self.walk(lambda t, losses: np.array([w.observe(float(v)) for w, v in pairs(losses)]), seeds)
        rates = SCHEDULES[name](np.arange(self.steps), self.steps, rate, **settings)
        return self.walk(lambda t, losses: rates[t], seeds)

    def floor(self, rate: float) -> float:
        """Return the mean loss at which walks at this constant rate settle; infinite beyond ``2 / c``.

        In each direction a step multiplies the variance of w by ``(1 - rate c)^2`` and adds ``(rate noise)^2``. Where
        both balance, the direction's loss is ``rate noise^2 / (2 (2 - rate c))``.

        >>> round(Noisy().floor(0.1), 3)
        0.257
        """
        room = 2 - rate * np.array(self.curvatures)
        return float((rate * self.noise**2 / (2 * room)).sum()) if (room > 0).all() else np.inf
