"""What first weights do to values and gradients before training, to runs, and to units that start equal."""

from typing import Any

import numpy as np

from core.charts.histograms import shares_of
from core.nn.activations import ACTIVATIONS
from core.nn.tape import Array
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.signals import first_weights, signals
from core.training.studies import sweep

SEEDS = 20
WIDTH, DEPTHS = 32, (3, 10, 30)
SMALL, LARGE = 0.05, 0.5
STARTS: dict[str, tuple[str, float]] = {
    "xavier": ("xavier_normal", 0.0),
    "he": ("he_normal", 0.0),
    "small": ("normal", SMALL),
    "large": ("normal", LARGE),
}
"""By name: the initializer and its scale."""
ACTIVE = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid"}
BATCH = 60
"""Examples that the histograms look at."""
ROWS, BINS = 10, 41
REACH = {"relu": 3.0, "tanh": 1.0, "sigmoid": 1.0}
"""How far the histograms reach, by activation."""
TRAINED_WIDTH, TRAINED_RATE, TRAINED_EPOCHS = 16, 0.1, 40
LEARNED, GUESSING = 0.65, float(np.log(2))
"""A start counts as one that learns when its runs' median loss ends below this; the loss of saying one half to all."""
EQUAL, UNITS = 0.5, 8
TINY = 0.01
DROPOUT = 0.2
BEGIN: dict[str, tuple[str, float, float]] = {
    "random": ("xavier_normal", 0.0, 0.0),
    "equal": ("constant", EQUAL, 0.0),
    "zeros": ("zeros", 0.0, 0.0),
    "tiny": ("normal", TINY, 0.0),
    "drop": ("constant", EQUAL, DROPOUT),
}
"""By name: where the units of the second view begin, and which share of them each step silences (dropout)."""


def deep(activation: str, start: str, depth: int) -> Experiment:
    """Return the deep network whose first pass is looked at."""
    name, scale = STARTS[start]
    return Experiment(hidden=(WIDTH,) * depth, activation=activation, initializer=name, init_scale=scale)


def variance(start: str, inputs: int) -> float:
    """Return the variance of the weights that a start draws for a layer with so many inputs and units."""
    name, scale = STARTS[start]
    return {"xavier_normal": 1 / inputs, "he_normal": 2 / inputs, "normal": scale**2}[name]


def first_pass(activation: str, start: str, depth: int) -> dict[str, Any]:
    """Look at a deep network before training, from each seed.

    Returns
    -------
    ``layers`` (R,), the layers that get a histogram; ``shares`` (R, BINS), of seed 0's outputs; ``spread``
    (SEEDS, depth), the standard deviation of each layer's outputs; ``gradients`` (SEEDS, depth), the norm of each
    hidden layer's gradient; ``share``: the mean of a squared in the mean of z squared of the same layer; ``grown``: the
    mean of z squared in that of the layer before (medians over layers and seeds).
    """
    e = deep(activation, start, depth)
    seen = signals(e, first_weights(e, range(SEEDS)), BATCH)
    layers = np.unique(np.linspace(0, depth - 1, min(depth, ROWS)).round().astype(int))
    reach = REACH[activation]
    edges = np.linspace(-reach, reach, BINS + 1)
    with np.errstate(all="ignore"):
        spread = np.array([a.std((0, 2)) for a in seen.a]).T
        squares = {name: np.square(getattr(seen, name)).mean((1, 3)) for name in "az"}
    return {
        "layers": layers + 1,
        "shares": shares_of(np.stack([seen.a[k][:, 0].ravel() for k in layers]), edges),
        "edges": edges,
        "spread": spread,
        "gradients": seen.gradients[:-1].T,
        "share": float(np.median(squares["a"][:-1] / squares["z"][:-1])),
        "grown": float(np.median(squares["z"][1:] / squares["z"][:-1])),
    }


def run(activation: str, start: str, depth: int) -> Experiment:
    """Return the run that shows what training makes of a start."""
    name, scale = STARTS[start]
    return Experiment(
        hidden=(TRAINED_WIDTH,) * depth, activation=activation, initializer=name, init_scale=scale,
        optimizer="sgd", learning_rate=TRAINED_RATE, epochs=TRAINED_EPOCHS, samples=200,
    )  # fmt: skip


def trained(activation: str, depth: int) -> dict[str, Array]:
    """Return the training loss of each start's runs, (SEEDS, epochs + 1); NaN once a run has broken."""
    return {start: sweep(run(activation, start, depth), seeds=range(SEEDS)).train_loss[0] for start in STARTS}


def learns(losses: dict[str, Array]) -> dict[str, bool]:
    """Return of each start whether its runs' median loss (a broken run's is beyond all) ends below `LEARNED`."""
    ends = {start: np.nan_to_num(runs[:, -1], nan=np.inf) for start, runs in losses.items()}
    return {start: bool(np.median(end) < LEARNED) for start, end in ends.items()}


def shallow(activation: str, begin: str) -> Experiment:
    """Return the small network whose units may start equal."""
    name, scale, dropout = BEGIN[begin]
    return Experiment(hidden=(UNITS,), activation=activation, initializer=name, init_scale=scale, dropout=dropout)


def units(activation: str, begin: str) -> dict[str, Array]:
    """Train the small network and follow its units.

    Returns
    -------
    ``epochs`` (F,).
    ``weights`` (F, UNITS, 4) : each unit's two weights, its bias and the weight that leads to the output, of seed 0.
    ``factors`` (F, UNITS, 4) : of `factors`, for the first training example.
    ``accuracy``, ``loss`` (SEEDS, E + 1) : on the training data.
    ``one accuracy``, ``one loss`` (SEEDS, E + 1) : of a network with a single unit and a random start.
    """
    e = shallow(activation, begin)
    history = train(e)
    frames = np.unique(np.r_[np.arange(0, 20), np.arange(20, e.epochs + 1, 4)])
    rows = history.snapshots[[history.snapshot_of(int(k)) for k in frames]]
    hidden, out = rows[:, : 3 * UNITS].reshape(-1, UNITS, 3), rows[:, 3 * UNITS : 4 * UNITS]
    study = sweep(e, seeds=range(SEEDS))
    alone = sweep(Experiment(hidden=(1,), activation=activation), seeds=range(SEEDS))
    weights = np.concatenate([hidden, out[:, :, None]], axis=2).astype(float)
    x, y = history.data.X_train[0], float(history.data.y_train[0])
    return {
        "epochs": frames,
        "weights": weights,
        "factors": np.array(
            [factors(activation, w, float(b), x, y) for w, b in zip(weights, rows[:, -1], strict=True)]
        ),
        "accuracy": study.train_accuracy[0],
        "loss": study.train_loss[0],
        "one accuracy": alone.train_accuracy[0],
        "one loss": alone.train_loss[0],
    }


def alike(weights: Array, near: float = 0.1) -> dict[str, float]:
    """Count the units of ``(UNITS, 4)`` weights whose w2 is the same multiple of w1, within a share ``near`` of it.

    The lines on which such units turn are parallel. Where all weights are 0 there are none.
    """
    with np.errstate(all="ignore"):
        ratios = weights[:, 1] / weights[:, 0]
    middle = float(np.median(ratios))
    return {"ratio": middle, "alike": int((np.abs(ratios / middle - 1) < near).sum())}


def factors(activation: str, weights: Array, bias: float, x: Array, y: float) -> Array:
    """Return what multiplies up to dL/dw of each unit's first weight for one example, (UNITS, 4).

    The output's error p - y, the weight v that leads to the output, the slope f'(z), and the input x1.
    """
    f, z = ACTIVATIONS[activation], weights[:, :2] @ x + weights[:, 2]
    p = 1 / (1 + np.exp(-(weights[:, 3] @ f(z) + bias)))
    ones = np.ones(len(weights))
    return np.stack([(p - y) * ones, weights[:, 3], f.slope(z), x[0] * ones], axis=1)


def a_layer(spread: Array) -> float:
    """Return by what each layer multiplies the spread, on average, from the first layer of ``(depth,)`` to the last."""
    return float((spread[-1] / spread[0]) ** (1 / (len(spread) - 1)))


def kinds(weights: Array, near: float = 1e-3) -> int:
    """Count the units of ``(UNITS, 4)`` weights that differ from all before them by more than ``near``."""
    found: list[Array] = []
    for row in weights:
        if all(np.abs(row - other).max() > near for other in found):
            found.append(row)
    return len(found)
