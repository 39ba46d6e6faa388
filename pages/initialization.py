"""Lesson 14: where weights should start."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.gradients import gradient_norms, gradient_norms_text
from core.charts.histograms import histograms, histograms_text
from core.charts.naming import scientific
from core.charts.playing import at_rest
from core.lessons.initialization import charts, study, words
from core.nn import initializers
from core.training.experiment import MOST_LAYERS
from core.training.settings import choice, moment
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.workshop.sending import simulator_link

VIEWS = {"signal": "Many layers", "equal": "Equal units"}
LAST = 100
CODE: dict[str, tuple[Any, ...]] = {
    "signal": (initializers.xavier_normal, initializers.he_normal, study.first_pass),
    "equal": (initializers.constant, study.units),
}
link = Link(
    "initialization",
    [
        choice("view", "signal", VIEWS, "View"),
        choice("act", "relu", study.ACTIVE, "Activation"),
        choice("start", "xavier", words.START, "First weights"),
        choice("depth", "30", [str(n) for n in study.DEPTHS], "Hidden layers"),
        choice("active", "tanh", study.ACTIVE, "Activation"),
        choice("begin", "equal", words.BEGIN, "First weights"),
        moment("epoch", LAST, LAST, "Epoch"),
    ],
)
lesson = frame.begin("initialization", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=40, show_spinner=False)
def first_pass(activation: str, start: str, depth: int) -> dict[str, Any]:
    """The values and gradients of networks that nobody has trained."""
    return study.first_pass(activation, start, depth)


@st.cache_data(max_entries=9, show_spinner="Training 80 networks …")
def trained(activation: str, depth: int) -> dict[str, np.ndarray]:
    """The losses that each start leads to."""
    return study.trained(activation, depth)


@st.cache_data(max_entries=16, show_spinner="Training 41 networks …")
def units(activation: str, begin: str) -> dict[str, np.ndarray]:
    """The units of a small network while it trains."""
    return study.units(activation, begin)


def ends(activation: str, start: str, depth: int) -> dict[str, Any]:
    """The numbers that the first view's sentences speak of: medians over the starts."""
    found = first_pass(activation, start, depth)
    spread = np.median(found["spread"], axis=0)
    return {
        "first": spread[0],
        "here_first": words.short(found["spread"][0, 0]),
        "here_last": words.short(found["spread"][0, -1]),
        "last": spread[-1],
        "tiny": scientific(spread[-1]),
        "edge": found["shares"][-1, np.abs(np.convolve(found["edges"], [0.5, 0.5], "valid")) > 0.9].sum(),
        "depth": depth,
    }


def learned(activation: str, begin: str) -> dict[str, float]:
    """The numbers that the second view's sentences speak of."""
    found = units(activation, begin)
    accuracy = float(np.median(found["accuracy"][:, -1]))
    same = float(np.median(units(activation, "equal")["accuracy"][:, -1])) if begin == "drop" else accuracy
    kinds = study.kinds(found["weights"][-1])
    return {"kinds": kinds, "accuracy": accuracy, "equal_accuracy": same, "units": study.UNITS}


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(units=study.UNITS))
    about = {"depth": study.DEPTHS[-1], "units": study.UNITS, "equal": study.EQUAL}
    predicted = teaching.prediction("initialization", words.LESSON, view, **about)
waiting = predicted is None
table = pd.DataFrame()

if view == "signal":
    if not waiting:
        with left:
            buttons(link, "act", "Activation", study.ACTIVE)
            st.selectbox("First weights", list(words.START), format_func=words.START.__getitem__, key=link.key("start"))
            buttons(link, "depth", "Hidden layers", map(str, study.DEPTHS))
    act, start, depth = (
        ("tanh", "xavier", study.DEPTHS[0]) if waiting else (link["act"], link["start"], int(link["depth"]))
    )
    found, numbers = first_pass(act, start, depth), ends(act, start, depth)
    rows = [f"layer {k}" for k in found["layers"]]
    notes = [words.NOTE.format(spread=words.short(found["spread"][0, k - 1])) for k in found["layers"]]
    names = [f"layer {k}" for k in range(1, depth + 1)]
    with right:
        title = words.TITLE.format(name=study.ACTIVE[act], start=words.START[start])
        show.chart(
            "initialization.values", (act, start, depth, mode),
            lambda: histograms(
                found["shares"][None], found["edges"], rows, [notes], mode, title=title, x_title="output a",
                key=["before training, seed 0", "the outer bars hold what lies beyond"],
            ),
            histograms_text(rows, notes, title=title),
        )  # fmt: skip
        if not waiting:
            teaching.tries(link, words.TRIES, words.FAILS, **numbers)
            show.chart(
                "initialization.gradients", (act, start, depth, mode),
                lambda: gradient_norms(
                    found["gradients"][None], names, mode, title=words.GRADIENTS, height=170,
                    key=["what came forward times what comes back", f"median and middle 80% of {study.SEEDS} starts"],
                ),
                gradient_norms_text(found["gradients"], names, title=words.GRADIENTS),
            )  # fmt: skip
            st.caption(words.LINE.format(n=study.WIDTH))
            st.latex(words.PASSED)
            variance = study.variance(start, study.WIDTH)
            st.latex(words.passed(study.WIDTH, variance, found["share"]))
            square = round(study.WIDTH * variance * found["share"], 2)
            st.caption(words.FOUND.format(square=square, root=square**0.5))
            st.latex(words.through(found["spread"][0]))
    if predicted is not None:
        asked = ends("relu", "xavier", study.DEPTHS[-1])
        teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(seeds=study.SEEDS, **asked))
        st.markdown(words.EXPLAIN)
        name = words.OPEN_DEEP if depth <= MOST_LAYERS else words.OPEN_FEWER.format(most=MOST_LAYERS)
        simulator_link(name, study.deep(act, start, min(depth, MOST_LAYERS)))
        with (opened := st.expander(words.AFTER_TITLE, on_change="rerun", key="initialization.after")):
            if opened.open:
                here = words.AFTER.format(seeds=study.SEEDS, name=study.ACTIVE[act], depth=depth, **words.TRAINED)
                st.markdown(here)
                losses = {words.START[n]: v for n, v in trained(act, depth).items()}
                epochs = np.arange(study.TRAINED_EPOCHS + 1)
                show.chart(
                    "initialization.losses", (act, depth, mode),
                    lambda: band(
                        epochs, losses, mode, x_title="epoch", y_title="training loss", title="What each start leads to",
                        domain=(0.02, 5.0), log_y=True, key="median and middle 80%; at the top edge: broken",
                    ),
                    band_text(epochs, losses, x_title="epoch", y_title="Training loss"),
                )  # fmt: skip
                st.markdown(words.after_note(study.learns(losses)))
    middle = {n: np.median(found[n], axis=0) for n in ("spread", "gradients")}
    columns = dict(zip(words.NUMBERS, (found["spread"][0], middle["spread"], middle["gradients"]), strict=True))
    table = pd.DataFrame(
        {"layer": names}
        | {name.format(seeds=study.SEEDS): [words.short(x, 2) for x in v] for name, v in columns.items()}
    )

else:
    if not waiting:
        with left:
            st.selectbox("First weights", list(words.BEGIN), format_func=words.BEGIN.__getitem__, key=link.key("begin"))
            buttons(link, "active", "Activation", study.ACTIVE)
    act, begin = ("tanh", "equal") if waiting else (link["active"], link["begin"])
    run = units(act, begin)
    moments, epochs = run["epochs"], np.arange(run["accuracy"].shape[1])
    with right:
        frames = [0] if waiting else moments.tolist()
        at = 0 if waiting else player(link, frames, repr((act, begin)))
        title = words.TITLE_EQUAL.format(units=study.UNITS, name=study.ACTIVE[act])

        def drawn() -> Any:
            return charts.unit_table(run["weights"][: len(frames)], frames, mode, title, len(frames) - 1)

        show.chart(
            "initialization.units", (act, begin, waiting, mode),
            lambda: at_rest(drawn()) if waiting else drawn(),
            charts.unit_table_text(run["weights"][at], title),
        )  # fmt: skip
        if not waiting:
            teaching.tries(
                link, words.TRIES_EQUAL, words.FAILS_EQUAL, **learned(act, begin), **study.alike(run["weights"][at])
            )
            for place, (what, domain) in zip(st.columns(2, gap="medium"), words.CURVES.items(), strict=True):
                lines = {"this start": run[what], "single unit": run[f"one {what}"]}
                with place:
                    show.chart(
                        f"initialization.{what}", (act, begin, mode),
                        lambda what=what, domain=domain, lines=lines: band(  # type: ignore[misc]
                            epochs, lines, mode, x_title="epoch", y_title=f"training {what}", title=words.BESIDE[what],
                            domain=domain, height=170, key=f"median and middle 80% of {study.SEEDS} starts",
                        ),
                        band_text(epochs, lines, x_title="epoch", y_title=f"Training {what}"),
                    )  # fmt: skip
            with st.container(key=RESTING):
                kinds = study.kinds(run["weights"][at])
                st.caption(words.LINE_EQUAL.format(epoch=moments[at], kinds=kinds, s="s" * (kinds > 1)))
                st.latex(words.PRODUCT)
                for unit in (0, 1):
                    st.latex(words.worked(run["factors"][at, unit]))
    if predicted is not None:
        equal = learned("tanh", "equal")
        others = {
            "random": learned("tanh", "random")["accuracy"],
            "one": float(np.median(units("tanh", "equal")["one accuracy"][:, -1])),
        }
        teaching.confront(
            words.PREDICTION_EQUAL, predicted,
            words.MEASURED_EQUAL.format(epochs=len(epochs) - 1, seeds=study.SEEDS, **equal, **others),
        )  # fmt: skip
        st.markdown(words.EXPLAIN_EQUAL)
        e = study.shallow(act, begin)
        simulator_link(words.OPEN, e)
    table = pd.DataFrame(run["weights"][-1], columns=["w1", "w2", "bias", "to output"])

if predicted is not None:
    teaching.checks("initialization", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="initialization.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("initialization", link, words.LEFT_OPEN)
