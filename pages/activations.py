"""Lesson 13: what the bend between two layers is for."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.histograms import histograms, histograms_text, shares_of
from core.charts.naming import scientific
from core.lessons.activations import charts, sentences, study, words, worked
from core.nn import activations
from core.nn.activations import ACTIVATIONS
from core.training.building import prepare_experiment
from core.training.experiment import MOST_LAYERS
from core.training.frames import plane_of
from core.training.settings import choice, moment, nearest, number, whole
from core.ui import formula, frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.sliders import slider
from core.workshop.sending import simulator_link

VIEWS = {"train": "Networks", "curves": "Slopes", "dead": "Dying"}
TITLES = {name: one.title for name, one in ACTIVATIONS.items()}
PANELS = TITLES | {"identity": "without a bend"}
DATA = {"circles": "two rings", "moons": "two moons", "xor": "XOR", "gauss": "two clouds"}
SIDE, BINS, WIDE = 30, 40, 8.0
ASKED = 5.0  # the z that the second view asks about
SAFE, LARGE = 0.1, 3.0
CODE: dict[str, tuple[Any, ...]] = {
    "train": (study.collapse,),
    "curves": (activations.relu, activations.relu_backward, activations.sigmoid, activations.sigmoid_backward),
    "dead": (study.dying,),
}
link = Link(
    "activations",
    [
        choice("view", "train", VIEWS, "View"),
        choice("data", "circles", DATA, "Data"),
        choice("layers", "2", [str(n) for n in study.LAYERS], "Hidden layers"),
        whole("seed", 0, 0, study.SEEDS - 1, "Seed of the weights"),
        choice("act", "tanh", ACTIVATIONS, "Activation"),
        choice("other", "sigmoid", ACTIVATIONS, "Compare with"),
        number("z", ASKED, -study.REACH, study.REACH, "z"),
        choice("kind", "relu", study.DYING, "Activation"),
        nearest("rate", LARGE, study.RATES, "Learning rate"),
        moment("epoch", study.EPOCHS_DYING, study.EPOCHS_DYING, "Epoch"),
    ],
)
lesson = frame.begin("activations", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=16, show_spinner="Training 160 networks, deep ones for a few seconds …")
def trained(data: str, layers: int) -> dict[str, dict[str, np.ndarray]]:
    """Accuracies and parameters of every activation's networks."""
    return study.train_all(data, layers)


@st.cache_data(max_entries=64, show_spinner=False)
def pictures(data: str, layers: int, seed: int) -> dict[str, np.ndarray]:
    """What each activation's network of one start answers over the plane."""
    runs, points = (
        trained(data, layers),
        plane_of(prepare_experiment(study.experiment(data, layers, "tanh")), SIDE).points,
    )
    named = {n: (study.experiment(data, layers, n), run["parameters"][seed]) for n, run in runs.items()}
    return {n: study.answers(e, theta, points).reshape(SIDE, SIDE) for n, (e, theta) in named.items()}


@st.cache_data(max_entries=16, show_spinner="Training 20 networks …")
def dying(kind: str, rate: float) -> dict[str, Any]:
    """Who is dead when, and how one start's z is spread at each frame."""
    found = study.dying(kind, rate)
    edges = np.linspace(-WIDE, WIDE, BINS + 1)
    return found | {"z": np.array([shares_of(z, edges) for z in found["z"]]), "edges": edges}


def medians(data: str, layers: int) -> dict[str, float]:
    """The numbers that the first view's sentences speak of."""
    runs = trained(data, layers)
    both = {"flat": "identity", "tanh": "tanh", "relu": "relu", "sigmoid": "sigmoid"}
    found = {place: float(np.median(runs[name]["train"])) for place, name in both.items()}
    return found | {f"{place}_test": float(np.median(runs[name]["test"])) for place, name in both.items()}


def dead_of(kind: str, rate: float) -> dict[str, Any]:
    """The numbers that the third view's sentences speak of."""
    found, units = dying(kind, rate), 2 * study.WIDTH
    whole = ~found["broken"][:, -1]
    runs = {"seeds": study.SEEDS, "broken": (~whole).sum(), "whole": whole.sum()}
    dead = sentences.halves(np.median(found["dead"][whole, -1]) * units)
    return runs | {"dead": dead, "accuracy": np.median(found["right"][:, -1]), "units": units}


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view])
    asked = {"z": ASKED, "units": 2 * study.WIDTH}
    predicted = teaching.prediction("activations", words.LESSON, view, **asked)
waiting = predicted is None
table = pd.DataFrame()

if view == "train":
    if not waiting:
        with left:
            st.selectbox("Data", list(DATA), format_func=DATA.__getitem__, key=link.key("data"))
            options = [str(n) for n in study.LAYERS]
            buttons(link, "layers", "Hidden layers", options)
            st.slider("Seed of the weights", 0, study.SEEDS - 1, key=link.key("seed"))
    data, layers, seed = ("circles", 2, 0) if waiting else (link["data"], int(link["layers"]), link["seed"])
    runs, drawn = trained(data, layers), pictures(data, layers, seed)
    names = ["tanh"] if waiting else list(ACTIVATIONS)
    right_of = {n: {part: float(np.median(v[part])) for part in ("train", "test")} for n, v in runs.items()}
    says = {PANELS[n]: (words.RIGHT_ONE if waiting else words.RIGHT).format(**right_of[n]) for n in names}
    prepared = prepare_experiment(study.experiment(data, layers, "tanh"))
    plane, classes = plane_of(prepared, SIDE), prepared.data.classes
    with right:
        title = words.TITLE.format(layers=layers, s="s" * (layers > 1), starts=study.SEEDS)
        show.chart(
            "activations.panels", (data, layers, seed, waiting, mode),
            lambda: charts.side_by_side(
                {PANELS[n]: drawn[n] for n in names}, says, plane.extent, (plane.train, prepared.y_train), classes,
                mode, title, "" if waiting else words.KEY,
            ),
            charts.side_by_side_text(says, title if waiting else f"{title}, {words.KEY}"),
        )  # fmt: skip
        if not waiting:
            e = study.experiment(data, layers, "identity", seed)
            theta = runs["identity"]["parameters"][seed]
            a, b, c = study.collapse(study.matrices(e, theta))[0]
            teaching.tries(link, words.TRIES, words.FAILS, **medians(data, layers))
            st.caption(words.LINE.format(seed=seed))
            product = [rf"W_{{{k}}}" for k in range(layers + 1, 0, -1)]
            if layers > study.LAYERS[2]:
                product[2:-1] = [r"\cdots"]
            st.latex(
                rf"{' '.join(product)} = ({formula.weight(a, 3, alone=True)},\ {formula.weight(b, 3, alone=True)})"
            )
            st.latex(
                rf"z = {formula.weight(a, 3, alone=True)}\,x_1 + {formula.weight(b, 3)}\,x_2 + {formula.weight(c, 3)}"
            )
            st.caption(words.APART.format(apart=scientific(study.apart(e, theta), 0)))
    if predicted is not None:
        teaching.confront(
            words.PREDICTION, predicted, words.MEASURED.format(seeds=study.SEEDS, **medians("circles", 2))
        )
        bends = {TITLES[n]: one["train"] for n, one in right_of.items() if n != "identity"}
        st.markdown(words.EXPLAIN.format(which=sentences.which(bends)))
        table = pd.DataFrame(
            [(TITLES[n], *(float(f(v[part])) for part in ("train", "test") for f in (np.min, np.median, np.max)))
             for n, v in runs.items()],
            columns=["activation", *(f"{part}, {what}" for part in ("training", "test") for what in ("worst", "median", "best"))],
        )  # fmt: skip

elif view == "curves":
    if not waiting:
        with left:
            st.selectbox("Activation", list(TITLES), format_func=TITLES.__getitem__, key=link.key("act"))
            st.selectbox("Compare with", list(TITLES), format_func=TITLES.__getitem__, key=link.key("other"))
            slider(link, "z", "z", -study.REACH, study.REACH, 0.05)
    act, other, z = ("tanh", "sigmoid", 0.0) if waiting else (link["act"], link["other"], link["z"])
    pair = list(dict.fromkeys((act, other)))
    line = np.linspace(-study.REACH, study.REACH, 241)
    slopes = {n: float(ACTIVATIONS[n].slope(z)) for n in pair}
    small = all(np.abs(ACTIVATIONS[n](line)).max() <= 1 for n in pair)
    parts: list[Any] = [("f(z)", "f", line, (-1.25, 1.25) if small else (-2.0, 6.0), lambda n: ACTIVATIONS[n])]
    if not waiting:
        parts.append(("Slope f′(z)", "slope", line, (-0.25, 1.25), lambda n: ACTIVATIONS[n].slope))
        if (near := study.enlarged(pair, z)) is not None:
            parts.append((words.ENLARGED, "near", *near, lambda n: ACTIVATIONS[n].slope))
    with right:
        for (title, key, over, domain, of), place in zip(parts, st.columns(len(parts), gap="medium"), strict=True):
            values = {TITLES[n]: float(of(n)(z)) for n in pair}
            with place:
                show.chart(
                    f"activations.{key}", (act, other, z, waiting, mode),
                    lambda title=title, over=over, domain=domain, of=of, values=values: charts.curves(  # type: ignore[misc]
                        over, {TITLES[n]: of(n)(over) for n in pair}, z, values, mode, title, "", domain
                    ),
                    charts.curves_text(title, z, values),
                )  # fmt: skip
        if not waiting:
            teaching.tries(link, words.TRIES_CURVES, words.FAILS_CURVES, slope=slopes[act], other=slopes[other])
            st.latex(worked.slopes(z, {n: TITLES[n] for n in pair}))
            if signs := [worked.SYMBOLS[n] for n in pair if n in worked.SYMBOLS]:
                st.caption(" ".join(signs))
            st.markdown(sentences.facts(TITLES[act], study.facts(act), study.FLAT))
    if predicted is not None:
        steep = {n: float(ACTIVATIONS[n].slope(ASKED)) for n in ("tanh", "sigmoid")}
        measured = words.MEASURED_CURVES.format(z=ASKED, cross=study.crossing(), **steep)
        teaching.confront(words.PREDICTION_CURVES, predicted, measured)
        st.markdown(words.EXPLAIN_CURVES)
        at_z = np.arange(-6.0, 7.0)
        table = pd.DataFrame({"z": at_z} | {f"{w} {TITLES[n]}": np.round(f(at_z), 6) for n in pair for w, f in
                             (("", ACTIVATIONS[n]), ("slope of", ACTIVATIONS[n].slope))})  # fmt: skip

else:
    if not waiting:
        with left:
            kinds = study.DYING
            buttons(link, "kind", "Activation", kinds)
            st.select_slider("Learning rate", study.RATES, format_func=lambda r: f"{r:g}", key=link.key("rate"))
    kind, rate = ("relu", SAFE) if waiting else (link["kind"], link["rate"])
    found = dying(kind, rate)
    epochs, width, one = found["epochs"], study.WIDTH, found["start"]
    rows = ["layer 1", "layer 2"]
    notes = [[words.NOTE.format(dead=d, width=width) for d in both] for both in found["layers"]]
    with right:
        at = player(link, epochs.tolist(), repr((kind, rate, waiting)))
        title = words.TITLE_DEAD.format(name=study.DYING[kind], rate=rate)
        show.chart(
            "activations.z", (kind, rate, mode),
            lambda: histograms(
                found["z"], found["edges"], rows, notes, mode, title=title, x_title="z", ink="z", height=150,
                key=[f"all training examples, start {one}", "outer bars: what lies beyond"], start=len(epochs) - 1,
            ),
            histograms_text(rows, notes[at], title=title),
        )  # fmt: skip
        shares = {"dead units": found["dead"]} | ({} if waiting else {"right answers": found["right"]})
        key = [part.format(one=one, which=words.TYPICAL) for part in words.KEY_DEAD]
        if broken := found["broken"][:, -1].sum():
            shares["broken runs"] = np.tile(found["broken"].mean(0), (study.SEEDS, 1))
            key = [*(part.format(one=one, which=words.WHOLE) for part in words.KEY_DEAD), words.KEY_BROKEN]
        show.chart(
            "activations.dead", (kind, rate, waiting, mode),
            lambda: band(
                epochs, shares, mode, x_title="epoch", y_title="share", height=150, title=words.SHARES.format(starts=study.SEEDS),
                domain=(0.0, 1.0), one=one, key=key,
            ),
            band_text(epochs, shares, x_title="epoch", y_title="Share"),
        )  # fmt: skip
        if not waiting:
            teaching.tries(link, words.TRIES_DEAD, words.FAILS_DEAD, **dead_of(kind, rate))
            with st.container(key=RESTING):
                if broken:
                    st.caption(words.LINE_BROKEN.format(broken=broken, seeds=study.SEEDS))
                first, second = found["back"].sum(1)
                if found["dead"].any():
                    st.caption(words.LINE_DEAD.format(seeds=study.SEEDS, first=first, second=second))
                if terms := found["terms"][at]:
                    st.caption(words.LINE_ZERO.format(start=one, epoch=epochs[at], **terms))
                    st.latex(sentences.chain(terms))
    if predicted is not None:
        large, safe = dead_of("relu", LARGE), dead_of("relu", SAFE)
        measured = words.MEASURED_DEAD.format(**large | {"safe": safe["dead"]})
        teaching.confront(words.PREDICTION_DEAD, predicted, measured)
        st.markdown(words.EXPLAIN_DEAD)
    table = pd.DataFrame(
        {
            "start": range(study.SEEDS),
            "dead at the end": np.where(found["broken"][:, -1], np.nan, found["dead"][:, -1]),
            "right at the end": found["right"][:, -1],
            "broken": found["broken"][:, -1],
        }
    )

if predicted is not None:
    with st.container(horizontal=True):
        chosen = (
            study.dying_experiment(link["kind"], link["rate"])
            if view == "dead"
            else study.experiment(link["data"], int(link["layers"]), link["act"], link["seed"])
        )
        name = words.OPEN if len(chosen.hidden) <= MOST_LAYERS else words.OPEN_FEWER
        label = name.format(name=TITLES[chosen.activation], most=MOST_LAYERS)
        simulator_link(label, replace(chosen, hidden=chosen.hidden[:MOST_LAYERS]))
    teaching.checks("activations", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="activations.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("activations", link, words.LEFT_OPEN)
