"""Networks of about the same number of weights, shallow to deep, trained on sawteeth and on spirals."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from core.data.prepare import Prepared, prepare_data
from core.data.spec import Data
from core.lessons.depth.folding import folded
from core.nn.tape import Array
from core.training.building import network_of, recipe_of
from core.training.experiment import Experiment, parameter_count
from core.training.loop import fit
from core.training.shapes import SAME_SIZE, SPIRALS, spiral_scores

SEEDS = 20
X: Array = np.linspace(0, 1, 113)
"""Where a trained curve is compared with its sawtooth; every corner of up to eight teeth is one of them."""
RUN = Experiment(
    dataset="curve", samples=400, noise=0.0, activation="relu", schedule="cosine", learning_rate=0.01, epochs=200
)
"""How the networks learn a sawtooth; the dataset's name only says that the answer is a number."""
SHAPES: tuple[tuple[int, ...], ...] = ((150,), (19, 19), (13, 13, 13), (11,) * 4, (9,) * 6)
"""Hidden layers for one input and one output that all come to about 450 parameters."""
TEETH = {"teeth2": 2, "teeth4": 3, "teeth8": 4}
"""The sawteeth by name, with how often each is folded."""
GOOD, RIGHT = 0.05, 0.95
"""A sawtooth counts as found when a curve is no farther off than this, spirals when so many answers are right."""


def title(hidden: tuple[int, ...]) -> str:
    """Return a shape for people: ``3 × 13``."""
    return f"{len(hidden)} × {hidden[0]}"


def sawtooth(challenge: str, x: Array) -> Array:
    """Return the sawtooth at x: a fold of a fold of a fold."""
    return np.asarray(folded(x, TEETH[challenge])[-1])


def examples(challenge: str) -> Prepared:
    """Return the points of a sawtooth that the networks learn from."""
    places = np.linspace(0, 1, RUN.samples)
    points = Data(places[:, None], sawtooth(challenge, places), "regression", (), ("x",), "y")
    return prepare_data(points, 0.1, (), RUN.data_seed)


def curves(
    challenge: str, hidden: tuple[int, ...], activation: str, progress: Callable[[int], None] | None = None
) -> Array:
    """Train one shape from `SEEDS` starts on a sawtooth and return the curves, ``(S, P)``."""
    e, data = replace(RUN, hidden=hidden, activation=activation), examples(challenge)
    network = network_of(e, 1, SEEDS)
    network.start(range(SEEDS))
    fit(network, recipe_of(e), (data.X_train, data.y_train), snapshot_every=0, progress=progress)
    return np.asarray(data.target(network.outputs_for(data.inputs(X[:, None]))[0]), np.float64)


def off(drawn: Array, challenge: str) -> Array:
    """Return how far curves (S, P) are off their sawtooth: root of the mean squared error, ``(S,)``."""
    return np.sqrt(np.mean(np.square(drawn - sawtooth(challenge, X)), axis=-1))


def race(challenge: str, activation: str, progress: Callable[[int], None] | None = None) -> dict[str, Any]:
    """Train every shape.

    Returns
    -------
    scores : (V, S) how far off the sawtooth, or the share of right answers on test points of the spirals.
    curves : (V, S, P) for a sawtooth.
    seconds : (V,) what the training of all seeds took here.
    """
    scores, drawn, seconds = [], [], []
    for hidden in shapes(challenge):
        began = time.perf_counter()
        if challenge in TEETH:
            drawn.append(curves(challenge, hidden, activation, progress))
            scores.append(off(drawn[-1], challenge))
        else:
            scores.append(spiral_scores(hidden, activation, range(SEEDS)))
        seconds.append(time.perf_counter() - began)
    return {"scores": np.array(scores), "curves": np.array(drawn), "seconds": np.array(seconds)}


def shapes(challenge: str) -> tuple[tuple[int, ...], ...]:
    """Return the shapes that race."""
    return SHAPES if challenge in TEETH else SAME_SIZE


def costs(challenge: str) -> dict[str, list[Any]]:
    """Return what each shape has and does: parameters, multiply-adds of a step, matrix products one after another.

    Forward each parameter is used once. On the way back as many again for the gradients, and every weight behind the
    first layer once more.
    """
    table: dict[str, list[Any]] = {"hidden layers": [], "parameters": [], "multiply-adds per example": []}
    for hidden in shapes(challenge):
        sizes = (1 if challenge in TEETH else 2, *hidden, 1)
        parameters = parameter_count(sizes)
        back = sum(a * b for a, b in pairwise(sizes[1:]))
        row = (title(hidden), parameters, 2 * parameters + back)
        for column, value in zip(table.values(), row, strict=True):
            column.append(value)
    return table


def facts(challenge: str, found: dict[str, Any]) -> dict[str, float]:
    """Return what a text says of a race, by the names of its places."""
    middle, each = np.median(found["scores"], axis=1), found["scores"]
    good = each < GOOD if challenge in TEETH else each >= RIGHT
    worst = each.max(1) if challenge in TEETH else each.min(1)
    places = {"wide": 0, "two": 1, "three": 2, "four": 3, "six": -1}
    numbers = {name: float(middle[k]) for name, k in places.items()}
    numbers |= {f"{name}_found": float(good[k].sum()) for name, k in places.items()}
    best = each.min() if challenge in TEETH else each.max()
    return numbers | {"six_worst": float(worst[-1]), "best": float(best), "seeds": SEEDS}


def on_spirals(shape: int, activation: str) -> Experiment:
    """Return the run of one shape on the spirals, as the simulator takes it."""
    return replace(SPIRALS, hidden=SAME_SIZE[shape], activation=activation)
