"""The page on data says what the core computes, for every link."""

import re
from functools import lru_cache
from urllib.parse import parse_qs

import numpy as np
import pytest
import streamlit as st

from core.lessons.data import learning, words
from core.lessons.data.amount import study as amount
from core.lessons.data.labels import study as labels
from core.lessons.data.labels import view as labels_view
from core.lessons.data.point import study as point
from core.lessons.data.point import view as point_view
from core.lessons.data.point import words as point_words
from core.lessons.data.rare import study as rare
from core.lessons.data.rare import view as rare_view
from core.lessons.data.scale import study as scale
from core.lessons.data.scale import view as scale_view
from core.lessons.data.scale import words as scale_words
from core.lessons.data.use import study as use
from core.lessons.data.use import words as use_words
from core.training.experiment import Experiment
from core.workshop.own_session import first_points
from tests.pressing import in_every_order, notes, press

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
    return amount.facts(kept["curve"](values["task"]), values["task"])


def of_labels(values):
    found = kept["watched"](labels_view.SHARES[values["wrong"]], values["kind"])
    return labels.facts(found, values["epoch"])


def of_rare(values):
    found = kept["over_shares"](values["overlap"], values["copies"] == "copied")
    return rare.facts(found, list(rare_view.SHARES).index(values["rare"]))


def of_scale(values):
    found = kept["by_rate"](values["opt"], values["act"])
    return scale.facts(found) | scale.at_rate(found, values["rate"])


def of_use(values):
    return use.facts(kept["trained"]("none"), kept["trained"](values["added"]))


SAYS = {"point": of_point, "amount": of_amount, "labels": of_labels, "rare": of_rare, "scale": of_scale, "use": of_use}


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at, shown = open_app("data", view=view), words.LESSON.views[view]
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [tried.look.format(**SAYS[view](tried.values)).replace("-", "−")]


@pytest.mark.parametrize("view", VIEWS)
def test_tries_set_all_that_their_words_depend_on(view):
    shown = words.LESSON.views[view]
    sets = [set(one.values) for one in (*shown.tries, shown.fails)]
    assert all(one == sets[0] for one in sets)


# the view of one point, control by control


def test_no_mistake_is_none_in_words_too(open_app):
    """A logarithmic axis has no 0, but a sentence has."""
    own = np.median(1 - kept["curve"]("digits")["own"], axis=0)
    said = open_app("data", view="amount", drawn="wrong").get("vega_lite_chart")[0].proto.alt
    assert own.min() == 0
    assert f"lowest at examples {amount.sizes('digits')[int(own.argmin())]} with 0; ends at" in said


@pytest.mark.parametrize("view", ["amount", "scale"])
def test_no_number_has_an_exponent(open_app, view):
    for chart in open_app("data", view=view, drawn="wrong", rate="1e-05").get("vega_lite_chart"):
        assert not re.search(r"\de[-+]\d", chart.proto.alt)


def points_of(at):
    return point.read(at.session_state["data.points"])


def slider(at, label):
    return next(one for one in at.slider if one.label == label)


def button(at, key):
    return at.button(key=f"data.{key}")


def test_sliders_move_the_chosen_point(open_app):
    at = open_app("data", point=12)
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


def test_a_table_moves_points_as_well(open_app, monkeypatch):
    """What is typed over there moves a point, the point that was typed over is chosen, and the link holds it."""
    seen = {}

    def typed(name, values, changed, **more):
        seen.update(more, values=values)
        other = np.array(values)
        other[11] = point_words.PLACE["x1"], point_words.PLACE["x2"]
        st.button("type", key="typed", on_click=changed, args=(other,))

    monkeypatch.setattr(point_view, "number_table", typed)
    at = open_app("data", commit=False)
    at.session_state["data.places"] = True
    at.button(key="data.prediction.skip").click().run()
    np.testing.assert_allclose(seen["values"], [p[:2] for p in point.START])
    assert (seen["low"], seen["high"], seen["rows"][33]) == (-point.WIDE, point.WIDE, "34: test, class 1")
    at.button(key="typed").click().run()
    assert not at.exception
    assert points_of(at) == point_words.TRAINING_MOVED
    assert at.session_state["data.point"] == 12
    assert at.query_params["points"] == point.written(point_words.TRAINING_MOVED)


def sent(at, label):
    """The experiment behind a link to the simulator."""
    (one,) = [link.proto.query_string for link in at.get("page_link") if link.proto.label == label]
    return Experiment.from_query({name: value[-1] for name, value in parse_qs(one).items()})[0]


def test_the_simulator_opens_on_what_the_page_shows(open_app):
    at = open_app("data", points="b3131a1010b3535a0808", point=1)
    points = point.simulated(points_of(at))
    assert sent(at, words.OWN_HERE).dataset == points
    assert sent(open_app("data", points="b3131"), words.OWN_WAYS[0]).dataset == first_points()
    at = open_app("data", view="scale", opt="adam", act="tanh", rate=0.01)
    assert sent(at, scale_words.SIMULATOR) == scale.simulated("adam", "tanh", 0.01)
    assert sent(open_app("data", view="use"), use_words.SIMULATOR) == learning.DIGITS
    at = open_app("data", view="use", added="noisy")
    assert use_words.SIMULATOR not in [link.proto.label for link in at.get("page_link")]


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


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_its_own_checks(open_app, view):
    at, items = open_app("data", view=view), words.LESSON.views[view].checks
    asked = [radio for radio in at.radio if ".check." in radio.key]
    assert [radio.key for radio in asked] == [f"data.{view}.check.{k}" for k in range(3)]
    for k, item in enumerate(items):
        at.radio(key=f"data.{view}.check.{k}").set_value(item.answer).run()
        assert item.options[item.answer].says in text(at)
    named = words.LESSON.checked("data", view)
    assert {name: at.session_state["teaching.answers"][name] for name in named} == {
        name: item.answer for name, item in named.items()
    }


def test_the_point_that_the_page_opens_on_moves_the_boundary_by_one_press(open_app):
    at = open_app("data")
    assert slider(at, "Point").value == point_words.OPENS + 1
    button(at, "swap").click().run()
    share = point.changed(point.learned(point.START).plane, point.learned(points_of(at)).plane)[0]
    assert f"Changed: **{share:.1%}**" in text(at)
    assert share > 0.02
    press(at, "Reset")
    assert slider(at, "Point").value == point_words.OPENS + 1
    assert points_of(at) == point.START


def test_links_without_a_point_mean_the_one_that_they_meant(open_app):
    assert slider(open_app("data", v=1), "Point").value == 12


def test_the_rate_sets_what_is_said_of_it():
    found = kept["by_rate"]("sgd", "relu")
    assert scale.at_rate(found, 0.1)["raw_here"] == scale.facts(found)["raw"]


@pytest.mark.parametrize("copies", ["none", "copied"])
@pytest.mark.parametrize("overlap", rare.SPREADS)
def test_the_rates_that_are_said_are_those_of_the_table(overlap, copies):
    found = kept["over_shares"](overlap, copies == "copied")
    for k, share in enumerate(rare.SHARES):
        told, table = rare.facts(found, k), rare.counts(found, k)
        assert f"{told['recall']:.0%}" == f"{table[1, 1] / round(share * rare.PEOPLE):.0%}"
        assert f"{told['accuracy']:.0%}" == f"{(table[0, 0] + table[1, 1]) / rare.PEOPLE:.0%}"
        for name, least in (("accuracy", 0.001), ("recall", 0.5 / (share * rare.PEOPLE))):
            assert told[name] == pytest.approx(np.nanmedian(found[name][:, k]), abs=least + 1e-9)


def test_what_is_hardly_trained_is_called_so(open_app):
    at = open_app("data", view="scale", rate=0.0001)
    found = scale.at_rate(kept["by_rate"]("sgd", "relu"), 0.0001)
    assert (
        f"At a rate of 0.0001: **{found['raw_here']:.0%}** raw, **{found['scaled_here']:.0%}** scaled (hardly"
        in text(at)
    )
    assert "hardly trained" not in text(open_app("data", view="scale"))


@pytest.mark.parametrize(("opt", "steps"), [("sgd", ["0.9309", "0.00076"]), ("adam", ["0.001", "0.001"])])
def test_the_first_steps_are_the_rate_times_what_is_written(opt, steps):
    lines = scale_view.first_steps(opt, 0.001, 930.9, 0.7601).split(r"\\")
    assert [re.findall(r"&= .*\{([\d.]+)\}", line) for line in lines] == [[step] for step in steps]
