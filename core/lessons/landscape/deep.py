"""The ground around a deep network's weights, with a way around each layer and without."""

from collections.abc import Sequence

import numpy as np

from core.lessons.landscape import sharp
from core.nn.tape import Array
from core.training import planes
from core.training.experiment import Experiment

DEPTHS = (4, 20)
SIDE, COARSE = 33, 5
"""Places along each edge: of the map that is drawn, and of those that are only measured."""
SEEDS = 20


def network(depth: int, residual: bool) -> Experiment:
    """Return the run of ``depth`` ReLU layers of 16, with residual connections or without."""
    return Experiment(
        samples=250, test_share=0.2, hidden=(16,) * depth, activation="relu", residual=residual, optimizer="sgd",
        learning_rate=0.05, batch_size=40, epochs=20,
    )  # fmt: skip


def around(depth: int, residual: bool, seeds: Sequence[int] = range(SEEDS), side: int = SIDE) -> dict[str, Array]:
    """Train from each seed and measure the loss on a random filter-normalized plane through each end.

    Returns
    -------
    "surface" (side, side) of the first seed, "middle" (S,) the median loss on each plane, "train" (S,) at its center.
    """
    e = network(depth, residual)
    thetas, train, _ = sharp.ends(e, seeds)
    ground = [planes.random_plane(e, theta, seed) for theta, seed in zip(thetas, seeds, strict=True)]
    middle = [np.median(planes.over(e, plane, COARSE)) for plane in ground]
    return {"surface": planes.over(e, ground[0], side), "middle": np.array(middle), "train": train}
