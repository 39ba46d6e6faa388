"""The networks that the page's texts speak of."""

from __future__ import annotations

from dataclasses import fields

from core.training.experiment import Experiment, key_of
from core.workshop import presets

RELU = Experiment(hidden=(16, 16), activation="relu", epochs=200)
HELD = Experiment(l2=0.03)
DIGITS = presets.BY_SLUG["digits"].experiment
CURVE = presets.BY_SLUG["curve"].experiment
PLANE = Experiment(dataset="plane", noise=0.1, hidden=(), loss="mse", learning_rate=0.05, epochs=100)


def everything(e: Experiment) -> dict[str, object]:
    """Return what a try sets to ask another network: all that makes it, at its last epoch."""
    return {key_of(f.name): getattr(e, f.name) for f in fields(e)} | {"epoch": -1}
