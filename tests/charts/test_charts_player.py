import re

import pytest

from core.charts.playing import NAME
from core.ui import player


@pytest.mark.parametrize(
    ("state", "frame"),
    [
        (None, None),
        ({}, None),
        ({"at": None}, None),
        ({"at": {"run": "a", "frame": 7}}, 7),
        ({"at": {"run": "b", "frame": 7}}, None),
        ({"at": {"run": "a", "frame": "7"}}, None),
        ({"at": {"run": "a"}}, None),
        ({"at": {"run": "a", "frame": True}}, None),
        ({"at": "nonsense"}, None),
        (3, None),
    ],
)
def test_only_a_frame_of_this_run_counts(state, frame):
    assert player._rested(state, "a") == frame


def test_every_control_has_a_name_for_a_screen_reader():
    controls = re.findall(r"<(?:button|input|select)\b[^>]*>", player._HTML)
    assert len(controls) == 6
    assert all("aria-label=" in control for control in controls)
    assert player._HTML.count("<svg") == player._HTML.count('aria-hidden="true"')


def test_the_script_moves_the_parameter_the_charts_have():
    assert f'[name="{NAME}"]' in player._JS
    assert "prefers-reduced-motion: reduce" in player._JS


def test_bar_uses_the_colors_of_the_page_only():
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", player._CSS)
    assert "var(--st-primary-color)" in player._CSS
