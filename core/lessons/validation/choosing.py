"""How strong should the penalty be? Chosen by folds, and what the choice is worth on fresh points."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from core.lessons.validation.folding import DRAWS, RUN, Progress, answers, cut, fresh, stacked, train_all
from core.nn.tape import Array
from core.training.experiment import Experiment

STRENGTHS = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
"""The L2 strengths to choose from."""
K = 5
DOMAIN = (0.05, 3.0)
"""Between these losses the picture lies."""


def experiment(strength: int) -> Experiment:
    """Return the run of one strength, as the simulator takes it."""
    return replace(RUN, l2=STRENGTHS[strength])


def cross_entropy(z: Array, y: Array) -> Array:
    """Return the mean loss of each network, (M,), from z (M, N) and classes (N,) or (M, N)."""
    return np.asarray(np.logaddexp(0, -(2 * y - 1) * z).mean(axis=-1))


def candidates(draws: Sequence[int] = range(DRAWS), progress: Progress | None = None) -> dict[str, Array]:
    """Train with every strength on every fold of every draw, and once more on all of a draw's examples.

    Returns
    -------
    folds : (D, V, K) loss on the examples held out.
    truth : (D, V) loss on the fresh points of the network that learned from all examples.
    """
    cuts = [cut(RUN.samples, draw, K) for draw in draws]
    learned = [(data.X[rows], data.y[rows]) for data, each in cuts for rows, _ in each]
    X, y = stacked([(data.X[rows], data.y[rows]) for data, each in cuts for _, rows in each])
    whole = [(data.X, data.y) for data, _ in cuts]
    validation, truth = [], []
    for l2 in STRENGTHS:
        validation.append(cross_entropy(answers(train_all(learned, l2, progress), X), y.T).reshape(-1, K))
        final = train_all(whole, l2, progress)
        truth.append(cross_entropy(answers(final, fresh().X), fresh().y))
    return {"folds": np.stack(validation, axis=1), "truth": np.stack(truth, axis=1)}


def chosen(found: dict[str, Array], by: str) -> Array:
    """Return each draw's choice, (D,): the strength with the lowest loss by the mean of all "folds", or by "one".

    Without a choice ("none") there is no penalty.
    """
    if by == "none":
        return np.zeros(len(found["truth"]), int)
    scores = found["folds"].mean(axis=2) if by == "folds" else found["folds"][:, :, 0]
    return np.asarray(scores.argmin(axis=1))


def given_up(found: dict[str, Array], choice: Array) -> Array:
    """Return how much more loss each draw's choice has than its truly best strength, (D,)."""
    truth = found["truth"]
    return np.asarray(np.take_along_axis(truth, choice[:, None], axis=1)[:, 0] - truth.min(axis=1))


def facts(found: dict[str, Array]) -> dict[str, Any]:
    """Return what the texts say: how often a choice is the truly best one, and what it gives up."""
    best = found["truth"].argmin(axis=1)
    medians: dict[str, Any] = {"draws": len(best), "strengths": len(STRENGTHS), "k": K, "judges": RUN.samples // K}
    choices = {by: chosen(found, by) for by in ("folds", "one", "none")}
    lost = {by: given_up(found, choice) for by, choice in choices.items()}
    for by, choice in choices.items():
        medians |= {f"{by}_best": int((choice == best).sum()), f"{by}_lost": float(np.median(lost[by]))}
        medians[f"{by}_worst"] = float(lost[by].max())
    missed = choices["folds"] != best  # where five folds don't find the best
    for name, by in (("folds_missed", "folds"), ("none_then", "none")):
        medians[name] = float(np.median(lost[by][missed])) if missed.any() else 0.0
    return medians


def here(found: dict[str, Array], by: str, draw: int, names: Sequence[str]) -> dict[str, Any]:
    """Return what the texts say of one draw: the strength chosen, the truly best one, and their true losses."""
    truth, picked = found["truth"][draw], int(chosen(found, by)[draw])
    best = int(truth.argmin())
    names_of: dict[str, Any] = {"picked": names[picked], "best": names[best]}
    return names_of | {"has": float(truth[picked]), "lowest": float(truth[best]), "without": float(truth[0])}
