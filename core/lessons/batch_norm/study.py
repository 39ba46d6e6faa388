"""Ten layers with batch norm and without: z layer by layer, and how training ends by rate and by batch size."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from core.charts.histograms import shares_of
from core.nn.layers import Activate, BatchNorm, part
from core.nn.network import Network, columns
from core.nn.tape import Array, Tape
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.studies import sweep

DEPTH, WIDTH = 10, 16
BASE = Experiment(
    samples=250, test_share=0.2, hidden=(WIDTH,) * DEPTH, optimizer="sgd", learning_rate=0.1, batch_size=40, epochs=60
)
CASES = {
    "sigmoid": ("sigmoid", replace(BASE, activation="sigmoid")),
    "small": ("ReLU, tiny first weights", replace(BASE, activation="relu", initializer="normal", init_scale=0.05)),
    "he": ("ReLU, He start", replace(BASE, activation="relu")),
    "pairs": ("ReLU, He start, batches of 2", replace(BASE, activation="relu", batch_size=2, epochs=15)),
}
"""By name in links: name for people, and the run without batch norm."""
RATES = (0.01, 0.1, 1.0, 3.0)
BROKEN = 1.0
"""A rate at which the He start without batch norm no longer learns."""
BATCHES = (2, 5, 20, 50)
BATCH_RATE, BATCH_EPOCHS = 0.05, 15
"""At which rate, and for how long, batch sizes are compared."""
SEEDS = 20
SHOWN = (1, 4, 7, 10)
"""The layers whose z is drawn."""
UNIT = 0
EDGE, BINS = 6.0, 61
EDGES = np.linspace(-EDGE, EDGE, BINS + 1)
"""z is drawn from -EDGE to EDGE; what lies beyond counts in the outermost bins."""
SIDES = {"without": False, "with": True}


def experiment(case: str, normed: bool, **changed: Any) -> Experiment:
    """Return a case's run, with batch norm or without."""
    return replace(CASES[case][1], batch_norm=normed, **changed)


def frames(case: str = "he") -> list[int]:
    """Return the epochs that are drawn: each of the first ten, then every fifth one."""
    return [*range(11), *range(15, CASES[case][1].epochs + 1, 5)]


def layer_inputs(network: Network, rows: Array, size: int = 0) -> list[Array]:
    """Return what enters each layer (width, N), and what leaves the last, in batches of ``size``, 0 for all at once."""
    size = size or len(rows)
    tape, x, found, count = Tape(network.dtype), columns(rows, network.dtype).T, [], len(rows) // size
    for i, layer in enumerate(network.layers.layers):
        found.append(np.array(x))
        p, rng = part(network.p, i), np.random.default_rng(0)
        if isinstance(layer, BatchNorm) and count > 1:  # batch beside batch, as networks stand side by side
            p = {name: np.repeat(values[:, None], count, axis=1) for name, values in p.items()}
            x, _ = tape.record(layer.forward, p, np.array(x).reshape(len(x), count, size), (rng,) * count)
            x = np.array(x).reshape(len(x), -1)
        else:
            x, _ = tape.record(layer.forward, p, x, (rng,))
    return [*found, np.array(x)]


def batch_of(case: str, rows: Array) -> int:
    """Return how many examples are looked at as one batch: all, but where batches of two are the point."""
    return CASES[case][1].batch_size if case == "pairs" else len(rows)


def z_of_layers(network: Network, rows: Array, size: int = 0) -> Array:
    """Return each hidden layer's z as its activation gets it, (layers, width, N): in batches of ``size``, 0 for all."""
    entering = layer_inputs(network, rows, size)
    return np.stack(
        [x for x, layer in zip(entering, network.layers.layers, strict=False) if isinstance(layer, Activate)]
    )


def histogram(z: Array) -> Array:
    """Return which share of z (..., N) lies in each of `BINS` bins from -`EDGE` to `EDGE`: (..., BINS).

    >>> histogram(np.array([-9.0, 0.0, 0.0, 9.0]))[[0, 30, 60]].tolist()
    [0.25, 0.5, 0.25]
    """
    shares = shares_of(z.reshape(-1, z.shape[-1]), EDGES)
    return shares.reshape(*z.shape[:-1], BINS)


def spread(z: Array) -> Array:
    """Return how far z (layers, width, N) spreads over the examples: the median unit's deviation, (layers,)."""
    return np.asarray(np.median(z.std(axis=-1), axis=-1))


def watched(case: str, rate: float, seed: int) -> dict[str, Array]:
    """Train one network with and without batch norm, and look at its z at each of `frames`.

    Returns
    -------
    By side ("with", "without"): "SIDE histogram" (F, shown layers, BINS) and "SIDE drawn" (F, shown layers), one unit's
    z and its spread; "SIDE spread" (F, layers), the median unit's;
    and "first" (F, 5): one example's z, its batch's mean and standard deviation, gamma and beta, of that unit in the
    last hidden layer.
    """
    found: dict[str, Array] = {}
    for side, normed in SIDES.items():
        e = experiment(case, normed, learning_rate=rate, seed=seed)
        history = train(e)
        rows, bars, drawn, spreads, first = history.data.X_train, [], [], [], []
        for epoch in frames(case):
            network = history.network(epoch, np.float64)
            z = z_of_layers(network, rows, batch_of(case, rows))
            one = z[[k - 1 for k in SHOWN], UNIT]
            bars.append(histogram(one))
            drawn.append(one.std(axis=-1))
            spreads.append(spread(z))
            if normed:
                first.append(by_hand(network, rows, batch_of(case, rows)))
        found |= {f"{side} histogram": np.stack(bars), f"{side} drawn": np.stack(drawn)}
        found[f"{side} spread"] = np.stack(spreads)
    return found | {"first": np.stack(first)}


def by_hand(network: Network, rows: Array, size: int = 0) -> Array:
    """Return the first example's z, its batch's mean and deviation, gamma and beta: of the unit in the last layer."""
    entering = layer_inputs(network, rows, size)
    last = max(i for i, layer in enumerate(network.layers.layers) if isinstance(layer, BatchNorm))
    z, p = entering[last][UNIT, : size or None], part(network.p, last)
    return np.array([z[0], z.mean(), np.sqrt(z.var() + BatchNorm().eps), p["gamma"][UNIT, 0], p["beta"][UNIT, 0]])


def first_gradients(e: Experiment) -> Array:
    """Return the length of the first gradient by each layer's weights, on all training examples: (layers + 1,)."""
    data, loss = prepare_experiment(e), loss_of(e)
    network = network_of(e, data.X_train.shape[1], dtype=np.float64)
    network.start([e.seed])
    x, y = columns(data.X_train, network.dtype).T, np.array(loss.encode(data.y_train, 1), float).T
    network.record_gradient(Tape(network.dtype), x, y, loss, (np.random.default_rng(0),))
    return np.array([np.linalg.norm(g) for name, g in network.g.items() if name.endswith("W")])


@lru_cache(maxsize=24)
def accuracies(case: str, rate: float, seeds: Sequence[int] = range(SEEDS)) -> dict[str, Array]:
    """Return the test accuracy after each epoch with and without batch norm, (S, E + 1) each."""
    return {side: _right(experiment(case, normed, learning_rate=rate), seeds) for side, normed in SIDES.items()}


def _right(e: Experiment, seeds: Sequence[int]) -> Array:
    """Test accuracy (S, E + 1); a network whose numbers broke says nothing, and that is worth half of the answers."""
    return np.nan_to_num(sweep(e, seeds=tuple(seeds)).test_accuracy[0], nan=0.5)


@lru_cache(maxsize=6)
def by_rate(case: str, seeds: Sequence[int] = range(SEEDS)) -> dict[str, Array]:
    """Return the test accuracy at the end for each of `RATES`, (S, R), with and without."""
    ends = {side: [accuracies(case, rate, seeds)[side][:, -1] for rate in RATES] for side in SIDES}
    return {side: np.stack(columns_, axis=1) for side, columns_ in ends.items()}


@lru_cache(maxsize=6)
def by_batch(case: str, seeds: Sequence[int] = range(SEEDS)) -> dict[str, Array]:
    """Return the test accuracy at the end for each of `BATCHES`, (S, B), with and without."""
    same = {"learning_rate": BATCH_RATE, "epochs": BATCH_EPOCHS}
    return {
        side: np.stack([_right(experiment(case, n, batch_size=b, **same), seeds)[:, -1] for b in BATCHES], axis=1)
        for side, n in SIDES.items()
    }


def normalize(z: Array) -> Array:
    """Return a batch's z (N,) as batch norm makes it, before gamma and beta.

    >>> normalize(np.array([3.0, 0.5])).round(3).tolist()
    [1.0, -1.0]
    """
    return np.asarray((z - z.mean()) / np.sqrt(z.var() + BatchNorm().eps))


def companions(case: str, batch: int, draws: int = 200, seed: int = 0) -> dict[str, Array]:
    """Say what one trained network answers to one test example, in training mode among others and in use.

    Returns
    -------
    "training" (draws,) its probability of class 1 in batches of random companions, "use" () with running averages.
    """
    history = train(experiment(case, True, seed=seed))
    network, data = history.network(-1, np.float64), history.data
    rng, backup = np.random.default_rng(seed), network.store.copy()
    answers = []
    for _ in range(draws):
        others = data.X_train[rng.choice(len(data.X_train), batch - 1, replace=False)]
        z = layer_inputs(network, np.vstack([data.X_test[:1], others]))[-1]
        answers.append(1 / (1 + np.exp(-z[0, 0])))
        network.store[...] = backup  # looking must not move the running averages
    use = 1 / (1 + np.exp(-network.outputs_for(data.X_test[:1])[0, 0]))
    return {"training": np.array(answers), "use": np.array(use)}


def about(value: float) -> str:
    """Return a large number by its first digit.

    >>> about(598_123.0)
    '600,000'
    """
    return f"{float(f'{value:.1g}'):,.0f}"


def gains(found: dict[str, Array]) -> dict[str, Any]:
    """Say how many times less the drawn unit's z spreads in the last layer, and what batch norm divides by there."""
    spreads = found["without drawn"][0]
    return {
        "squeezed": about(spreads[0] / spreads[-1]),
        "spread": float(found["first"][0, 2]),
        "grown": 1 / float(found["first"][0, 2]),
    }


def middles(found: dict[str, Array], at: int = -1) -> dict[str, float]:
    """Return the median over seeds of column ``at``, by side."""
    return {side: float(np.median(values[:, at])) for side, values in found.items()}
