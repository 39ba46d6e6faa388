"""The lesson on autoencoders says what the core computes, for every link."""

from functools import lru_cache

import pytest
import streamlit as st

from core.charts.naming import minus
from core.lessons.autoencoder import study, words
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

RUN, ENDS = lru_cache(study.run), lru_cache(study.ends)


@pytest.fixture(autouse=True)
def once(monkeypatch):
    """Each network is trained once, for the page and for what it is held to."""
    monkeypatch.setattr(study, "run", RUN)
    monkeypatch.setattr(study, "ends", ENDS)


@pytest.fixture(scope="module")
def found():
    return study.measured(RUN)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_on_the_trained_map(open_app, found):
    at = open_app("autoencoder")
    assert not at.exception
    assert f"for {found['share']:.0%} of the test pictures" in text(at)
    assert f"**{found['after']:.4f}**" in text(at)
    assert 0.09 < found["chance"] < 0.11


def test_the_prediction_comes_first_on_each_view(open_app, found):
    at = open_app("autoencoder", commit=False, bend="identity", epoch=3)
    assert f"{found['share']:.0%}" not in text(at)
    at.radio(key="autoencoder.prediction.options").set_value(1)
    at.button(key="autoencoder.prediction.commit").click().run()
    assert "You said:** In more than half" in text(at)
    at = open_app("autoencoder", commit=False, view="size")
    assert f"{found['network2']:.4f}" not in text(at)
    at.radio(key="autoencoder.size.prediction.options").set_value(0)
    at.button(key="autoencoder.size.prediction.commit").click().run()
    assert f"with 2 numbers the network's error is {found['network2']:.4f}" in text(at)


@pytest.mark.parametrize("view", list(words.VIEWS))
def test_every_try_after_every_other_says_what_is_so(open_app, found, view):
    at = open_app("autoencoder", view=view)
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**found, around=around()))]
        if view == "size":
            size = tried.values["size"]
            assert f"{found[f'network{size}']:.4f}" in tried.look.format(**found)


def around():
    """The digits that the page names where it fails: of those that it draws."""
    codes = study.encode(RUN(2, "tanh"), len(study.EPOCHS) - 1, study.digits().test)[:300]
    *others, last = map(str, study.around(codes, [words.FAILS.values[k] for k in ("px", "py")]))
    return f"{', '.join(others)} and {last}"


def test_the_failure_can_be_seen(found):
    """Around its ring the pictures show at least four digits, close together."""
    codes = study.encode(RUN(2, "tanh"), len(study.EPOCHS) - 1, study.digits().test)[:300]
    place = [words.FAILS.values[k] for k in ("px", "py")]
    assert len(set(study.around(codes, place).tolist())) >= 4
    assert study.np.sort(study.np.hypot(*(codes - place).T))[study.AROUND - 1] < 0.1
    assert found["apart"] == 1 - found["share"]


@pytest.mark.claims
def test_what_the_tries_say_is_so(found):
    assert found["before"] > 2 * found["after"]
    assert found["straight"] == pytest.approx(found["components2"], rel=0.03)
    assert found["network8"] < found["components8"]
    assert found["network2"] < found["components2"]
    assert found["network32"] > found["components32"]
    assert 0.5 < found["share"] < 0.95
    assert found["straight_share"] > 0.4
    assert found["straight"] > 1.05 * found["after"]
    assert (found["first"], found["last"]) == (2, 16)


def test_the_drawer_of_many_starts(open_app, monkeypatch):
    st.cache_data.clear()
    monkeypatch.setattr(study, "ends", ENDS.__wrapped__)
    monkeypatch.setattr(study, "many", lambda size: size)
    monkeypatch.setattr(study, "shares", lambda size: [size / 4])
    monkeypatch.setattr(study, "last_errors", lambda size: study.np.full(20, size / 100))
    at = open_app("autoencoder", view="size")
    at.session_state["autoencoder.starts"] = True
    at.run()
    assert not at.exception
    flat = dict(zip(study.SIZES, study.component_errors(), strict=True))
    fakes = {"seeds": 20, "start": study.START, "share": 0.5, "two": 0.02, "eight": 0.08, "many": 0.32}
    fakes |= {"two_flat": flat[2], "eight_flat": flat[8], "many_flat": flat[32]}
    assert words.STARTS_SAY.format(**fakes) in text(at)
    st.cache_data.clear()


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "bend": "relu", "draw": "x", "epoch": "nan"},
        {"px": "1e999", "py": "-99", "epoch": "61", "size": "3"},
        {"view": "size", "size": "1e9", "digit": "540"},
        {"digit": "१२", "size": ["1", "2"], "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("autoencoder", **query)
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize(("asked", "edge"), [("1e400", 1.05), ("-1e400", -1.05), ("9", 1.05), ("-1.06", -1.05)])
def test_a_place_beyond_the_map_is_moved_to_its_edge_and_that_is_said(open_app, asked, edge):
    at = open_app("autoencoder", px="0.5", py=asked, v="1")
    assert not at.exception
    assert (at.session_state["autoencoder.px"], at.session_state["autoencoder.py"]) == (0.5, edge)
    assert f"“{asked}” is out of range, so it is {edge:g}" in " ".join(line.value for line in at.text)


def test_a_place_beyond_the_straight_map_is_moved_to_its_edge(open_app):
    at = open_app("autoencoder", bend="identity", px="1", py="-1", v="1")
    far = study.extent(RUN(2, "identity"))[1]
    assert far < study.EDGE  # a link can name each place of both maps
    assert (at.session_state["autoencoder.px"], at.session_state["autoencoder.py"]) == (far, -far)


@pytest.mark.parametrize("view", list(words.VIEWS))
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "autoencoder", view)
