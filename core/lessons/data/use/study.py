"""Digits that look different in use than in training, and copies made for training."""

from dataclasses import replace

import numpy as np

from core.data.ink import SIDE
from core.lessons.data.learning import DIGITS, SEEDS, Pause, answers, digits, learn
from core.nn.tape import Array

WAYS = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
NOISE, FAINT = 0.3, 0.4
EPOCHS = 30
COPIES = ("none", "moved", "noisy")
"""What is added to the training digits; the number of steps stays the same."""
USES = ("same", "moved", "moved2", "noisy", "faint", "mirrored")
SHOWN = 8


def shifted(X: Array, right: int, down: int) -> Array:
    """Move pictures (N, 64) by whole pixels; what leaves is lost, what comes in is paper.

    >>> int(shifted(np.eye(64)[:1], 1, 2).argmax())
    17
    """
    pages = np.zeros((len(X), SIDE + 4, SIDE + 4))
    pages[:, 2 + down : 2 + down + SIDE, 2 + right : 2 + right + SIDE] = np.reshape(X, (-1, SIDE, SIDE))
    return pages[:, 2:-2, 2:-2].reshape(len(X), -1)


def speckled(X: Array, seed: int) -> Array:
    """Add noise to each pixel, and keep it between paper and ink."""
    return np.clip(X + np.random.default_rng(seed).normal(0, NOISE, X.shape), 0, 1)


def in_use(X: Array, use: str) -> Array:
    """Return test pictures as they look in use; a move goes each of four ways in turn."""
    if use in ("moved", "moved2"):
        far, seen = 2 if use == "moved2" else 1, np.array(X)
        for k, (right, down) in enumerate(WAYS[1:]):
            seen[k::4] = shifted(X[k::4], far * right, far * down)
        return seen
    if use == "mirrored":
        return X.reshape(-1, SIDE, SIDE)[:, :, ::-1].reshape(len(X), -1)
    return {"same": X, "noisy": speckled(X, 99), "faint": FAINT * X}[use]


def with_copies(X: Array, y: Array, copies: str) -> tuple[Array, Array]:
    """Add four copies of each training digit: moved by one pixel each way, or with noise."""
    if copies == "none":
        return X, y
    if copies == "moved":
        made = [shifted(X, right, down) for right, down in WAYS]
    else:
        made = [X, *(speckled(X, seed) for seed in range(4))]
    return np.concatenate(made), np.tile(y, len(made))


def trained(copies: str, pause: Pause = None) -> dict[str, Array]:
    """Train from 20 starts, and use the networks on every kind of picture.

    Returns
    -------
    right : (SEEDS, USES) the share of right answers.
    answers : (USES, SHOWN) what the first network answers to some test digits.
    z, products : (USES, 2) and (USES, 2, 64) for the first of them, as in training and in that use: z of the unit that
        this changes most, and what each pixel adds to that.
    weights : (USES, 64) of that unit.
    """
    X, y, new, true = digits()
    rows, labels = with_copies(X, y, copies)
    network, _ = learn(replace(DIGITS, epochs=EPOCHS * len(y) // len(labels)), rows, labels, pause=pause)
    replies = [answers(network, in_use(new, use)) for use in USES]
    first = np.stack([in_use(new, use)[0] for use in USES])
    W = network.p[next(iter(network.p))][:, 0]
    z = first @ W[:, :-1].T + W[:, -1]
    unit, each = np.argmax(np.abs(z - z[0]), axis=1), np.arange(len(USES))
    return {
        "right": np.stack([(one == true).mean(-1) for one in replies], 1),
        "answers": np.stack([one[0, :SHOWN] for one in replies]),
        "z": np.stack([z[0, unit], z[each, unit]], 1),
        "weights": W[unit, :-1],
        "products": np.stack([first[0] * W[unit, :-1], first * W[unit, :-1]], 1),
    }


def facts(plain: dict[str, Array], other: dict[str, Array]) -> dict[str, float]:
    """Return the medians that the texts speak of: without copies, and with those that are chosen."""
    names: dict[str, float] = {}
    for end, found in (("", plain), ("_with", other)):
        names |= {f"{use}{end}": float(v) for use, v in zip(USES, np.median(found["right"], axis=0), strict=True)}
    return names | {"seeds": SEEDS}
