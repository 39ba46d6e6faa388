"""From an experiment to a run: ``train(experiment) -> History``, a pure function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from core.data.prepare import Prepared
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.history import History
from core.training.loop import Record, fit

KEPT_NUMBERS = 3_000_000
"""Snapshots of a run hold about so many numbers at most; a run that would need more keeps every second epoch, ..."""


def train(
    experiment: Experiment,
    dtype: Any = np.float32,
    progress: Callable[[int], None] | None = None,
    data: Prepared | None = None,
) -> History:
    """Train an experiment from its first weights. The same experiment gives the same history, bit for bit.

    Parameters
    ----------
    dtype : float32, or float64 to compare with other software.
    progress : called with the number of each epoch when it is done.
    data : other data than the experiment's own, such as a learner's CSV.

    Examples
    --------
    >>> history = train(Experiment(epochs=20))
    >>> bool(history.test_accuracy[-1] > 0.9)
    True
    """
    data = data or prepare_experiment(experiment)
    network = network_of(experiment, data.X_train.shape[1], dtype=dtype)
    network.start([experiment.seed])
    every = max(1, -(-network.size * (experiment.epochs + 1) // KEPT_NUMBERS))
    sets = (data.X_train, data.y_train), (data.X_test, data.y_test)
    record = fit(network, recipe_of(experiment), *sets, keep_every=every, progress=progress)
    return history_from(experiment, data, record)


def history_from(experiment: Experiment, data: Prepared, record: Record) -> History:
    """Stack a record into arrays."""
    train_loss, test_loss, train_accuracy, test_accuracy = (
        np.array(c, np.float64)
        for c in (record.train_loss, record.test_loss, record.train_accuracy, record.test_accuracy)
    )
    steps = record.learning_rate
    diverged = -1 if record.diverged_step is None else record.diverged_step
    return History(
        experiment,
        data,
        train_loss,
        test_loss,
        train_accuracy,
        test_accuracy,
        np.concatenate(steps) if steps else np.zeros(0),
        np.concatenate(record.snapshots),
        np.array(record.snapshot_epochs),
        np.array([diverged, record.stopped_early, len(steps[0]) if steps else 0]),
    )


def restore(experiment: Experiment, arrays: dict[str, Array]) -> History:
    """Return the history whose ``arrays()`` these are."""
    return History(experiment, prepare_experiment(experiment), **arrays)
