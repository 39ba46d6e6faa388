"""Two clouds, one of them rare: how many answers are right, and how many of the rare ones are found."""

from math import erf, log, sqrt
from typing import NamedTuple

import numpy as np

from core.lessons.data.learning import SEEDS, Pause, answers, learn
from core.nn.tape import Array
from core.training.experiment import Experiment

SHARES = (0.02, 0.05, 0.1, 0.2, 0.5)
SPREADS = {"much": 1.5, "little": 0.5}
"""How far each cloud spreads around its center at (1, 1) or (-1, -1)."""
ROWS, NEW, PEOPLE = 1000, 4000, 1000
RUN = Experiment(hidden=(8,), learning_rate=0.02, batch_size=50, epochs=20)


class Rates(NamedTuple):
    """How networks do: what share of all answers is right, of the rare ones found, of the alarms right; (S,) or ()."""

    accuracy: Array
    recall: Array
    precision: Array


def cloud(label: int, n: int, spread: float, rng: np.random.Generator) -> Array:
    """Draw one class's points, (n, 2)."""
    return np.asarray((2.0 * label - 1) + rng.normal(0, spread, (n, 2)))


def examples(share: float, spread: float, seed: int) -> tuple[Array, Array]:
    """Draw `ROWS` examples to learn from, of which a share is of the rare class 1."""
    rng, rare = np.random.default_rng(seed), round(share * ROWS)
    X = np.concatenate([cloud(0, ROWS - rare, spread, rng), cloud(1, rare, spread, rng)])
    return X, np.arange(ROWS) // (ROWS - rare)


def copied(X: Array, y: Array) -> tuple[Array, Array]:
    """Repeat the rare examples until both classes weigh alike."""
    rare = np.flatnonzero(y == 1)
    times = round((len(y) - len(rare)) / len(rare))
    rows = np.concatenate([np.flatnonzero(y == 0), np.repeat(rare, times)])
    return X[rows], y[rows]


def rates(found: Array, false: Array, share: float) -> Rates:
    """Return the rates from what share of the rare ones is found, and of the common ones taken for rare."""
    right = share * found + (1 - share) * (1 - false)
    alarms = share * found + (1 - share) * false
    with np.errstate(invalid="ignore"):
        return Rates(right, found, share * found / alarms)


def trained(share: float, spread: float, balanced: bool, pause: Pause = None) -> Rates:
    """Train from 20 starts, each on a draw of its own; each rate is (SEEDS,)."""
    drawn = [examples(share, spread, seed) for seed in range(SEEDS)]
    if balanced:
        drawn = [copied(X, y) for X, y in drawn]
    X, y = (np.stack(part, 1) for part in zip(*drawn, strict=True))
    network, _ = learn(RUN, X, y, pause=pause)
    rng = np.random.default_rng(SEEDS)
    false, found = (answers(network, cloud(label, NEW, spread, rng)).mean(-1) for label in (0, 1))
    return rates(found, false, share)


def over_shares(spread: str, balanced: bool, pause: Pause = None) -> dict[str, Array]:
    """Return the rates for every share of the rare class, (SEEDS, shares) each."""
    found = [trained(share, SPREADS[spread], balanced, pause) for share in SHARES]
    return {name: np.stack([getattr(one, name) for one in found], 1) for name in Rates._fields}


def best(share: float, spread: float) -> Rates:
    """Return what the best possible answers reach: those that go by the true densities and the true share.

    Along the line through the centers the two are ``d`` spreads apart, and the border moves towards the rare class by
    ``ln((1 - share) / share) / d``.

    >>> [round(float(v), 3) for v in best(0.05, 1.5)[:2]]
    [0.958, 0.268]
    """
    d = 2 * sqrt(2) / spread
    moved = log((1 - share) / share) / d
    found, false = _below(d / 2 - moved), _below(-d / 2 - moved)
    return rates(np.array(found), np.array(false), share)


def _below(x: float) -> float:
    return 0.5 * (1 + erf(x / sqrt(2)))


def counts(one: dict[str, Array], k: int, people: int = PEOPLE) -> Array:
    """Return who is taken for what among so many people, (true, answered), from the medians at one share."""
    share, middle = SHARES[k], {name: float(np.nanmedian(v[:, k])) for name, v in one.items()}
    ill = round(people * share)
    found = round(ill * middle["recall"])
    right = round(people * middle["accuracy"])
    healthy = min(people - ill, right - found)
    return np.array([[healthy, people - ill - healthy], [ill - found, found]])


def facts(one: dict[str, Array], k: int) -> dict[str, float]:
    """Return what the texts speak of: the rates of the people that the table counts, so that both say the same."""
    matrix = counts(one, k)
    return {
        "accuracy": float(np.trace(matrix) / matrix.sum()), "recall": float(matrix[1, 1] / matrix[1].sum()),
        "precision": float(matrix[1, 1] / max(1, matrix[:, 1].sum())),
        "share": SHARES[k], "always": 1 - SHARES[k], "seeds": SEEDS,
    }  # fmt: skip
