"""Asking a trained network about new data: how sure it is, where, and which units made it so.

Distances are measured in the data's own spread: a point at distance r lies r standard deviations from the mean of the
training points, each input counted in its own deviation.
"""

from dataclasses import dataclass

import numpy as np

from core.data.scaling import Standardizer
from core.nn.tape import Array
from core.training.deciding import winner as winner
from core.training.history import History

DISTANCES = np.concatenate([np.linspace(0, 3, 61), np.geomspace(3.1, 100, 50)])
SURE = 0.99


def confidence(p: Array) -> Array:
    """Return the probability of the class that wins: for (N,) of class 1, or for (N, K)."""
    return np.maximum(p, 1 - p) if p.ndim == 1 else p.max(-1)


def in_words(sure: float) -> str:
    """Return a confidence as a share that never claims certainty.

    >>> in_words(0.9777), in_words(0.99999)
    ('97.8%', 'more than 99.9%')
    """
    return f"{sure:.1%}" if sure < 0.9995 else "more than 99.9%"


def at_least(sure: float) -> str:
    """Return a confidence rounded down, so that it may follow "at least"; below certainty.

    >>> at_least(0.9777), at_least(0.9966), at_least(1.0)
    ('97%', '99.6%', '99.9%')
    """
    return f"{int(100 * sure)}%" if sure < 0.99 else f"{min(int(1000 * sure) / 10, 99.9):.1f}%"


def center_of(history: History) -> tuple[Array, Array]:
    """Return the mean and the spread of the training points, (d,) each, in the data's units."""
    scaler = Standardizer.fit(history.data.data.X[history.data.train])
    return scaler.mean, scaler.scale


def sphere(dimensions: int, count: int = 360, seed: int = 0) -> Array:
    """Return directions of length 1, (count, d): evenly around in a plane, drawn at random in more dimensions."""
    if dimensions == 2:
        angle = 2 * np.pi * np.arange(count) / count
        return np.stack([np.cos(angle), np.sin(angle)], axis=1)
    drawn = np.random.default_rng(seed).normal(size=(count, dimensions))
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def share_sure(history: History, distance: float, sure: float = SURE) -> float:
    """Return the share of directions in which the network is more than ``sure`` at this distance from the mean."""
    middle, spread = center_of(history)
    points = middle + distance * spread * sphere(len(middle))
    return float(np.mean(confidence(history.predict(points)) > sure))


@dataclass(frozen=True, eq=False)
class Walk:
    """What a network answers on the way out from the data.

    Attributes
    ----------
    distances : (D,)
    here : (D,) along the ray through one point: confidence, or for regression the answer.
    low, middle, high : (D,) over many directions: the 10th, 50th and 90th percentile.
    at : the distance of the point itself.
    """

    distances: Array
    here: Array
    low: Array
    middle: Array
    high: Array
    at: float


def direction(history: History, point: Array) -> tuple[Array, float]:
    """Return which way ``point`` (d,) lies from the mean of the training points, and how far."""
    middle, spread = center_of(history)
    away = (np.asarray(point, float) - middle) / spread
    at = float(np.linalg.norm(away))
    return (away / at if at > 0 else sphere(len(middle), 1)[0]), at


def way(history: History, point: Array) -> Array:
    """Return the places on the way out through ``point``, (D, d)."""
    middle, spread = center_of(history)
    return middle + DISTANCES[:, None] * spread * direction(history, point)[0]


def surest(history: History) -> float:
    """Return the highest confidence in any direction and at any distance of the walk."""
    middle, spread = center_of(history)
    points = middle + DISTANCES[::5, None, None] * spread * sphere(len(middle), 90)
    return float(confidence(history.predict(points.reshape(-1, len(middle)))).max())


def walk(history: History, point: Array, count: int = 90) -> Walk:
    """Walk from the mean of the training points through ``point`` (d,), and in ``count`` other directions."""
    middle, spread = center_of(history)
    mine, at = direction(history, point)
    rays = np.concatenate([mine[None], sphere(len(middle), count)])
    points = middle + DISTANCES[:, None, None] * spread * rays
    p = history.predict(points.reshape(-1, len(middle)))
    outputs = p if history.data.data.task == "regression" else confidence(p)
    table = outputs.reshape(len(DISTANCES), -1)
    low, half, high = np.percentile(table[:, 1:], [10, 50, 90], axis=1)
    return Walk(DISTANCES, table[:, 0], low, half, high, at)


@dataclass(frozen=True, eq=False)
class Answer:
    """How the units of the last hidden layer (without one: the inputs) add up to the answer about one point.

    Attributes
    ----------
    activations, weights : (units,) and (outputs, units); z = weights @ activations + bias.
    bias, z : (outputs,) each.
    values : the output of every layer, inputs first: a list of (units,) arrays, the last one after squashing.
    """

    activations: Array
    weights: Array
    bias: Array
    z: Array
    values: list[Array]

    def contributions(self, output: int = 0) -> Array:
        """Return what each unit added to an output's z, (units,)."""
        return self.weights[output] * self.activations


def answer(history: History, point: Array) -> Answer:
    """Ask about one point (d,), and note what every layer puts out."""
    inputs = history.data.inputs(np.asarray(point, float)[None])
    network = history.network(dtype=np.float64)
    layers, values = network.layers.layers, [inputs[0]]
    outputs = network.activations_for(inputs)
    z = outputs[-1][:, 0]
    for layer, value in zip(layers, outputs, strict=True):
        if type(layer).__name__ in ("Activate", "Residual"):
            values.append(value[:-1, 0])
    last = network.p[next(reversed([n for n in network.shapes if n.endswith("W")]))]
    outputs_ = np.ravel(history.predict(np.asarray(point, float)[None])[0])
    return Answer(values[-1], last[:, :-1], last[:, -1], z, [*values, outputs_])


@dataclass(frozen=True, eq=False)
class Mistakes:
    """Held-out examples that the network gets wrong, the surest first: ``rows`` are rows of the data."""

    rows: Array
    truth: Array
    answer: Array
    confidence: Array


def mistakes(history: History) -> Mistakes:
    """Find what the network gets wrong on the test data."""
    data = history.data.data
    rows = history.data.test
    sure, answer = confidence(history.predict(data.X[rows])), history.decide(data.X[rows])
    wrong = np.flatnonzero(answer != data.y[rows])
    order = wrong[np.argsort(-sure[wrong], kind="stable")]
    return Mistakes(rows[order], data.y[rows][order], answer[order], sure[order])
