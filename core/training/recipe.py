"""How to train, as one value: everything the loop needs beside the network and the data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.nn.losses import Loss
from core.nn.optimizers import Optimizer
from core.nn.schedules import SCHEDULES, ReduceLROnPlateau
from core.nn.tape import Array


@dataclass(frozen=True)
class Recipe:
    """How to train: everything `fit` needs beside the network and the data.

    Attributes
    ----------
    relative_rates : a factor on the learning rate for each of M models, or None.
    l1, l2 : penalty strengths, one number or one a model.
    clip : how long a gradient may be before it is shortened (0: as long as it is).
    order_seed : of the shuffling; all M models see the same batches.
    dropout_seeds : one a model.
    patience : stop after so many epochs without a better validation loss (0: never).
    plateau : the schedule that watches the validation loss, or None.
    """

    loss: Loss
    optimizer: Optimizer
    learning_rate: float = 0.1
    schedule: Callable[..., Array] = SCHEDULES["constant"]
    batch_size: int = 32
    epochs: int = 100
    l1: Any = 0.0
    l2: Any = 0.0
    relative_rates: Any = None
    clip: float = 0.0
    order_seed: int = 0
    dropout_seeds: tuple[int, ...] = ()
    patience: int = 0
    plateau: ReduceLROnPlateau | None = None
