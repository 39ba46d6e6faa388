"""The transport bar: how fast a film runs, and that an experiment begins where its sentence speaks of."""

import pytest
from streamlit.testing.v1 import AppTest

from core.ui import player

from .test_teaching import press


def app():
    from core.training.settings import moment, whole
    from core.ui import teaching
    from core.ui.link import Link
    from core.ui.player import player
    from core.ui.words import Try

    link = Link("film", [whole("frames", 20, 2, 500, "Frames"), moment("epoch", 10, 500, "Epoch")]).open()
    player(link, range(link["frames"]))
    teaching.tries(link, [
        Try("Long", {"frames": 400}, "Longer."),
        Try("Early", {"epoch": 3}, "Early."),
        Try("Short", {"frames": 2}, "Two."),
    ])  # fmt: skip
    link.save()


@pytest.fixture
def sent(monkeypatch):
    """What the bar's browser half is told."""
    told = []
    monkeypatch.setattr(player, "_BAR", lambda **given: told.append(given["data"]))
    return told


def test_a_short_film_takes_long_enough_to_be_watched(sent):
    at = AppTest.from_function(app, default_timeout=30).run()
    assert sent[-1]["rate"] == pytest.approx(20 / 3)
    press(at, "Long")
    assert sent[-1]["rate"] == player.FRAMES_A_SECOND
    press(at, "Short")
    assert sent[-1]["rate"] == player.SLOWEST


def test_an_experiment_begins_where_the_page_does_wherever_the_film_stands(sent):
    at = AppTest.from_function(app, default_timeout=30).run()
    press(at, "Early")
    assert sent[-1]["frame"] == 3
    press(at, "Long")
    assert at.session_state["film.epoch"] == sent[-1]["frame"] == 10
