"""The lesson on attention says what the core computes, for every link."""

from functools import lru_cache

import numpy as np
import pytest

from core.charts.naming import Share, minus
from core.lessons.attention import study, words, worked
from core.lessons.attention.tasks import TASKS, read
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

LAST = len(study.FRAMES) - 1
TASK = {"look": "mark", "order": "third", "heads": "both"}
HEADS, RUN = lru_cache(study.heads), lru_cache(study.run)


@pytest.fixture(autouse=True)
def once(monkeypatch):
    """Each network is trained once, for the page and for what it is held to."""
    monkeypatch.setattr(study, "heads", HEADS)
    monkeypatch.setattr(study, "run", RUN)


@pytest.fixture(scope="module")
def found():
    ends = {"alone": "1x2", "four": "1x4", "both": "2x2"}
    measured = study.measured(lambda task, positions: RUN(task, "1x2", positions, study.SEED))
    measured |= study.stars() | {"seeds": study.SEEDS, "bound": study.SURE, "learned": study.LEARNED}
    return measured | {name: Share(RUN("both", shape, True, study.SEED).accuracy[-1]) for name, shape in ends.items()}


def text(at):
    return " ".join(
        m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption, at.text) for m in kind
    )


@pytest.mark.parametrize("view", list(words.VIEWS))
def test_the_prediction_comes_first_on_each_view(open_app, found, view):
    measured = {"look": "gets over 99%", "order": f"{found['without']:.0%} of new rows", "heads": "got" * 9}
    at = open_app("attention", commit=False, view=view, epoch=3, seed=5)
    assert not at.exception
    assert measured[view] not in text(at)
    assert not [s for s in at.slider if "Place" in s.label]


def test_what_is_measured_is_the_cores(open_app, found):
    said = text(open_app("attention"))
    assert (
        f"in {found['sure']} of 20 starts the ★ gets over 99% of the attention ({found['untrained']:.0%} before" in said
    )
    assert f"in the others about {found['others']:.0%}" in said
    order = text(open_app("attention", view="order"))
    assert f"{found['without']:.0%} of new rows" in order
    assert f"{study.bag():.0%}" in order
    many = HEADS()
    assert f"for {many['two']:.0f} of 20 networks with two heads" in text(open_app("attention", view="heads"))


@pytest.mark.parametrize("view", list(words.VIEWS))
def test_every_try_after_every_other_says_what_is_so(open_app, found, view):
    at, task = open_app("attention", view=view), TASK[view]
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert not at.exception
        here = study.answered(look(tried.values, task), TASKS[task].answers)
        assert notes(at) == [minus(tried.look.format(**found, **here))]


def look(values, task):
    one = study.run(task, values.get("heads", "1x2"), values.get("pos", True), values["seed"])
    return study.look(
        one, study.FRAMES.index(values["epoch"]), read(f"{values['letters']}{values['star']}{values['dot']}")
    )


def test_what_the_tries_say_is_so(found):
    tries = {one.label: one for v in words.LESSON.views.values() for one in (*v.tries, v.fails)}
    assert look(tries["Move the star"].values, "mark").weights[0].argmax() == 5
    assert look(tries["Six equal letters"].values, "mark").weights[0].argmax() == 1
    assert found["before"] == pytest.approx(found["equal"], abs=0.04)
    most = look(tries["Two letters, equally often"].values, "third")
    assert set(np.argsort(most.answers)[-2:]) == {0, 1}
    assert most.answers.max() < 0.8
    placed = look(tries["With positions"].values, "third")
    assert placed.weights[0].argmax() == 2
    assert placed.answers.argmax() == 0
    where = study.answered(look(tries["Move the star"].values, "mark"), "ABCD")
    assert (where["place"], where["says"], f"{where['chance']:.0%}") == (6, "B", ">99%")  # not 100%: it's less
    here = study.answered(most, "ABCD")
    assert (here["says"], here["next"]) == ("A", "B")
    assert here["chance"] > here["less"] > 0.2
    other = look(tries["Where it fails: another order"].values, "third")
    np.testing.assert_allclose(other.answers, most.answers, atol=1e-12)
    swapped = look(tries["Swap the marks"].values, "both")
    assert swapped.answers.argmax() == 1  # AB instead of BA
    assert {int(h.argmax()) for h in swapped.weights} == {1, 4}
    assert swapped.weights[0].max() < 0.8  # "no longer keeps to one mark"
    assert found["alone"] < 0.7
    assert min(found["four"], found["both"]) > 0.97


def test_letters_that_are_none_are_refused_kindly_and_can_be_corrected(open_app):
    at = open_app("attention")

    def refused(typed):
        at.text_input[0].set_value(typed).run()
        return any(f"“{typed}” isn't six letters from A to D" in line.value for line in at.get("text"))

    assert refused("xyz")
    assert at.text_input[0].value == "ABCDAB"
    assert not refused("d d,ddca")
    assert at.text_input[0].value == "DDDDCA"
    for leave in ("Move the star", "Reset"):
        assert refused("DDDDC")
        press(at, leave)
        assert not at.get("text")
        assert at.text_input[0].value == "ABCDAB"


@pytest.mark.parametrize("place", ["most", "3", "7"])
@pytest.mark.parametrize("view", list(words.VIEWS))
def test_any_place_can_be_worked_out(open_app, view, place):
    at = open_app("attention", view=view, place=place)
    assert not at.exception
    here = study.look(RUN(TASK[view], "2x2" if view == "heads" else "1x2", view != "order", study.SEED), LAST,
                      read("ABCDAB25"))  # fmt: skip
    for head in range(len(here.weights)):
        chosen = int(here.weights[head].argmax()) if place == "most" else int(place) - 1
        assert any(worked.line(here, head, chosen) in line.value for line in at.latex)
    assert ("largest weight: place" in text(at)) == (place == "most")


def test_two_marks_at_one_place(open_app):
    at = open_app("attention", view="heads", star=6, dot=6)
    assert words.SAME_PLACE.format(place=1) in text(at)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "letters": "XYZ", "star": "nan", "pos": "maybe"},
        {"view": "heads", "heads": "9x9", "dot": "0", "epoch": "1e9", "place": "8"},
        {"letters": "ＡＢＣＤＡＢ", "seed": "-1"},
        {"view": "order", "letters": ["ABCDAB", "DDDDDD"], "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("attention", **query)
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize("view", list(words.VIEWS))
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "attention", view)


def test_a_view_that_is_new_has_letters_of_its_own(open_app):
    """What another view's experiment set would hide what this one shows."""
    at = open_app("attention")
    press(at, words.FAILS.label)
    at.session_state["teaching.answers"].pop("attention.order.prediction", None)
    at.button_group(key="attention.view").set_value("order").run()
    assert at.session_state["attention.letters"] == "ABCDAB"
