"""Lesson 17: what one hidden layer can draw, and what training makes of it."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.lessons.approximation import charts, study, trained, words, worked
from core.lessons.approximation.targets import CHALLENGES, HIGH, LOW, MOST, STEEP, X, input_weight, responses
from core.nn.activations import ACTIVATIONS
from core.training.settings import choice, nearest, number, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider
from core.ui.typed import number_field
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

VIEWS = {"hand": "By hand", "units": "By training"}
BENDS = ("relu", "tanh", "identity")
LENGTHS = (trained.RUN.epochs, 1000)
TALL = 10.0
FIRST = study.settings(*np.array(CHALLENGES["box"].units).T)
CODE: dict[str, tuple[Any, ...]] = {
    "hand": (responses, study.best_heights, study.each_joined),
    "units": (study.by_hand, trained.trained),
}
link = Link(
    "approximation",
    [
        choice("view", "hand", VIEWS, "View"),
        choice("challenge", "box", CHALLENGES, "Challenge"),
        whole("n", int(FIRST["n"]), 1, MOST, "Units set by hand"),
        whole("unit", 1, 1, MOST, "Unit"),
        *(number(f"t{k}", FIRST[f"t{k}"], LOW, HIGH, f"Turning point {k}") for k in range(1, MOST + 1)),
        *(number(f"v{k}", FIRST[f"v{k}"], -TALL, TALL, f"Height {k}") for k in range(1, MOST + 1)),
        number("steep", STEEP, 1, 50, "Weight into a step"),
        choice("curve", "wiggles", trained.DATASETS, "Challenge"),
        nearest("units", 32, trained.COUNTS, "Hidden units"),
        choice("activation", "relu", BENDS, "Activation"),
        nearest("epochs", LENGTHS[0], LENGTHS, "Epochs"),
    ],
)
lesson = frame.begin("approximation", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=64, show_spinner=False)
def best(challenge: str, count: int, steep: float) -> tuple[list[float], float]:
    """The best turning points that the search finds, and how far they are off."""
    turns, off = study.best_places(challenge, count, steep=steep)
    return turns.tolist(), off


@st.cache_data(max_entries=16, show_spinner=False)
def middle_trained(challenge: str, count: int) -> float:
    """How far off the middle one of the networks with so many units is that are trained on a challenge."""
    return trained.middle(challenge, count)


@st.cache_data(max_entries=12, show_spinner=words.TRAINING.format(seeds=trained.SEEDS))
def over_units(curve: str, activation: str, epochs: int) -> dict[str, np.ndarray]:
    """The curves that training finds with few and many units, and those set by hand."""
    with TRAINING.take() as let_others:
        return trained.over_units(curve, activation, epochs, progress=let_others)


def put(turns: Any, heights: Any) -> None:
    """Set the units; heights only as far as the slider goes."""
    heights = np.clip(heights, -TALL, TALL)
    link.set(**study.settings(np.asarray(turns), heights), unit=min(link["unit"], len(turns)))


def challenged() -> None:
    """Open a challenge on its own units."""
    put(*np.array(CHALLENGES[link["challenge"]].units).T)


def added(more: int) -> None:
    """Add a unit of no height in the middle, or take the last one away."""
    count = link["n"] + more
    if more > 0:
        link.set(**{f"t{count}": 0.0, f"v{count}": 0.0})
    link.set(n=count, unit=count)


def clicked() -> None:
    """Turn the chosen unit where the picture was clicked."""
    if spot := st.session_state["approximation.map"]["selection"]["spot"]:
        link.set(**{f"t{link['unit']}": float(spot[0]["px"])})


def unit_controls() -> None:
    """The chosen unit, and in an expander whatever else can be set."""
    if link["unit"] > link["n"]:
        link.set(unit=link["n"])
    st.pills("Unit", range(1, link["n"] + 1), key=link.key("unit"), required=True, wrap=True)
    k = link["unit"]
    slider(link, f"t{k}", "Turns at x =", LOW, HIGH, 0.05)
    slider(link, f"v{k}", "Height", -TALL, TALL, 0.05)
    with st.expander(words.MORE, key="approximation.typed"):
        more_controls(k)


def more_controls(unit: int) -> None:
    """More or fewer units, the best ones, and numbers to type; how steep a step is; another curve."""
    turns = [link[f"t{j}"] for j in range(1, link["n"] + 1)]
    best_turns = best(link["challenge"], len(turns), link["steep"])[0]
    with st.container(horizontal=True):
        full, last = link["n"] >= MOST, link["n"] <= 1
        st.button("Add a unit", on_click=added, args=(1,), disabled=full, key="approximation.add",
                  help=words.FULL.format(most=MOST) if full else None)  # fmt: skip
        st.button("Remove one", on_click=added, args=(-1,), disabled=last, key="approximation.remove")
        for name, label, places in (("heights", "Best heights", turns), ("best", "Best turns too", best_turns)):
            heights = study.at_best(link["challenge"], np.array(places), link["steep"])[0]
            st.button(label, on_click=put, args=(places, heights), key=f"approximation.{name}")
    number_field(link, f"t{unit}", "Turns at x =", LOW, HIGH)
    w = input_weight(CHALLENGES[link["challenge"]].kind, link["steep"])
    number_field(link, f"t{unit}", words.BIAS, -HIGH * w, -LOW * w, times=-w, field=f"b{unit}")
    number_field(link, f"v{unit}", "Height", -TALL, TALL)
    if CHALLENGES[link["challenge"]].kind == "step":  # a hinge has w = 1: a larger one would only be a larger height
        number_field(link, "steep", "Weight w into each step", 1, 50)
    st.selectbox(
        "Challenge", list(CHALLENGES), format_func=words.TITLES.__getitem__, key=link.key("challenge"),
        on_change=challenged,
    )  # fmt: skip


def training_controls() -> None:
    """The curve, and how it is trained."""
    buttons(link, "curve", "Challenge", {name: words.CURVE_NAMES[name] for name in trained.DATASETS})
    st.select_slider("Hidden units", trained.COUNTS, key=link.key("units"))
    buttons(link, "activation", "Activation", {name: ACTIVATIONS[name].title for name in BENDS})
    with st.expander(words.LONGER, key="approximation.longer"):
        buttons(link, "epochs", "Epochs", LENGTHS)


def by_hand(predicted: int | None) -> pd.DataFrame:
    """The view of units that are set by hand; returns its numbers."""
    waiting = predicted is None
    challenge, steep = (link["challenge"], link["steep"]) if not waiting else ("box", STEEP)
    one, given = CHALLENGES[challenge], link.values() if not waiting else FIRST
    count = int(given["n"])
    turns = np.array([given[f"t{k + 1}"] for k in range(count)])
    heights = np.array([given[f"v{k + 1}"] for k in range(count)])
    unit, target = min(link["unit"], count), one.target(X)
    units = responses(one.kind, turns, steep)
    bias, curve = study.drawn(units, heights, target)
    off = float(study.deviation(curve - target))
    lines: dict[str, Any] = {} if waiting else {"curve": curve, "target": target}
    with right:
        show.chart(
            "approximation.map", (challenge, *turns, *heights, steep, unit, waiting, mode),
            lambda: charts.unit_curves(X, units, heights, turns, unit - 1, mode, **lines),
            charts.unit_curves_text(turns, heights, None if waiting else off),
            on_select="ignore" if waiting else clicked, selection_mode="spot",
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    with right:
        st.caption(words.CLICK.format(unit=unit))
        trying = st.container()
        offs = {"yours": off, "heights": study.best_heights(units, target)[1]}
        offs["best"] = best(challenge, count, steep)[1]
        if challenge in trained.DATASETS:
            offs["trained"] = middle_trained(challenge, count)
        bars = {words.WAYS[name]: value for name, value in offs.items()}
        show.chart(
            "approximation.ways", (*bars.values(), mode), lambda: charts.ways(bars, mode), charts.ways_text(bars)
        )
        st.latex(worked.off_line(off))
        st.caption(words.WORKED.format(unit=unit))
        st.latex(worked.bias_line(unit, input_weight(one.kind, steep), turns[unit - 1]))
        for line in worked.answer_lines(bias, heights, units[len(X) // 2]):
            st.latex(line)
    with trying:
        teaching.tries(link, words.TRIES_HAND, words.FAILS_HAND, off=off, best=offs["best"])
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**study.box_at()))
    st.markdown(words.EXPLAIN_HAND)
    st.latex(r"\hat y = b + \sum_k \text{height}_k \cdot f(w\,x + b_k)")
    return pd.DataFrame({"turns at": turns, "height": heights})


def by_training(predicted: int | None) -> pd.DataFrame:
    """The view of many networks that are trained; returns its numbers."""
    default = ("wiggles", "relu", LENGTHS[0])
    curve, activation, epochs = default
    units = 32
    if predicted is not None:
        curve, activation, epochs, units = link["curve"], link["activation"], int(link["epochs"]), int(link["units"])
    runs, target = over_units(curve, activation, epochs), CHALLENGES[curve].target(X)
    at = trained.COUNTS.index(units)
    now = {"trained": float(np.median(runs["off_trained"][:, at])), "hand": float(runs["off_hand"][0, at])}
    series = {"target": target[None], "by hand": runs["hand"][at][None], "trained": runs["trained"][at]}
    off = {"by hand": runs["off_hand"], "trained": runs["off_trained"]}
    if predicted is None:
        series.pop("trained")
    state = (curve, activation, epochs, units, predicted is None, mode)
    with right:
        show.chart(
            "approximation.curves", state,
            lambda: band(
                X, series, mode, x_title="input x", y_title="y", domain=charts.SPAN, looks=charts.looks(mode),
                title=words.CURVES.format(units=units), key=words.CURVES_KEY + words.CURVES_TRAINED * ("trained" in series), named=False,
            ),
            band_text(X, series, x_title="input x", y_title="y"),
        )  # fmt: skip
    if predicted is None:
        return pd.DataFrame()
    counts = np.array(trained.COUNTS, float)
    with right:
        teaching.tries(link, words.TRIES_UNITS, words.FAILS_UNITS, **now)
        show.chart(
            "approximation.off", state,
            lambda: band(
                counts, off, mode, x_title="hidden units", y_title="off by", title="How far off", log_x=True, log_y=True,
                domain=(1e-3, 1.0), looks=charts.looks(mode), points=True, height=220,
                rules=[Rule(units, words.HERE)] if units > 1 else [],
            ),
            band_text(counts, off, x_title="hidden units", y_title="Error"),
        )  # fmt: skip
        st.latex(r"\text{off} = \sqrt{\tfrac1N \sum(\hat y - y)^2}")
        st.markdown(words.OFF_LINE)
        st.latex(worked.times_line(**now))
    with left:
        simulator_link(words.SIMULATOR, trained.experiment(curve, activation, units, epochs), icon=":material/tune:")
    asked = default_numbers()
    teaching.confront(words.PREDICTION_UNITS, predicted, words.MEASURED_UNITS.format(**asked))
    st.markdown(words.EXPLAIN_UNITS)
    table = {"hidden units": trained.COUNTS, "by hand": off["by hand"][0]}
    return pd.DataFrame(table | {"trained, median": np.median(off["trained"], axis=0)})


def default_numbers() -> dict[str, float]:
    """What the prediction of the second view is about."""
    return trained.asked(over_units("wiggles", "relu", LENGTHS[0]))


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(seeds=trained.SEEDS))
    later = default_numbers if view == "units" else None
    answer = teaching.prediction("approximation", words.LESSON, view, later, seeds=trained.SEEDS)
    if answer is not None:
        (unit_controls if view == "hand" else training_controls)()
table = (by_hand if view == "hand" else by_training)(answer)

if answer is not None:
    teaching.checks("approximation", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="approximation.numbers"):
        st.dataframe(table, hide_index=True)
    teaching.code(*CODE[view])
frame.end("approximation", link, words.LEFT_OPEN)
