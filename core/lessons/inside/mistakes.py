"""A network's worst answers, and what becomes of them when the patch that adds most to them is erased."""

from functools import lru_cache

import numpy as np

from core.lessons.inside.looking import PIXELS, answers, data, falls, network_of, of_class, patches, scores, trained
from core.nn.losses import softmax
from core.nn.tape import Array

MOST_SHOWN, SURE, DRAWS = 8, 0.8, 10
"""Mistakes that are drawn; above this probability one counts as a sure one; pixels tried at random on each picture."""


def culprits(theta: Array, rows: Array, asked: Array, side: int) -> Array:
    """Return which patch of each picture adds most to the asked score, (N, 64) True inside it; for side 0 none."""
    if not side:
        return np.zeros(np.shape(rows), bool)
    covers, network = patches(side), network_of(theta)
    covered = np.asarray(rows)[:, None] * (1 - covers)
    again = np.repeat(np.asarray(asked), len(covers), axis=1)
    left = of_class(scores(network, covered.reshape(-1, PIXELS)), again).reshape(len(rows), -1)
    return covers[falls(scores(network, rows), asked, left.T[None])[0].argmax(0)] > 0


def erased(theta: Array, rows: Array, asked: Array, side: int) -> tuple[Array, Array]:
    """Erase the patch that adds most to the asked score; return the pictures then, (N, 64), and the answers."""
    pages = np.where(culprits(theta, rows, asked, side), 0.0, rows)
    return pages, np.asarray(scores(network_of(theta), pages).argmax(0)[0])


def at_random(theta: Array, rows: Array, seed: int) -> Array:
    """Erase one pixel with ink, any one, again and again; return the answers then, (DRAWS, N)."""
    ink = np.asarray(rows) > 0
    order = np.argsort(np.random.default_rng(seed).random(rows.shape) - ink, axis=1)  # those with ink come first
    pages = np.repeat(np.asarray(rows)[None], DRAWS, axis=0)
    np.put_along_axis(pages, order[:, :DRAWS].T[..., None], 0.0, axis=2)
    z = scores(network_of(theta), pages.reshape(-1, PIXELS))
    return np.asarray(z.argmax(0)[0]).reshape(DRAWS, -1)


def worst(m: int) -> dict[str, Array]:
    """Return a network's mistakes, the surest first: row, truth, answer, sure."""
    p = softmax(scores(network_of(trained()[m]), data()["X_test"])[:, 0])
    wrong = np.flatnonzero(p.argmax(0) != data()["y_test"])
    rows = wrong[np.argsort(-p.max(0)[wrong], kind="stable")]
    return {"row": rows, "truth": data()["y_test"][rows], "answer": p.argmax(0)[rows], "sure": p.max(0)[rows]}


def telling(theta: Array, found: dict[str, Array], side: int) -> int:
    """Return which digit of a gallery to work out: the first that a patch turns right or wrong, the first if none."""
    rows, answer = data()["X_test"][found["row"]], found["answer"]
    _, then = erased(theta, rows, answer[None], side)
    return int(np.argmax((then == found["truth"]) != (answer == found["truth"])))


def race(theta: Array, found: dict[str, Array], k: int, side: int) -> dict[int, tuple[float, ...]]:
    """Return the scores of the digits that one of a gallery may be, by digit: its answer's first.

    Each has its score before a patch is erased and after, or for side 0 only one. The digits are the answer, the truth,
    and what it says afterwards; where these are all one, the next highest as well.
    """
    picture, answer = data()["X_test"][found["row"][[k]]], int(found["answer"][k])
    page, now = erased(theta, picture, found["answer"][None, [k]], side)
    steps = [scores(network_of(theta), one)[:, 0, 0] for one in ([picture, page] if side else [picture])]
    digits = dict.fromkeys([answer, int(found["truth"][k]), int(now[0])])
    if len(digits) == 1:
        digits = dict.fromkeys(np.argsort(-steps[-1])[:2].tolist())
    return {digit: tuple(float(z[digit]) for z in steps) for digit in digits}


@lru_cache(maxsize=4)
def mended(side: int) -> dict[str, float]:
    """Return over all twenty networks what one erased patch does.

    Returns
    -------
    wrong : how many mistakes there are; mended, mended_sure : the share of all, and of the sure ones, that come right.
    spoiled : the share of right answers that turn wrong.
    lot, lot_spoiled : the same shares when any one pixel with ink is erased instead.
    """
    y, found, lot = data()["y_test"], [], []
    for m, theta in enumerate(trained()):
        lot.append(at_random(theta, data()["X_test"], m) == y)
        _, then = erased(theta, data()["X_test"], answers()[m : m + 1], side)
        sure = softmax(scores(network_of(theta), data()["X_test"])[:, 0]).max(0)
        found.append(np.stack([answers()[m] != y, then == y, sure > SURE]))
    wrong, good, sure = np.concatenate(found, axis=1)
    drawn = np.concatenate(lot, axis=1)
    return {
        "wrong": float(wrong.sum()),
        "mended": float(good[wrong].mean()),
        "mended_sure": float(good[wrong & sure].mean()),
        "spoiled": float(1 - good[~wrong].mean()),
        "lot": float(drawn[:, wrong].mean()),
        "lot_spoiled": float(1 - drawn[:, ~wrong].mean()),
    }


def gallery(m: int, kind: str) -> dict[str, Array]:
    """Return the first digits of a network's "mistakes", the surest first, or of its "right" answers."""
    if kind == "mistakes":
        return {name: each[:MOST_SHOWN] for name, each in worst(m).items()}
    rows = np.flatnonzero(answers()[m] == data()["y_test"])[:MOST_SHOWN]
    sure = softmax(scores(network_of(trained()[m]), data()["X_test"][rows])[:, 0]).max(0)
    return {"row": rows, "truth": data()["y_test"][rows], "answer": answers()[m, rows], "sure": sure}
