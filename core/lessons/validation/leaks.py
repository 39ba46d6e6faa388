"""Scores in which the held-out examples had a say, on data where most inputs say nothing."""

from collections.abc import Sequence

import numpy as np

from core.data.scaling import Standardizer
from core.data.spec import Data, Ints
from core.data.splits import folds
from core.lessons.validation.folding import FRESH, Part, Progress, answers, right, stacked
from core.nn.layers import stack
from core.nn.network import Network
from core.nn.tape import Array
from core.training.building import recipe_of
from core.training.experiment import Experiment
from core.training.loop import fit

EXAMPLES, K, USED, COPIES = 60, 5, 10, 3
"""Examples, folds, how many inputs a neuron looks at, and how often each example is there when it was copied."""
DRAWS = 40
INPUTS = (10, 30, 100, 300, 1000)
CANDIDATES = (1, 4, 16, 64)
LABELS = ("coin", "two")
NOISE = 2.0
"""With labels "two", inputs 1 and 2 are -1 or +1 with the class, plus noise of this deviation."""
NEURON = Experiment(learning_rate=0.05, batch_size=200, epochs=150, l2=0.01)
WAYS = ("none", "scale", "pick", "copy", "test")


def drawn(inputs: int, labels: str, draw: int) -> Data:
    """Return one draw of the data: half of each class, inputs of noise, of which the first two may know the class."""
    rng = np.random.default_rng([21, draw])
    X, y = rng.normal(size=(EXAMPLES, inputs)), np.arange(EXAMPLES) % 2
    if labels == "two":
        X[:, :2] = (2 * y - 1)[:, None] + NOISE * X[:, :2]
    return Data(X, y, "classification", ("class 0", "class 1"), ("noise",) * inputs, "class")


def fresh(labels: str) -> tuple[Array, Array, Array]:
    """Return `FRESH` new examples: two first inputs, as many noise inputs as are ever used, and the classes."""
    rng, y = np.random.default_rng([22]), np.arange(FRESH) % 2
    noise, first = rng.normal(size=(FRESH, USED)), rng.normal(size=(FRESH, 2))
    return ((2 * y - 1)[:, None] + NOISE * first if labels == "two" else first), noise, y


def pick(X: Array, y: Array) -> Ints:
    """Return the `USED` inputs that fit best with the class (by their correlation), in rising order."""
    centered = X - X.mean(axis=0)
    along = np.abs(centered.T @ (y - y.mean())) / X.std(axis=0)
    return np.sort(np.argsort(-along, kind="stable")[:USED])


def parts(data: Data, way: str, draw: int) -> tuple[list[Part], list[Part]]:
    """Cut a draw into folds in one of the first four `WAYS`: what is done before the cut has seen every example.

    Returns
    -------
    learned, outside : what each fold's neuron learns from, and what it is scored on: ten inputs each, scaled.
    """
    if way == "copy":
        data = data.rows(np.tile(np.arange(len(data.y)), COPIES))
    learned, outside = [], []
    first = pick(data.X, data.y) if way == "pick" else None
    for rows, held in folds(data, K, draw):
        used = pick(data.X[rows], data.y[rows]) if first is None else first
        X = data.X[:, used]
        scaler = Standardizer.fit(X if way == "scale" else X[rows])
        learned.append((scaler.apply(X[rows]), data.y[rows]))
        outside.append((scaler.apply(X[held]), data.y[held]))
    return learned, outside


def train_all(parts: Sequence[Part], progress: Progress | None = None) -> Network:
    """Train a neuron on each part, all in one pass."""
    network = Network(stack((), 1), parts[0][0].shape[1], len(parts))
    network.start([0] * len(parts))
    fit(network, recipe_of(NEURON), stacked(parts), snapshot_every=0, progress=progress)
    return network


def truly(network: Network, used: Sequence[Ints], scalers: Sequence[Standardizer], labels: str) -> Array:
    """Return the share of right answers of each neuron on the fresh examples, (M,)."""
    first, noise, y = fresh(labels)
    seen = [
        (scaler.apply(np.where(rows < 2, first[:, np.minimum(rows, 1)], noise)), y)
        for rows, scaler in zip(used, scalers, strict=True)
    ]
    return right(answers(network, stacked(seen)[0]), y)


def promised(draws: Sequence[Data], way: str, progress: Progress | None = None) -> Array:
    """Return the mean score over the folds, (D,), in one of the first four `WAYS`."""
    cut = [parts(data, way, draw) for draw, data in enumerate(draws)]
    network = train_all([part for learned, _ in cut for part in learned], progress)
    X, y = stacked([part for _, outside in cut for part in outside])
    return np.asarray(right(answers(network, X), y.T).reshape(-1, K).mean(axis=1))


def scored(draws: Sequence[Data], labels: str, progress: Progress | None = None) -> Array:
    """Return the truth, (D,), of the neurons in use: inputs picked, scaled and learned from on all examples.

    It is the same in each of the first four `WAYS`; copies change nothing in a mean over the examples.
    """
    used = [pick(data.X, data.y) for data in draws]
    inputs = [data.X[:, rows] for data, rows in zip(draws, used, strict=True)]
    scalers = [Standardizer.fit(X) for X in inputs]
    final = train_all([(s.apply(X), data.y) for s, X, data in zip(scalers, inputs, draws, strict=True)], progress)
    return truly(final, used, scalers, labels)


def best_of(draws: Sequence[Data], labels: str, candidates: int, progress: Progress | None = None) -> dict[str, Array]:
    """Let neurons with inputs picked at random compete for the best score on one fold; return the winner's.

    Returns
    -------
    score, truth : (D,) the winner's score on the fold that it was chosen by, and on fresh examples.
    """
    learned, outside, lots, scalers = [], [], [], []
    for draw, data in enumerate(draws):
        rng, (rows, held) = np.random.default_rng([23, draw]), folds(data, K, draw)[0]
        whole = Standardizer.fit(data.X[rows])
        X = whole.apply(data.X)
        for _ in range(candidates):
            lot = np.sort(rng.choice(X.shape[1], USED, replace=False))
            lots.append(lot)
            scalers.append(Standardizer(whole.mean[lot], whole.scale[lot]))
            learned.append((X[np.ix_(rows, lot)], data.y[rows]))
            outside.append((X[np.ix_(held, lot)], data.y[held]))
    network = train_all(learned, progress)
    X, y = stacked(outside)
    scores = right(answers(network, X), y.T).reshape(-1, candidates)
    best = scores.argmax(axis=1) + candidates * np.arange(len(scores))
    final = Network(stack((), 1), USED, len(best))
    final.load(network.dump()[best])
    return {
        "score": scores.max(axis=1),
        "truth": truly(final, [lots[m] for m in best], [scalers[m] for m in best], labels),
    }


def every(
    inputs: int, labels: str, candidates: int, progress: Progress | None = None, draws: Sequence[int] = range(DRAWS)
) -> dict[str, dict[str, Array]]:
    """Return score and truth, (D,) each, of all five `WAYS`."""
    data = [drawn(inputs, labels, draw) for draw in draws]
    truth = scored(data, labels, progress)
    found = {way: {"score": promised(data, way, progress), "truth": truth} for way in WAYS[:-1]}
    return found | {"test": best_of(data, labels, candidates, progress)}


def facts(found: dict[str, dict[str, Array]]) -> dict[str, float]:
    """Return what the texts say: the middle score and truth of each way, and how far the score is above the truth."""
    medians: dict[str, float] = {}
    for way, each in found.items():
        medians |= {f"{way}_score": float(np.median(each["score"])), f"{way}_truth": float(np.median(each["truth"]))}
        medians[f"{way}_above"] = float(np.median(each["score"] - each["truth"]))
    moved = np.abs(found["scale"]["score"] - found["none"]["score"])
    return medians | {"scale_moved": float(moved.mean()), "test_off": 100 * abs(medians["test_above"])}
