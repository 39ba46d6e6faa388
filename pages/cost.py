"""Lesson 30: what learning costs: a run counted and timed, published models, spikes instead, and who pays."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.lessons.cost import charts, counting, energy, fairness, published, spiking, study, words, worked
from core.training.settings import choice, nearest, number, whole
from core.ui import frame, show, teaching
from core.ui.buttons import buttons
from core.ui.link import Link
from core.ui.sliders import slider
from core.workshop.sending import simulator_link

VIEWS = words.VIEWS
link = Link(
    "cost",
    [
        choice("view", "run", VIEWS, "View"),
        nearest("width", study.FIRST[0], counting.WIDTHS, words.WIDTH),
        nearest("batch", study.FIRST[1], counting.BATCHES, words.BATCH),
        whole("watts", energy.WATTS, 1, 100, words.WATTS),
        choice("show", "energy", words.SHOWN, words.SHOW),
        choice("grid", "own", published.GRIDS, words.GRID),
        choice("model", "gpt3", published.TRAININGS, words.MODEL),
        number("current", 1.5, 0, 4, words.CURRENT),
        whole("leak", round(1000 * spiking.LEAK), 10, 100, words.LEAK),
        whole("pause", round(1000 * spiking.PAUSE), 0, 20, words.PAUSE),
        choice("columns", "blind", words.SEEN, words.COLUMNS),
        choice("rule", "one", words.RULES, words.RULE),
        number("gap", fairness.GAP, 0, 1.5, words.GAP),
        whole("table", 0, 0, 99, words.TABLE),
    ],
)
lesson = frame.begin("cost", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=16, show_spinner="Counting and timing the run …")
def run(width: int, batch: int) -> dict[str, Any]:
    """What a run does and how long it takes."""
    return counting.measured(width, batch)


@st.cache_data(max_entries=32, show_spinner=False)
def rate_curve(leak: float, pause: float) -> np.ndarray:
    """Spikes a second for every input."""
    return spiking.curve(leak, pause)


@st.cache_data(max_entries=4, show_spinner=False)
def asked_of_spikes() -> dict[str, float]:
    """What the question about spikes speaks of."""
    return study.asked_of_spikes()


@st.cache_data(max_entries=32, show_spinner="Training one neuron …")
def judged(columns: str, gap: float, seed: int = 0) -> dict[str, Any]:
    """What one neuron weighs and decides."""
    return fairness.judged(columns, gap, seed)


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question and its answer speak of."""
    if view == "run":
        return study.assumed() | study.of_run(run(*study.FIRST), energy.WATTS)
    if view == "models":
        return study.of_models()
    if view == "spike":
        return asked_of_spikes()
    seen, hidden = (judged(name, fairness.GAP)["rates"]["one"] for name in ("all", "blind"))
    return study.asked_of_groups(seen, hidden)


def controls(view: str) -> None:
    """Show the view's own controls."""
    if view == "run":
        st.select_slider(words.WIDTH, counting.WIDTHS, key=link.key("width"))
        buttons(link, "batch", words.BATCH, counting.BATCHES)
        with st.expander(words.GUESS, key="cost.guess"):
            st.slider(words.WATTS, 1, 100, key=link.key("watts"))
    elif view == "models":
        buttons(link, "show", words.SHOW, words.SHOWN)
        if link["show"] == "carbon":  # nothing else depends on it
            buttons(link, "grid", words.GRID, {key: name for key, (name, *_) in published.GRIDS.items()})
        names = {key: one.name for key, one in published.TRAININGS.items()}
        st.selectbox(words.MODEL, list(names), format_func=names.__getitem__, key=link.key("model"))
    elif view == "spike":
        slider(link, "current", words.CURRENT, 0.0, 4.0, 0.05)
        st.slider(words.LEAK, 10, 100, key=link.key("leak"))
        st.slider(words.PAUSE, 0, 20, key=link.key("pause"))
    else:
        buttons(link, "columns", words.COLUMNS, words.SEEN)
        buttons(link, "rule", words.RULE, words.RULES, help=words.RULE_HELP)
        slider(link, "gap", words.GAP, 0.0, 1.5, 0.1, help=words.GAP_HELP)
        with st.expander(words.TABLE_TITLE, key="cost.another"):
            st.slider(words.TABLE, 0, 99, key=link.key("table"))


def of_run(waiting: bool) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The view of one run."""
    width, batch = study.FIRST if waiting else (link["width"], link["batch"])
    found, watts = run(width, batch), link["watts"]
    each = {name: found[name] // batch for name in ("forward", "backward")}
    guess = energy.estimates(found["multiply_adds"], found["seconds"], watts)
    joules = (guess.arithmetic, guess.machine, guess.clock)
    rows = [(name, value, energy.written(value)) for name, value in zip(words.ROWS_RUN, joules, strict=True)]
    ends, e = study.DOMAINS["run"], counting.experiment(width, batch)
    facts = study.assumed() | study.of_run(found, watts) | {"watts": watts}
    first = study.of_run(run(*study.FIRST), watts)
    assumed = [line.format(**facts) for line in words.ASSUMED]
    if waiting:  # what is asked stays open
        rows, assumed = [rows[0], (words.ROWS_RUN[-1], ends[0], "?")], assumed[:1]
    with main:
        show.chart(
            "cost.energy", (joules, waiting, mode),
            lambda: charts.amounts(rows, mode, words.TITLE_RUN, "joules", ends, each=32, key=assumed),
            charts.amounts_text(rows, words.TITLE_RUN),
        )  # fmt: skip
    if waiting:
        return pd.DataFrame(), {}
    with rest:
        st.latex(worked.energies(found["multiply_adds"], found["seconds"], watts))
        st.caption(f"{words.TIMED} {words.EMITTED}".format(**facts))
        show.chart(
            "cost.each", (width, batch, mode), lambda: charts.bars(each, mode, words.TITLE_EACH),
            charts.bars_text(each, words.TITLE_EACH),
        )  # fmt: skip
        line, _ = worked.run((2, width, width, 1), round(e.samples * (1 - e.test_share)), e.epochs)
        st.latex(line)
        simulator_link(words.SIMULATOR, e, icon=":material/tune:")
    table = pd.DataFrame({"part of a step": list(counting.PARTS)} | {
        "multiply-adds": [found[name] for name in counting.PARTS],
        "other operations": [found[f"{name} others"] for name in counting.PARTS],
    })  # fmt: skip
    return table, facts | {f"first_{name}": first[name] for name in ("steps", "time_said", "ratio", "apart_said")}


def of_models(waiting: bool) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The view of published models."""
    what, grid, chosen = ("operations", "own", "") if waiting else (link["show"], link["grid"], link["model"])
    rows, hollow = study.rows(what, grid)
    title, one = words.TITLES_MODELS[what], published.TRAININGS.get(chosen)
    key = words.RINGS[what] if hollow else []
    with main:
        show.chart(
            "cost.models", (tuple(rows), chosen, mode),
            lambda: charts.amounts(
                rows, mode, title, words.UNITS[what], study.DOMAINS[what], key=key, chosen=one.name if one else "",
                hollow=hollow, every=study.EVERY[what],
            ),
            charts.amounts_text(rows, title),
        )  # fmt: skip
    with rest:
        if one:
            st.markdown(study.sentence(one))
            if one.name not in [name for name, *_ in rows]:
                st.caption(words.NO_NUMBER[what].format(name=one.name))
            if line := worked.of_model(what, one, grid):
                st.latex(line)
            st.caption(study.yours(what, grid, run(*study.FIRST)))
    return study.table(), study.of_models()


def of_spikes(waiting: bool) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The view of the spiking neuron."""
    current, leak, pause = (
        (study.STRONG, *study.USUAL) if waiting else (link["current"], link["leak"] / 1000, link["pause"] / 1000)
    )
    values, fired = spiking.simulate(current, leak, pause, spiking.SHOWN)
    times = spiking.STEP * np.arange(1, len(values) + 1)
    with main:
        show.chart(
            "cost.voltage", (current, leak, pause, mode),
            lambda: charts.voltage(times, values, fired, mode, words.TITLE_SPIKE),
            charts.voltage_text(fired, spiking.SHOWN, current),
        )  # fmt: skip
    if waiting:
        return pd.DataFrame(), {}
    counted, facts = rate_curve(leak, pause), study.of_spikes(current, leak, pause)
    exact = np.array([spiking.rate(x, leak, pause) for x in np.linspace(0, spiking.INPUTS[-1], 201)])
    with rest:
        show.chart(
            "cost.rates", (current, leak, pause, mode),
            lambda: charts.rates(spiking.INPUTS, counted, exact, (current, facts["rate"]), mode, words.TITLE_RATE),
            charts.rates_text(spiking.INPUTS, counted),
        )  # fmt: skip
        st.latex(worked.rate(current, leak, pause, facts["rate"]))
        st.latex(worked.spikes(int(facts["spikes"])))
    table = pd.DataFrame({"input": spiking.INPUTS, "spikes a second, counted": counted})
    return table.assign(formula=[round(spiking.rate(x, leak, pause), 2) for x in spiking.INPUTS]), facts


def of_groups(waiting: bool) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The view of a decision about two groups."""
    columns, rule, gap, seed = (
        ("all", "one", fairness.GAP, 0) if waiting else (link[name] for name in ("columns", "rule", "gap", "table"))
    )
    found = judged(columns, gap, seed)
    shares, seen = found["rates"][rule], fairness.COLUMNS[columns]
    title = words.TITLE_FAIR.format(n=fairness.JUDGED)
    with main:
        show.chart(
            "cost.groups", (columns, rule, gap, seed, mode), lambda: charts.groups(shares, words.SHARES, mode, title),
            charts.groups_text(shares, words.SHARES),
        )  # fmt: skip
    if waiting:
        return pd.DataFrame(), {}
    with rest:
        st.caption(words.LINE_FAIR)
        st.latex(worked.shares(shares))
        show.chart(
            "cost.weights", (columns, gap, seed, mode),
            lambda: charts.weights(seen, found["weights"], mode, words.TITLE_WEIGHTS),
            charts.weights_text(seen, found["weights"]),
        )  # fmt: skip
    return study.first_people(gap, seed), study.of_groups(shares, dict(zip(seen, found["weights"], strict=True)))


DRAW = {"run": of_run, "models": of_models, "spike": of_spikes, "fair": of_groups}
view = teaching.choose_view(link, VIEWS)
left, right = st.columns([1, 1.6], gap="large")
with right:  # the experiments stand under the picture that they change
    main, trying, rest = st.container(key="cost.main"), st.container(), st.container(key="cost.rest")
with left:
    st.markdown(words.INTRO[view].format(people=fairness.PEOPLE))
    predicted = teaching.prediction("cost", words.LESSON, view, lambda: given(view))
    if predicted is not None:
        controls(view)
table, facts = DRAW[view](predicted is None)

if predicted is not None:
    lesson_view = words.LESSON.views[view]
    with trying:
        teaching.tries(link, lesson_view.tries, lesson_view.fails, lesson_view.opening, **facts)
    asked, (measured, why) = given(view), words.ANSWERS[view]
    teaching.confront(lesson_view.prediction, predicted, measured.format(**asked))
    st.markdown(why.format(**asked))
    teaching.checks("cost", lesson_view.checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander(words.TABLES[view], key="cost.numbers"):
        st.dataframe(table, hide_index=True, alt=words.TABLES[view])
    teaching.code(*study.CODE[view])
frame.end("cost", link, words.LEFT_OPEN)
