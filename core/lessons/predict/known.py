"""The networks that the page's texts speak of."""

from dataclasses import fields, replace

from core.training.experiment import Experiment, key_of
from core.workshop import presets

RELU = Experiment(hidden=(16, 16), activation="relu", epochs=200)
HELD = Experiment(l2=0.15)
"""Kept to small weights by a penalty."""
FREE = Experiment()
"""The same without the penalty."""
DIGITS = presets.BY_SLUG["digits"].experiment
CURVE = replace(presets.BY_SLUG["curve"].experiment, hidden=(32, 32), learning_rate=0.01, epochs=800)
"""Trained until it follows every wave of its data."""
CURVE_RELU = replace(CURVE, activation="relu")
PLANE = Experiment(dataset="plane", noise=0.1, hidden=(), loss="mse", learning_rate=0.05, epochs=100)
FAR = 10.0
"""Where a curve is asked first: far outside its data."""


def everything(e: Experiment) -> dict[str, object]:
    """Return what a try sets to ask another network: all that makes it, at its last epoch."""
    return {key_of(f.name): getattr(e, f.name) for f in fields(e)} | {"epoch": -1}
