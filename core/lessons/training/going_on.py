"""Whether a run can go on for more epochs, and what is to be said where it cannot, or not as the same run."""

from dataclasses import dataclass, replace

import numpy as np

from core.training.building import schedule_of
from core.training.experiment import lawful
from core.training.history import History

MOST_EPOCHS = 2000


@dataclass(frozen=True)
class Continuation:
    """What "Continue" would do.

    Attributes
    ----------
    epochs : of the longer run; as many as now where it cannot go on.
    same : whether the epochs so far stay what they are.
    says : why it cannot go on, or what will be different; empty where there is nothing to say.
    """

    epochs: int
    same: bool
    says: str


def continuation(h: History, more: int) -> Continuation:
    """Say what training for ``more`` epochs on top would be."""
    e = h.experiment
    if reason := _ended(h):
        return Continuation(e.epochs, True, reason)
    epochs = lawful(replace(e, epochs=min(MOST_EPOCHS, e.epochs + more)))[0].epochs
    if epochs <= e.epochs:
        return Continuation(
            e.epochs, True, f"This run can't be continued: with these settings, {e.epochs} epochs are the most."
        )
    if _stretches(h, epochs):
        return Continuation(epochs, False, (
            f"This schedule is laid out over the whole run. With {epochs} epochs it is stretched, and every step has "
            "another learning rate: so this will be a new run from epoch 1, and its numbers differ from this one's."
        ))  # fmt: skip
    fewer = f"With these settings, {epochs} epochs are the most." if epochs < e.epochs + more else ""
    return Continuation(epochs, True, fewer)


def _ended(h: History) -> str:
    if h.diverged_step is not None:
        return "This run can't be continued: it diverged, and its weights are no longer numbers."
    if h.stopped_early:
        return (
            f"This run can't be continued: early stopping ended it at epoch {h.epochs}. To train for longer, raise "
            "the patience, or set it to 0 (then it trains on the validation part too, which is a new run)."
        )
    return ""


def _stretches(h: History, epochs: int) -> bool:
    """Whether a run of so many epochs has other learning rates in the epochs that this run had."""
    per_epoch, schedule = int(h.facts[2]), schedule_of(h.experiment)
    t = np.arange(h.epochs * per_epoch)
    return not np.array_equal(schedule(t, per_epoch * h.experiment.epochs, 1.0), schedule(t, per_epoch * epochs, 1.0))
