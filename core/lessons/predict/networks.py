"""The networks that can be asked by name, and which of them each view opens with."""

from core.data.datasets import spec_of
from core.data.prepare import Prepared
from core.lessons.predict import known, words
from core.training.experiment import Experiment
from core.training.frames import around
from core.training.settings import choice
from core.ui.link import Link
from core.workshop import presets

VIEWS = {"": "Points", "digits": "Digits", "number": "A curve"}
NETWORKS = {
    "moons": ("Moons: the simulator's own", Experiment()),
    "relu": ("Moons: ReLU, 2-16-16-1", words.RELU),
    "classes": (presets.BY_SLUG["classes"].title, presets.BY_SLUG["classes"].experiment),
    "held": ("Moons: with a penalty on large weights", words.HELD),
    "curve": ("A wavy curve: tanh units", words.CURVE),
    "curve_relu": ("A wavy curve: ReLU units", known.CURVE_RELU),
    "plane": ("A plane: no hidden units", known.PLANE),
    "iris": ("Iris flowers", Experiment(dataset="iris", samples=150, epochs=100)),
    "digits": (presets.BY_SLUG["digits"].title, words.DIGITS),
}

NEAR = 3.0
"""A point that nobody chose lies in a picture so many times as wide as the data."""

VIEW = choice("view", "points", ("points", *list(VIEWS)[1:]), "View")
"""The other pages' word for it; here the data say which view it is, so the address never keeps it."""


def view_of(e: Experiment) -> str:
    """Return which view asks about a network."""
    return "digits" if e.dataset == "digits" else "" if spec_of(e.dataset).task == "classification" else "number"


def network_of(view: str, dataset: str = "") -> Experiment:
    """Return the network that a view opens with: the first on this data set, or the view's first."""
    mine = [e for name, (_, e) in NETWORKS.items() if view_of(e) == view and name != "plane"]
    return next((e for e in mine if e.dataset == dataset), mine[0])


def asked(e: Experiment) -> dict[str, object]:
    """Return what the link says to ask a network, and where."""
    return words.everything(e) | ({"x": known.FAR} if e in (known.CURVE, known.CURVE_RELU) else {})


def follow_view(link: Link) -> None:
    """Open the view that a link names in the other pages' way; the data that it names count for more."""
    view = link["view"]
    where = {name: link[name] for name, default in (("x", None), ("epoch", -1)) if link[name] != default}
    link.set(view=VIEW.default)
    if view != VIEW.default and link["dataset"] == Experiment.dataset:
        link.set(**asked(network_of(view)) | where)


def question_in(link: Link, prepared: Prepared) -> list[str]:
    """Ask about an example that there is, and in a plane about a point near the data, unless another one was chosen."""
    X, last = prepared.data.X, len(prepared.test) - 1
    defaults = {c.name: c.default for c in link.controls}
    if prepared.data.planar and (link["px"], link["py"]) == (defaults["px"], defaults["py"]):
        left, right, low, high = around(X, NEAR)
        if not (left <= link["px"] <= right and low <= link["py"] <= high):
            middle = X[prepared.train].mean(0)
            link.set(px=float(f"{middle[0]:.4g}"), py=float(f"{middle[1]:.4g}"))
    if link["row"] <= last:
        return []
    link.set(row=last)
    return [] if link.edited else [f"Held-out example: there are {last + 1}, so it is the last."]


def opening(e: Experiment) -> dict[str, object]:
    """Return what Reset leads to from a network: the first on its data."""
    return asked(network_of(view_of(e), e.dataset))
