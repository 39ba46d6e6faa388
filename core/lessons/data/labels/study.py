"""Digits with wrong labels: what the network answers where the label is wrong, and on new digits, epoch by epoch."""

from dataclasses import replace

import numpy as np

from core.lessons.data.learning import DIGITS, SEEDS, Pause, answers, digits, learn
from core.nn.network import Network
from core.nn.tape import Array
from core.training.experiment import Experiment

SHARES = (0.0, 0.2, 0.4, 0.6)
KINDS = ("random", "same")
EPOCHS = 30
RUN = replace(DIGITS, hidden=(64,), epochs=EPOCHS)
EARLY = 5
SHOWN = 8
"""How many wrongly labeled digits are shown with what the network answers."""


def labels(truth: Array, share: float, kind: str, seed: int) -> Array:
    """Make a share of the labels wrong: at random, or always the next digit up (9 becomes 0).

    >>> labels(np.array([3, 9]), 1.0, "same", 0).tolist()
    [4, 0]
    """
    rng, given = np.random.default_rng(seed), truth.copy()
    rows = rng.permutation(len(truth))[: round(share * len(truth))]
    off = rng.integers(1, 10, len(truth))[: len(rows)] if kind == "random" else 1
    given[rows] = (truth[rows] + off) % 10
    return given


def watched(share: float, kind: str, pause: Pause = None) -> dict[str, Array]:
    """Train on such labels, each seed with mistakes of its own, and look after each epoch.

    Returns
    -------
    new : (SEEDS, EPOCHS + 1) the share of right answers on new digits.
    truth, repeated : (SEEDS, EPOCHS + 1) where the label is wrong: how often the network answers with the true digit,
        and how often with the wrong label.
    rows, answers : (SHOWN,) some wrongly labeled digits of the first seed, and (EPOCHS + 1, SHOWN) what it answers.
    given : (SHOWN,) their labels.
    """
    X, y, new, true = digits()
    given = np.stack([labels(y, share, kind, seed) for seed in range(SEEDS)], 1)
    wrong, looks = given != y[:, None], []

    def look(epoch: int, network: Network) -> None:
        replies = answers(network, X).T
        looks.append(
            [(answers(network, new) == true).mean(-1), share_of(replies == y[:, None], wrong),
             share_of(replies == given, wrong), replies[rows, 0]]
        )  # fmt: skip

    rows = np.flatnonzero(wrong[:, 0])[:SHOWN]
    look(0, learn(replace(RUN, epochs=0), X, given)[0])
    learn(RUN, X, given, watch=look, pause=pause)
    arrays = [np.array(part) for part in zip(*looks, strict=True)]
    return {
        "new": arrays[0].T, "truth": arrays[1].T, "repeated": arrays[2].T, "answers": arrays[3], "rows": rows,
        "given": given[rows, 0],
    }  # fmt: skip


def share_of(hit: Array, among: Array) -> Array:
    """Return how often each column hits among some rows; NaN where there are none."""
    with np.errstate(invalid="ignore"):
        return np.asarray((hit & among).sum(0) / among.sum(0))


def facts(found: dict[str, Array], epoch: int) -> dict[str, float]:
    """Return the medians that the texts speak of."""
    new = np.median(found["new"], axis=0)
    return {
        "early": float(new[EARLY]), "late": float(new[-1]), "here": float(new[epoch]),
        "truth": float(np.median(found["truth"][:, EARLY])), "truth_late": float(np.median(found["truth"][:, -1])),
        "truth_here": float(np.median(found["truth"][:, epoch])),
        "repeated_here": float(np.median(found["repeated"][:, epoch])),
        "repeated": float(np.median(found["repeated"][:, -1])),
        "first": EARLY, "epochs": EPOCHS, "seeds": SEEDS,
    }  # fmt: skip


def simulated(share: float) -> Experiment:
    """Return the run as the simulator takes it."""
    return replace(RUN, label_noise=share)
