"""One layer of attention learns to look where the answer stands."""

from collections.abc import Callable
from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.charts.naming import Share
from core.lessons.attention.tasks import LETTERS, LONG, STEPS, TASKS, Rows, draw
from core.nn.attention import Attention
from core.nn.images import Conv2D
from core.nn.layers import Dense, Generators, Layer, Parameters, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Array, room, with_ones
from core.training.epochs import train
from core.training.loop import fit
from core.training.recipe import Recipe

SHAPES = {"1x2": (1, 2), "1x4": (1, 4), "2x2": (2, 2)}
"""Heads, and numbers in a query, a key and a value of each."""
TRAIN, TEST, BATCH, EPOCHS, RATE = 512, 1000, 32, 40, 0.01
FRAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40)
"""The epochs that can be looked at."""
SEEDS = 20
SEED = 11
"""The start that the page opens on."""
LEARNED = 0.95
"""A network that is right on more than this share of fresh rows has learned the task."""
SURE = 0.99
"""A network that gives the place with the star more than this, on average, looks nowhere else."""


@dataclass(frozen=True)
class Asking(Layer):
    """Pass on what the last place got, and nothing of the others: there the question stands.

    Parameters
    ----------
    numbers, steps : what comes in is a sequence of so many steps with so many numbers each.
    """

    numbers: int
    steps: int = STEPS

    def units(self, inputs: int) -> int:
        """Return how many numbers come out: those of one step."""
        return self.numbers

    def forward(self, p: Parameters, x: Array, rngs: Generators) -> tuple[Array, Any]:
        """Return the last step's numbers."""
        return with_ones(x[:-1].reshape(self.numbers, self.steps, *x.shape[1:])[:, -1]), None

    def backward(self, p: Parameters, g: Parameters, dy: Array, saved: Any) -> Array:
        """Return dx: dy at the last step, 0 elsewhere."""
        dx = room(dy, (self.numbers, self.steps, *dy.shape[1:]), 0)
        dx[:, -1] = dy
        return dx.reshape(-1, *dy.shape[1:])


def layers(task: str, shape: str, positions: bool) -> Sequence:
    """Return the network: queries, keys and values of each place, attention, and an answer from what ``?`` got."""
    (heads, size), numbers = SHAPES[shape], draw(1, 0).inputs(positions).size // STEPS
    first = Conv2D(3 * heads * size, (numbers, 1, STEPS), 1, initializer="xavier_uniform")
    return Sequence((first, Attention(heads, size, STEPS), Asking(heads * size), Dense(len(TASKS[task].answers))))


def _prepared(task: str, shape: str, positions: bool, seeds: Many[int]) -> tuple[Network, Recipe, Any, Any]:
    rows = draw(TRAIN, 1), draw(TEST, 2)
    learned, fresh = ((each.inputs(positions), TASKS[task].right(each)) for each in rows)
    network = Network(layers(task, shape, positions), learned[0].shape[1], len(seeds))
    network.start(seeds)
    recipe = Recipe(LOSSES["softmax"], OPTIMIZERS["adam"](), RATE, batch_size=BATCH, epochs=EPOCHS)
    return network, recipe, learned, fresh


@dataclass(frozen=True, eq=False)
class Run:
    """One training run: the parameters ``(len(FRAMES), P)`` at `FRAMES`, and the test accuracy after each epoch."""

    task: str
    shape: str
    positions: bool
    parameters: Array
    accuracy: Array


def run(task: str, shape: str = "1x2", positions: bool = True, seed: int = SEED) -> Run:
    """Train one network."""
    network, recipe, learned, fresh = _prepared(task, shape, positions, [seed])
    record = fit(network, recipe, learned, fresh)
    return Run(task, shape, positions, np.array(record.snapshots)[list(FRAMES), 0], np.array(record.test_accuracy))


def many(task: str, shape: str, positions: bool, seeds: Many[int] = range(SEEDS)) -> tuple[Network, Array]:
    """Train networks from many starts side by side; return them and their accuracies on the test rows, (S,)."""
    network, recipe, learned, (X, right) = _prepared(task, shape, positions, seeds)
    train(network, recipe, learned)
    answers = network.outputs_for(X).reshape(-1, len(seeds), len(X)).argmax(0)
    return network, np.asarray((answers == right).mean(1))


@dataclass(frozen=True, eq=False)
class Look:
    """What one row does to the network at the place that asks.

    Attributes
    ----------
    queries : (heads, size) of ``?``. keys, values : (heads, size, 7) of all places.
    scores, weights : (heads, 7). gathered : (heads, size), the weighted sum of the values.
    everywhere : (heads, 7, 7), the weights by which each place asks each place; the last row is ``weights``.
    answers : (K,) probabilities.
    """

    queries: Array
    keys: Array
    values: Array
    scores: Array
    weights: Array
    gathered: Array
    everywhere: Array
    answers: Array


def look(one: Run, frame: int, rows: Rows) -> Look:
    """Read one row with the network as it was at a frame, and keep every number of the way."""
    network = Network(layers(one.task, one.shape, one.positions), rows.inputs(one.positions).shape[1], 1, np.float64)
    network.load(one.parameters[frame])
    z, attended, _, logits = network.activations_for(rows.inputs(one.positions))
    q, k, v = z[:, 0].reshape(3, *SHAPES[one.shape], STEPS)
    scores = np.einsum("hdt,hds->hts", q, k) / np.sqrt(SHAPES[one.shape][1])
    e = np.exp(scores - scores.max(2, keepdims=True))
    weights = e / e.sum(2, keepdims=True)
    gathered = attended[:-1, 0].reshape(*SHAPES[one.shape], STEPS)[:, :, -1]
    answers = LOSSES["softmax"].predict(logits)[:, 0]
    return Look(q[:, :, -1], k, v, scores[:, -1], weights[:, -1], gathered, weights, answers)


def bag() -> float:
    """Return how often the most frequent letter is the one in any given place: all that can be had without positions.

    Worked out over all rows of six letters.
    """
    rows = np.array(np.meshgrid(*[range(len(LETTERS))] * LONG)).reshape(LONG, -1)
    counts = np.array([(rows == letter).sum(0) for letter in range(len(LETTERS))])
    return float(counts.max(0).mean() / LONG)


def on_marks(network: Network, shape: str, n: int = 300) -> Array:
    """Return the mean weight that ``?`` gives to the place of each mark over fresh rows, (2, heads, M): star, dot.

    For networks that see positions.
    """
    rows, (heads, size), each = draw(n, 3), SHAPES[shape], np.arange(n)
    z = network.activations_for(rows.inputs(True))[0].reshape(3, heads, size, STEPS, network.models, -1)
    scores = (z[0][:, :, -1:] * z[1]).sum(1) / np.sqrt(size)  # (heads, 7, M, B)
    e = np.exp(scores - scores.max(1, keepdims=True))
    weights = (e / e.sum(1, keepdims=True)).transpose(3, 1, 0, 2)
    return np.stack([weights[each, rows.marks[:, k]].mean(0) for k in range(2)])


def on_the_star(one: Run, frame: int) -> float:
    """Return the mean weight of a network with one head for the place with the star, over fresh rows."""
    network = Network(layers(one.task, one.shape, True), draw(1, 0).inputs(True).shape[1])
    network.load(one.parameters[frame])
    return float(on_marks(network, one.shape)[0, 0, 0])


def stars() -> dict[str, float]:
    """Return in how many of `SEEDS` starts the place with the star gets nearly all, and what it gets in the others.

    ``sure`` starts give it more than `SURE` of the weight on average over fresh rows, the ``others`` their median; the
    ``least`` of all networks' accuracies. ``untrained``: the median of what it gets before training.
    """
    untrained = float(np.median(on_marks(_prepared("mark", "1x2", True, range(SEEDS))[0], "1x2")[0, 0]))
    network, accuracy = many("mark", "1x2", True)
    share = on_marks(network, "1x2")[0, 0]
    others = float(np.median(share[share <= SURE]))
    sure = int((share > SURE).sum())
    return {"sure": sure, "others": others, "least": float(accuracy.min()), "untrained": untrained}


def measured(trained: Callable[[str, bool], Run] = lambda task, pos: run(task, positions=pos)) -> dict[str, float]:
    """Return what the page's sentences speak of, by the names of their places; ``trained`` gives a run of one head."""
    mark, lost, placed = trained("mark", True), trained("third", False), trained("third", True)
    last = len(FRAMES) - 1
    shares = {
        "star": on_the_star(mark, last),
        "before": on_the_star(mark, 0),
        "equal": 1 / STEPS,
        "right": float(mark.accuracy[-1]),
        "without": float(lost.accuracy[-1]),
        "with": float(placed.accuracy[-1]),
        "bag": bag(),
        "guess": 1 / len(LETTERS),
    }
    return {name: Share(value) for name, value in shares.items()}


def answered(seen: Look, names: Many[str]) -> dict[str, Any]:
    """Return the two answers that a network thinks likeliest, the chance that it gives each, and its largest weight.

    ``place`` is where its first head looks most, counted from 1.
    """
    best, other = np.argsort(-seen.answers)[:2]
    return {
        "says": names[best],
        "chance": Share(seen.answers[best]),
        "next": names[other],
        "less": Share(seen.answers[other]),
        "most": Share(seen.weights.max()),
        "place": int(seen.weights[0].argmax()) + 1,
    }


def divided(network: Network) -> int:
    """Return in how many of M networks with two heads one head looks more at the star, and the other more at the dot.

    Judged by the mean weights of ``?`` over fresh rows.
    """
    star, dot = on_marks(network, "2x2")
    return int(((star > dot).sum(0) == 1).sum())


def heads() -> dict[str, float]:
    """Return in how many of `SEEDS` starts each of `SHAPES` learns to name both letters, and how often heads share."""
    found: dict[str, float] = {"seeds": SEEDS, "learned": LEARNED}
    for shape, name in (("1x2", "narrow"), ("1x4", "one"), ("2x2", "two")):
        network, accuracy = many("both", shape, True)
        found[name] = float((accuracy > LEARNED).sum())
    return found | {"divided": divided(network)}
