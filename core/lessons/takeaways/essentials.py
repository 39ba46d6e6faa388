"""Why each part of learning is needed: the same small run with the part as it should be, and without it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from core.nn.losses import LOSSES
from core.training.engine import train
from core.training.experiment import Experiment

RUN = Experiment(dataset="circles", noise=0.1, optimizer="sgd", learning_rate=0.5)
"""The run of the first page."""
SLOW = 0.001
SURE = -5.0
"""The z of a neuron that is sure of 0."""
DRAWS = 20
"""Samples of the data: one sample's accuracy without activation functions lies anywhere between 0.2 and 0.7."""


@dataclass(frozen=True)
class Essentials:
    """What was measured.

    Attributes
    ----------
    draws : samples of the data that the next two are medians over.
    bent, straight : test accuracy with tanh, and without any activation function.
    push_cross_entropy, push_squared : size of dL/dz where the network is sure (z = -5) and wrong (target 1).
    sure : the output there, a sigmoid's.
    parameters : how many derivatives one backward pass gives.
    layers : how many of them each layer has: a weight for each value coming in, and a bias, for each of its units.
    loss, slow_loss : training loss at the end with the run's learning rate, and with `SLOW`.
    """

    draws: int
    bent: float
    straight: float
    push_cross_entropy: float
    push_squared: float
    sure: float
    parameters: int
    layers: tuple[int, ...]
    loss: float
    slow_loss: float


def essentials(run: Experiment = RUN, draws: int = DRAWS) -> Essentials:
    """Measure all four parts on one run, and what is luck of the data over several samples of them.

    >>> found = essentials(draws=3)
    >>> found.bent > 0.95 and found.straight < 0.7
    True
    """
    samples = [replace(run, data_seed=run.data_seed + k) for k in range(draws)]
    whole, slow = train(run), train(replace(run, learning_rate=SLOW))
    return Essentials(
        draws,
        _middle(samples),
        _middle([replace(sample, activation="identity") for sample in samples]),
        _push("bce", SURE),
        _push("brier", SURE),
        float(1 / (1 + np.exp(-SURE))),
        whole.snapshots.shape[1],
        tuple((before + 1) * units for before, units in pairwise((2, *run.hidden, 1))),
        float(whole.train_loss[-1]),
        float(slow.train_loss[-1]),
    )


def _middle(experiments: Sequence[Experiment]) -> float:
    """Median test accuracy at the end."""
    return float(np.median([train(e).test_accuracy[-1] for e in experiments]))


def _push(loss: str, z: float) -> float:
    """Size of dL/dz for one example of class 1."""
    y = LOSSES[loss].encode(np.array([1]), 1).T
    return float(np.abs(LOSSES[loss].gradient(np.array([[z]]), y, 1)).item())
