"""The gradient of each layer of a deep network, before and while it trains, and what makes it shrink or grow."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit
from core.training.signals import Signals, first_weights, signals

SEEDS = 20
WIDTH, DEPTHS, EPOCHS = 16, (2, 4, 6, 10), 100
ACTIVE = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
RATE, SMALL, LARGE, ADAM_RATE = 0.1, 0.1, 1.0, 0.01
CHANGES: dict[str, dict[str, Any]] = {
    "none": {},
    "batch_norm": {"batch_norm": True},
    "residual": {"residual": True},
    "adam": {"optimizer": "adam", "learning_rate": ADAM_RATE},
}
"""What can be changed, by name: fields of the experiment."""
WEIGHTS: dict[str, dict[str, Any]] = {
    "suited": {},
    "small": {"initializer": "normal", "init_scale": SMALL},
    "large": {"initializer": "normal", "init_scale": LARGE},
}
"""The first weights, by name; suited ones are Xavier's or He's, as the activation asks."""
RANGE = (1e-8, 1e2)
"""What the picture's axis holds at least, so that two settings can be compared."""
FRAMES = (0, 1, 2, 3, 5, 8, 12, 16, 20, 30, 40, 50, 60, 70, 80, 90, EPOCHS)
SHRINKS, GROWS, FADED, BLOWN = 0.1, 5.0, 1e-2, 100.0
"""The rules' bounds: on the first layer's gradient over the last one's, and on the largest gradient of all layers."""
WORDS = {"Activate": "slope", "Dense": "weights", "BatchNorm": "norm", "Residual": "block"}
"""What a kind of layer contributes, in a word."""


def experiment(activation: str, depth: int, change: str, weights: str = "suited", seed: int = 0) -> Experiment:
    """Return the run: the moons, plain descent, what is changed, and where the weights start."""
    e = Experiment(
        samples=200, hidden=(WIDTH,) * depth, activation=activation, optimizer="sgd", learning_rate=RATE,
        epochs=EPOCHS, seed=seed,
    )  # fmt: skip
    return replace(e, **CHANGES[change], **WEIGHTS[weights])


@dataclass(frozen=True, eq=False)
class Runs:
    """SEEDS runs of one setting; F frames.

    Attributes
    ----------
    norms : (F, SEEDS, depth), the norm of each hidden layer's gradient over all training examples.
    parts : of `parts`, before training.
    accuracy : (SEEDS, EPOCHS + 1), on the training data; NaN once a run has broken.
    """

    norms: Array
    parts: dict[str, Array]
    accuracy: Array


def run(activation: str, depth: int, change: str, weights: str = "suited") -> Runs:
    """Train from each seed and look at the gradients at each frame."""
    e = experiment(activation, depth, change, weights)
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1], SEEDS)
    network.start(range(SEEDS))
    record = fit(network, recipe_of(e), (data.X_train, data.y_train), snapshot_every=1)
    at = np.minimum(FRAMES, len(record.snapshots) - 1)
    looks = [signals(e, record.snapshots[k]) for k in at]
    accuracy = np.array(record.train_accuracy).T
    accuracy[~np.isfinite(np.array(record.train_loss).T)] = np.nan
    return Runs(
        np.array([seen.gradients[:-1].T for seen in looks]),
        parts(looks[0]),
        accuracy,
    )


def start(activation: str, depth: int, change: str = "none", weights: str = "suited") -> tuple[Array, dict[str, Array]]:
    """Look at first weights only: the norms (SEEDS, depth) and the parts of the factor, as `run` has them."""
    e = experiment(activation, depth, change, weights)
    seen = signals(e, first_weights(e, range(SEEDS)))
    return seen.gradients[:-1].T, parts(seen)


def parts(seen: Signals) -> dict[str, Array]:
    """Return the typical factors of a layer, (SEEDS,) each: what each kind of layer makes of the gradient that passes.

    And as "Values" what a layer makes of the outputs that pass forward. A weight's gradient is what comes in times what
    comes back, so from a layer to the one before it changes by the product of the former divided by the latter.
    """
    size = np.sqrt([np.square(a).mean((0, 2)) for a in seen.a])
    found = {kind: typical(each) for kind, each in seen.factors.items() if len(each)}
    return found | {"Values": typical(size[1:] / size[:-1])}


def typical(factors: Array) -> Array:
    """Return the geometric mean over a network's layers, (SEEDS,), of factors (layers, SEEDS)."""
    with np.errstate(all="ignore"):
        return np.asarray(np.exp(np.log(factors).mean(0)))


def factor(norms: Array) -> float:
    """Return by how much the gradient changes from a layer to the one before it, on the drawn line of medians.

    Parameters
    ----------
    norms : (SEEDS, depth), all above 0.

    Examples
    --------
    >>> factor(np.array([[1.0, 2.0, 4.0]]))
    0.5
    """
    first, last = np.median(norms[:, 0]), np.median(norms[:, -1])
    with np.errstate(all="ignore"):
        return float(np.nan_to_num((first / last) ** (1 / (norms.shape[1] - 1)), nan=0.0, posinf=0.0))


@dataclass(frozen=True)
class Verdict:
    """Which rule fired ("vanishing", "exploding", "faded", "blown", "healthy"), and the numbers that it looked at."""

    rule: str
    factor: float
    ratio: float
    largest: float


def judge(norms: Array) -> Verdict:
    """Judge the gradients of one moment, (SEEDS, depth), by the largest and by the first over the last.

    The factor a layer doesn't decide: a factor of 0.4 is no harm in two layers, and a great one in ten.
    """
    largest = float(np.median(norms.max(axis=1)))
    with np.errstate(all="ignore"):
        ratio = float(np.median(norms[:, 0]) / np.median(norms[:, -1]))
    rules = {
        "blown": largest > BLOWN,
        "vanishing": ratio < SHRINKS,
        "faded": not largest >= FADED,
        "exploding": ratio > GROWS,
    }
    return Verdict(next((rule for rule, fires in rules.items() if fires), "healthy"), factor(norms), ratio, largest)


def ends(runs: Runs) -> dict[str, float]:
    """Return the numbers that sentences speak of: medians over the seeds."""
    first, last = (float(np.median(runs.norms[0, :, k])) for k in (0, -1))
    accuracy = np.nan_to_num(runs.accuracy[:, -1], nan=0.0)
    verdict = judge(runs.norms[0])
    return {
        "first": first, "last": last, "ratio": first / last, "factor": verdict.factor,
        "accuracy": float(np.median(accuracy)), "largest": verdict.largest,
    }  # fmt: skip
