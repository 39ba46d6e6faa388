"""From an experiment to a run: ``train(experiment) -> History``, a pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from core.data.datasets import DATASETS
from core.data.prepare import Prepared, prepare
from core.nn.layers import stack
from core.nn.losses import LOSSES, Loss
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS, Optimizer
from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Array
from core.training.experiment import Experiment, losses_for
from core.training.history import History
from core.training.loop import Record, fit
from core.training.recipe import Recipe

KEPT_NUMBERS = 3_000_000
"""Snapshots of a run hold about so many numbers at most; a run that would need more keeps every second epoch, ..."""


def prepare_experiment(e: Experiment) -> Prepared:
    """Make, split and scale the experiment's data. (The last few are kept; nobody writes into them.)"""
    samples = min(e.samples, DATASETS[e.dataset].max_samples)
    scaled = e.dataset != "digits"  # pixels are 0 to 1 already; some hardly vary, and scaling would blow them up
    return _prepared(e.dataset, samples, e.noise, e.test_share, e.features, e.data_seed, scaled, e.label_noise)


_prepared = lru_cache(maxsize=16)(prepare)


def loss_of(e: Experiment) -> Loss:
    """Return the loss that an experiment's name stands for, given its data."""
    spec, name = DATASETS[e.dataset], e.loss if e.loss in losses_for(e.dataset) else losses_for(e.dataset)[0]
    if name == "cross_entropy":
        return LOSSES["bce" if spec.n_classes == 2 else "softmax"]
    if name == "mse":
        return LOSSES["mse" if spec.task == "regression" else "brier"]
    return LOSSES[name]


def optimizer_of(e: Experiment) -> Optimizer:
    """Return the optimizer with the experiment's settings."""
    kind: Any = OPTIMIZERS[e.optimizer]
    return kind(mu=e.momentum) if e.optimizer in ("momentum", "nesterov") else kind()


def initializer_of(e: Experiment) -> str:
    """Return the initializer; "auto" is He for ReLU and its kin, Xavier otherwise."""
    if e.initializer != "auto":
        return e.initializer
    return "he_normal" if e.activation in ("relu", "leaky_relu", "elu", "gelu", "silu") else "xavier_normal"


def network_of(e: Experiment, inputs: int, models: int = 1, dtype: Any = np.float32) -> Network:
    """Return the experiment's network, with room for its parameters but none drawn yet."""
    spec = DATASETS[e.dataset]
    layers = stack(
        e.hidden,
        spec.n_classes if spec.n_classes > 2 else 1,
        e.activation,
        initializer_of(e),
        scale=e.init_scale,
        dropout=e.dropout,
        batch_norm=e.batch_norm,
        residual=e.residual,
        inputs=inputs,
    )
    return Network(layers, inputs, models, dtype)


def recipe_of(e: Experiment, **more: Any) -> Recipe:
    """Return how to train the experiment."""
    recipe = Recipe(
        loss_of(e),
        optimizer_of(e),
        e.learning_rate,
        SCHEDULES[e.schedule],
        e.batch_size,
        e.epochs,
        e.l1,
        e.l2,
        order_seed=e.data_seed,
        dropout_seeds=(e.seed,),
        patience=e.patience,
        plateau=ReduceLROnPlateau(e.learning_rate) if e.schedule == "plateau" else None,
    )
    return replace(recipe, **more)


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
