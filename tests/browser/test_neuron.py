"""Lesson 1: every control moves the picture, and the prediction comes first."""

import pytest

from tests.browser.driving import CHART, choose, press, slide, slider

pytestmark = pytest.mark.browser


def test_nothing_is_given_away_before_the_prediction(visit, settle, server):
    page = visit("neuron", skip=False)
    assert page.locator(CHART).count() == 1
    assert page.get_by_role("slider").count() == 0
    assert page.get_by_text("Measured:").count() == 0
    page.get_by_text("At the same place, more steeply").click()
    press(page, "Commit")
    assert page.get_by_text("You said:").is_visible()
    assert page.get_by_text("Measured:").is_visible()
    assert page.problems == []


def test_every_control_with_one_input_moves_the_picture(visit, settle, picture):
    page = visit("neuron")
    drawer = page.locator("summary").filter(has_text="Activation")
    assert "sigmoid" in drawer.inner_text()
    seen = [picture(page, CHART)]
    for act in (
        lambda: slide(page, "Input x"),
        lambda: slide(page, "Weight w"),
        lambda: slide(page, "Bias b"),
        lambda: (drawer.click(), choose(page, "tanh")),
        lambda: press(page, "Five times both"),
    ):
        act()
        seen.append(picture(page, CHART))
        assert seen[-1] != seen[-2]
    assert "tanh" in drawer.inner_text()
    assert page.get_by_role("radio", name="ReLU", exact=True).is_visible()  # it has stayed open
    assert page.problems == []


def test_every_control_with_two_inputs_moves_the_picture(visit, settle, picture):
    page = visit("neuron?view=two")
    seen = [picture(page, CHART)]
    for act in (
        lambda: slide(page, "Weight w₁"),
        lambda: slide(page, "Weight w₂"),
        lambda: slide(page, "Bias b"),
        lambda: choose(page, "XOR"),
    ):
        act()
        seen.append(picture(page, CHART))
        assert seen[-1] != seen[-2]
    assert page.get_by_text("the best gets 75%").is_visible()
    assert page.problems == []


def test_the_link_restores_what_was_set(visit, settle):
    page = visit("neuron")
    slide(page, "Weight w")
    press(page, "Reset")
    assert page.url.endswith("/neuron")
    slide(page, "Weight w")
    again = visit(page.url.split("/", 3)[3])
    assert "w=" in again.url
    values = [slider(shown, "Weight w").get_attribute("aria-valuenow") for shown in (page, again)]
    assert values[0] == values[1] != "0.8"
