"""What is said of a run beside its pictures: what a number leaves out, what does not exist, where the run broke."""

import numpy as np

from core.charts.naming import spoken
from core.training.experiment import Experiment
from core.training.history import History
from core.ui.sliders import exact


def best(h: History) -> str:
    """Say at which epoch the validation loss is lowest; empty without a validation part: nothing else may choose."""
    if h.best_epoch is None:
        return ""
    lowest = f"The validation loss is lowest at epoch {h.best_epoch}: {h.validation_loss[h.best_epoch]:.4f}."
    return f"{lowest} Training was stopped early, at epoch {h.epochs}." if h.stopped_early else lowest


def undefined(h: History) -> str:
    """Say which parts have no R² and why."""
    whys = [why for part in ("train", "validation", "test") if (why := h.undefined(part))]
    if not whys:
        return ""
    return f"R² is not defined where there is nothing to explain: {', '.join(whys)}."


def without_penalty(e: Experiment) -> str:
    """Say that the loss shown is without the penalty; empty where there is none."""
    terms = [f"{exact(e.l2)} / 2 times the sum of the squared weights"] * bool(e.l2)
    terms += [f"{exact(e.l1)} times the sum of the weights' sizes"] * bool(e.l1)
    if not terms:
        return ""
    return f"The loss shown is without the penalty. Training makes this small: the loss plus {' plus '.join(terms)}."


def diverged(h: History) -> str:
    """Explain a run whose numbers stopped being numbers; empty for one that did not."""
    if h.diverged_step is None:
        return ""
    epoch = h.diverged_step // max(1, int(h.facts[2])) + 1
    broken = np.flatnonzero(~np.isfinite(h.train_loss))
    first = f" From epoch {broken[0]} on, the loss was too large to be written as a number." if len(broken) else ""
    rate = spoken(h.experiment.learning_rate)
    return (
        f"After step {h.diverged_step + 1}, in epoch {epoch}, a weight was no longer a finite number, and training "
        f"stopped.{first} The likely cause is the learning rate, {rate}: where the loss curves "
        "upward strongly, so long a step lands farther from the minimum than it began, and each step makes it worse."
    )
