"""Lesson 9: seven ways down from the same start."""

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.naming import counted
from core.charts.pictures import grid
from core.lessons.descent import charts, study, table_charts, words, worked
from core.lessons.descent.ground import EXAMPLES, RUN, WEIGHTS
from core.lessons.descent.surfaces import SURFACES, WIDE
from core.nn.optimizers import OPTIMIZERS
from core.training.settings import choice, moment, nearest, number
from core.ui import frame, show, teaching
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.typed import number_field
from core.workshop.sending import simulator_link

TITLES = {name: one.title for name, one in SURFACES.items()}
CALLED = study.TITLES | {"sgd": f"{study.TITLES['sgd']} (SGD)"}  # in the menu with its name on other pages, too
NOISES, BATCHES = (0.1, 0.3, 1.0, 3.0, 10.0), (1, 4, 16)
SEEDS, FIRST = 20, 12
link = Link(
    "descent",
    [
        choice("surface", "ravine", SURFACES, "Surface"),
        choice("opt", "momentum", OPTIMIZERS, "Optimizer"),
        nearest("rate", 0.01, study.RATES, "Learning rate"),
        number("x", study.START[0], -WIDE, WIDE, "Start x"),
        number("y", study.START[1], -WIDE, WIDE, "Start y"),
        nearest("noise", 1.0, NOISES, "Noise of the gradient"),
        nearest("batch", 16, BATCHES, "Batch size"),
        moment("epoch", FIRST, study.MOST, "Step"),
    ],
)
lesson = frame.begin("descent", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=2, show_spinner="Racing seven optimizers …")
def measured() -> dict[str, float]:
    """The steps that the sentences speak of."""
    return study.measured()


@st.cache_data(max_entries=8, show_spinner="Looking for each optimizer's best rate …")
def best_rates(surface: str) -> dict[str, float]:
    """The best rate of each optimizer on a surface."""
    return {name: study.best_rate(name, SURFACES[surface]) for name in OPTIMIZERS}


@st.cache_data(max_entries=64, show_spinner=False)
def walk(surface: str, opt: str, start: tuple[float, float], rate: float) -> study.Walks:
    """The learner's own walk."""
    return study.walk(opt, SURFACES[surface], start, [rate], study.MOST)


@st.cache_data(max_entries=64, show_spinner=False)
def rivals(surface: str, start: tuple[float, float]) -> dict[str, np.ndarray]:
    """The paths of all seven, each at its best rate."""
    return study.race(SURFACES[surface], start, best_rates(surface))


@st.cache_data(max_entries=64, show_spinner=False)
def noisy(
    surface: str, opt: str, start: tuple[float, float], rate: float, noise: float, batch: int
) -> dict[str, np.ndarray]:
    """The losses of one optimizer's walks, with noise (on a network's ground with small batches) and without."""
    named = f"batches of {batch}" if batch else "noise"
    ways = {named: (noise, SEEDS, batch), "none" if noise else "all examples": (0.0, 1, 0)}
    return {name: study.noisy(opt, SURFACES[surface], start, rate, *way) for name, way in ways.items()}


@st.cache_data(max_entries=8, show_spinner=False)
def plane_of(surface: str) -> np.ndarray:
    """The loss all over a surface, row 0 lowest."""
    one = SURFACES[surface]
    return one.loss(grid(one.extent, 120).T).reshape(120, 120)


def clicked() -> None:
    """Start where the surface was clicked."""
    if spot := st.session_state["descent.map"]["selection"]["spot"]:
        link.set(x=float(spot[0]["px"]), y=float(spot[0]["py"]))


left, right = st.columns([1, 2], gap="large")
with left:
    st.markdown(words.INTRO)
    predicted = teaching.prediction("descent", words.LESSON, "", measured)
    if predicted is not None:
        st.selectbox("Surface", list(SURFACES), format_func=TITLES.__getitem__, key=link.key("surface"))
        st.selectbox("Optimizer", list(OPTIMIZERS), format_func=CALLED.__getitem__, key=link.key("opt"))
        st.select_slider("Learning rate", study.RATES, format_func=lambda r: f"{r:g}", key=link.key("rate"))
waiting = predicted is None
surface, opt, rate = ("ravine", "sgd", 0.01) if waiting else (link["surface"], link["opt"], link["rate"])
ground = SURFACES[surface]
start = study.START if waiting else (link["x"], float(np.clip(link["y"], -ground.tall, ground.tall)))
walks = walk(surface, opt, start, rate)
path = walks.path[:, :, 0]
paths = {opt: path} if waiting else rivals(surface, start) | {opt: path}
needed = {name: float(study.arrivals(ground, way[:, :, None])[0]) for name, way in paths.items()}
moments = study.frames()
depends = (surface, opt, rate, start, waiting)
name = study.TITLES[opt]

with right:
    at = player(link, moments, repr(depends), "step")
    after = moments[at]
    step = min(after, study.MOST - 1)
    plane = plane_of(surface)
    title = f"{ground.title}: the walk of {name}"
    show.chart(
        "descent.map", (*depends, mode),
        lambda: charts.surface_map(
            plane, ground.extent, paths, opt, study.parts(opt, walks, rate), study.adds_up(opt), moments, mode, title, FIRST
        ),
        charts.surface_map_text(title, paths, opt, after), on_select=clicked, selection_mode="spot",
    )  # fmt: skip
    if not waiting:
        teaching.tries(link, words.TRIES, words.FAILS, **measured())
    numbers, bars = st.columns(2, gap="medium") if not waiting else (st.container(), None)
    with numbers:
        rows = study.state(opt, walks)
        show.chart(
            "descent.state", (*depends, mode),
            lambda: table_charts.state_table(rows, moments, mode, f"A step of {name}", FIRST),
            table_charts.state_table_text(rows, after),
        )  # fmt: skip
    if bars is not None:
        with bars:
            show.chart(
                "descent.race", (*depends, mode), lambda: charts.race_bars(needed, opt, study.MOST, mode),
                charts.race_bars_text(needed),
            )  # fmt: skip
            st.caption(words.RACE.format(near=study.NEAR, start="({:g}, {:g})".format(*study.START)))
    with st.container(key=RESTING):
        st.caption(words.LINE.format(step=table_charts.step_name(after, study.MOST).capitalize()))
        line = worked.line(opt, walks, rate, step)
        if np.abs(path[step]).max() > study.FAR:
            st.markdown(words.LEFT)
        elif line:
            st.latex(worked.wrapped(line))
        else:
            st.markdown(words.AT_REST.format(tiny=worked.TINY))

if predicted is not None:
    arrived = words.ARRIVED if np.isfinite(needed[opt]) else words.NEVER
    with left:
        st.markdown(arrived.format(name=name, rate=rate, steps=counted(needed[opt], "step"), most=study.MOST))
        if ground.slopes:
            st.caption(words.GROUND.format(count=WEIGHTS))
            simulator_link(words.OPEN, RUN)
        st.caption(words.CLICK if start[1] == link["y"] else words.CUT.format(tall=ground.tall, y=start[1]))
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**measured()))
    st.markdown(words.EXPLAIN)
    st.latex(worked.stacked(OPTIMIZERS[opt].formula))
    st.caption(words.letters(OPTIMIZERS[opt].formula))
    with (opened := st.expander(words.MORE_TITLE, on_change="rerun", key="descent.more")):
        number_field(link, "x", "Start x", -WIDE, WIDE)
        number_field(link, "y", "Start y", -ground.tall, ground.tall)
        small = bool(ground.slopes)  # a network's gradient has no noise but that of its batches
        if small:
            st.select_slider("Batch size", BATCHES, key=link.key("batch"))
        else:
            st.select_slider("Noise", NOISES, format_func=lambda v: f"{v:g}", key=link.key("noise"))
        if opened.open:
            about = words.BATCH if small else words.NOISE
            st.markdown(about.format(name=name, seeds=SEEDS, examples=EXAMPLES))
            series = noisy(surface, opt, start, rate, *((0.0, link["batch"]) if small else (link["noise"], 0)))
            named = next(iter(series))
            steps = np.arange(series[named].shape[1])
            show.chart(
                "descent.noise", (*depends, named, link["noise"], mode),
                lambda: band(
                    steps, series, mode, x_title="step", y_title="loss", title=f"The loss of {name}",
                    domain=(1e-6, 1e3), log_y=True, height=260,
                ),
                band_text(steps, series, x_title="step", y_title="Loss"),
            )  # fmt: skip
            note = (words.BATCH_NOTE if small else words.NOISE_NOTE) if np.isfinite(needed[opt]) else words.NO_FLOOR
            st.markdown(note.format(most=study.MOST, noisy=np.median(series[named][:, -1])))
    teaching.checks("descent", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="descent.numbers"):
        rates = best_rates(surface) | {opt: rate}
        behind = {"optimizer": list(needed), "rate": [rates[n] for n in needed], "steps": list(needed.values())}
        st.dataframe(pd.DataFrame(behind), hide_index=True)
    teaching.code(OPTIMIZERS[opt], study.walk, study.arrivals)
frame.end("descent", link, words.LEFT_OPEN)
