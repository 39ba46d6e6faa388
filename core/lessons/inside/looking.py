"""Networks that read digits, and three ways to ask one of them which pixels a class's score depends on.

Saliency is the slope of the score by each pixel (Simonyan, Vedaldi and Zisserman 2014). Occlusion covers a patch and
sees how far the score falls (Zeiler and Fergus 2014). Gradient x input multiplies each slope by the ink that is there.

Networks stand side by side (M of them); a score or a map has the axes (..., M, N) for N pictures.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from core.data.ink import SIDE
from core.data.real import digit_parts
from core.nn.layers import Dense, Sequence, stack
from core.nn.losses import LOSSES, softmax
from core.nn.network import Network, columns
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Array, Tape
from core.training.experiment import Experiment
from core.training.loop import fit
from core.training.recipe import Recipe

PIXELS, UNITS, CLASSES, SEEDS = SIDE * SIDE, 32, 10, 20
EPOCHS, RATE, BATCH = 20, 0.01, 32
HIDDEN = UNITS * (PIXELS + 1)
"""How many of a network's numbers belong to its hidden layer; the output layer's follow."""
METHODS = ("saliency", "product", "occlusion")
ROUNDING = 1e-9
"""A score that falls by less than this share of the largest score hasn't fallen: it was only rounded."""


@lru_cache(maxsize=1)
def data() -> dict[str, Array]:
    """Return the digits to learn from and those to ask about."""
    return digit_parts()


def layers() -> Sequence:
    """Return 64-32-10 with ReLU."""
    return stack((UNITS,), CLASSES, "relu", "he_normal", inputs=PIXELS)


@lru_cache(maxsize=1)
def trained() -> Array:
    """Return twenty networks that have learned the digits, (20, P): each from its own start."""
    network = Network(layers(), PIXELS, SEEDS)
    network.start(range(SEEDS))
    adam = OPTIMIZERS["adam"]()
    recipe = Recipe(LOSSES["softmax"], adam, RATE, batch_size=BATCH, epochs=EPOCHS)
    fit(network, recipe, (data()["X"], data()["y"]), snapshot_every=0)
    return network.dump()


@lru_cache(maxsize=1)
def untrained() -> Array:
    """Return twenty networks with random weights, (20, P), that have learned nothing."""
    network = Network(layers(), PIXELS, SEEDS)
    network.start(range(SEEDS, 2 * SEEDS))
    return network.dump()


def experiment(m: int) -> Experiment:
    """Return the training of network m, 0 to 19, as the simulator does it."""
    return Experiment(
        dataset="digits", samples=1797, hidden=(UNITS,), activation="relu", initializer="he_normal", optimizer="adam",
        learning_rate=RATE, batch_size=BATCH, epochs=EPOCHS, seed=m,
    )  # fmt: skip


def network_of(theta: Array) -> Network:
    """Return the network (P,) or the networks (M, P) of these numbers, as precise as Python computes."""
    network = Network(layers(), PIXELS, len(np.atleast_2d(theta)), np.float64)
    network.load(theta)
    return network


def scores(network: Network, rows: Array) -> Array:
    """Return the scores z of all classes for pictures (N, 64), or for others for each network, (N, M, 64)."""
    found = network.record_forward(Tape(network.dtype), columns(rows, network.dtype).T)
    return np.asarray(found).reshape(CLASSES, network.models, -1)


def of_class(z: Array, asked: Array) -> Array:
    """Return the scores of the classes that are asked about, both (M, N)."""
    return np.asarray(np.take_along_axis(z, np.asarray(asked)[None], 0)[0])


def slopes(network: Network, rows: Array, asked: Array) -> Array:
    """Return the slope of the asked score by each pixel, (64, M, N): backpropagation, one step further than usual.

    A training step stops at the first layer's weights. What that layer returns is the gradient by its input.
    """
    tape = Tape(network.dtype)
    p, g, x = tape.watch((network.p, network.g, columns(rows, network.dtype).T))
    z, saved = network.layers.forward(p, x, ())
    dz = np.zeros((CLASSES, network.models, len(rows)))
    np.put_along_axis(dz, np.asarray(asked)[None], 1.0, 0)
    dx = network.layers.backward(p, g, tape.watch(dz.reshape(z.shape)), saved)
    return np.asarray(tape.keep(dx)).reshape(PIXELS, network.models, -1)


def patches(side: int) -> Array:
    """Return all square patches of pixels of one side, (places, 64): 1 inside, 0 outside."""
    places = SIDE - side + 1
    found = np.zeros((places, places, SIDE, SIDE))
    for row, column in np.ndindex(places, places):
        found[row, column, row : row + side, column : column + side] = 1
    return found.reshape(-1, PIXELS)


def falls(whole: Array, asked: Array, left: Array) -> Array:
    """Return how far the asked score falls, (M, ..., N), from all scores (10, M, N) to what is ``left``, (M, ..., N).

    The same picture in another batch is rounded otherwise, so the last digits of a score may differ: that is no fall.
    """
    between = tuple(range(1, left.ndim - 1))
    before, size = (np.expand_dims(each, between) for each in (of_class(whole, asked), np.abs(whole).max(0)))
    fall = before - left
    return np.where(np.abs(fall) > ROUNDING * size, fall, 0.0)


def occlusion(network: Network, rows: Array, asked: Array, side: int = 1) -> Array:
    """Return how far the asked score falls when a patch's ink is taken away, (64, M, N).

    A pixel gets the mean of all patches that cover it.
    """
    rows, covers = np.asarray(rows, float), patches(side)
    covered = (rows[None] * (1 - covers[:, None])).reshape(-1, PIXELS)
    asked_again = np.tile(np.asarray(asked), (1, len(covers)))
    left = of_class(scores(network, covered), asked_again).reshape(network.models, len(covers), len(rows))
    each = falls(scores(network, rows), asked, left)
    return np.asarray(np.einsum("pk,mpn->kmn", covers / covers.sum(0), each))


def maps(network: Network, rows: Array, asked: Array, side: int = 1) -> dict[str, Array]:
    """Return what each of the three methods says, (64, M, N)."""
    slope = slopes(network, rows, asked)
    ink = np.asarray(rows, float).T[:, None]
    return {"saliency": slope, "product": slope * ink, "occlusion": occlusion(network, rows, asked, side)}


def active(network: Network, rows: Array) -> Array:
    """Return how active the hidden units are, (32, M, N)."""
    return np.asarray(network.activations_for(rows)[1])[:-1].reshape(UNITS, network.models, -1)


def silenced(theta: Array, units: Array, mask: Array) -> Array:
    """Return the scores (10, N) of one network whose hidden units (32, N) are multiplied by ``mask``, 0 or 1."""
    last = Network(Sequence((Dense(CLASSES),)), UNITS, 1, np.float64)
    last.load(theta[HIDDEN:])
    return last.outputs_for((units * mask).T)


def ablation(theta: Array, units: Array, asked: Array) -> Array:
    """Return how far the asked score falls when a unit alone is silenced, (32, N)."""
    whole = silenced(theta, units, np.ones((UNITS, 1)))[:, None]
    each = [of_class(silenced(theta, units, 1 - np.eye(UNITS)[:, [k]])[:, None], asked) for k in range(UNITS)]
    return falls(whole, asked, np.stack(each, axis=1))[0]


@lru_cache(maxsize=1)
def answers() -> Array:
    """Return what each trained network answers, (20, all test digits)."""
    return np.asarray(scores(network_of(trained()), data()["X_test"]).argmax(0))


def right() -> Array:
    """Return each network's share of right answers."""
    return np.asarray((answers() == data()["y_test"]).mean(1))


@dataclass(frozen=True, eq=False)
class Looked:
    """One picture (64,), seen by one network (P,)."""

    picture: Array
    theta: Array

    @cached_property
    def network(self) -> Network:
        """Return the network."""
        return network_of(self.theta)

    @cached_property
    def units(self) -> Array:
        """Return how active the hidden units are, (32, 1)."""
        return active(self.network, self.picture[None])[:, 0]

    @cached_property
    def chances(self) -> Array:
        """Return the probability of each digit, (10,)."""
        return softmax(scores(self.network, self.picture[None]))[:, 0, 0]

    @property
    def answer(self) -> int:
        """Return the digit that it says."""
        return int(self.chances.argmax())

    @property
    def sure(self) -> str:
        """Return how sure it is, in words."""
        return in_words(float(self.chances.max()))

    def without(self, off: Array) -> float:
        """Return the answer's probability when these hidden units are silenced."""
        mask = np.isin(np.arange(UNITS), off, invert=True)[:, None]
        return float(softmax(silenced(self.theta, self.units, mask))[self.answer, 0])

    def maps(self, asked: int, side: int = 1) -> dict[str, Array]:
        """Return what the three methods say of a class, (64,) each."""
        found = maps(self.network, self.picture[None], np.array([[asked]]), side)
        return {name: each[:, 0, 0] for name, each in found.items()}


def in_words(sure: float) -> str:
    """Return a probability as a share that never claims certainty.

    >>> in_words(0.9777), in_words(0.9999)
    ('97.8% sure', 'over 99.9% sure')
    """
    return f"{sure:.1%} sure" if sure < 0.9995 else "over 99.9% sure"
