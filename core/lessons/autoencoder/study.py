"""Squeeze handwritten digits through a few numbers and draw them again; principal components do the same in a line.

An autoencoder is trained to give back its input (Rumelhart, Hinton and Williams 1986; Hinton and Salakhutdinov 2006).
Its narrow layer is the code. Principal components are the best linear squeeze (Pearson 1901; Eckart and Young 1936): a
network without bends can at best find the same plane (Baldi and Hornik 1989).
"""

from collections.abc import Callable
from collections.abc import Sequence as Many
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.charts.pictures import grid
from core.data.datasets import load
from core.data.splits import split
from core.nn.layers import Sequence, stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Array
from core.training.epochs import train
from core.training.loop import fit
from core.training.recipe import Recipe

PIXELS, WIDTH = 64, 32
SIZES = (1, 2, 4, 8, 16, 32)
"""Sizes of the code that the page compares."""
EPOCHS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 60)
"""The moments of a run that can be looked at."""
SEEDS = 20
MIDDLE = 0.8
"""The share of the starts that a band holds."""
START = 6
"""The start that the page shows: a typical one by its error and by its map, as a test holds it to."""
AROUND = 5
"""How many pictures around a place are named."""
EDGE = 1.05
"""Where the map ends on each side: a little behind all that tanh can say."""
ENCODER = 4
"""The first layers of the network: dense, bend, dense, bend; what comes out of them is the code."""


@dataclass(frozen=True, eq=False)
class Digits:
    """Pictures ``(N, 64)`` from 0 (paper) to 1 (ink), and which digit each shows, which no network here is told."""

    train: Array
    test: Array
    labels: Array


@dataclass(frozen=True, eq=False)
class Run:
    """One training run.

    Attributes
    ----------
    size, bend : of the code, and the activation of all hidden layers.
    parameters : (len(EPOCHS), P) at the moments of `EPOCHS`.
    errors : (epochs + 1,) mean squared error a pixel on the test pictures, after each epoch.
    """

    size: int
    bend: str
    parameters: Array
    errors: Array


@lru_cache(maxsize=1)
def digits() -> Digits:
    """Return the 1,797 digits, split as everywhere in the course: 70 % to train on."""
    data = load("digits", 2000, 0.0, 0)
    train, test = split(data, 0.3, 0)
    return Digits(data.X[train], data.X[test], data.y[test])


def layers(size: int, bend: str) -> Sequence:
    """Return 64-32-size-32-64, a bend after each hidden layer."""
    return stack((WIDTH, size, WIDTH), PIXELS, bend, "xavier_normal", inputs=PIXELS)


RECIPE = Recipe(LOSSES["mse"], OPTIMIZERS["adam"](), 0.005, batch_size=32, epochs=EPOCHS[-1])
"""How all of them are trained: the targets are the inputs."""


def run(size: int = 2, bend: str = "tanh", seed: int = START) -> Run:
    """Train one autoencoder."""
    d, network = digits(), Network(layers(size, bend), PIXELS)
    network.start([seed])
    record = fit(network, RECIPE, (d.train, d.train), (d.test, d.test))
    return Run(size, bend, np.array(record.snapshots)[list(EPOCHS), 0], np.array(record.test_loss))


def many(size: int, bend: str = "tanh", seeds: Many[int] = range(SEEDS)) -> Network:
    """Train autoencoders from many starts, side by side on the same batches."""
    d, network = digits(), Network(layers(size, bend), PIXELS, len(seeds))
    network.start(seeds)
    train(network, RECIPE, (d.train, d.train))
    return network


def last_errors(network: Network) -> Array:
    """Return the test error of each of M networks, (M,)."""
    drawn = network.outputs_for(digits().test)
    return np.asarray(np.square(drawn - digits().test.T[:, None]).mean((0, 2)))


def shares(network: Network) -> list[float]:
    """Return for each of M networks how often the closest other test picture shows the same digit, as `neighbors`."""
    codes = network.activations_for(digits().test)[ENCODER - 1][:-1]
    return [neighbors(codes[:, m].T, digits().labels) for m in range(network.models)]


def encode(one: Run, moment: int, pictures: Array) -> Array:
    """Return the codes ``(N, size)`` of pictures ``(N, 64)`` at a moment of `EPOCHS`."""
    encoder = Network(Sequence(layers(one.size, one.bend).layers[:ENCODER]), PIXELS)
    encoder.load(one.parameters[moment][: encoder.size])
    return np.array(encoder.outputs_for(pictures)[:-1].T)


def decode(one: Run, moment: int, codes: Array) -> Array:
    """Return the pictures ``(N, 64)`` that are drawn from codes ``(N, size)``."""
    decoder = Network(Sequence(layers(one.size, one.bend).layers[ENCODER:]), one.size)
    decoder.load(one.parameters[moment][-decoder.size :])
    return np.array(decoder.outputs_for(codes).T)


def error(pictures: Array, drawn: Array) -> float:
    """Return the mean squared error a pixel."""
    return float(np.square(pictures - drawn).mean())


@dataclass(frozen=True, eq=False)
class Components:
    """The first principal components of the training pictures: mean ``(64,)`` and directions ``(size, 64)``."""

    mean: Array
    directions: Array

    def encode(self, pictures: Array) -> Array:
        """Return the codes ``(N, size)``."""
        return np.asarray((pictures - self.mean) @ self.directions.T)

    def redraw(self, pictures: Array) -> Array:
        """Return pictures squeezed and drawn again."""
        return self.encode(pictures) @ self.directions + self.mean


def components(size: int) -> Components:
    """Return the best linear squeeze to so many numbers, from a singular value decomposition."""
    mean = digits().train.mean(0)
    return Components(mean, np.linalg.svd(digits().train - mean, full_matrices=False)[2][:size])


def component_errors() -> list[float]:
    """Return what principal components lose on the test pictures, for each of `SIZES`."""
    return [error(digits().test, components(size).redraw(digits().test)) for size in SIZES]


def neighbors(codes: Array, labels: Array) -> float:
    """Return the share of points whose nearest other point shows the same digit; guessing gets one in ten.

    >>> neighbors(np.array([[0.0], [0.1], [5.0], [5.2]]), np.array([3, 3, 8, 3]))
    0.5
    """
    distance = np.square(codes[:, None] - codes[None]).sum(-1)
    np.fill_diagonal(distance, np.inf)
    return float((labels[distance.argmin(1)] == labels).mean())


def nearest(codes: Array, place: Many[float]) -> int:
    """Return the row of the code nearest to a place."""
    return int(np.square(codes - np.asarray(place)).sum(-1).argmin())


def around(codes: Array, place: Many[float], count: int = AROUND) -> Array:
    """Return which digits the pictures show whose codes are closest to a place, the closest first."""
    near = np.square(codes - np.asarray(place)).sum(-1).argsort()[:count]
    return np.asarray(digits().labels[near])


def extent(one: Run) -> tuple[float, float, float, float]:
    """Return the edges of a run's map of two numbers: all that tanh can say, or all test codes at the end, with room.

    Without tanh the codes of an untrained network lie far apart: a map that held them would show a blot at the end.
    """
    if one.bend == "tanh":
        return -EDGE, EDGE, -EDGE, EDGE
    far = round(1.05 * float(np.abs(encode(one, len(EPOCHS) - 1, digits().test)).max()), 2)
    return -far, far, -far, far


def tiles(one: Run, moment: int, edges: tuple[float, float, float, float], side: int) -> Array:
    """Return what is drawn from the middles of ``side * side`` parts of the map, as one picture, row 0 lowest."""
    drawn = np.clip(decode(one, moment, grid(edges, side)), 0, 1).reshape(side, side, 8, 8)[:, :, ::-1]
    framed = np.pad(drawn, ((0, 0), (0, 0), (1, 1), (1, 1)))  # paper between the drawings
    return framed.transpose(0, 2, 1, 3).reshape(10 * side, 10 * side)


def by_size(trained: Callable[[int], Run]) -> list[float]:
    """Return the test error at the end for each of `SIZES`."""
    return [float(trained(size).errors[-1]) for size in SIZES]


def ends(size: int) -> tuple[Array, list[float]]:
    """Return the errors, (SEEDS,), of networks from many starts, and the shares of their maps if they have one."""
    networks = many(size)
    return last_errors(networks), shares(networks) if size == 2 else []


def starts(found_by: Callable[[int], tuple[Array, list[float]]] = ends) -> dict[str, float]:
    """Return medians over many starts: the error for three sizes, beside principal components', and the map's share."""
    names, found = {2: "two", 8: "eight", 32: "many"}, {"seeds": float(SEEDS), "start": float(START)}
    for size, name in names.items():
        errors, same = found_by(size)
        found[name] = float(np.median(errors))
        if size == 2:
            found["share"] = float(np.median(same))
        found[f"{name}_flat"] = error(digits().test, components(size).redraw(digits().test))
    return found


def spread(found_by: Callable[[int], tuple[Array, list[float]]] = ends) -> Array:
    """Return between which errors the middle `MIDDLE` of the starts end, for each of `SIZES`: (2, sizes)."""
    outside = (1 - MIDDLE) / 2
    return np.stack([np.quantile(found_by(size)[0], [outside, 1 - outside]) for size in SIZES], axis=1)


def leading(network: Many[float], flat: Many[float]) -> tuple[int, int]:
    """Return the smallest and the largest of `SIZES` at which a network loses less than principal components.

    >>> leading([6, 5, 4, 3, 2, 1], [6, 9, 8, 7, 2.1, 0.5])
    (2, 16)
    """
    ahead = [size for size, bent, plane in zip(SIZES, network, flat, strict=True) if bent < plane]
    return min(ahead), max(ahead)


def measured(trained: Callable[[int, str], Run] = run) -> dict[str, float]:
    """Return what the page's sentences speak of, by the names of their places; ``trained`` gives a run of `run`."""
    d, one, straight = digits(), trained(2, "tanh"), trained(2, "identity")
    last = len(EPOCHS) - 1
    network, flat = by_size(lambda size: trained(size, "tanh")), component_errors()
    found = {
        "share": neighbors(encode(one, last, d.test), d.labels),
        "straight_share": neighbors(encode(straight, last, d.test), d.labels),
        "apart": 1 - neighbors(encode(one, last, d.test), d.labels),
        "chance": float(np.square(np.bincount(d.labels) / len(d.labels)).sum()),
        "pixels": neighbors(d.test, d.labels),
        "before": float(one.errors[0]),
        "after": float(one.errors[-1]),
        "straight": float(straight.errors[-1]),
    }
    found["first"], found["last"] = map(float, leading(network, flat))
    for size, bent, plane in zip(SIZES, network, flat, strict=True):
        found |= {f"components{size}": plane, f"network{size}": bent}
    return found
