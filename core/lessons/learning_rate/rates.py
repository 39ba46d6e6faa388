"""Which learning rates are good, and what moves them: the same short training at many rates, over several seeds."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.charts.band import quantiles
from core.nn.tape import Array
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.curvature import curvatures, gradient_function
from core.training.experiment import Experiment
from core.training.studies import sweep

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""Rates two to a decade, as people write them."""
NETWORK = Experiment(
    samples=200, hidden=(16,), optimizer="sgd", learning_rate=1.0, batch_size=2000, epochs=500, activation="tanh"
)
"""The network of this study: 2-16-1 on two moons, plain descent over all examples."""
SHORT = 60
"""Epochs of the short trainings that are compared over all rates."""


def curves(rates: Sequence[float], seeds: int) -> tuple[Array, Array]:
    """Train `NETWORK` at each rate with each seed.

    Returns
    -------
    training loss (R, S, epochs + 1), parameters at the end (R, S, P)
    """
    study = sweep(NETWORK, "learning_rate", rates, seeds=range(seeds))
    return study.train_loss, study.parameters


def limits(seeds: int, thetas: Array | None = None, scale: float = 1.0) -> Array:
    """Return 2 / (largest curvature) of `NETWORK` for each seed, at its first weights or at others: ``(S,)``."""
    found = curvatures(NETWORK, range(seeds), thetas, scale)
    return np.where(found > 0, 2 / np.where(found > 0, found, 1.0), np.inf)


def typical_gradient(seeds: int, scale: float = 1.0) -> float:
    """Return the median size of a parameter's gradient at the first weights of `NETWORK`, over all its parameters."""
    data = prepare_experiment(NETWORK)
    network = network_of(NETWORK, data.X_train.shape[1], dtype=np.float64)
    gradient = gradient_function(network, loss_of(NETWORK), data.X_train * scale, data.y_train)
    sizes = []
    for seed in range(seeds):
        network.start([seed])
        sizes.append(np.abs(gradient(network.theta.copy())))
    return float(np.median(sizes))


def final_losses(optimizer: str, batch: int, scale: float, seeds: int, epochs: int = SHORT) -> Array:
    """Return the training loss at the end for each seed and each of `RATES`: ``(S, R)``.

    Parameters
    ----------
    scale : a factor on the (standardized) inputs.
    """
    e = replace(NETWORK, optimizer=optimizer, batch_size=batch, epochs=epochs)
    data = prepare_experiment(e)
    data = replace(data, X_train=data.X_train * scale, X_test=data.X_test * scale)
    return sweep(e, "learning_rate", RATES, seeds=range(seeds), data=data).train_loss[:, :, -1].T


def good_range(final: Array, times: float = 1.5) -> tuple[float, float, float]:
    """Return the best rate, and the ends of the range around it where the median is at most ``times`` the best.

    Parameters
    ----------
    final : (S, R) final losses at `RATES`.
    """
    middle = np.median(np.where(np.isfinite(final), final, np.inf), axis=0)
    best = low = high = int(np.argmin(middle))
    while low and middle[low - 1] <= times * middle[best]:
        low -= 1
    while high + 1 < len(RATES) and middle[high + 1] <= times * middle[best]:
        high += 1
    return RATES[best], RATES[low], RATES[high]


def rising(losses: Array) -> float:
    """Return the median share of epochs in which the training loss rose: of ``(S, epochs + 1)`` curves."""
    return float(np.median((np.diff(losses, axis=1) > 0).mean(axis=1)))


WIDE = 100.0
"""A rate above the best depends on the seed when the middle eight tenths of the ends span more than this factor."""


def verdicts(rates: Sequence[float], losses: Array) -> list[str]:
    """Say of each rate whether it is "best" (lowest median at the end), or how it is beside that one.

    That's "small" or "large"; or "luck" for a larger one at which the seeds end far apart (`WIDE`).

    Parameters
    ----------
    losses : (R, S, epochs + 1)
    """
    low, middle, high = (q[:, 0] for q in np.stack([quantiles(v[:, -1:]) for v in losses], axis=1))
    best = rates[int(np.argmin(middle))]
    wide = high > WIDE * low
    return [
        "best" if rate == best else "small" if rate < best else "luck" if apart else "large"
        for rate, apart in zip(rates, wide, strict=True)
    ]
