"""Lesson 11: one sweep over all rates, three rules that read it, and a training at each of their picks."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.naming import counted
from core.data.datasets import spec_of
from core.lessons.finder import charts, study, words
from core.nn.activations import ACTIVATIONS
from core.nn.optimizers import OPTIMIZERS
from core.training import finder
from core.training.experiment import KEYS, SETTINGS, Experiment, lawful, layer_sizes
from core.training.settings import whole
from core.ui import formula, frame, show, teaching
from core.ui.link import Link
from core.ui.sliders import select_slider
from core.workshop.cache import experiment_of, query_of
from core.workshop.sending import simulator_link
from core.workshop.turns import TRAINING

FIELDS = tuple(name for name in KEYS if name not in study.UNUSED)
BATCHES = (4, 8, 16, 32, 64, 128, 256)
SHOWN = tuple(words.NAMES.values())
link = Link(
    "finder",
    [
        *(
            replace(row, default=getattr(study.DIGITS, name))
            for name, row in zip(KEYS, SETTINGS, strict=True)
            if name in FIELDS
        ),
        whole("start", 0, 0, study.SEEDS - 1, "Seed of the weights"),
    ],
)
lesson = frame.begin("finder", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=24, show_spinner="Sweeping from 20 starts …")
def sweeps(query: str) -> dict[str, np.ndarray]:
    """Sweeps and picks of an experiment."""
    return study.sweeps(experiment_of(query))


@st.cache_data(max_entries=24, show_spinner="Training 60 networks, one at each pick …")
def at_picks(query: str) -> dict[str, np.ndarray]:
    """What training at the picks ends at."""
    picks = sweeps(query)
    with TRAINING.take() as let_others:
        return study.at_picks(experiment_of(query), picks, let_others)


@st.cache_data(max_entries=24, show_spinner="Training at other rates …")
def at_grid(query: str) -> np.ndarray:
    """What training at fixed rates ends at."""
    with TRAINING.take() as let_others:
        return study.at_grid(experiment_of(query), let_others)


@st.cache_data(max_entries=64, show_spinner=False)
def limit_of(query: str, start: int) -> float | None:
    """2 over the curvature at a start."""
    return study.limit(experiment_of(query), start)


def put(e: Experiment) -> None:
    """Set the page to an experiment's network; what the page doesn't use is left out."""
    link.set(**{KEYS[name]: getattr(e, name) for name in FIELDS})


def take() -> None:
    """Take over the network that the simulator shows."""
    put(Experiment.from_query(st.session_state["link.memory"]["training"])[0])


e, problems = lawful(replace(study.DIGITS, **{name: link[KEYS[name]] for name in FIELDS}))
e = study.plain(e)
put(e)
default = query_of(study.plain(study.DIGITS))

left, right = st.columns([1, 2], gap="large")
with left:
    st.markdown(words.INTRO)
    predicted = teaching.prediction("finder", words.LESSON, seeds=study.SEEDS)
    if predicted is not None:
        st.selectbox(
            "Optimizer", list(OPTIMIZERS), format_func=lambda o: OPTIMIZERS[o].title, key=link.key("optimizer")
        )
        select_slider(link, "batch", "Batch size", BATCHES)
        st.select_slider("Seed of the weights", range(study.SEEDS), key=link.key("start"))
        if problems:
            st.text("\n".join(problems))
waiting = predicted is None
query, start = (default, 0) if waiting else (query_of(e), link["start"])
found, limit = sweeps(query), None if waiting else limit_of(query, start)
picks = {} if waiting else {name: found[rule] for rule, name in words.NAMES.items()}
marks = {name: float(each[start]) for name, each in picks.items()}

with right:
    show.chart(
        "finder.sweep", (query, start, waiting, mode),
        lambda: charts.sweep(
            found["rates"], found["losses"], found["smooth"], start, picks, limit, mode, f"{spec_of(e.dataset).title}: the sweep from seed {start}"
        ),
        charts.sweep_text(found["rates"], found["smooth"][start], marks, limit),
    )  # fmt: skip

if predicted is not None:
    ends, grid = at_picks(query), at_grid(query)
    best, best_loss = study.best_of(grid)
    losses = {name: ends[rule] for rule, name in words.NAMES.items()}
    middle = {rule: float(np.median(ends[rule])) for rule in words.NAMES}
    highest = float(np.max(ends["steepest"]))
    worst = f"{highest:.2g}" if np.isfinite(highest) else words.BREAKS
    numbers: dict[str, Any] = {
        "seeds": study.SEEDS, "tiny": study.TINY, "best": best, "best_loss": best_loss,
        "mine": found["steepest"][start], "mine_loss": ends["steepest"][start], "tenth": np.median(found["tenth"]),
        "mine_tenth": found["tenth"][start], "usual": study.bad(sweeps(default)["steepest"]),
        "steep_low": found["steepest"].min(), "lost": study.bad(found["steepest"]),
        "cut": study.CUT, "left": study.bad(found["cut"]),
    } | {f"{rule}_loss": loss for rule, loss in middle.items()}  # fmt: skip
    with right:
        teaching.tries(link, words.TRIES, words.FAILS, **numbers)
        show.chart(
            "finder.landings", (query, start, mode),
            lambda: charts.landings(
                picks, losses, (study.GRID, np.median(grid, axis=0)), start, study.domain(ends, grid), mode,
                f"Trained at each pick for {counted(e.epochs, 'epoch')}",
            ),
            charts.landings_text(picks, losses, (best, best_loss)),
        )  # fmt: skip
    with left, st.container(key="finder.phone.below"):
        lowest = float(found["at_minimum"][start])
        put_in, digits = formula.agreeing([lowest], lambda v: v[0] / 10, 2, 3)
        st.latex(
            words.TENTH.format(
                a=formula.number(lowest, "class1", put_in), b=formula.number(lowest / 10, "class1", digits)
            )
        )
        if limit is not None:
            put_in, digits = formula.agreeing([2 / limit], lambda v: 2 / v[0], 2, 2)
            st.latex(words.LIMIT.format(a=formula.number(2 / limit, "z", put_in), b=formula.number(limit, "z", digits)))
            st.caption(words.LAMBDA)
        parts = ", ".join(words.PART.format(name=name, loss=middle[rule]) for rule, name in words.NAMES.items())
        says = words.SAYS + words.WORST[study.usually(ends)]
        st.markdown(says.format(parts=parts, best=best, worst=worst))
    steepest = sweeps(default)["steepest"]
    facts = {"seeds": study.SEEDS, "tiny": study.TINY, "steep_low": steepest.min(), "steep_high": steepest.max()}
    factor = float(f"{steepest.max():.2g}") / float(f"{steepest.min():.5f}")  # of the numbers that stand beside it
    facts |= {"lost": study.bad(steepest), "factor": factor}
    teaching.confront(words.PREDICTION, predicted, words.MEASURED.format(**facts))
    st.markdown(words.EXPLAIN)
    with st.expander(words.OWN_TITLE, key="finder.own"):
        about = {
            "data": spec_of(e.dataset).title,
            "activation": ACTIVATIONS[e.activation].title,
            "batch": e.batch_size,
        }
        st.markdown(words.OWN.format(sizes="-".join(map(str, layer_sizes(e))), **about))
        there = bool(st.session_state.get("link.memory", {}).get("training"))
        st.button(words.TAKE, on_click=take, disabled=not there, key="finder.take")
        st.caption("" if there else words.NO_OWN)
        if e.epochs < study.EPOCHS:
            st.caption(words.FEWER.format(epochs=counted(e.epochs, "epoch")))
        sent = replace(e, learning_rate=float(f"{found['tenth'][start]:.2g}"), seed=start, epochs=Experiment().epochs)
        simulator_link(words.SIMULATOR, lawful(sent)[0])
    teaching.checks("finder", words.CHECKS)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="finder.numbers"):
        table = {"seed": range(study.SEEDS)} | {f"pick, {name}": v for name, v in picks.items()}
        st.dataframe(pd.DataFrame(table | {f"loss, {name}": v for name, v in losses.items()}), hide_index=True)
    teaching.code(finder.find_many, finder.smoothed, finder.Found)
frame.end("finder", link, words.LEFT_OPEN)
