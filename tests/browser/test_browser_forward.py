"""Lesson 2 in a browser: clicks in the picture, and play."""

import pytest

pytestmark = pytest.mark.browser
PLANE = '[data-testid="stVegaLiteChart"] canvas'


def test_a_click_opens_a_unit_and_play_runs_to_the_end(visit, settle):
    page = visit("forward")
    network = page.locator(PLANE).nth(1)  # after the output's curve
    box = network.bounding_box()
    at = (box["width"] * 0.37, box["height"] - 328 - 4 + 77)  # the drawing is 328 pixels high
    network.click(position={"x": at[0], "y": at[1]})
    settle(page)
    assert "unit=1" in page.url
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_text("4 of 4").wait_for(timeout=15_000)
    settle(page)
    assert "step=3" in page.url
    assert not page.problems
