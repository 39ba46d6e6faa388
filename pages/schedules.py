"""Lesson 10: a learning rate that changes during the run."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import band, band_text
from core.charts.lines import Style
from core.charts.naming import Share, scientific, spoken
from core.charts.theme import palette
from core.lessons.schedules import charts, study, words, worked
from core.nn import schedules
from core.nn.schedules import SCHEDULES
from core.training.experiment import SETTINGS, Experiment
from core.training.noisy import Noisy
from core.training.settings import choice, nearest, number, whole
from core.ui import frame, show, teaching
from core.ui.link import Link
from core.ui.sliders import select_slider
from core.workshop.controls import schedule_setting
from core.workshop.sending import simulator_link

TITLES = {name: one.title for name, one in SCHEDULES.items()}
NOISES = (0.0, 0.3, 1.0, 3.0)
FIRST = 0.3  # the highest rate that the question speaks of
Own = tuple[tuple[str, Any], ...]
link = Link(
    "schedules",
    [
        choice("schedule", "step", SCHEDULES, "Schedule"),
        nearest("rate", FIRST, study.RATES, "Highest rate"),
        *(row for row in SETTINGS if row.name in study.OWN),
        number("noise", 1.0, 0, 3, "Noise"),
        whole("draw", 0, 0, 999, "Seed of the noise"),
        whole("t", 100, 0, study.STEPS - 1, "Step that is worked out"),
    ],
)
lesson = frame.begin("schedules", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=2, show_spinner="Walking down with seven schedules …")
def measured() -> dict[str, float]:
    """The losses that the sentences speak of."""
    return study.measured() | {"walks": study.WALKS, "rate": FIRST}


@st.cache_data(max_entries=64, show_spinner=False)
def run(schedule: str, rate: float, noise: float, draw: int, own: Own) -> tuple[np.ndarray, np.ndarray]:
    """Losses and rates of one schedule's walks."""
    return study.run(schedule, rate, noise, draw, dict(own))


@st.cache_data(max_entries=16, show_spinner=False)
def best(noise: float, draw: int) -> tuple[float, np.ndarray]:
    """The best constant rate and its losses."""
    return study.best_constant(noise, draw)


@st.cache_data(max_entries=32, show_spinner="Training 40 networks …")
def trained(schedule: str, own: Own) -> dict[str, np.ndarray]:
    """The real network's losses."""
    return study.trained(schedule, dict(own))


def constant(schedule: str, own: Own) -> Own:
    """The settings that count for a schedule; all others at their defaults, so that equal runs are kept once."""
    counts = {field for _, field in SCHEDULES[schedule].settings}
    return tuple((name, value if name in counts else study.DEFAULTS[name]) for name, value in own)


left, right = st.columns([1, 2], gap="large")
with left:
    st.markdown(words.INTRO.format(steps=study.STEPS))
    predicted = teaching.prediction("schedules", words.LESSON, "", measured)
    waiting = predicted is None
    if not waiting:
        st.selectbox("Schedule", list(SCHEDULES), format_func=TITLES.__getitem__, key=link.key("schedule"))
        select_slider(link, "rate", "Highest rate", study.RATES)
        fields = [field for _, field in SCHEDULES[link["schedule"]].settings]
        if fields:
            schedule_setting(link, fields[0], words.SETTINGS[fields[0]])

name, rate = ("constant", FIRST) if waiting else (link["schedule"], link["rate"])
noise, draw, t = (1.0, 0, link["t"]) if waiting else (link["noise"], link["draw"], link["t"])
own: Own = tuple((field, link[field]) for field in study.OWN)
losses, rates = run(name, rate, noise, draw, constant(name, own))
best_rate, best_losses = best(noise, draw)
decisions = study.falls(rates[0]).tolist() if SCHEDULES[name].watches else []
same = words.SAME.format(rate=rate)
drawn = {TITLES[name] if name != "constant" else same: losses}
if name != "constant":
    drawn |= {same: run("constant", rate, noise, draw, constant("constant", own))[0]}
drawn |= {words.BEST.format(rate=best_rate): best_losses}
low, high = (0.03, 30.0) if noise >= 1 else (0.003, 30.0) if noise else (1e-20, 100.0)  # of the losses at the end
depends = (name, rate, noise, draw, own, waiting)
if SCHEDULES[name].watches or waiting:
    faint, whose = rates[1:13], "" if waiting else words.WALKS
else:
    faint, whose = (
        np.stack([run(n, rate, noise, draw, constant(n, own))[1][0] for n in SCHEDULES if n != name]),
        words.OTHERS,
    )

with right:
    show.chart(
        "schedules.above", (*depends, t, mode),
        lambda: charts.above(
            rates, drawn, (low, 100.0), mode, words.TITLE.format(name=TITLES[name].capitalize()), t, faint, whose,
            decisions,
        ),
        charts.above_text(rates, drawn, decisions),
    )  # fmt: skip
    if not waiting:
        found = measured()
        tiny = {name: scientific(found[name], 0) for name in ("still", "still_same")}
        teaching.tries(link, words.TRIES, words.FAILS, **(found | tiny))
        final = {TITLES[n]: run(n, rate, noise, draw, constant(n, own))[0][:, -1] for n in SCHEDULES}
        final |= {words.BEST.format(rate=best_rate): best_losses[:, -1]}
        show.chart(
            "schedules.ends", (rate, noise, draw, own, name, mode),
            lambda: charts.ends(final, TITLES[name], (low, high), mode, words.ENDS.format(rate=rate)),
            charts.ends_text(final),
        )  # fmt: skip

if predicted is not None:
    now, floor = float(rates[0, t]), Noisy(noise=noise).floor(float(rates[0, t]))
    with left:
        st.latex(worked.line(name, rate, t, now, dict(own), int(np.sum(np.array(decisions) <= t))))
        covered = 1 - (1 - now * min(Noisy().curvatures)) ** study.STEPS
        far = words.FAR if covered < 0.5 else words.FLOOR
        note = words.NO_FLOOR if not noise else far if np.isfinite(floor) else words.BEYOND
        written = f"{floor:.2g}" if floor > 1e-3 else scientific(floor)
        st.markdown(note.format(floor=written, steps=study.STEPS, share=Share(covered)))
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**measured()))
    st.markdown(words.EXPLAIN)
    st.latex(worked.formula(name))
    with st.expander(words.MORE_TITLE, key="schedules.more"):
        for field in fields[1:]:
            schedule_setting(link, field, words.SETTINGS[field])
        select_slider(link, "noise", "Noise of the slopes", NOISES)
        st.number_input("Seed of the noise", 0, 999, key=link.key("draw"))
        st.slider("Step that is worked out", 0, study.STEPS - 1, key=link.key("t"))
        st.caption(words.AT.format(t=t, now=spoken(now, 4)))
        st.caption(words.DRAW.format(walks=study.WALKS))
    with (opened := st.expander(words.NETWORK_TITLE, on_change="rerun", key="schedules.network")):
        if opened.open:
            e = study.NETWORK
            about = {"hidden": e.hidden[0], "batch": e.batch_size, "rate": e.learning_rate, "seeds": study.SEEDS}
            st.markdown(words.NETWORK.format(**about))
            each = {TITLES[n]: trained(n, constant(n, own)) for n in dict.fromkeys((name, "constant"))}
            p, ends = palette(mode), {n: {k: np.median(v[:, -1]) for k, v in one.items()} for n, one in each.items()}
            looks = {n: Style(p["muted"], [6, 4]) for n in each} | {TITLES[name]: Style(p["loss"], [1, 0])}
            epochs, series = np.arange(e.epochs + 1), {n: one["training"] for n, one in each.items()}
            show.chart(
                "schedules.trained", (name, constant(name, own), mode),
                lambda: band(
                    epochs, series, mode, x_title="epoch", y_title="training loss", title="Training loss of the network",
                    domain=(0.1, 1.0), log_y=True, looks=looks, height=260,
                ),
                band_text(epochs, series, x_title="epoch", y_title="Training loss"),
            )  # fmt: skip
            mine, other = ends[TITLES[name]], ends[TITLES["constant"]]
            st.markdown(
                words.NETWORK_SAYS.format(
                    epochs=e.epochs, mine=mine["training"], same=other["training"], mine_test=mine["test"],
                    same_test=other["test"],
                )
            )  # fmt: skip
            st.markdown(words.NETWORK_NOTE)
            sent: Experiment = study.experiment(name, dict(constant(name, own)))
            simulator_link(words.SIMULATOR, sent)
    teaching.checks("schedules", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="schedules.numbers"):
        table = {"step": np.arange(study.STEPS), "rate": rates[0], "loss": losses[0, :-1]}
        middle = {f"median loss, {n}": np.median(v, axis=0)[:-1] for n, v in drawn.items()}
        st.dataframe(pd.DataFrame(table | middle), hide_index=True)
    teaching.code(schedules.step_decay, schedules.cosine, schedules.warmup_cosine, schedules.ReduceLROnPlateau, Noisy)
frame.end("schedules", link, words.LEFT_OPEN)
