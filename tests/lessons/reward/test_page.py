"""Lesson 28 says what its robots do, for every link."""

from functools import lru_cache

import numpy as np
import pytest

from core.lessons.reward import qlearning, study, words
from core.lessons.reward.world import CELLS, COIN, ENDS, GOAL, NEAR, PRIZE, World
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = ["table", "network"]
tables, networks = lru_cache(study.by_table), lru_cache(study.by_network)


def learned(view, cell, reward, knob):
    return tables(cell, reward, float(knob)) if view == "table" else networks(cell, reward, bool(knob))


@pytest.fixture(autouse=True)
def each_run_once(monkeypatch):
    """What the page computes and what these tests look at are the same runs."""
    monkeypatch.setattr(study, "by_table", lambda cell, reward, epsilon: tables(cell, reward, float(epsilon)))
    monkeypatch.setattr(study, "by_network", lambda cell, reward, baseline: networks(cell, reward, bool(baseline)))


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def said(view, values):
    knob = values["epsilon"] if view == "table" else values["baseline"]
    plain = study.facts("network", learned, study.CELL, study.REWARD, False)["prize_then"]
    return study.facts(view, learned, values["cell"], values["reward"], knob) | {"plain": plain}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("reward", commit=False, view=view, epsilon=0.5)
    assert not at.exception
    assert not at.slider
    assert "Measured" not in text(at)
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("reward", view)
    at.radio(key=f"{name}.options").set_value(item.answer)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said" in text(at)


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at, shown = open_app("reward", view=view), words.LESSON.views[view]
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [tried.look.format(**said(view, tried.values))]


def test_the_table_opens_on_what_its_question_asks(open_app):
    found = study.counted(learned("table", study.CELL, study.REWARD, 0.0), study.CELL, study.CHANGE)
    at = open_app("reward")
    assert f"After episode {study.CHANGE}, **{found['prize']} of {study.RUNS}** robots would reach the prize" in text(
        at
    )
    assert f"**{found['coin']}** the coin" in text(at)
    at.slider(key="reward.reward").set_value(3).run()
    assert f"After episode {study.EPISODES}" in text(at)  # where the change can be seen


def test_the_networks_open_after_the_change(open_app):
    at = open_app("reward")
    at.button_group(key="reward.view").set_value("network").run()
    assert not at.exception
    assert f"After episode {study.EPISODES}" in text(at)


def test_who_never_tries_settles_for_the_coin():
    """Of 100 robots 69 do without random moves, and 4 with three in ten. No product: kernels don't matter."""
    never, some = (study.counted(tables("c3", -5, e), "c3", study.CHANGE) for e in (0.0, study.EPSILON))
    assert never["coin"] >= 12
    assert some["prize"] >= 17


@pytest.mark.claims
@pytest.mark.weekly
def test_who_finds_the_coin_first_stays_with_it():
    """In 20 runs of 20 robots. Of those that find the prize first, nearly half still end at the coin."""
    stay, swayed = [], []
    for seed in range(20):
        found = tables("c3", -5, 0.0, study.RUNS, seed)
        first, ends = study.first_found(found), np.array([way[-1] for way in study.ways(found, study.CHANGE)])
        assert set(first) == {COIN, PRIZE}
        stay.append((ends[first == COIN] == NEAR).mean())
        swayed.append((ends[first == PRIZE] == NEAR).mean())
    assert np.quantile(stay, 0.1) >= 0.85
    assert np.median(stay) > 0.95
    assert 0.2 < np.median(swayed) < 0.7  # so nobody says that the others found the prize first


def test_what_was_found_first_is_in_the_table():
    found = qlearning.learn([World()] * 60, 0.0, 20)
    first = study.first_found(found)
    for robot in range(20):
        tables = found["q"][:, robot]
        known = next(table for table in tables if table.any())
        assert known.max() == 0.5 * first[robot]  # half of the way to what it was paid
        assert (known > 0).sum() == 1


def test_tables_reroute():
    """Around the puddle, all of them; to the coin when the prize is gone; around and around where that pays."""
    around = study.counted(tables("c3", -5, study.EPSILON), "c3", study.EPISODES)["around"]
    assert around == study.RUNS  # the networks' question says "all"; no product: kernels don't matter
    assert study.counted(tables("e1", 0, study.EPSILON), "e1", study.EPISODES)["coin"] >= 19
    assert study.counted(tables("b3", 2, study.EPSILON), "b3", study.EPISODES)["circles"] >= 19


def test_circling_is_what_that_reward_asks_for():
    before, after = study.best_return("b3", 2)
    assert after > before + 4
    assert study.best_return("b3", 1)[1] == pytest.approx(before + 0.9)  # a smaller one is only picked up on the way


def test_only_random_moves_know_the_way_and_earn_little():
    found = tables("c3", -5, 1.0)
    assert study.counted(found, "c3", study.CHANGE)["prize"] >= 19
    assert study.earned(found, study.CHANGE) < 0.2 * study.best_return("c3", -5)[0]


@pytest.mark.claims
def test_networks_do_not_reroute():
    """Of 100 networks 79 know the way to the prize; 68 walk on through the puddle."""
    found = networks("c3", -5, False)
    then, now = (study.counted(found, "c3", e) for e in (study.CHANGE, study.EPISODES))
    assert then["prize"] >= 13
    assert now["across"] >= 11
    assert now["around"] <= 5 < now["across"]


@pytest.mark.claims
def test_without_a_return_networks_stay_as_they_are():
    found = networks("e1", 0, False)
    late = found["known"][-1] - found["known"][study.CHANGE // study.GAP + 50]
    assert study.counted(found, "e1", study.EPISODES)["prize"] >= 13
    assert np.median(np.abs(late).max(axis=(1, 2))) < 0.05


@pytest.mark.claims
def test_a_deep_puddle_keeps_networks_at_home():
    """Of 100 networks 20 went nowhere before, and 87 do in the end; of nine other twenties at least 14 each."""
    found = networks("c3", -10, False)
    then, now = (study.counted(found, "c3", e)["nowhere"] for e in (study.CHANGE, study.EPISODES))
    assert then <= 6 < 11 <= now
    assert words.TRIES_NETWORK[1].values["reward"] == -PRIZE  # and the puddle comes first: it's discounted less


@pytest.mark.claims
@pytest.mark.weekly
def test_the_baseline_helps_here():
    """Of 100 robots 93 know the way with it, and 79 without; in 16 of 20 sets of twenty robots more with it."""
    for robots, more in ((study.RUNS, 1), (100, 8)):
        plain, with_one = (
            study.counted(networks("c3", -5, b, robots), "c3", study.CHANGE)["prize"] for b in (False, True)
        )
        assert with_one > plain + more


def test_a_link_restores_all(open_app):
    at = open_app("reward", view="network", cell="b3", reward=2, baseline=1, robot=7, epoch=100)
    assert not at.exception
    assert "After episode 100" in text(at)
    assert at.toggle(key="reward.baseline").value
    assert at.slider(key="reward.robot").value == 7


def test_hostile_links_open(open_app):
    at = open_app("reward", view="?", cell="c1", reward=99, epsilon="nan", robot=0, epoch=1e9)
    assert not at.exception
    assert at.warning
    assert at.session_state["reward.cell"] == study.CELL
    assert at.session_state["reward.reward"] == 10


@pytest.mark.parametrize("cell", ["a2", "d1", "e1", "f4"])
def test_every_kind_of_cell_can_be_changed(open_app, cell):
    assert cell in CELLS
    assert not open_app("reward", cell=cell, reward=3).exception


@pytest.mark.parametrize("view", words.LESSON.views)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "reward", view)


def test_each_view_opens_on_the_world_that_its_question_speaks_of():
    for view in words.LESSON.views.values():
        assert (view.opening["cell"], view.opening["reward"]) == (study.CELL, study.REWARD)
    assert [view.opening["epoch"] for view in words.LESSON.views.values()] == [study.CHANGE, study.EPISODES]


def way_of(view, values):
    """The way that the robot beside a try's sentence would take then."""
    found = learned(view, values["cell"], values["reward"], values["epsilon" if view == "table" else "baseline"])
    return study.ways(found, values["epoch"])[values["robot"] - 1]


@pytest.mark.claims
def test_the_robot_beside_each_try_does_what_its_sentence_says_of_most():
    around, stumbling, gone, circling = (way_of("table", one.values) for one in (*words.TRIES_TABLE, words.FAILS_TABLE))
    assert around[-1] == stumbling[-1] == GOAL
    assert CELLS["c3"] not in around
    assert gone[-1] == NEAR
    assert CELLS["b3"] in circling
    assert not ENDS[circling[-1]]
    helped, home, onward = (way_of("network", one.values) for one in (*words.TRIES_NETWORK, words.FAILS_NETWORK))
    assert helped[-1] == onward[-1] == GOAL
    assert way_of("network", words.TRIES_NETWORK[0].values | {"baseline": False})[-1] != GOAL
    assert not ENDS[home[-1]]


def test_below_the_worked_line_stands_what_became_of_it(open_app):
    at, found = open_app("reward"), learned("table", study.CELL, study.REWARD, 0.0)
    _, step = study.telling(found["steps"][:, 0], study.CHANGE)
    now = found["known"][study.CHANGE // study.GAP, 0, int(step[0]), int(step[1])]
    assert f"Worth now: {now:.2f}." in text(at)
    at = open_app("reward", view="network", baseline=1, robot=4, epoch=200)
    _, chance, paid, _ = networks("c3", -5, True)["first"][199, 3]
    assert f"Without the baseline: {(chance - 1) * paid:.2f}.".replace("-", "−") in text(at)
    assert "Without the baseline" not in text(open_app("reward", view="network", epoch=200))


@pytest.mark.parametrize(("link", "random"), [({}, 0), ({"epsilon": 0.3}, 1), ({"view": "network"}, 0)])
def test_only_where_moves_are_random_does_the_chart_say_what_they_cost(open_app, link, random):
    charts = [str(chart.proto.spec) for chart in open_app("reward", **link).get("vega_lite_chart")]
    assert sum(words.RETURNS_RANDOM in chart for chart in charts) == random


@pytest.mark.parametrize("link", [{"epoch": 2, "robot": 1}, {"epoch": 0, "robot": 13}])
def test_where_nothing_has_changed_yet_no_change_is_written(open_app, link):
    at = open_app("reward", **link)
    assert "No big change yet." in text(at)
    assert "last big change" not in text(at)
    assert len(at.latex) == len(open_app("reward").latex) - 1
