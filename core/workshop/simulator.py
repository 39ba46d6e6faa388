"""The pictures of a training run, side by side over one player.

Every chart is specified at its first frame and moved by the player, so that resting on another frame changes no
chart; only the texts (``alt``) speak of the frame ``at`` which it rests.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.confusion import confusion, confusion_text
from core.charts.curves import curves, curves_text
from core.charts.fitted import curve1d, curve1d_text
from core.charts.network import diagram, diagram_text
from core.charts.plane import boundary, boundary_text
from core.charts.rates import learning_rate, learning_rate_text
from core.charts.surface import surface, surface_text, unit_response, unit_response_text
from core.charts.units import scale_responses
from core.training.experiment import Experiment, layer_sizes
from core.training.history import History
from core.ui import frame, show
from core.ui.player import RESTING
from core.workshop import cache

HEIGHT = 165
"""Pixels of a curve: two of them stand as high as the plane beside them."""


@dataclass(frozen=True, eq=False)
class Shown:
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


def run(e: Experiment, view: tuple[str, int, int]) -> Shown:
    """Train, or take from the cache; say so when it takes longer than half a second."""
    query = cache.query_of(e)
    with st.spinner(f"Training {e.epochs} epochs …", show_time=True):
        arrays = cache.run(query)
        picture = cache.picture(query, *view)
    return Shown(e, query, cache.history_of(arrays, e), arrays["frames"], picture, view)


def answer_chart(shown: Shown, at: int) -> None:
    """Draw what the network answers: regions, a surface, or a curve."""
    data, picture, mode = shown.history.data, shown.picture, frame.mode()
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
        build, text = _plane(shown, sets, at)
    show.chart("answer", (shown.query, shown.view, mode), build, text)
    if picture.get("note"):
        st.caption(picture["note"])


def _plane(shown: Shown, sets: Any, at: int) -> tuple[Any, str]:
    picture, mode, classes, (train, test) = shown.picture, frame.mode(), shown.classes, sets
    field, extent, titles = picture["answers"], picture["extent"], picture["titles"]
    if not classes:
        units = shown.history.data.data.target
        text = surface_text(field, extent, train, test, frame=at)
        return lambda: surface(field, extent, train, test, mode, axis_titles=titles, units=units), text
    sure = picture.get("sure")
    text = boundary_text(field, extent, train, test, classes=classes, confidence=sure, frame=at)
    return lambda: boundary(
        field, extent, train, test, mode, classes=classes, confidence=sure, axis_titles=titles
    ), text


def loss_chart(shown: Shown, log: bool) -> None:
    """Draw training and test loss over the epochs."""
    h, mode = shown.history, frame.mode()
    epochs, series = np.arange(h.epochs + 1), {"train": h.train_loss, "test": h.test_loss}
    show.chart(
        "loss",
        (shown.query, mode, log),
        lambda: curves(epochs, shown.frames, series, mode, log, "loss", height=HEIGHT),
        curves_text(epochs, series, y_title="loss"),
    )


def accuracy_chart(shown: Shown) -> None:
    """Draw accuracy, or R^2 for regression, over the epochs."""
    h, mode = shown.history, frame.mode()
    epochs, series = np.arange(h.epochs + 1), {"train": h.train_accuracy, "test": h.test_accuracy}
    title, name = ("Accuracy over the epochs", "accuracy") if shown.classes else ("R² over the epochs", "R²")
    domain = (0.0, 1.0) if shown.classes else (-0.5, 1.0)
    clipped = {k: np.clip(v, domain[0], 1) for k, v in series.items()}
    show.chart(
        "accuracy",
        (shown.query, mode),
        lambda: curves(epochs, shown.frames, clipped, mode, False, name, domain, title=title, height=HEIGHT),
        curves_text(epochs, series, y_title=name),
    )


def rate_chart(shown: Shown) -> None:
    """Draw the learning rate over the run."""
    h, mode = shown.history, frame.mode()
    steps = np.arange(len(h.learning_rate)) / max(1, int(h.facts[2]))
    show.chart(
        "rate",
        (shown.query, mode),
        lambda: learning_rate(steps, h.learning_rate, mode),
        learning_rate_text(steps, h.learning_rate),
    )


def network_chart(shown: Shown, at: int, selected: tuple[int, int] | None) -> tuple[int, int] | None:
    """Draw the network: weights, and each unit's response over the plane. Return the unit that was clicked."""
    sizes, picture, mode = layer_sizes(shown.experiment), shown.picture, frame.mode()
    kind: Any = "probability" if shown.classes else "value"

    def build() -> Any:
        units = scale_responses(picture["units"], kind) if picture["units"] else None
        names, weights = list(shown.history.data.input_names)[:8], picture["weights"]
        chosen: Any = {"output": kind, "clickable": bool(units)}
        return diagram(sizes, weights, picture["biases"], units, names, mode, 0, selected, **chosen)

    clicked = show.chart(
        "network",
        (shown.query, shown.view, mode, selected),
        build,
        diagram_text(sizes, picture["weights"], frame=at),
        **({"on_select": "rerun", "selection_mode": "unit"} if picture["units"] else {}),
    )
    picked = clicked.get("selection", {}).get("unit", []) if picture["units"] and clicked else []
    return (int(picked[0]["layer"]), int(picked[0]["unit"])) if picked else None


def unit_names(shown: Shown) -> dict[str, tuple[int, int]]:
    """Return every unit that can be enlarged, by its name on screen."""
    sizes = layer_sizes(shown.experiment)
    names: dict[str, tuple[int, int]] = {}
    for layer, width in enumerate(sizes[1:], 1):
        kind = "output" if layer == len(sizes) - 1 else f"hidden {layer}"
        names |= {f"{kind}, unit {u + 1}" if width > 1 else kind: (layer, u) for u in range(min(width, 128))}
    return names


def unit_chart(shown: Shown, at: int, name: str, where: tuple[int, int]) -> None:
    """Draw one unit's response over the plane, enlarged."""
    frames, extent, mode = cache.unit(shown.query, *shown.view, *where), shown.picture["extent"], frame.mode()
    last = where[0] == len(layer_sizes(shown.experiment)) - 1
    quantity, titles = "probability" if last and shown.classes else "activation", shown.picture["titles"]
    show.chart(
        "unit",
        (shown.query, shown.view, mode, where),
        lambda: unit_response(
            frames, extent, mode, f"What {name} says", quantity=quantity, axis_titles=titles, size=None
        ),
        unit_response_text(frames, extent, name=name, frame=at),
    )


def confusion_chart(shown: Shown, epoch: int) -> None:
    """Draw which test classes are taken for which at an epoch."""
    matrix, mode = cache.confusion(shown.query, epoch), frame.mode()
    title = f"Test data at epoch {epoch}: which class is taken for which"
    show.chart(
        "confusion",
        (shown.query, epoch, mode),
        lambda: confusion(matrix, shown.classes, mode, title=title),
        confusion_text(matrix, shown.classes),
    )


def metrics(shown: Shown, epoch: int) -> None:
    """Show loss and accuracy of an epoch as numbers."""
    h, word = shown.history, "accuracy" if shown.classes else "R²"
    form = ".1%" if shown.classes else ".3f"
    numbers = {
        "Training loss": (h.train_loss, ".4f"),
        "Test loss": (h.test_loss, ".4f"),
        f"Training {word}": (h.train_accuracy, form),
        f"Test {word}": (h.test_accuracy, form),
    }
    with st.container(horizontal=True, key=RESTING):
        st.metric("Epoch", str(epoch))
        for name, (values, written) in numbers.items():
            st.metric(name, format(values[epoch], written) if np.isfinite(values[epoch]) else "none")
    if np.isfinite(h.test_loss[h.best_epoch]):
        said = f"The test loss is lowest at epoch {h.best_epoch}: {h.test_loss[h.best_epoch]:.4f}."
        st.caption(f"{said} Training was stopped early, at epoch {h.epochs}." if h.stopped_early else said)


def table(shown: Shown) -> pd.DataFrame:
    """Return the numbers behind the curves, a row an epoch."""
    h, word = shown.history, "accuracy" if shown.classes else "R2"
    columns = {
        "epoch": np.arange(h.epochs + 1),
        "train_loss": h.train_loss,
        "test_loss": h.test_loss,
        f"train_{word}": h.train_accuracy,
        f"test_{word}": h.test_accuracy,
    }
    return pd.DataFrame(columns)


def examples(shown: Shown) -> pd.DataFrame:
    """Return the data of the run, with the part that each example went to."""
    data = shown.history.data
    frame_ = pd.DataFrame(data.data.X, columns=list(data.data.features))
    frame_[data.data.target] = data.data.y
    frame_["part"] = "test"
    frame_.iloc[data.train, -1] = "train"
    return frame_


def weights_file(shown: Shown, at: int) -> bytes:
    """Return weights ``W1, W2, ...`` and biases ``b1, b2, ...`` at a frame as the bytes of an npz file.

    What batch norm learned and averaged comes along under its layer's name.
    """
    named: dict[str, Any] = {}
    for k, (w, b) in enumerate(zip(shown.picture["weights"], shown.picture["biases"], strict=True), 1):
        named |= {f"W{k}": w[at], f"b{k}": b[at]}
    parameters = shown.history.network(int(shown.frames[at])).p
    named |= {name.replace(".", "_"): value for name, value in parameters.items() if not name.endswith("W")}
    file = io.BytesIO()
    np.savez(file, **named)
    return file.getvalue()


def csv(table: pd.DataFrame) -> str:
    """Return a table as the text of a CSV file."""
    return str(table.to_csv(index=False))


def diverged(shown: Shown) -> str:
    """Explain a run whose numbers stopped being numbers; empty for one that did not."""
    h, e = shown.history, shown.experiment
    if h.diverged_step is None:
        return ""
    epoch = h.diverged_step // max(1, int(h.facts[2])) + 1
    return (
        f"After step {h.diverged_step + 1}, in epoch {epoch}, a weight was no longer a finite number. The likely cause "
        f"is the learning rate, {e.learning_rate:g}: where the loss curves upward strongly, so long a step lands "
        f"farther from the minimum than it began, and each step makes it worse. Training stopped there."
    )
