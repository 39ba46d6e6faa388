"""What schedules do to a descent through noise: the same steps, the same noise, other rates."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from core.nn.schedules import SCHEDULES
from core.nn.tape import Array
from core.training.experiment import Experiment
from core.training.noisy import Noisy
from core.training.studies import sweep

WALKS = 100
"""Walks of which the median is taken, each with noise of its own."""
STEPS = Noisy().steps
RATES = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.2, 0.3, 0.5, 1.0)
OWN = tuple(dict.fromkeys(field for one in SCHEDULES.values() for _, field in one.settings))
"""The experiment's fields that hold the schedules' own settings."""
DEFAULTS: dict[str, Any] = {field: getattr(Experiment(), field) for field in OWN}
NETWORK = Experiment(
    noise=0.3, hidden=(16,), optimizer="sgd", learning_rate=3.0, batch_size=8, epochs=60, schedule="step"
)
"""A real network with the same trouble: batches of 8, and a rate at which its loss never comes to rest."""
SEEDS = 20


def run(
    schedule: str, rate: float, noise: float = 1.0, draw: int = 0, own: Mapping[str, Any] = DEFAULTS
) -> tuple[Array, Array]:
    """Walk with a schedule; return the losses ``(WALKS, STEPS + 1)`` and the rates ``(WALKS, STEPS)``.

    Parameters
    ----------
    rate : the highest rate.
    noise : standard deviation of what is added to each of the ten slopes.
    draw : seed of the noise; all schedules meet the same.
    own : the schedules' own settings by the experiment's fields.
    """
    given = {name: own[field] for name, field in SCHEDULES[schedule].settings}
    return Noisy(noise=noise, draw=draw).scheduled(schedule, rate, WALKS, **given)


def end(schedule: str, rate: float, noise: float = 1.0, draw: int = 0, **own: Any) -> float:
    """Return the median loss after the last step; settings that are not given are at their defaults.

    >>> end("step", 0.3) < 0.6 * end("constant", 0.07)
    True
    """
    return float(np.median(run(schedule, rate, noise, draw, DEFAULTS | own)[0][:, -1]))


def best_constant(noise: float = 1.0, draw: int = 0) -> tuple[float, Array]:
    """Return the rate of `RATES` whose median ends lowest when it never changes, and its losses."""
    every = [run("constant", rate, noise, draw)[0] for rate in RATES]
    best = int(np.argmin([np.median(losses[:, -1]) for losses in every]))
    return RATES[best], every[best]


def falls(rates: Array) -> Array:
    """Return the steps at which one walk's rate ``(STEPS,)`` is lower than the step before.

    >>> falls(np.array([0.3, 0.3, 0.03, 0.03, 0.003])).tolist()
    [2, 4]
    """
    return np.flatnonzero(np.diff(rates) < 0) + 1


def experiment(schedule: str, own: Mapping[str, Any] = DEFAULTS) -> Experiment:
    """Return `NETWORK` with a schedule and its settings."""
    return replace(NETWORK, schedule=schedule, **own)


def trained(schedule: str, own: Mapping[str, Any] = DEFAULTS) -> dict[str, Array]:
    """Train `NETWORK` with a schedule from `SEEDS` starts: training and test loss, ``(SEEDS, epochs + 1)``."""
    found = sweep(experiment(schedule, own), seeds=range(SEEDS))
    return {"training": found.train_loss[0], "test": found.test_loss[0]}


def measured() -> dict[str, float]:
    """Return what the page's sentences speak of, by the names of their places."""
    best, losses = best_constant()
    return {
        "best": best,
        "const": float(np.median(losses[:, -1])),
        "step": end("step", 0.3),
        "same": end("constant", 0.3),
        "cosine": end("cosine", 0.3),
        "early": end("exponential", 0.05),
        "early_same": end("constant", 0.05),
        "hasty": end("plateau", 0.3, plateau_wait=2, plateau_factor=0.5),
        "patient": end("plateau", 0.3, plateau_wait=20, plateau_factor=0.5),
        "warm": end("warmup_cosine", 0.3, warmup=0.9),
        "still": end("step", 0.3, noise=0.0),
        "still_same": end("constant", 0.3, noise=0.0),
    }
