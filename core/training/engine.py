"""From an experiment to a run: ``train(experiment) -> History``, a pure function."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.data.prepare import Prepared
from core.nn.tape import Array
from core.training.building import network_of, prepare_experiment, recipe_of
from core.training.experiment import Experiment
from core.training.history import CURVES, History
from core.training.loop import Record, fit

SNAPSHOT_NUMBERS = 3_000_000
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
    every = max(1, -(-network.size * (experiment.epochs + 1) // SNAPSHOT_NUMBERS))
    sets = (data.X_train, data.y_train), (data.X_test, data.y_test)
    watched = (data.X_validation, data.y_validation) if len(data.validation) else None
    record = fit(network, recipe_of(experiment), *sets, every, progress, watched)
    return history_from(experiment, data, record)


def history_from(experiment: Experiment, data: Prepared, record: Record) -> History:
    """Stack a record into arrays."""
    curves = {name: np.array(getattr(record, name), np.float64) for name in CURVES}
    for part in ("train", "validation", "test") if data.data.classes else ():  # no numbers, no answers
        curves[f"{part}_accuracy"][np.isnan(curves[f"{part}_loss"])] = np.nan
    steps = record.learning_rate
    diverged = -1 if record.diverged_step is None else record.diverged_step
    return History(
        experiment,
        data,
        learning_rate=np.concatenate(steps) if steps else np.zeros(0),
        snapshots=np.concatenate(record.snapshots),
        snapshot_epochs=np.array(record.snapshot_epochs),
        facts=np.array([diverged, record.stopped_early, len(steps[0]) if steps else 0]),
        **curves,
    )


def restore(experiment: Experiment, arrays: dict[str, Array]) -> History:
    """Return the history whose ``arrays()`` these are."""
    return History(experiment, prepare_experiment(experiment), **arrays)
