"""One step of the run on screen as a line of arithmetic: a weight, its gradient, its step, and the weight after it."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.data.datasets import spec_of
from core.training.building import network_of, prepare_experiment
from core.training.experiment import Experiment
from core.training.history import History
from core.training.one_step import OneStep, one_step

MOST_STEPS = 3_000
"""A run is trained anew up to the step that is shown; longer ones would keep the page waiting."""


def can_open(history: History, epoch: int) -> bool:
    """Whether a step of this run can be shown: plain dense layers, two classes, and not too long ago."""
    e = history.experiment
    plain = not (e.batch_norm or e.residual or e.dropout or e.schedule == "plateau" or e.patience)
    two = spec_of(e.dataset).n_classes == 2
    return plain and two and history.diverged_step is None and number_of(history, epoch) <= MOST_STEPS


def number_of(history: History, epoch: int) -> int:
    """Return the number of an epoch's last step; of epoch 0, which has none, that of the first step to come."""
    return max(1, epoch * int(history.facts[2]))


def opened(experiment: Experiment, number: int) -> dict[str, Any]:
    """Return the numbers of one step: those of the weight or bias whose gradient is steepest, and its memory."""
    with np.errstate(all="ignore"):  # a step may be too small for a number, and that is no fault
        step: OneStep = one_step(experiment, number)
    return {
        "number": step.number,
        "total": step.total,
        "epoch": step.epoch,
        "moved": step.moved,
        "name": step.name,
        "weight": step.weight,
        "gradient": step.gradient,
        "move": step.weight_after - step.weight,
        "memory": step.memory,
    }


def givens(experiment: Experiment) -> dict[str, int]:
    """Return how many steps, test examples and parameters a run of the experiment has."""
    data = prepare_experiment(experiment)
    per_epoch = -(-len(data.train) // experiment.batch_size)
    size = network_of(experiment, data.X_train.shape[1]).theta.size
    return {"steps": experiment.epochs * per_epoch, "all": len(data.test), "parameters": size}
