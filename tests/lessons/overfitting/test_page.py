"""Lesson 19 says what the core computes, for every link; its claims, over twenty draws of the examples."""

import re
from functools import lru_cache

import numpy as np
import pytest

from core.lessons.overfitting import study, words
from tests.pressing import in_every_order, notes, press

VIEWS = list(words.VIEWS)
measured = lru_cache(study.measured)


@pytest.fixture(autouse=True)
def each_size_once(monkeypatch):
    """What the page trains and what these tests look at are the same runs."""
    monkeypatch.setattr(study, "measured", lambda *setting: measured(*setting[:4]))


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def found(challenge, examples=30, noise=0.3, counts=study.COUNTS):
    return {count: measured(challenge, examples, noise, count) for count in counts}


def said(view, challenge, examples, noise, units, **_):
    if view == "time":
        here = int(study.one_run(challenge, examples, noise, units, study.SEED)["stop"])
        return study.facts(measured(challenge, examples, noise, units)) | {"here": here}
    return study.compared(found(challenge, examples, noise), units, noise)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, monkeypatch, view):
    monkeypatch.setattr(study, "measured", None)
    at = open_app("overfitting", commit=False, view=view, units=1)
    assert not at.exception
    assert not at.select_slider
    assert "Measured" not in text(at)
    assert "early" not in text(at)  # that stopping helps is the answer


@pytest.mark.parametrize("view", VIEWS)
def test_what_was_said_is_confronted(open_app, view):
    at = open_app("overfitting", commit=False, view=view)
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("overfitting", view)
    at.radio(key=f"{name}.options").set_value(item.answer)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said" in text(at)


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    shown = words.LESSON.views[view]
    looks = {one.label: one.look.format(**said(**one.values)) for one in (*shown.tries, shown.fails)}
    at = open_app("overfitting", view=view)
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [looks[tried.label]]


def test_reset_leads_to_what_a_view_opens_on(open_app):
    at = open_app("overfitting", view="time")
    assert at.session_state["overfitting.challenge"] == "boundary"
    press(press(at, "A curve"), "Reset")
    assert at.session_state["overfitting.challenge"] == "boundary"


def test_the_buttons_lead_to_the_marked_epoch_and_back(open_app):
    at = open_app("overfitting", view="time")
    stop = int(study.one_run("boundary", 30, 0.3, 32, study.SEED)["stop"])
    press(at, words.TO_STOP.format(stop=stop))
    assert at.session_state["overfitting.epoch"] == stop
    press(at, words.TO_END)
    assert at.session_state["overfitting.epoch"] >= study.EPOCHS["boundary"]


def ends(one):
    return float(np.median(one.test[:, -1]))


@pytest.mark.claims
def test_with_one_unit_the_loss_is_about_that_of_32():
    few, many = (ends(measured("curve", 30, 0.3, count)) for count in (1, 32))
    assert 0.75 < few / many < 1.33


@pytest.mark.claims
def test_the_curve_wants_a_few_units_not_one_and_not_32():
    """In 20 of 20,000 draws from 200 other seeds, one end or the other is less than 7 % above the middle."""
    few, middle, four, last_but_one, many = (measured("curve", 30, 0.3, count) for count in (1, 2, 4, 16, 32))
    lowest = min(ends(middle), ends(four))
    assert ends(few) > 1.03 * lowest
    assert ends(many) > 1.03 * lowest
    assert ends(last_but_one) > 1.03 * lowest
    for fewer in (few, last_but_one):  # which of them is higher changes from seed to seed
        assert 4 <= (many.test[:, -1] > fewer.test[:, -1]).sum() <= 16
    assert np.median(many.train[:, -1]) < 0.5 * np.median(middle.train[:, -1]) < 0.5 * np.median(few.train[:, -1])


@pytest.mark.claims
def test_stopped_in_time_the_large_network_beats_all_that_were_not():
    many = measured("curve", 30, 0.3, 32)
    assert (many.stopped < many.test[:, -1]).sum() >= 15
    assert np.median(many.stopped) < 0.97 * min(ends(measured("curve", 30, 0.3, count)) for count in study.COUNTS)


@pytest.mark.claims
def test_on_the_boundary_stopping_early_nearly_always_helps():
    one = measured("boundary", 30, 0.3, 32)
    assert (one.stopped < one.test[:, -1]).sum() >= 18
    assert ends(one) > 2 * np.median(one.stopped)
    assert np.median(one.epochs[one.stops]) <= study.EPOCHS["boundary"] / 10
    best = one.epochs[np.argmin(one.test, axis=1)]
    assert np.median(best) <= study.EPOCHS["boundary"] / 10
    assert np.median(one.train[:, -1]) < 0.01


@pytest.mark.claims
def test_the_answers_hardly_get_worse_but_far_too_sure():
    few, many = measured("boundary", 30, 0.3, 1), measured("boundary", 30, 0.3, 32)
    assert ends(many) > 1.5 * ends(few)
    assert abs(np.median(many.accuracy[:, -1]) - np.median(few.accuracy[:, -1])) < 0.05


@pytest.mark.claims
def test_one_unit_underfits():
    one, two = measured("curve", 30, 0.3, 1), measured("curve", 30, 0.3, 2)
    assert np.median(one.train[:, -1]) > 1.3 * np.median(two.train[:, -1])
    tiny = measured("boundary", 30, 0.3, 1)
    assert ends(tiny) < 1.6 * np.median(tiny.stopped)


@pytest.mark.claims
def test_with_1_unit_all_seeds_draw_nearly_the_same_curve():
    spread = []
    for count in (1, 32):
        theta = measured("curve", 30, 0.3, count).parameters
        spread.append(np.median(study.answers("curve", 30, 0.3, count, theta, range(study.SEEDS)).std(axis=0)))
    assert spread[0] < 0.7 * spread[1]


@pytest.mark.claims
@pytest.mark.weekly
def test_with_200_examples_size_does_no_harm_to_the_curve():
    many, floor = measured("curve", 200, 0.3, 32), 0.3**2
    assert ends(many) < 1.15 * floor
    assert ends(many) < ends(measured("curve", 200, 0.3, 1))


@pytest.mark.claims
def test_200_examples_help_the_boundary_but_do_not_save_it():
    many = measured("boundary", 200, 0.3, 32)
    assert 1.3 * np.median(many.stopped) < ends(many) < ends(measured("boundary", 30, 0.3, 32))


@pytest.mark.claims
def test_without_noise_more_is_never_too_much():
    few, many = measured("curve", 30, 0.0, 1), measured("curve", 30, 0.0, 32)
    assert ends(many) < 0.1 * ends(few)
    assert np.median(many.epochs[many.stops]) > study.EPOCHS["curve"] / 2
    assert max(ends(many), np.median(many.stopped)) < study.TINY
    assert ends(few) > 10 * study.TINY < ends(measured("curve", 30, 0.0, 2))
    assert all(ends(measured("curve", 30, 0.0, count)) < study.TINY for count in study.COUNTS if count > 2)


def test_without_noise_no_sentence_counts_what_is_as_good_as_nothing(open_app):
    at = press(open_app("overfitting", view="time"), words.FAILS_TIME.label)
    assert words.SAME.format(seeds=study.SEEDS, tiny=study.TINY) in text(at)
    assert "Stopping was better" not in text(at)
    assert not any("0.000 - 0.000" in re.sub(r"[\\{}]|textcolor|#\w{6}", "", line.value) for line in at.latex)


@pytest.mark.parametrize("query", [
    {"challenge": "boundary", "noise": 0.5}, {"noise": 0}, {"noise": 0.123, "examples": 10}, {"units": 1, "seed": 19},
    {"view": "time", "challenge": "curve", "v": 1, "epoch": -1},
])  # fmt: skip
def test_every_setting_opens(open_app, query):
    at = open_app("overfitting", **query)
    assert not at.exception
    assert not at.warning


def test_hostile_links_open(open_app):
    at = open_app("overfitting", view="?", challenge="<b>", examples="nan", noise=-3, units=1e9, seed="١", epoch="x")
    assert not at.exception
    assert at.warning
    assert at.session_state["overfitting.units"] == 32


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    items = words.LESSON.views[view].checks
    assert [item.kind for item in items] == ["check", "transfer", "recall"]
    at = open_app("overfitting", view=view)
    assert [r.key for r in at.radio if ".check." in r.key] == [f"overfitting.{view}.check.{k}" for k in range(3)]
    assert not set(words.CHECKS_SIZE) & set(words.CHECKS_TIME)


def test_that_stopping_helps_is_not_seen_before_it_is_asked(open_app):
    at = open_app("overfitting", commit=False)
    at.session_state["teaching.answers"] = {"overfitting.prediction": -1}
    at.run()
    assert not at.exception
    assert "stopped" not in text(at)
    assert "stopped early loss" not in at.dataframe[0].value
    at.session_state["teaching.answers"] |= {"overfitting.time.prediction": -1}
    assert "stopped early loss" in at.run().dataframe[0].value


def test_the_measured_sentence_names_the_peak(open_app):
    few, many = measured("curve", 30, 0.3, 16).test[:, -1], measured("curve", 30, 0.3, 32).test[:, -1]
    at = open_app("overfitting")
    assert f"{np.median(few):.3f} with 16 and {np.median(many):.3f} with 32" in text(at)


def test_under_a_boundary_no_sentence_speaks_of_the_wave(open_app):
    at = press(open_app("overfitting"), "A boundary")
    assert words.LOOK["boundary"] in text(at)
    assert "wave plus noise" not in text(at)


def test_without_noise_no_sentence_adds_some(open_app):
    assert "a point on a wave plus noise" in text(open_app("overfitting"))
    at = press(open_app("overfitting"), words.FAILS_SIZE.label)
    assert "exactly a point on a wave" in text(at)
    assert "plus noise" not in text(at)


@pytest.mark.parametrize("view", words.VIEWS)
def test_the_introduction_speaks_of_noise_only_where_there_is_some(open_app, view):
    def introduced(texts) -> bool:
        beginning = texts[view].split("{")[0]
        ending = texts[view].split("}")[-1]
        return any(m.value.startswith(beginning) and m.value.endswith(ending) for m in at.markdown)

    at = open_app("overfitting", view=view)
    assert introduced(words.INTRO)
    at = open_app("overfitting", view=view, noise="0")
    assert introduced(words.WITHOUT_NOISE)
    assert not introduced(words.INTRO)


@pytest.mark.parametrize("link", [{"noise": "0"}, {"examples": "200"}, {"challenge": "boundary"}])
def test_before_the_answer_the_introduction_speaks_of_what_the_question_asks(open_app, link):
    introduced = (text(open_app("overfitting", commit=False, **query)) for query in ({}, link))
    assert [words.INTRO["size"].format(examples=study.ASKED[1]) in shown for shown in introduced] == [True] * 2
    waiting, asked = (
        open_app("overfitting", commit=commit, view="time", challenge="curve") for commit in (False, True)
    )
    assert f"trains for {study.EPOCHS['boundary']} epochs" in text(waiting)
    assert f"trains for {study.EPOCHS['curve']} epochs" in text(asked)
