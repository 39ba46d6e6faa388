"""The page on data says what the core computes, for every link."""

from functools import lru_cache

import pytest

from core.lessons.data import words
from core.lessons.data.amount import study as amount
from core.lessons.data.labels import study as labels
from core.lessons.data.labels import view as labels_view
from core.lessons.data.point import study as point
from core.lessons.data.point import words as point_words
from core.lessons.data.rare import study as rare
from core.lessons.data.rare import view as rare_view
from core.lessons.data.scale import study as scale
from core.lessons.data.use import study as use
from tests.pressing import notes, pairs, press

VIEWS = list(words.TITLES)
STUDIES = ((amount, "curve"), (labels, "watched"), (rare, "over_shares"), (scale, "by_rate"), (use, "trained"))
kept = {name: lru_cache(getattr(module, name)) for module, name in STUDIES}


@pytest.fixture(autouse=True)
def each_study_once(monkeypatch):
    """What the page trains and what these tests look at are the same runs."""
    for module, name in STUDIES:
        monkeypatch.setattr(module, name, lambda *given, name=name: kept[name](*[g for g in given if not callable(g)]))


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("data", commit=False, view=view)
    assert not at.exception
    assert not at.slider
    assert not at.select_slider
    assert "Measured" not in text(at)
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("data", view)
    assert "{" not in text(at)
    at.radio(key=f"{name}.options").set_value(item.answer)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said" in text(at)
    assert "{" not in text(at)


def of_point(values):
    first, now = (point.learned(point.read(p)) for p in ("", values["points"]))
    return {"changed": point.changed(first.plane, now.plane)[0], "score": now.test[0]}


def of_amount(values):
    return amount.said(kept["curve"](values["task"]), values["task"])


def of_labels(values):
    found = kept["watched"](labels_view.SHARES[values["wrong"]], values["kind"])
    return labels.said(found, values["epoch"])


def of_rare(values):
    found = kept["over_shares"](values["overlap"], values["copies"] == "copied")
    return rare.said(found, list(rare_view.SHARES).index(values["rare"]))


def of_scale(values):
    found = kept["by_rate"](values["opt"], values["act"])
    return scale.said(found) | scale.at_rate(found, values["rate"])


def of_use(values):
    return use.said(kept["trained"]("none"), kept["trained"](values["added"]))


SAYS = {"point": of_point, "amount": of_amount, "labels": of_labels, "rare": of_rare, "scale": of_scale, "use": of_use}


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at, shown = open_app("data", view=view), words.LESSON.views[view]
    for first, second in pairs(shown):
        press(press(at, first.label), second.label)
        assert notes(at) == [second.look.format(**SAYS[view](second.values)).replace("-", "−")]


@pytest.mark.parametrize("view", VIEWS)
def test_tries_set_all_that_their_words_depend_on(view):
    shown = words.LESSON.views[view]
    sets = [set(one.values) for one in (*shown.tries, shown.fails)]
    assert all(one == sets[0] for one in sets)


# the view of one point, control by control


def points_of(at):
    return point.read(at.session_state["data.points"])


def slider(at, label):
    return next(one for one in at.slider if one.label == label)


def button(at, key):
    return at.button(key=f"data.{key}")


def test_sliders_move_the_chosen_point(open_app):
    at = open_app("data")
    slider(at, "x₁").set_value(-0.5).run()
    slider(at, "x₂").set_value(-1.0).run()
    assert points_of(at) == point_words.TRAINING_MOVED
    slider(at, "Point").set_value(34).run()
    assert slider(at, "x₁").value == point.START[33].x1
    slider(at, "x₁").set_value(2.0).run()
    assert points_of(at)[33].x1 == 2.0
    assert points_of(at)[11].x1 == -0.5
    assert "Point 34: test, class 1" in text(at)


def test_points_are_added_erased_and_changed(open_app):
    at = open_app("data")
    button(at, "add").click().run()
    assert len(points_of(at)) == len(point.START) + 1
    assert slider(at, "Point").value == len(point.START) + 1
    button(at, "flip").click().run()
    assert points_of(at)[-1].label == 0
    button(at, "swap").click().run()
    assert points_of(at)[-1].test
    button(at, "erase").click().run()
    assert points_of(at) == point.START
    assert not at.exception


def test_the_last_training_point_stays(open_app):
    at = open_app("data", points="b3131c1010", point=1)
    assert button(at, "erase").disabled
    assert button(at, "swap").disabled
    slider(at, "Point").set_value(2).run()
    button(at, "erase").click().run()
    assert not at.exception
    assert "100%" in text(at)


def test_a_single_point_can_be_all(open_app):
    at = open_app("data", points="b3131", point=40)
    assert not at.exception
    assert at.session_state["data.point"] == 1
    assert "there are no test points" in text(at)


def test_there_is_an_end_to_adding(open_app):
    at = open_app("data", points="b3131" * point.MOST)
    assert button(at, "add").disabled


def test_reset_brings_the_points_back(open_app):
    at = open_app("data", points="b3131", point=1)
    press(at, "Reset")
    assert points_of(at) == point.START


# links


def test_hostile_links_open(open_app):
    at = open_app(
        "data", view="?", points="<b>", point="nan", task="x", drawn=[1, 2], n="inf", wrong=99, kind="", epoch=-5,
        rare="1e400", copies=7, overlap="0", opt="?", act="[]", rate=-1, added="x", use="y",
    )  # fmt: skip
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize(
    "query",
    [
        {"view": "amount", "task": "tumors", "n": 1000},
        {"view": "amount", "task": "clouds", "drawn": "wrong"},
        {"view": "labels", "wrong": 0, "kind": "same"},
        {"view": "rare", "rare": 2, "copies": "copied", "overlap": "little"},
        {"view": "use", "use": "mirrored"},
    ],
)
def test_every_corner_opens(open_app, query):
    at = open_app("data", **query)
    assert not at.exception
    assert "{" not in text(at)


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]


def test_the_rate_sets_what_is_said_of_it():
    found = kept["by_rate"]("sgd", "relu")
    assert scale.at_rate(found, 0.1)["raw_here"] == scale.said(found)["raw"]
