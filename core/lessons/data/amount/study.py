"""How a network does on new examples when it has learned from ten, a hundred or a thousand."""

from dataclasses import replace
from functools import lru_cache
from math import erf, sqrt

import numpy as np

from core.data.datasets import MAX_SAMPLES, load
from core.data.prepare import Prepared
from core.lessons.data.learning import DIGITS, SEEDS, Pause, answers, for_steps, learn
from core.nn.tape import Array
from core.training.building import prepare_experiment
from core.training.experiment import Experiment

SIZES = (10, 30, 100, 300, 1000)
STEPS = 300
"""Every network takes as many steps, of as many examples each, however few there are to repeat."""
FRESH = 5
"""So many times `MAX_SAMPLES` new points judge the clouds."""
TASKS: dict[str, Experiment] = {
    "digits": DIGITS,
    "tumors": Experiment(dataset="breast_cancer", samples=569, hidden=(16,), learning_rate=0.01),
    "clouds": Experiment(dataset="gauss", noise=1.0, samples=2000, test_share=0.5, hidden=(8,), learning_rate=0.01),
}


def data_of(task: str) -> Prepared:
    """Return a task's examples, split once for all."""
    return prepare_experiment(TASKS[task])


def sizes(task: str) -> tuple[int, ...]:
    """Return how many examples there can be."""
    return tuple(n for n in SIZES if n <= len(data_of(task).y_train))


def draws(rows: int, n: int, classes: Array) -> Array:
    """Return n rows out of ``rows`` for each seed, ``(n, SEEDS)``; each draw holds both of two classes."""
    drawn = []
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(rows)
        if len(set(classes[order[:n]])) < 2:  # as good as never
            order[0] = order[np.argmax(classes[order] != classes[order[0]])]
        drawn.append(order[:n])
    return np.stack(drawn, 1)


def scores(task: str, n: int, pause: Pause = None) -> tuple[Array, Array]:
    """Train on n examples, each seed on another n; return which share of them is right, and of new ones, (SEEDS,)."""
    e, data = TASKS[task], data_of(task)
    e, times = for_steps(e, n, STEPS)
    rows = draws(len(data.y_train), n, data.y_train)
    X, y = data.X_train[rows], data.y_train[rows].astype(int)
    network, _ = learn(e, np.tile(X, (times, 1, 1)), np.tile(y, (times, 1)), pause=pause)
    new, truth = data.X_test, data.y_test
    if task == "clouds":  # many, so that luck has little to say
        new, truth = fresh()
        new = data.inputs(new)
    own = np.stack([answers(network, X[:, s])[s] == y[:, s] for s in range(SEEDS)])
    return own.mean(-1), (answers(network, new) == truth).mean(-1)


@lru_cache(maxsize=1)
def fresh() -> tuple[Array, Array]:
    """Return the new points that judge the clouds."""
    many = [load("gauss", MAX_SAMPLES, TASKS["clouds"].noise, 1 + k) for k in range(FRESH)]
    return np.concatenate([d.X for d in many]), np.concatenate([d.y for d in many])


def curve(task: str, pause: Pause = None) -> dict[str, Array]:
    """Return the learning curve: ``own`` and ``new``, each (SEEDS, sizes)."""
    found = [scores(task, n, pause) for n in sizes(task)]
    own, new = (np.stack(part, 1) for part in zip(*found, strict=True))
    return {"own": own, "new": new}


def best_possible() -> float:
    """Return what share of the overlapping clouds anybody can get right: Φ(√2 / noise).

    >>> round(best_possible(), 3)
    0.921
    """
    return 0.5 * (1 + erf(sqrt(2) / TASKS["clouds"].noise / sqrt(2)))


@lru_cache(maxsize=1)
def best_rule() -> float:
    """Return which share of `fresh` the best rule gets right: the nearer cloud. Luck moves it as it does networks."""
    X, y = fresh()
    return float(((X.sum(1) > 0) == (y == 1)).mean())


def facts(found: dict[str, Array], task: str) -> dict[str, float]:
    """Return the medians that the texts speak of, by the names of their places."""
    middle = dict(zip(sizes(task), np.median(found["new"], axis=0).tolist(), strict=True))
    own = dict(zip(sizes(task), np.median(found["own"], axis=0).tolist(), strict=True))
    last = sizes(task)[-1]
    few, some, many = middle[10], middle[100], middle[last]
    return {
        "few": few, "some": some, "many": many, "most": last, "wrong_some": 1 - some, "wrong_many": 1 - many,
        "first_gain": gain(few, some), "last_gain": gain(some, many, 1), "own_few": own[10], "own_many": own[last],
        "best": best_rule(), "seeds": SEEDS,
    }  # fmt: skip


def gain(before: float, after: float, decimals: int = 0) -> float:
    """Return how many points two shares are apart as they are written, in percent with so many decimals.

    >>> gain(0.446, 0.894), gain(0.8926, 0.9667, 1)
    (44.0, 7.4)
    """
    one, other = (float(f"{share:.{decimals}%}"[:-1]) for share in (before, after))
    return round(other - one, decimals)


def simulated(n: int) -> Experiment:
    """Return the overlapping clouds with n examples to learn from, as the simulator takes them."""
    return replace(TASKS["clouds"], samples=min(2000, 2 * n), epochs=100)
