"""One of the networks while it trains with a penalty: its losses, the penalty, and where its weights go."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.charts.histograms import shares_of
from core.data.datasets import load
from core.lessons.regularization.study import BASE, FEW, STEPS, TEST, TEST_SEED, experiment
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import loss_of
from core.training.engine import train
from core.training.history import History
from core.training.judge import Judge

PENALTIES = {"l1": "L1", "l2": "L2"}
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
FRAMES = [*range(0, 20, 2), *range(20, 100, 5), *range(100, STEPS + 1, 10)]
"""Steps that are drawn. (Forty examples are one batch, so a step is an epoch.)"""
NEAR = BASE.learning_rate
"""Adam's steps are about this long: a weight nearer to 0 than one step can be carried across."""
EDGE, BINS = 2.0, 41
EDGES = np.linspace(-EDGE, EDGE, BINS + 1)


def weights(network: Network) -> Array:
    """Return the weights, without biases, of the networks side by side: (F, W)."""
    parts = [p[..., :-1] for name, p in network.p.items() if name.endswith("W")]
    return np.concatenate([np.moveaxis(w, -2, 0).reshape(network.models, -1) for w in parts], axis=1)


@np.errstate(all="ignore")
def watched(penalty: str, strength: float, seed: int) -> dict[str, Array]:
    """Train one network with a penalty and look at it at each of `FRAMES`.

    Returns
    -------
    train, test : (F,) losses without the penalty; penalty : (F,) what is added for the weights.
    squares, sizes : (F,) the sums of w^2 and of abs(w).
    histogram : (F, B) shares of the weights in the bins of `EDGES`; near : (F,) the share within `NEAR` of 0.
    exact : () weights at the end that are exactly 0; left : () those that are at least `NEAR` from it.
    cut : () the test loss at the end once all nearer ones are set to 0.
    """
    history = train(experiment(penalty, strength, FEW, seed))
    network = history.network(FRAMES)
    test = fresh(history)
    losses = Judge(network, loss_of(history.experiment), *test)()[0]
    w = weights(network).astype(np.float64)
    sums = {"squares": np.square(w).sum(1), "sizes": np.abs(w).sum(1)}
    price = strength * (sums["sizes"] if penalty == "l1" else sums["squares"] / 2)
    near = np.abs(w) < NEAR
    return sums | {
        "train": history.train_loss[FRAMES], "test": np.asarray(losses, float), "penalty": price,
        "histogram": shares_of(w, EDGES), "near": near.mean(1), "exact": np.array((w[-1] == 0).sum()),
        "left": np.array((~near[-1]).sum()), "cut": np.array(without_small(history, test)),
    }  # fmt: skip


def fresh(history: History) -> tuple[Array, Array]:
    """Return the test points as a run's network reads them."""
    points = load(BASE.dataset, TEST, BASE.noise, TEST_SEED)
    return history.data.inputs(points.X), points.y


def without_small(history: History, test: tuple[Array, Array]) -> float:
    """Return the test loss at the end of a run after all weights nearer to 0 than `NEAR` are set to 0."""
    network = history.network(-1)
    for name, p in network.p.items():
        if name.endswith("W"):
            p[:, :-1][np.abs(p[:, :-1]) < NEAR] = 0
    return float(Judge(network, loss_of(history.experiment), *test)()[0])


def count(sizes: Sequence[int] = (2, *BASE.hidden, 1)) -> int:
    """Return how many weights, without biases, a network has.

    >>> count((2, 3, 1))
    9
    """
    return int(sum(a * b for a, b in pairwise(sizes)))
