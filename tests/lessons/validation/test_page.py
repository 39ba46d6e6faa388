"""Lesson 21 says what the core computes, for every link."""

from functools import lru_cache

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.validation import choosing, folding, leaks, words
from core.ui.sliders import exact
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = ["folds", "choose", "leaks"]
estimated, candidates, judged = (lru_cache(f) for f in (folding.estimates, choosing.candidates, leaks.every))


@pytest.fixture(autouse=True)
def each_study_once(monkeypatch):
    """What the page trains and what these tests look at are the same runs."""
    monkeypatch.setattr(folding, "estimates", lambda examples, k, progress=None: estimated(examples, k))
    monkeypatch.setattr(choosing, "candidates", lambda progress=None: candidates())
    monkeypatch.setattr(leaks, "every", lambda inputs, labels, compete, _=None: judged(inputs, labels, compete))


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_on_five_folds_beside_the_truth(open_app):
    at = open_app("validation")
    assert not at.exception
    found = estimated(60, 5)
    assert f"on 20,000 fresh points: **{found['truth'][0]:.3f}**" in text(at)
    assert f"the mean of the folds {folding.facts(found)['mean_off']:.3f}" in text(at)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("validation", commit=False, view=view, draw=3, k=2, candidates=1)
    assert not at.exception
    assert not at.slider
    assert not at.select_slider
    assert "Measured" not in text(at)
    assert "truth" not in text(at) or view == "leaks"
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("validation", view)
    at.radio(key=f"{name}.options").set_value(item.answer)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said" in text(at)


def of_folds(values):
    return folding.facts(estimated(values["examples"], values["k"]))


def of_choice(values):
    found, names = candidates(), [words.UNPENALIZED, *(exact(v) for v in choosing.STRENGTHS[1:])]
    return choosing.facts(found) | choosing.here(found, values["by"], values["draw"], names)


def of_leaks(values):
    return leaks.facts(judged(values["inputs"], values["labels"], values["candidates"]))


@pytest.mark.parametrize(
    ("view", "expected"), [("folds", of_folds), ("choose", of_choice), ("leaks", of_leaks)], ids=VIEWS
)
def test_every_try_after_every_other_says_what_is_so(open_app, view, expected):
    at, shown = open_app("validation", view=view), words.LESSON.views[view]
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**expected(tried.values)))]


@pytest.mark.claims
def test_the_mean_of_the_folds_comes_closest_and_own_points_promise_too_much():
    told, few = (folding.facts(estimated(examples, k)) for examples, k in ((60, 5), (20, 2)))
    assert told["training_above"] > 0.05
    assert told["mean_off"] < 0.8 * min(told["training_off"], told["one_off"])
    assert -0.06 < told["mean_above"] < -0.015  # "usually a bit too low"
    assert few["mean_above"] < -0.05
    assert few["held"] < 16


@pytest.mark.claims
def test_so_it_is_for_other_draws():
    """Of 60 others 41 means are below the truth."""
    found = estimated(60, 5, range(100, 160))
    told = folding.facts(found)
    assert told["training_above"] > 0.05
    assert told["mean_off"] < 0.8 * min(told["training_off"], told["one_off"])
    assert told["mean_above"] < -0.01
    assert (folding.off(found)["mean"] < 0).mean() > 0.6


@pytest.mark.claims
def test_the_other_tries_of_the_first_view():
    two, more, five = (folding.facts(estimated(n, k)) for n, k in ((60, 2), (180, 5), (60, 5)))
    assert two["mean_above"] < five["mean_above"] - 0.005
    assert more["training_off"] < 0.5 * five["training_off"]
    assert more["mean_off"] < five["mean_off"]
    assert more["one_off"] < five["one_off"]
    assert two["mean_low"] == -two["mean_above"] > 0


@pytest.mark.claims
def test_the_draw_of_each_experiment_shows_what_its_sentence_says():
    for one in (*words.TRIES_FOLDS, words.FAILS_FOLDS):
        found = estimated(one.values["examples"], one.values["k"])
        told, draw = folding.facts(found), one.values["draw"]
        here = {name: v[draw] for name, v in folding.off(found).items()}
        assert here["mean"] == pytest.approx(told["mean_above"], abs=0.03)
        assert here["training"] > 0
        if one is not words.TRIES_FOLDS[0]:
            assert (abs(here["mean"]) <= 2 * folding.standard_error(found["scores"][draw])) == (told["held"] > 10)


def test_no_penalty_is_called_so(open_app):
    fails = words.FAILS_CHOOSE
    at = press(open_app("validation", view="choose"), fails.label)
    assert "Chosen: **no penalty**" in text(at)
    assert "Chosen: no penalty." in at.get("vega_lite_chart")[0].proto.alt
    assert "**0**" not in text(at)


def test_choosing_opens_on_a_draw_that_shows_the_rule(open_app):
    opens = words.LESSON.views["choose"].opening["draw"]
    at = open_app("validation", view="choose")
    assert at.session_state["validation.draw"] == opens
    press(press(at, words.FAILS_CHOOSE.label), "Reset")
    assert at.session_state["validation.draw"] == opens
    assert open_app("validation", view="choose", v=1).session_state["validation.draw"] == 0
    assert open_app("validation").session_state["validation.draw"] == 0


@pytest.mark.claims
def test_folds_choose_nearly_as_well_as_the_truth_would():
    """Of 200 draws, any twenty: the best strength in 3 to 16, and no penalty gives up at least 2.8 times as much."""
    found = candidates()
    told, picked, best = choosing.facts(found), choosing.chosen(found, "folds"), found["truth"].argmin(axis=1)
    assert 3 <= told["folds_best"] <= 14
    assert told["none_lost"] > 0.12
    assert told["folds_lost"] < told["none_lost"] / 2.5
    assert told["folds_missed"] < told["none_then"] / 1.8  # "far better than no penalty"
    assert (choosing.given_up(found, picked) <= choosing.given_up(found, 0 * picked)).sum() >= 15
    assert picked[13] == best[13] != 0
    assert picked[14] == 0 != best[14]
    opens = words.LESSON.views["choose"].opening["draw"]  # the rule, not one of the draws in which the best is chosen
    assert picked[opens] not in (0, best[opens])
    assert choosing.given_up(found, picked)[opens] < 0.05
    one, shown = choosing.chosen(found, "one"), words.TRIES_CHOOSE[0].values["draw"]
    assert one[shown] not in (picked[shown], best[shown])
    assert choosing.given_up(found, picked)[14] > 0.2


@pytest.mark.claims
def test_one_fold_chooses_worse():
    found = candidates()
    one, five = (choosing.given_up(found, choosing.chosen(found, by)) for by in ("one", "folds"))
    assert np.mean(one) > 1.3 * np.mean(five)
    assert choosing.facts(found)["one_worst"] >= choosing.facts(found)["folds_worst"] - 1e-9


@pytest.mark.claims
def test_promises_that_break_and_those_that_do_not():
    """A promise is broken in each of 20 draws by picking first and by copying; by a contest in the middle."""
    found = judged(1000, "coin", 16, None, range(20))
    told = leaks.facts(found)
    assert (leaks.USED, leaks.K, leaks.COPIES) == (10, 5, 3)  # as the words have it
    assert found["pick"]["score"].min() > 0.65
    assert told["pick_score"] > 0.78
    assert found["copy"]["score"].min() > 0.62
    assert abs(told["none_above"]) < 0.07
    others = ((10, "coin", 1), (100, "two", 16), (1000, "two", 64))
    assert max(leaks.facts(judged(*of, None, range(20)))["scale_moved"] for of in others) < 0.02
    assert told["scale_moved"] < 0.02
    assert told["test_above"] > 0.15
    assert all(np.abs(each["truth"] - 0.5).max() < 0.02 for each in found.values())


@pytest.mark.claims
@pytest.mark.weekly
def test_the_tries_of_the_last_view():
    two, alone, ten = (leaks.facts(judged(*of)) for of in ((100, "two", 64), (1000, "coin", 1), (10, "coin", 64)))
    assert two["pick_above"] > 0.08 > two["none_above"]
    assert two["pick_truth"] > 0.6
    assert abs(alone["test_above"]) < 0.1
    assert ten["pick_above"] == pytest.approx(ten["none_above"], abs=0.02)
    assert ten["copy_above"] > 0.05
    assert ten["test_above"] == pytest.approx(0, abs=0.09)
    assert leaks.facts(judged(1000, "coin", 64))["test_above"] > 0.2


def test_who_all_use_the_same_measurements_are_one_network():
    """The winner of many is then the one that would have come alone, in every draw."""
    many, alone = (judged(10, "coin", n, None, range(20))["test"] for n in (64, 1))
    assert np.array_equal(many["score"], alone["score"])


def test_cross_validation_changes_no_network():
    """The final network is the same whether anybody has cross-validated before or not."""
    data = folding.drawn(60, 0)
    before = folding.train_all([(data.X, data.y)]).dump()
    folding.train_all([(data.X[rows], data.y[rows]) for rows, _ in folding.cut(60, 0, 5)[1]])
    np.testing.assert_array_equal(folding.train_all([(data.X, data.y)]).dump(), before)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "?", "examples": 59, "k": "nan", "draw": 99},
        {"view": "choose", "by": "<b>", "draw": "-1"},
        {"view": "leaks", "inputs": 1e9, "labels": ["a", "b"], "candidates": 0},
        {"epoch": 50, "k": 2},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("validation", **query)
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize("view", words.LESSON.views)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "validation", view)


def test_folds_that_agree_by_luck_do_not_pass_for_certain(open_app):
    at = press(open_app("validation"), words.FAILS_FOLDS.label)
    assert words.CERTAIN in text(at)
    assert not any("0.000" in line.value for line in at.latex)
    assert words.CERTAIN not in text(press(at, "Reset"))
