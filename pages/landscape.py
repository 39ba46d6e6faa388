"""Lesson 12: what the ground under a training run looks like, and what a map of it hides."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.curves import curves, curves_text
from core.lessons.landscape import charts, deep, own, sharp, walk, words, worked
from core.training import curvature, planes
from core.training.experiment import Experiment
from core.training.settings import choice, moment, nearest, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.workshop.cache import experiment_of, query_of
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

VIEWS = {"walk": "The walk", "sharp": "Sharp or flat"}
PLANES = {"leading": "leading", "random": "random"}
ALIKE = {"steps": "equal steps", "epochs": "equal epochs"}
AXES = {"leading": ("first leading direction", "second"), "random": ("one random direction", "another")}
OPTIMIZERS = {n: name for n, (name, _) in walk.OPTIMIZERS.items()} | {own.NAME: words.OWN_OPTION}
MOST_SEED, OTHERS = 19, 20
CODE: dict[str, tuple[Any, ...]] = {
    "walk": (planes.leading, planes.filter_normalized, planes.Plane),
    "sharp": (curvature.hessian_times, curvature.largest_eigenvalue, sharp.rescaled),
}
link = Link(
    "landscape",
    [
        choice("view", "walk", VIEWS, "View"),
        choice("opt", "adam", OPTIMIZERS, "Optimizer"),
        choice("plane", "leading", PLANES, "Directions of the map"),
        whole("seed", 0, 0, MOST_SEED, "Seed of the weights"),
        moment("epoch", 0, walk.MOST_EPOCHS, "Epoch"),
        nearest("rate", 0.3, sharp.RATES, "Learning rate"),
        choice("alike", "steps", ALIKE, "Compare at"),
        nearest("times", 1, sharp.SCALES, "k: first layer × k, next ÷ k"),
        own.SETTING,
    ],
)
lesson = frame.begin("landscape", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=64, show_spinner="Training, and measuring the ground …")
def walked(query: str, kind: str) -> dict[str, np.ndarray]:
    """A run on a plane."""
    with TRAINING.take() as let_others:
        return walk.study_of(experiment_of(query), kind, progress=let_others)


@st.cache_data(max_entries=2, show_spinner="Training from twenty starts …")
def ratios() -> np.ndarray:
    """The map's share of the true loss at the start, for each seed."""
    return walk.start_ratios("adam", range(1, OTHERS + 1))


@st.cache_data(max_entries=24, show_spinner="Training 80 networks and measuring where they end …")
def ended(rate: float, alike: str, times: int) -> dict[str, np.ndarray]:
    """The ends of runs by batch size."""
    return sharp.looked_at(rate, alike, times)


@st.cache_data(max_entries=64, show_spinner=False)
def by_directions(query: str) -> np.ndarray:
    """The start's loss on more and more leading directions."""
    e = experiment_of(query)
    return walk.start_by_directions(e, walk.walk(e))


@st.cache_data(max_entries=8, show_spinner="Training deep networks …")
def around(depth: int, residual: bool) -> dict[str, np.ndarray]:
    """The ground around deep networks."""
    return deep.around(depth, residual)


def start_of(opt: str, kind: str) -> dict[str, float]:
    """The numbers of the first run's start and of its end, on a plane."""
    found = walked(query_of(walk.experiment(opt)), kind)
    return {
        "share": float(found["share"]), "true": found["true"][0], "plane": found["plane"][0], "end": found["true"][-1]
    }  # fmt: skip


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question speaks of."""
    if view == "walk":
        return start_of("adam", "leading") | {"size": walk.SIZE}
    return {"steps": sharp.STEPS, "rate": 0.3, "few": sharp.BATCHES[0], "all": sharp.BATCHES[-1], "seeds": sharp.SEEDS}


def take() -> None:
    """Take over the run that the simulator shows."""
    link.set(own=query_of(simulated()), opt=own.NAME, epoch=0)


def simulated() -> Experiment:
    """The run that the simulator shows."""
    return Experiment.from_query(st.session_state.get("link.memory", {}).get("training", {}))[0]


def ground(surface: np.ndarray, span: tuple[float, float], title: str) -> None:
    """A map of the ground around a deep network."""
    show.chart(
        f"landscape.deep.{title}", (mode,),
        lambda: charts.ground_map(surface, (-1.0, 1.0, -1.0, 1.0), span, mode, title),
        charts.ground_map_text(surface, title),
    )  # fmt: skip


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(seeds=sharp.SEEDS))
    predicted = teaching.prediction("landscape", words.LESSON, view, lambda: given(view), size=walk.SIZE)
waiting = predicted is None
table = pd.DataFrame()

if view == "walk":
    opt, kind, seed = ("adam", "leading", 0) if waiting else (link["opt"], link["plane"], link["seed"])
    e, problem, found = experiment_of(link["own"]), "", {}
    if opt == own.NAME:
        problem = own.refusal(e)
        with right:
            found = {} if problem else walked(query_of(e), kind)
        if not found:
            opt, problem = "adam", problem or words.NO_MAP
            link.set(opt=opt)  # what is drawn instead is also what is chosen
    if predicted is not None:
        with left:
            options = [n for n in OPTIMIZERS if n != own.NAME or link["own"] or link["opt"] == n]
            st.selectbox("Optimizer", options, format_func=OPTIMIZERS.__getitem__, key=link.key("opt"))
            if problem:
                st.text(problem)
            buttons(link, "plane", "Map", PLANES)
            if link["opt"] != own.NAME:
                st.slider("Seed of the weights", 0, MOST_SEED, key=link.key("seed"))
    if not found:
        e = walk.experiment(opt, seed)
        found = walked(query_of(e), kind)
    query = query_of(e)
    depends = (query, kind, waiting)
    true, plane, share = found["true"], found["plane"], float(found["share"])
    far = walk.off(true, plane) & (not waiting)
    epochs, extent = found["epochs"], tuple(found["extent"].tolist())
    with right:
        at = player(link, epochs.tolist(), repr(depends))
        pattern = words.OWN_RUN if opt == own.NAME else words.TITLE
        title = pattern.format(name=OPTIMIZERS[opt], plane=PLANES[kind])
        show.chart(
            "landscape.map", (*depends, mode),
            lambda: charts.walk_map(
                found["surface"], extent, found["places"], far, AXES[kind], mode, title, walk.FAR, not waiting, 0,
            ),
            charts.walk_map_text(title, share, true, plane, far, at) if not waiting else title,
        )  # fmt: skip
    if predicted is not None:
        with left:
            st.markdown(words.SHARE.format(share=share))
            first, plain, random = start_of("adam", "leading"), start_of("sgd", "leading"), start_of("adam", "random")
            more = {"sgd_true": plain["true"], "sgd_plane": plain["plane"]}
            more |= {"random_share": random["share"], "random_plane": random["plane"]}
        with right:
            teaching.tries(link, words.TRIES_WALK, words.FAILS_WALK, **first, **more)
            series = {"true": true, "on the map": plane}
            show.chart(
                "landscape.losses", (*depends, mode),
                lambda: curves(epochs, epochs, series, mode, log=True, height=170, title="The loss: true, and on the map"),
                curves_text(epochs, series, y_title="Loss"),
            )  # fmt: skip
            with st.container(key=RESTING):
                st.markdown(words.NOW.format(epoch=epochs[at], plane=plane[at], true=true[at]))
                st.latex(worked.apart(found["distance"][at], found["left_out"][at]))
        low, high = np.min(ratios()), np.max(ratios())
        measured = words.MEASURED.format(
            ratio=first["plane"] / first["true"], count=OTHERS, low=low, high=high, **first
        )
        teaching.confront(words.PREDICTION, predicted, measured)
        st.markdown(words.EXPLAIN_WALK)
        simulator_link("Open this run in the simulator", e, icon=":material/link:")
        table = pd.DataFrame({"epoch": epochs, "true loss": true, "on the map": plane, "left out": found["left_out"]})
        with (opened := st.expander(words.HOW_MANY_TITLE, on_change="rerun", key="landscape.many")):
            if opened.open:
                surfaces = by_directions(query)
                counts, needed = np.arange(1, len(surfaces)), walk.needed(surfaces)
                top = max(1.2, 1.1 * float(surfaces.max()))
                lines = {"on the map": surfaces[None, :-1], "true": np.full((1, len(counts)), surfaces[-1])}
                show.chart(
                    "landscape.many.chart", (query, mode),
                    lambda: band(
                        counts, lines, mode, x_title="leading directions", y_title="loss at the start", points=True,
                        title="The start's loss by the number of directions", domain=(0.0, top), key="one run", height=240,
                    ),
                    band_text(counts, lines, x_title="directions", y_title="Loss at the start"),
                )  # fmt: skip
                says = words.NEEDED + words.NO_PICTURE * (needed > 3) if needed else words.NOT_ENOUGH
                st.markdown(words.HOW_MANY + says.format(needed=needed, most=len(counts)))
        with st.expander(words.OWN_TITLE, key="landscape.mine"):
            st.markdown(words.OWN.format(**own.about(e)))
            there = bool(st.session_state.get("link.memory", {}).get("training"))
            refused = own.refusal(simulated()) if there else words.NO_OWN
            with st.container(key="landscape.shows"):
                st.button(words.TAKE, on_click=take, disabled=bool(refused), key="landscape.take")
            st.caption(refused)

else:
    if predicted is not None:
        with left:
            st.select_slider("Learning rate", sharp.RATES, format_func=lambda r: f"{r:g}", key=link.key("rate"))
            buttons(link, "alike", "Compare at", ALIKE)
            st.select_slider("k: first layer × k, next ÷ k", sharp.SCALES, key=link.key("times"))
    rate, alike, times = (0.3, "steps", 1) if waiting else (link["rate"], link["alike"], int(link["times"]))
    found = ended(rate, alike, times)
    state = (rate, alike, times, waiting, mode)
    few, every = sharp.BATCHES[0], sharp.BATCHES[-1]
    bends = {"λ": found["curvature"]}
    cuts = {f"batches of {few}": found[f"slice {few}"], f"all {every}": found[f"slice {every}"]}
    with right:
        if predicted is not None:
            show.chart(
                "landscape.bends", state,
                lambda: band(
                    np.array(sharp.BATCHES), bends, mode, x_title="batch size", y_title="curvature λ", points=True,
                    title="How sharp the valley is where training ends", domain=(0.2, 200.0), log_x=True, log_y=True,
                    ticks=sharp.BATCHES, all_ticks=True,
                ),
                band_text(np.array(sharp.BATCHES), bends, x_title="batch size", y_title="Curvature"),
            )  # fmt: skip
            ratio = sharp.medians(found, ended(rate, alike, 1), ended(rate, "steps", 1))
            teaching.tries(link, words.TRIES_SHARP, words.FAILS_SHARP, **ratio)
        drawn = cuts if not waiting else {"one of them": next(iter(cuts.values()))}
        show.chart(
            "landscape.cuts", state,
            lambda: band(
                sharp.WAY, drawn, mode, x_title="step, in each unit's own length", y_title="training loss", log_y=True,
                title="The valley, cut along a random direction", domain=(0.02, 10.0), height=240,
            ),
            band_text(sharp.WAY, drawn, x_title="step", y_title="Training loss"),
        )  # fmt: skip
    if predicted is not None:
        base = ended(0.3, "steps", 1)
        both = given("sharp") | sharp.medians(base, base, base)
        teaching.confront(words.PREDICTION_SHARP, predicted, words.MEASURED_SHARP.format(**both))
        st.markdown(words.EXPLAIN_SHARP)
        met = np.median(ended(rate, alike, 1)["curvature"], axis=0)  # no step is taken after the weights are rescaled
        st.latex(worked.room(rate, sharp.BATCHES, met, "" if times == 1 else r",\,k=1"))
        test, train = np.median(found["test"], axis=0), np.median(found["train"], axis=0)
        few_loss, all_loss = train[0], train[-1]
        fits = words.FIT[1 + (all_loss < words.CLOSE * few_loss) - (few_loss < words.CLOSE * all_loss)]
        st.markdown(words.TESTED.format(few=few, all=every, small=test[0], large=test[-1]) + fits)
        simulator_link(words.OPEN_BATCH.format(few=few), sharp.run_of(few, rate, alike), icon=":material/link:")
        table = pd.DataFrame(
            {"batch": sharp.BATCHES, "λ": np.median(found["curvature"], 0), "training loss": train, "test loss": test}
        )
        with (opened := st.expander(words.DEEP_TITLE, on_change="rerun", key="landscape.deep")):
            if opened.open:
                small, large = deep.DEPTHS
                grounds = {(d, r): around(d, r) for d in deep.DEPTHS for r in (False, True)}
                st.markdown(words.DEEP.format(layers=large))
                span = float(grounds[large, True]["surface"].min()), float(grounds[large, False]["surface"].max())
                for place, residual in zip(st.columns(2), (False, True), strict=True):
                    with place:
                        ground(grounds[large, residual]["surface"], span, f"{large} layers, {words.WAYS[residual]}")
                about = {(d, r): float(np.median(g["middle"])) for (d, r), g in grounds.items()}
                st.markdown(words.DEEP_SAYS.format(
                    seeds=deep.SEEDS, layers=large, few=small, plain=about[large, False], residual=about[large, True],
                    few_plain=about[small, False], few_residual=about[small, True],
                ))  # fmt: skip

if predicted is not None:
    teaching.checks("landscape", words.LESSON.views[view].checks, view)
    teaching.misconceptions(words.WRONG)
    teaching.code(*CODE[view])
    with st.expander("The numbers behind the picture", key="landscape.numbers"):
        st.dataframe(table, hide_index=True)
frame.end("landscape", link, words.LEFT_OPEN)
