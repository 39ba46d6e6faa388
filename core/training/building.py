"""What an experiment's names stand for: its data, network, loss and optimizer, as objects."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from core.data.datasets import spec_of
from core.data.prepare import Prepared, prepare
from core.nn.activations import ACTIVATIONS
from core.nn.layers import stack
from core.nn.losses import LOSSES, Loss
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS, Optimizer
from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Array
from core.training.experiment import Experiment, losses_for, targets_of
from core.training.recipe import Recipe


def prepare_experiment(e: Experiment) -> Prepared:
    """Make, split and scale the experiment's data. (The last few are kept; nobody writes into them.)"""
    samples = min(e.samples, spec_of(e.dataset).max_samples)
    scaled = e.dataset != "digits"  # pixels are 0 to 1 already; some hardly vary, and scaling would blow them up
    given = e.dataset, samples, e.noise, e.test_share, e.features, e.data_seed, scaled, e.label_noise
    return _prepared(*given, e.validation_share)


_prepared = lru_cache(maxsize=16)(prepare)


def loss_of(e: Experiment) -> Loss:
    """Return the loss that an experiment's name stands for, given its data."""
    name = e.loss if e.loss in losses_for(e.dataset) else losses_for(e.dataset)[0]
    targets = targets_of(e.dataset)
    return next(loss for loss in LOSSES.values() if loss.choice == name and loss.targets == targets)


def optimizer_of(e: Experiment) -> Optimizer:
    """Return the optimizer with the experiment's settings."""
    kind: Any = OPTIMIZERS[e.optimizer]
    return kind(**{field: getattr(e, name) for field, name in kind.settings.items()})


def schedule_of(e: Experiment) -> Callable[..., Array]:
    """Return the schedule with the experiment's settings: ``(t, T, lr) -> rate``."""
    schedule = SCHEDULES[e.schedule]
    return schedule if schedule.watches else partial(schedule, **_settings_of(e))


def watcher_of(e: Experiment) -> ReduceLROnPlateau | None:
    """Return what watches the loss and takes the rate down; None where the schedule does not watch."""
    return ReduceLROnPlateau(e.learning_rate, **_settings_of(e)) if SCHEDULES[e.schedule].watches else None


def _settings_of(e: Experiment) -> dict[str, Any]:
    return {name: getattr(e, field) for name, field in SCHEDULES[e.schedule].settings}


def initializer_of(e: Experiment) -> str:
    """Return the initializer; "auto" is the one that suits the activation: He for ReLU and its kin, else Xavier."""
    return ACTIVATIONS[e.activation].start if e.initializer == "auto" else e.initializer


def network_of(e: Experiment, inputs: int, models: int = 1, dtype: Any = np.float32) -> Network:
    """Return the experiment's network, with room for its parameters but none drawn yet."""
    spec = spec_of(e.dataset)
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
        schedule_of(e),
        e.batch_size,
        e.epochs,
        e.l1,
        e.l2,
        order_seed=e.data_seed,
        dropout_seeds=(e.seed,),
        patience=e.patience,
        plateau=watcher_of(e),
    )
    return replace(recipe, **more)
