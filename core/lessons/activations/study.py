"""The same network with every activation, layers without a bend as one matrix, and units that die while they train."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.nn.activations import ACTIVATIONS
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit
from core.training.signals import signals
from core.training.studies import sweep

SEEDS = 20
DATA = {"circles": 0.1, "moons": 0.2, "xor": 0.05, "gauss": 1.0}
"""The data to choose from, with their noise."""
LAYERS = (1, 2, 4, 10)
WIDTH, SAMPLES, EPOCHS = 8, 200, 60
RATES = (0.1, 0.3, 1.0, 3.0, 10.0)
EPOCHS_DYING = 200
EVERY = 4
"""Every so many epochs is looked at who is dead."""
DYING = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "tanh": "tanh"}
FLAT = 0.01
"""Where a slope is smaller than this, an activation counts as saturated here."""
NEARLY = 0.03
"""Slopes below this can't be told apart where all of a curve is drawn."""
REACH = 6.0
"""The curves are drawn from minus this z to this z."""


def experiment(data: str, layers: int, activation: str, seed: int = 0) -> Experiment:
    """Return the run that the first view trains."""
    return Experiment(
        dataset=data, samples=SAMPLES, noise=DATA[data], hidden=(WIDTH,) * layers, activation=activation,
        epochs=EPOCHS, seed=seed,
    )  # fmt: skip


def train_all(data: str, layers: int) -> dict[str, dict[str, Array]]:
    """Train the network with every activation, from each of the starts.

    Returns
    -------
    by activation: ``train`` and ``test``, the accuracies at the end (SEEDS,); ``parameters`` (SEEDS, size).
    """
    found = {}
    for name in ACTIVATIONS:
        study = sweep(experiment(data, layers, name), seeds=range(SEEDS))
        found[name] = {
            "train": study.train_accuracy[0, :, -1],
            "test": study.test_accuracy[0, :, -1],
            "parameters": study.parameters[0].astype(np.float32),
        }
    return found


def answers(e: Experiment, parameters: Array, points: Array) -> Array:
    """Return the probability of class 1 that a network gives each raw point, (N,)."""
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1])
    network.load(parameters)
    return np.asarray(1 / (1 + np.exp(-network.outputs_for(data.inputs(points))[0].astype(float))))


def matrices(e: Experiment, parameters: Array) -> list[Array]:
    """Return the network's matrices [W b], first layer first."""
    network = network_of(e, prepare_experiment(e).X_train.shape[1], dtype=np.float64)
    network.load(parameters)
    return [np.array(w) for name, w in network.p.items() if name.endswith("W")]


def collapse(layers: list[Array]) -> Array:
    """Multiply affine layers [W b] into the one that does the same, (K, inputs + 1).

    >>> collapse([np.array([[2.0, 1.0]]), np.array([[3.0, 4.0]])])  # 3 (2 x + 1) + 4 = 6 x + 7
    array([[6., 7.]])
    """
    product = np.eye(layers[0].shape[1])
    for layer in layers:
        below = np.zeros((1, product.shape[1]))
        below[0, -1] = 1
        product = layer @ (product if len(product) == layer.shape[1] else np.vstack([product, below]))
    return product


def apart(e: Experiment, parameters: Array) -> float:
    """Return the largest difference between a network without a bend and its one matrix, over the training data."""
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1], dtype=np.float64)
    network.load(parameters)
    one = collapse(matrices(e, parameters))
    return float(np.abs(network.outputs_for(data.X_train)[0] - (data.X_train @ one[0, :-1] + one[0, -1])).max())


@dataclass(frozen=True)
class Facts:
    """What can be said of one activation: its outputs' range, its steepest slope, where it is flat or off."""

    low: float
    high: float
    steepest: float
    flat: tuple[tuple[float, float], ...]
    off: bool


def facts(name: str, far: float = 40.0) -> Facts:
    """Measure an activation from -far to far. (A range that grows with far has no end.)"""
    f = ACTIVATIONS[name]
    z = np.linspace(-far, far, 16_001)
    a, slope, twice = f(z), f.slope(z), f(2 * z)
    low = -np.inf if twice.min() < a.min() - 0.1 else float(a.min())
    high = np.inf if twice.max() > a.max() + 0.1 else float(a.max())
    quiet = np.abs(slope) < FLAT * (1 - 1e-9)
    outside = (np.logical_and.accumulate(quiet), np.logical_and.accumulate(quiet[::-1])[::-1])  # from either end on
    ends = [(float(z[one].min()), float(z[one].max())) for one in outside if one.any()]
    return Facts(low, high, float(slope.max()), tuple(ends), bool((slope[z < 0] == 0).all()))


def crossing() -> float:
    """Return the z above which tanh is flatter than sigmoid."""
    z = np.linspace(0.5, 5, 450_001)
    steeper = ACTIVATIONS["tanh"].slope(z) > ACTIVATIONS["sigmoid"].slope(z)
    return float(z[np.argmin(steeper)])


def enlarged(names: list[str], z: float) -> tuple[Array, tuple[float, float]] | None:
    """Return where to look more closely at slopes that are nearly 0 at z, but not all the same: z (n,), and heights."""
    slopes = np.array([ACTIVATIONS[n].slope(z) for n in names], float)
    if np.abs(slopes).max() > NEARLY or np.ptp(slopes) == 0:
        return None
    room = 2.5 * np.abs(slopes).max()
    return np.linspace(z - 1, z + 1, 81), (-room if slopes.min() < 0 else -room / 10, room)


def dying_experiment(activation: str, rate: float) -> Experiment:
    """Return the run of the third view: plain descent at rates that may be too large."""
    return Experiment(
        dataset="circles", samples=SAMPLES, noise=DATA["circles"], hidden=(WIDTH, WIDTH), activation=activation,
        optimizer="sgd", learning_rate=rate, epochs=EPOCHS_DYING,
    )  # fmt: skip


def dying(activation: str, rate: float) -> dict[str, Any]:
    """Train from each start and count, along the way, units whose slope is exactly 0 for every training example.

    Returns
    -------
    epochs (F,); ``broken`` (SEEDS, F), whether weights are no longer numbers; ``dead`` (SEEDS, F), the share of hidden
    units, none where a run is broken; ``right`` (SEEDS, F), the accuracy, 0 where it's broken; ``back`` (2, SEEDS), by
    layer how many units were dead and later weren't; ``start``, a whole run that ends near the middle of these, its
    ``layers`` (F, 2), dead units by layer, its ``z`` (F, 2, n) by layer, and its ``terms``, of `dead_terms`.
    """
    e = dying_experiment(activation, rate)
    data = prepare_experiment(e)
    network = network_of(e, data.X_train.shape[1], SEEDS)
    network.start(range(SEEDS))
    record = fit(network, recipe_of(e), (data.X_train, data.y_train), snapshot_every=EVERY)
    frames, broken = len(record.snapshots), np.any(~np.isfinite(record.snapshots), axis=2).T
    seen = signals(e, np.concatenate(record.snapshots))
    slope = ACTIVATIONS[activation].slope
    dead = np.array([(slope(z) == 0).all(2) & np.isfinite(z).all(2) for z in seen.z])  # (2, units, F * SEEDS)
    dead = dead.reshape(*dead.shape[:2], frames, SEEDS)
    right = np.where(broken, 0, np.asarray(record.train_accuracy)[record.snapshot_epochs].T)
    back = (dead[:, :, :-1] & ~dead[:, :, 1:]).any(2).sum(1)
    one = typical(dead[:, :, -1].mean((0, 1)), right[:, -1], back.sum(0), ~broken[:, -1])
    drawn = np.stack([z.reshape(len(z), frames, SEEDS, -1)[:, :, one].swapaxes(0, 1) for z in seen.z], 1)
    return {
        "start": one,
        "epochs": np.array(record.snapshot_epochs),
        "broken": broken,
        "dead": dead.mean((0, 1)).T,
        "right": right,
        "back": back,
        "layers": dead[..., one].sum(1).T,
        "z": drawn.reshape(frames, 2, -1).astype(np.float32),
        "terms": [dead_terms(e, shot[one], dead[..., k, one]) for k, shot in enumerate(record.snapshots)],
    }


def typical(dead: Array, right: Array, back: Array, whole: Array) -> int:
    """Return a start near the middle of those that are whole: first in dead units, then in right answers.

    Parameters
    ----------
    dead, right : (SEEDS,), the shares at the end.
    back : (SEEDS,), how many units came back to life; the more, the better.
    whole : (SEEDS,), which runs didn't break.
    """
    those = whole if whole.any() else ~whole
    usual = np.abs(right - np.median(right[those])) < 0.25
    return int((np.abs(dead - np.median(dead[those])) - 1e-3 * usual - 1e-5 * back + 9 * ~those).argmin())


def dead_terms(e: Experiment, parameters: Array, dead: Array) -> dict[str, float] | None:
    """Return what multiplies up to the gradient of a dead unit's weight: what would change most.

    Parameters
    ----------
    dead : (2, WIDTH), which units are.

    Returns
    -------
    ``layer`` and ``unit`` counted from 1, ``output`` dL/da, ``slope`` f'(z), ``input`` x; None if no unit is dead.
    """
    if not dead.any():
        return None
    data, f = prepare_experiment(e), ACTIVATIONS[e.activation]
    first, second, last = (W.astype(float) for W in matrices(e, parameters))
    x = np.asarray(data.X_train, float).T
    z1 = first[:, :-1] @ x + first[:, -1:]
    z2 = second[:, :-1] @ f(z1) + second[:, -1:]
    p = 1 / (1 + np.exp(-(last[:, :-1] @ f(z2) + last[:, -1:])))
    da2 = last[:, :-1].T @ (p - data.y_train)
    da1 = second[:, :-1].T @ (da2 * f.slope(z2))
    pulls = np.abs([da1, da2]) * dead[:, :, None]
    layer, unit, one = (int(k) for k in np.unravel_index(pulls.argmax(), pulls.shape))
    da, z, entering = ((da1, z1, x), (da2, z2, f(z1)))[layer]
    widest = np.abs(entering[:, one]).argmax()
    values = {"output": da[unit, one], "slope": f.slope(z)[unit, one], "input": entering[widest, one]}
    return {"layer": layer + 1, "unit": unit + 1} | {name: float(v) for name, v in values.items()}
