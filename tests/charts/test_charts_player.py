import re

import pytest
from streamlit.testing.v1 import AppTest

from core.charts.playing import NAME
from core.ui import player
from core.ui.player_page import CSS, HTML, JS


@pytest.mark.parametrize(
    ("state", "frame"),
    [
        (None, 5),
        ({}, 5),
        ({"at": None}, 5),
        ({"at": {"run": "a", "frame": 7}}, 7),
        ({"at": {"run": "a", "frame": 99}}, 9),
        ({"at": {"run": "a", "frame": -3}}, 0),
        ({"at": {"run": "a", "frame": None}}, None),
        ({"at": {"run": "b", "frame": 7}}, 5),
        ({"at": {"run": "a", "frame": "7"}}, 5),
        ({"at": {"run": "a"}}, 5),
        ({"at": {"run": "a", "frame": True}}, 5),
        ({"at": "nonsense"}, 5),
        (3, 5),
    ],
)
def test_only_a_frame_of_this_run_counts(state, frame):
    assert player._stopped(state, "a", 10, 5) == frame


def test_the_links_epoch_is_the_frame_at_it_or_before_and_none_for_a_run_that_plays():
    epochs = [0, 1, 5, 20]
    assert [player._frame_of(epoch, epochs) for epoch in (-1, 0, 1, 4, 5, 19, 20, 2000)] == [None, 0, 1, 1, 2, 2, 3, 3]


def play():
    import streamlit as st

    from core.training.settings import moment
    from core.ui.link import Link
    from core.ui.player import player

    link = Link("here", [moment("epoch", -1, 100, "Epoch")]).open()
    st.button("Again", on_click=link.reset)
    st.button("Begin", on_click=link.set, kwargs={"epoch": 0})
    st.text(player(link, [0, 10, 50, 100]))
    st.text(st.session_state["here.player.turn"][0])
    link.save()


def bar(epoch=None) -> list:
    at = AppTest.from_function(play, default_timeout=30)
    if epoch is not None:
        at.query_params["epoch"] = str(epoch)
    return at.run()


@pytest.mark.parametrize(("epoch", "frame"), [(None, 3), (0, 0), (10, 1), (60, 2), (100, 3)])
def test_a_run_rests_where_the_link_stopped_it_or_else_at_its_end(epoch, frame):
    at = bar(epoch)
    assert not at.exception
    assert at.text[0].value == str(frame)
    assert at.query_params == ({} if epoch is None else {"epoch": str(epoch), "v": "1"})


def test_whoever_else_sets_the_epoch_starts_the_bar_again():
    at = bar(10)
    assert [text.value for text in at.text] == ["1", "0"]
    at.button[1].click().run()
    assert [text.value for text in at.text] == ["0", "1"]
    assert at.query_params == {"epoch": "0", "v": "1"}
    at.button[0].click().run()
    assert [text.value for text in at.text] == ["3", "2"]
    assert at.query_params == {}
    at.run()
    assert at.text[1].value == "2"


def test_the_bar_says_nothing_when_a_run_ends():
    """A message at that moment would call back the page that the learner is leaving."""
    turn = JS[JS.index("const turn =") : JS.index("const move =")]
    assert "rest()" in turn
    assert "tell" not in turn


def test_every_control_has_a_name_for_a_screen_reader():
    controls = re.findall(r"<(?:button|input|select)\b[^>]*>", HTML)
    assert len(controls) == 6
    assert all("aria-label=" in control for control in controls)
    assert HTML.count("<svg") == HTML.count('aria-hidden="true"')


def test_the_script_moves_the_parameter_the_charts_have():
    assert f'[name="{NAME}"]' in JS
    assert "prefers-reduced-motion: reduce" in JS


def test_bar_uses_the_colors_of_the_page_only():
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", CSS)
    assert "var(--st-primary-color)" in CSS
