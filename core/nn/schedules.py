"""The learning rate as a function of the step: ``schedule(t, T, lr) -> rate``, t = 0 ... T - 1.

All but one are known before training starts. `ReduceLROnPlateau` watches the validation loss instead.
The rule of thumb behind all of them: large steps cover ground, small steps settle; with noisy gradients a rate that
never falls never settles.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.nn.tape import Array


@dataclass(frozen=True)
class Schedule:
    """One schedule.

    Attributes
    ----------
    title : its name for people.
    rate : ``(t, T, lr, **settings) -> rate``; lr is the highest.
    watches : whether it also watches the loss while training.
    settings : its own settings, each with the experiment's field that holds it.
    """

    title: str
    rate: Callable[..., Array]
    watches: bool = False
    settings: tuple[tuple[str, str], ...] = ()

    def __call__(self, t: Array, total: int, lr: float, **settings: float) -> Array:
        """Return the learning rates of steps ``t`` out of ``total``."""
        return self.rate(t, total, lr, **settings)


def constant(t: Array, total: int, lr: float) -> Array:
    """Always lr."""
    return np.full(np.shape(t), float(lr))


def step_decay(t: Array, total: int, lr: float, factor: float = 0.5, stages: int = 5) -> Array:
    """Divide the run into equal stages and halve from one to the next: ``lr * factor^floor(stages * t / T)``.

    >>> step_decay(np.array([0, 19, 20, 40]), 100, 0.1).tolist()
    [0.1, 0.1, 0.05, 0.025]
    """
    return lr * factor ** (np.asarray(t) * stages // total)


def exponential(t: Array, total: int, lr: float, end: float = 0.01) -> Array:
    """Lose the same share every step, until lr times ``end`` would be left: ``lr * end^(t / T)``."""
    return lr * end ** (np.asarray(t) / total)


def cosine(t: Array, total: int, lr: float) -> Array:
    """Half a cosine down to zero: ``lr (1 + cos(pi t / T)) / 2`` (Loshchilov and Hutter 2017)."""
    return lr * (1 + np.cos(np.pi * np.asarray(t) / max(1, total))) / 2


def warmup_cosine(t: Array, total: int, lr: float, share: float = 0.1) -> Array:
    """Climb in a line for the first tenth, ``lr (t + 1) / W``, then follow a cosine to zero."""
    t, warm = np.asarray(t), max(1, round(share * total))
    return np.where(t < warm, lr * (t + 1) / warm, cosine(t - warm, total - warm, lr))


def one_cycle(t: Array, total: int, lr: float, up: float = 0.3, start: float = 25, end: float = 1e4) -> Array:
    """From lr / 25 up to lr and down to next to nothing, in cosines (Smith and Topin 2018)."""
    t, peak, last = np.asarray(t), up * total - 1, total - 1
    low, bottom = lr / start, lr / start / end
    rise = low + (lr - low) * (1 - np.cos(np.pi * t / max(peak, 1e-9))) / 2
    fall = bottom + (lr - bottom) * (1 + np.cos(np.pi * (t - peak) / max(last - peak, 1e-9))) / 2
    return np.where(t <= peak, rise, fall)


@dataclass
class ReduceLROnPlateau:
    """When the validation loss has not improved for more than ``patience`` epochs, multiply lr by ``factor``.

    An improvement is a loss below ``best * (1 - threshold)``. The only schedule with a memory.
    """

    lr: float
    factor: float = 0.1
    patience: int = 10
    threshold: float = 1e-4
    best: float = float("inf")
    waited: int = 0

    def observe(self, loss: float) -> float:
        """Take the loss after an epoch and return the learning rate for the next."""
        better = loss < self.best * (1 - self.threshold)
        self.best, self.waited = (loss, 0) if better else (self.best, self.waited + 1)
        if self.waited > self.patience:
            self.lr, self.waited = self.lr * self.factor, 0
        return self.lr


SCHEDULES: dict[str, Schedule] = {
    "constant": Schedule("constant", constant),
    "step": Schedule("step decay", step_decay, settings=(("stages", "stages"), ("factor", "stage_factor"))),
    "exponential": Schedule("exponential decay", exponential, settings=(("end", "decay_end"),)),
    "cosine": Schedule("cosine", cosine),
    "warmup_cosine": Schedule("warm-up, then cosine", warmup_cosine, settings=(("share", "warmup"),)),
    "one_cycle": Schedule("one cycle", one_cycle, settings=(("up", "cycle_up"),)),
    "plateau": Schedule(  # constant until `ReduceLROnPlateau` takes it down
        "reduce on plateau", constant, True, (("patience", "plateau_wait"), ("factor", "plateau_factor"))
    ),
}
