"""The networks that can be asked, and which of them each view opens with."""

from __future__ import annotations

from core.data.datasets import spec_of
from core.lessons.predict import words
from core.training.experiment import Experiment
from core.workshop import presets

VIEWS = {"": "Points", "digits": "Digits", "number": "A curve"}
NETWORKS = {
    "moons": ("Moons: the simulator's own", Experiment()),
    "relu": ("Moons: ReLU, 2-16-16-1", words.RELU),
    "classes": (presets.BY_SLUG["classes"].title, presets.BY_SLUG["classes"].experiment),
    "curve": (presets.BY_SLUG["curve"].title, words.CURVE),
    "iris": ("Iris flowers", Experiment(dataset="iris", samples=150, epochs=100)),
    "digits": (presets.BY_SLUG["digits"].title, words.DIGITS),
}


def view_of(e: Experiment) -> str:
    """Return which view asks about a network."""
    return "digits" if e.dataset == "digits" else "" if spec_of(e.dataset).task == "classification" else "number"


def network_of(view: str, dataset: str = "") -> Experiment:
    """Return the network that a view opens with: the first on this data set, or the view's first."""
    mine = [e for _, e in NETWORKS.values() if view_of(e) == view]
    return next((e for e in mine if e.dataset == dataset), mine[0])


def opening(e: Experiment) -> dict[str, object]:
    """Return what Reset leads to from a network: the first on its data."""
    return words.everything(network_of(view_of(e), e.dataset))
