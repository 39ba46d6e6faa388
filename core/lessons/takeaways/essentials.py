"""Why each part of learning is needed: the same small run with the part as it should be, and without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.nn.losses import LOSSES
from core.training.engine import train
from core.training.experiment import Experiment

RUN = Experiment(dataset="circles", noise=0.1, optimizer="sgd", learning_rate=0.5)
"""The run of the first page."""
SLOW = 0.001


@dataclass(frozen=True)
class Essentials:
    """What was measured.

    Attributes
    ----------
    bent, straight : test accuracy with tanh, and without any activation.
    push_cross_entropy, push_squared : size of dL/dz where the network is sure (z = -5) and wrong (target 1).
    parameters : how many derivatives one backward pass gives.
    loss, slow_loss : training loss at the end with the run's learning rate, and with `SLOW`.
    """

    bent: float
    straight: float
    push_cross_entropy: float
    push_squared: float
    parameters: int
    loss: float
    slow_loss: float


def essentials(run: Experiment = RUN) -> Essentials:
    """Measure all four parts on one run.

    >>> found = essentials()
    >>> found.bent > 0.95 and found.straight < 0.6
    True
    """
    whole, straight = train(run), train(replace(run, activation="identity"))
    slow = train(replace(run, learning_rate=SLOW))
    return Essentials(
        float(whole.test_accuracy[-1]),
        float(straight.test_accuracy[-1]),
        _push("bce", -5.0),
        _push("brier", -5.0),
        whole.snapshots.shape[1],
        float(whole.train_loss[-1]),
        float(slow.train_loss[-1]),
    )


def _push(loss: str, z: float) -> float:
    """Size of dL/dz for one example of class 1."""
    y = LOSSES[loss].encode(np.array([1]), 1).T
    return float(np.abs(LOSSES[loss].gradient(np.array([[z]]), y, 1)).item())
