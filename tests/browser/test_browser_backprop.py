"""Lesson 4 in a browser: clicks in the picture, places, and a phone."""

import pytest

from tests.browser.driving import overflow, press

pytestmark = pytest.mark.browser
CHART = '[data-testid="stVegaLiteChart"] canvas'


def test_whoever_commits_sees_the_gradients_and_a_reload_leaves_the_stage_alone(visit, settle):
    page = visit("backprop", skip=False)
    page.get_by_text("The large weight", exact=True).click()
    settle(page)
    press(page, "Commit")
    page.get_by_text("3 of 5").wait_for()
    press(page, "Back")
    page.reload()
    settle(page)
    page.get_by_text("You said:").wait_for()
    assert page.get_by_text("2 of 5").is_visible()


def test_a_click_on_a_number_chooses_its_weight(visit, settle):
    page = visit("backprop?step=3")
    chart = page.locator(CHART).first
    box = chart.bounding_box()
    # the first weight is written halfway between the first two columns; the drawing is 268 pixels high
    chart.click(position={"x": box["width"] * (0.5 + 0.42) / 3.78, "y": box["height"] - 268 - 4 + 63})
    settle(page)
    assert "weight=0" in page.url
    assert not page.problems


def test_places_and_nudges_answer_and_it_fits_a_phone(visit, settle, picture):
    page = visit("backprop", width=390, dark=True)
    page.get_by_text("What a gradient's sign says").click()
    canvas = page.locator('[data-testid="stExpander"]').filter(has_text="What a gradient").locator("canvas")
    canvas.wait_for()
    before = canvas.screenshot()
    page.get_by_role("radio", name="Zero: saddle").click()
    settle(page)
    assert canvas.screenshot() != before
    assert "never leaves" in page.inner_text('[data-testid="stMain"]')
    assert overflow(page) == 0
    assert not page.problems
