"""Lesson 28: robots that learn from rewards alone, by a table and by a network."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.band import Rule, band, band_text
from core.charts.playing import at_rest
from core.lessons.reward import charts, policy, qlearning, study, words, worked
from core.lessons.reward.world import CELLS, DISCOUNT, GOAL, MOVES, START, STATES, World, name_of
from core.training.settings import choice, moment, number, switch, whole
from core.ui import frame, show, teaching
from core.ui.link import Link
from core.ui.player import RESTING, player
from core.ui.sliders import slider

VIEWS = {"table": "Q-learning", "network": "Policy gradient"}
link = Link(
    "reward",
    [
        choice("view", "table", VIEWS, "View"),
        choice("cell", study.CELL, CELLS, words.CELL),
        whole("reward", study.REWARD, -10, 10, words.REWARD),
        number("epsilon", 0.0, 0, 1, words.EPSILON),
        switch("baseline", False, words.BASELINE),
        whole("robot", 1, 1, study.RUNS, words.ROBOT),
        moment("epoch", study.CHANGE, study.EPISODES, "Episode"),
    ],
)
lesson = frame.begin("reward", link)
frame.heading(lesson)
mode = frame.mode()


@st.cache_data(max_entries=32, show_spinner=words.LEARNING)
def learned(view: str, cell: str, reward: int, knob: float) -> study.Found:
    """What twenty robots know and earn."""
    if view == "table":
        return study.by_table(cell, reward, knob)
    return study.by_network(cell, reward, bool(knob))


def given(view: str) -> dict[str, Any]:
    """The numbers that a view's question and its answer speak of."""
    if view == "network":
        return study.facts(view, learned, study.CELL, study.REWARD, False) | {"change": study.CHANGE}
    plain, random = (study.facts(view, learned, study.CELL, study.REWARD, e) for e in (0.0, study.EPSILON))
    numbers = {"coin": plain["coin_then"], "prize": plain["prize_then"], "prize_random": random["prize_then"]}
    return numbers | {"runs": study.RUNS, "epsilon": study.EPSILON, "change": study.CHANGE}


def clicked() -> None:
    """Choose the cell that was clicked."""
    spot = st.session_state["reward.map"]["selection"]["spot"]
    if spot and spot[0].get("cell") in CELLS:
        link.set(cell=spot[0]["cell"])
        changed()


def changed() -> None:
    """Show what becomes of a change, if the robots stand where it's still to come."""
    if 0 <= link["epoch"] <= study.CHANGE:
        link.set(epoch=study.EPISODES)


def world_at_first() -> None:
    """The world that the question speaks of, with nothing learned in it."""
    nothing = np.zeros((1, STATES, len(MOVES)))
    show.chart(
        "reward.world", (mode,),
        lambda: at_rest(charts.world_map(
            nothing, [[START]], False, (study.CELL, study.REWARD), [False], mode, words.TITLES["before"], words.KEYS["before"]
        )),
        words.WAITING_TEXT,
    )  # fmt: skip


left, right = st.columns([1, 2], gap="large")
with left:
    view = teaching.choose_view(link, VIEWS)
    st.markdown(words.INTRO[view].format(change=study.CHANGE))
    later = (lambda: given("network")) if view == "network" else None
    predicted = teaching.prediction("reward", words.LESSON, view, later, change=study.CHANGE, runs=study.RUNS)
if predicted is None:
    with right:
        world_at_first()
else:
    asked = given(view)
    with left:
        st.selectbox(words.CELL, list(CELLS), key=link.key("cell"), on_change=changed)
        st.slider(words.REWARD, -10, 10, key=link.key("reward"), on_change=changed)
        if view == "table":
            slider(link, "epsilon", words.EPSILON, 0.0, 1.0, 0.05)
        else:
            st.toggle(words.BASELINE, key=link.key("baseline"))
        with st.expander(words.ROBOT_TITLE, key="reward.another"):
            st.slider(words.ROBOT, 1, study.RUNS, key=link.key("robot"))
    cell, reward, robot = link["cell"], link["reward"], link["robot"] - 1
    knob = link["epsilon"] if view == "table" else link["baseline"]
    found, moments, lesson_view = learned(view, cell, reward, knob), study.frames(), words.LESSON.views[view]
    depends = (view, cell, reward, knob)
    known = found["known"][:, robot]
    ways = [study.path(moves) for moves in study.likeliest(known)]
    with right:
        at = player(link, moments, repr((*depends, robot)), "episode")
        episode = moments[at]
        title = words.TITLES[view].format(robot=robot + 1)
        show.chart(
            "reward.map", (*depends, robot, mode),
            lambda: charts.world_map(
                known, ways, view == "network", (cell, reward), [e > study.CHANGE for e in moments], mode, title,
                words.KEYS[view],
            ),
            charts.world_map_text(ways[at], known[at], view == "network", (cell, reward), episode),
            on_select=clicked, selection_mode="spot",
        )  # fmt: skip
        st.caption(words.CLICK)
        with st.container(key=RESTING):
            counts = study.counted(found, cell, episode)
            gone = episode > study.CHANGE and CELLS[cell] == GOAL and reward <= 0
            place = words.GONE if gone else words.PRIZE
            st.markdown(words.LEAD.format(episode=episode, runs=study.RUNS, place=place, **counts))
        measured = words.MEASURED if view == "table" else words.MEASURED_NETWORK
        teaching.confront(lesson_view.prediction, predicted, measured.format(**asked))
        more = study.facts(view, learned, cell, reward, knob) | {"plain": asked.get("prize_then", 0)}
        teaching.tries(link, lesson_view.tries, lesson_view.fails, lesson_view.opening, **more)
        ends, means = study.blocks(found["returns"])
        before, after = study.best_return(cell, reward)
        xs, best, robots = charts.at_once(ends, means, study.CHANGE, before, after)
        random = view == "table" and knob > 0
        returns_key = [*words.RETURNS_KEY, *[words.RETURNS_RANDOM] * random]
        low, high = np.floor(np.quantile(means, 0.05, axis=0).min()) - 1, 1.4 * max(before, after)
        show.chart(
            "reward.returns", (*depends, robot, mode),
            lambda: band(
                xs, {words.BEST: np.tile(best, (study.RUNS, 1)), words.ROBOTS: robots}, mode, x_title="episode",
                y_title=words.RETURN, title=words.RETURNS, domain=(low, high), one=robot, looks=charts.looks(mode),
                rules=[Rule(study.CHANGE, words.CHANGED)], key=returns_key, height=180,
            ),
            band_text(xs, {words.BEST: best[None], words.ROBOTS: robots}, x_title="episode", y_title="Return"),
        )  # fmt: skip
    explain = words.EXPLAIN_TABLE if view == "table" else words.EXPLAIN_NETWORK
    st.markdown(explain.format(discount=DISCOUNT))
    with st.container(key="reward.worked"):
        if view == "table":
            then, step = study.telling(found["steps"][:, robot], episode)
            large = episode > 0 and abs(step[5] - step[2]) >= study.TELLING
            line, law = worked.table_line(step.tolist()) if large else "", worked.LAW_TABLE
            more = {"now": known[at, int(step[0]), int(step[1])]}
        else:
            then = max(1, episode)
            _, chance, paid, _ = first = found["first"][then - 1, robot]
            line, law = worked.network_line(first), worked.LAW_NETWORK
            more = {"without": words.WITHOUT.format(slope=(chance - 1) * paid) if knob else ""}
        caption = (words.LINES[view] if line else words.NOT_YET).format(
            episode=then, rate=qlearning.RATE, discount=DISCOUNT, **more
        )
        st.caption(caption.replace(" -", " −"))
        if line:
            st.latex(line)
        st.latex(law)
    teaching.checks("reward", lesson_view.checks, view)
    teaching.misconceptions(words.WRONG)
    with st.expander("The numbers behind the picture", key="reward.numbers"):
        table = pd.DataFrame(known[at], columns=list(MOVES)).round(3)
        table.insert(0, "cell", [name_of(k) for k in range(STATES)])
        st.dataframe(table[table["cell"].isin(list(CELLS))], hide_index=True)
    if view == "table":
        teaching.code(World, qlearning.learn)
    else:
        teaching.code(policy.weighted_gradient, policy.learn)
frame.end("reward", link, words.LEFT_OPEN)
if predicted is None:
    given(view)  # what the answer needs, while the learner thinks
