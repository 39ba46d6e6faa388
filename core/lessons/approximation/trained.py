"""What training finds: networks with one hidden layer, from many starts, on points of a curve."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from core.data.prepare import Prepared
from core.lessons.approximation.study import by_hand, deviation, shares
from core.lessons.approximation.targets import CHALLENGES, X
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

SEEDS = 20
COUNTS = (1, 2, 4, 8, 16, 32, 64)
RUN = Experiment(dataset="curve", samples=200, noise=0.0, activation="relu", schedule="cosine", epochs=300)
"""Every run of the lesson but for its curve, activation, units and length. The cosine lets it settle at the end."""
DATASETS = {"wave": "sine", "wiggles": "curve"}
"""What the simulator calls two of the curves."""


def experiment(curve: str, activation: str, count: int, epochs: int = RUN.epochs) -> Experiment:
    """Return the run of a network with ``count`` hidden units on one of `DATASETS`."""
    return replace(RUN, dataset=DATASETS[curve], activation=activation, hidden=(count,), epochs=epochs)


def trained(e: Experiment, data: Prepared, progress: Callable[[int], None] | None = None) -> Array:
    """Return the curves of the experiment's networks from `SEEDS` starts, ``(S, P)``."""
    network = network_of(e, 1, SEEDS)
    network.start(range(SEEDS))
    fit(network, recipe_of(e), (data.X_train, data.y_train), snapshot_every=0, progress=progress)
    return np.asarray(data.target(network.outputs_for(data.inputs(X[:, None]))[0]), np.float64)


def middle(curve: str, count: int) -> float:
    """Return how far off the middle one of the networks with ``count`` ReLU units is after training."""
    e = experiment(curve, RUN.activation, count)
    return float(np.median(deviation(trained(e, prepare_experiment(e)) - CHALLENGES[curve].target(X))))


def over_units(
    curve: str,
    activation: str,
    epochs: int,
    counts: Sequence[int] = COUNTS,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Array]:
    """Train at each number of units, and set as many by hand.

    Returns
    -------
    trained : (U, S, P) curves.
    hand : (U, P) curves of evenly spaced units at best heights.
    off_trained, off_hand : (S, U) and (1, U), the deviations.
    """
    target, found = CHALLENGES[curve].target(X), []
    for count in counts:
        e = experiment(curve, activation, count, epochs)
        found.append(trained(e, prepare_experiment(e), progress))
    curves, hand = np.array(found), np.array([by_hand(activation, count, target) for count in counts])
    off = {"off_trained": deviation(curves - target).T, "off_hand": deviation(hand - target)[None]}
    return {"trained": curves, "hand": hand, **off}


def asked(runs: dict[str, Array], units: int = 32) -> dict[str, float]:
    """Return what a text says of the runs with so many units, by the names of its places."""
    at = COUNTS.index(units)
    off, (slow, fast) = runs["off_trained"][:, at], shares(runs["trained"][at])
    found = {"trained": float(np.median(off)), "lucky": float(off.min()), "hand": float(runs["off_hand"][0, at])}
    return found | {"slow": slow, "fast": fast, "units": units, "seeds": SEEDS}
