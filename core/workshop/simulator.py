"""The pictures of a training run, side by side over one player.

Every chart is specified at its first frame and moved by the player, so that resting on another frame changes no
chart; only the texts (``alt``) speak of the frame ``at`` which it rests.
"""

import io
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.confusion import confusion, confusion_text
from core.charts.curves import curves, curves_text
from core.charts.fitted import curve1d, curve1d_text
from core.charts.network import diagram, diagram_text, weight_title
from core.charts.plane import boundary, boundary_text
from core.charts.playing import at_rest
from core.charts.rates import learning_rate, learning_rate_text
from core.charts.readout import readout, readout_text
from core.charts.surface import surface, surface_text, unit_response, unit_response_text
from core.charts.units import scale_responses
from core.data.names import free_name
from core.data.own import is_own
from core.training.advice import advice
from core.training.experiment import Experiment, layer_sizes
from core.training.history import History
from core.training.one_step import OneStep
from core.ui import frame, show
from core.ui.player import RESTING
from core.workshop import cache
from core.workshop.sentences import best, undefined, without_penalty

HEIGHT = 165
"""Pixels of a curve: two of them stand as high as the plane beside them."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A run with what its pictures need."""

    experiment: Experiment
    query: str
    history: History
    frames: np.ndarray
    picture: dict[str, Any]
    view: tuple[str, int, int]

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes; empty for regression."""
        return self.history.data.data.classes


def run(e: Experiment, view: tuple[str, int, int]) -> Scene:
    """Train, or take from the cache; say so when it takes longer than half a second."""
    query = cache.query_of(e)
    with st.spinner(f"Training {e.epochs} epochs …", show_time=True):
        arrays = cache.run(query)
        picture = cache.picture(query, *view)
    return Scene(e, query, cache.history_of(arrays, e), arrays["frames"], picture, view)


def answer_chart(scene: Scene, at: int, plays: bool = True) -> None:
    """Draw what the network answers: regions, a surface, or a curve; with ``plays`` off only before the first step."""
    data, picture, mode = scene.history.data, scene.picture, frame.mode()
    y_train, y_test = data.data.y[data.train], data.data.y[data.test]
    if "line" in picture:
        sets = (data.data.X[data.train], y_train), (data.data.X[data.test], y_test)
        names = (data.data.features[0], data.data.target)
        args = (picture["answers"], picture["line"], *sets)
        text = curve1d_text(*args, frame=at)

        def build() -> Any:
            return curve1d(*args, mode, axis_titles=names)

    else:
        sets = (picture["train"], y_train), (picture["test"], y_test)
        build, text = _plane(scene, sets, at)
    show.chart("answer", (scene.query, scene.view, mode, plays), build if plays else lambda: at_rest(build()), text)
    if picture.get("note"):
        st.caption(picture["note"])


def _plane(scene: Scene, sets: Any, at: int) -> tuple[Any, str]:
    picture, mode, classes, (train, test) = scene.picture, frame.mode(), scene.classes, sets
    field, extent, titles = picture["answers"], picture["extent"], picture["titles"]
    if not classes:
        units = scene.history.data.data.target
        text = surface_text(field, extent, train, test, frame=at)
        return lambda: surface(field, extent, train, test, mode, axis_titles=titles, units=units), text
    sure = picture.get("sure")
    text = boundary_text(field, extent, train, test, classes=classes, confidence=sure, frame=at)
    return lambda: boundary(
        field, extent, train, test, mode, classes=classes, confidence=sure, axis_titles=titles
    ), text


def loss_chart(scene: Scene, log: bool) -> None:
    """Draw the losses over the epochs, and say what they leave out."""
    h, mode = scene.history, frame.mode()
    epochs, series = np.arange(h.epochs + 1), parts(h, "loss")
    show.chart(
        "loss",
        (scene.query, mode, log),
        lambda: curves(epochs, scene.frames, series, mode, log, "loss", height=HEIGHT),
        curves_text(epochs, series, y_title="loss"),
    )
    if penalty := without_penalty(scene.experiment):
        st.caption(penalty)


def parts(h: History, measure: str) -> dict[str, np.ndarray]:
    """Return a measure's curves by the part of the data; only those that exist."""
    curves_ = {part: getattr(h, f"{part}_{measure}") for part in ("train", "validation", "test")}
    return {part: c for part, c in curves_.items() if len(c) and not (measure == "accuracy" and h.undefined(part))}


def accuracy_chart(scene: Scene) -> None:
    """Draw accuracy, or R^2 for regression, over the epochs."""
    h, mode = scene.history, frame.mode()
    epochs, series = np.arange(h.epochs + 1), parts(h, "accuracy")
    title, name = ("Accuracy over the epochs", "accuracy") if scene.classes else ("R² over the epochs", "R²")
    domain = (0.0, 1.0) if scene.classes else (-0.5, 1.0)
    if not series:  # what has no spread has no R²; the numbers below say so
        return
    show.chart(
        "accuracy",
        (scene.query, mode),
        lambda: curves(epochs, scene.frames, series, mode, False, name, domain, title=title, height=HEIGHT),
        curves_text(epochs, series, y_title=name),
    )


def rate_chart(scene: Scene) -> None:
    """Draw the learning rate over the run."""
    h, mode = scene.history, frame.mode()
    steps = np.arange(len(h.learning_rate)) / max(1, int(h.facts[2]))
    show.chart(
        "rate",
        (scene.query, mode),
        lambda: learning_rate(steps, h.learning_rate, mode),
        learning_rate_text(steps, h.learning_rate),
    )


def step_chart(scene: Scene, step: OneStep) -> None:
    """Draw what one step does to the network: how far it moves each weight, up or down."""
    sizes, mode = layer_sizes(scene.experiment), frame.mode()
    names, moves = list(scene.history.data.input_names)[:8], step.moves
    weights = [w[None, :, :-1] for w in moves]
    title, key = f"How step {step.number} moves each weight", ["blue solid: up, orange dashed: down", "thick: far"]
    show.chart(
        "step",
        (scene.query, step.number, mode),
        lambda: diagram(sizes, weights, None, None, names, mode, title=title, key=key, what="moved by", form="+.4f"),
        f"{title}. {diagram_text(sizes, weights)}",
    )


def network_chart(scene: Scene, at: int, selected: tuple[int, int] | None) -> tuple[int, int] | None:
    """Draw the network: weights, and each unit's response over the plane. Return the unit that was clicked."""
    sizes, picture, mode = layer_sizes(scene.experiment), scene.picture, frame.mode()
    kind: Any = "probability" if scene.classes else "value"

    def build() -> Any:
        units = scale_responses(picture["units"], kind) if picture["units"] else None
        names, weights = list(scene.history.data.input_names)[:8], picture["weights"]
        chosen: Any = {"output": kind, "clickable": bool(units)}
        return diagram(sizes, weights, picture["biases"], units, names, mode, 0, selected, **chosen)

    clicked = show.chart(
        "network",
        (scene.query, scene.view, mode, selected),
        build,
        diagram_text(sizes, picture["weights"], frame=at),
        **({"on_select": "rerun", "selection_mode": "unit"} if picture["units"] else {}),
    )
    picked = clicked.get("selection", {}).get("unit", []) if picture["units"] and clicked else []
    return (int(picked[0]["layer"]), int(picked[0]["unit"])) if picked else None


def unit_names(scene: Scene) -> dict[str, tuple[int, int]]:
    """Return every unit that can be enlarged, by its name on screen."""
    sizes = layer_sizes(scene.experiment)
    names: dict[str, tuple[int, int]] = {}
    for layer, width in enumerate(sizes[1:], 1):
        kind = "output" if layer == len(sizes) - 1 else f"hidden {layer}"
        names |= {f"{kind}, unit {u + 1}" if width > 1 else kind: (layer, u) for u in range(min(width, 128))}
    return names


def unit_chart(scene: Scene, at: int, name: str, where: tuple[int, int]) -> None:
    """Draw one unit's response over the plane, enlarged."""
    frames, extent, mode = cache.unit(scene.query, *scene.view, *where), scene.picture["extent"], frame.mode()
    last = where[0] == len(layer_sizes(scene.experiment)) - 1
    quantity, titles = "probability" if last and scene.classes else "activation", scene.picture["titles"]
    show.chart(
        "unit",
        (scene.query, scene.view, mode, where),
        lambda: unit_response(
            frames, extent, mode, f"What {name} says", quantity=quantity, axis_titles=titles, size=None
        ),
        unit_response_text(frames, extent, name=name, frame=at),
    )


def confusion_chart(scene: Scene, epoch: int) -> None:
    """Draw which test classes are taken for which at an epoch."""
    matrix, mode = cache.confusion(scene.query, epoch), frame.mode()
    title = f"Test data at epoch {epoch}: which class is taken for which"
    with st.container(key=RESTING):  # of the epoch where it last rested
        show.chart(
            "confusion",
            (scene.query, epoch, mode),
            lambda: confusion(matrix, scene.classes, mode, title=title),
            confusion_text(matrix, scene.classes),
        )


def metrics(scene: Scene, at: int) -> None:
    """Write loss and accuracy of the frame that is seen, and what is to be said of the whole run."""
    h, mode = scene.history, frame.mode()
    word, form = ("accuracy", ".1%") if scene.classes else ("R²", ".3f")
    named = {"train": "training", "validation": "validation", "test": "test"}
    columns = [named[part] for part in parts(h, "loss")]
    numbers: dict[str, Any] = {}
    for name, measure, written in (("loss", "loss", ".4f"), (word, "accuracy", form)):
        known = parts(h, measure)
        series = [known[part][scene.frames] if part in known else None for part in parts(h, "loss")]
        numbers |= {name: (series, written)}
    show.chart(
        "numbers",
        (scene.query, mode),
        lambda: readout(scene.frames, columns, numbers, mode),
        readout_text(scene.frames, columns, numbers, frame=at),
    )
    for sentence in (best(h), undefined(h)):
        if sentence:
            st.caption(sentence)


def weight_table(scene: Scene, at: int) -> pd.DataFrame:
    """Return every weight and bias at a frame by its name; of large networks the first 5,000."""
    sizes, names = layer_sizes(scene.experiment), list(scene.history.data.input_names)
    rows = (
        (weight_title(sizes, names, layer, to, source), float(value))
        for layer, (w, b) in enumerate(zip(scene.picture["weights"], scene.picture["biases"], strict=True), 1)
        for to, values in enumerate(np.column_stack([w[at], b[at]]))
        for source, value in enumerate(values)
    )
    return pd.DataFrame(islice(rows, 5000), columns=["weight or bias", "value"])


def table(scene: Scene) -> pd.DataFrame:
    """Return the numbers behind the curves, a row an epoch."""
    h, word = scene.history, "accuracy" if scene.classes else "R2"
    columns = {f"{part}_loss": curve for part, curve in parts(h, "loss").items()}
    columns |= {f"{part}_{word}": curve for part, curve in parts(h, "accuracy").items()}
    return pd.DataFrame({"epoch": np.arange(h.epochs + 1)} | columns)


def examples(scene: Scene) -> pd.DataFrame:
    """Return the data of the run, with the part that each example went to."""
    data = scene.history.data
    frame_ = pd.DataFrame(data.data.X, columns=list(data.data.features))
    named = is_own(scene.experiment.dataset) and scene.classes  # goes home as it came
    frame_[data.data.target] = [scene.classes[k] for k in data.data.y] if named else data.data.y
    part = np.full(len(frame_), "test", dtype=object)
    part[data.train], part[data.validation] = "train", "validation"
    return frame_.assign(**{free_name("part", frame_.columns): part})


def weights_file(scene: Scene, at: int) -> bytes:
    """Return weights ``W1, ...``, biases ``b1, ...`` and their ``epoch`` at a frame as the bytes of an npz file.

    What batch norm learned and averaged comes along under its layer's name.
    """
    named: dict[str, Any] = {"epoch": scene.frames[at]}
    for k, (w, b) in enumerate(zip(scene.picture["weights"], scene.picture["biases"], strict=True), 1):
        named |= {f"W{k}": w[at], f"b{k}": b[at]}
    parameters = scene.history.network(int(scene.frames[at])).p
    named |= {name.replace(".", "_"): value for name, value in parameters.items() if not name.endswith("W")}
    file = io.BytesIO()
    np.savez(file, **named)
    return file.getvalue()


def advise(scene: Scene) -> None:
    """Say what a learner should know about the settings, where there is something to know."""
    with st.container():  # always there: what comes below it stays the same element
        if sentences := advice(scene.experiment, scene.history.data):
            text = "\n".join(f"- {sentence}" for sentence in sentences)
            st.info(text, title="Good to know about these settings", icon=":material/lightbulb:")
