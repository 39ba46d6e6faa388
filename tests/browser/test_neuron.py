"""Lesson 1: every control moves the picture, and the prediction comes first."""

import pytest

pytestmark = pytest.mark.browser
CHART = '[data-testid="stVegaLiteChart"]'


def press(page, settle, name):
    page.get_by_role("button", name=name, exact=True).click()
    return settle(page)


def slider(page, label):
    return page.get_by_role("group", name=label, exact=True).get_by_role("slider")


def nudge(page, settle, label, key="PageUp"):
    thumb = slider(page, label)
    thumb.focus()
    thumb.press(key)
    return settle(page)


def choose(page, settle, name):
    page.get_by_role("radio", name=name, exact=True).click()
    return settle(page)


def test_nothing_is_given_away_before_the_prediction(visit, settle, server):
    page = visit("neuron", skip=False)
    assert page.locator(CHART).count() == 1
    assert page.get_by_role("slider").count() == 0
    assert page.get_by_text("Measured:").count() == 0
    page.get_by_text("At the same place, more steeply").click()
    press(page, settle, "Commit")
    assert page.get_by_text("You said:").is_visible()
    assert page.get_by_text("Measured:").is_visible()
    assert page.problems == []


def test_every_control_with_one_input_moves_the_picture(visit, settle, picture):
    page = visit("neuron")
    seen = [picture(page, CHART)]
    for act in (
        lambda: nudge(page, settle, "Input x"),
        lambda: nudge(page, settle, "Weight w"),
        lambda: nudge(page, settle, "Bias b"),
        lambda: choose(page, settle, "tanh"),
        lambda: press(page, settle, "Five times both"),
    ):
        act()
        seen.append(picture(page, CHART))
        assert seen[-1] != seen[-2]
    assert page.problems == []


def test_every_control_with_two_inputs_moves_the_picture(visit, settle, picture):
    page = visit("neuron?view=two")
    seen = [picture(page, CHART)]
    for act in (
        lambda: nudge(page, settle, "Weight w₁"),
        lambda: nudge(page, settle, "Weight w₂"),
        lambda: nudge(page, settle, "Bias b"),
        lambda: choose(page, settle, "XOR"),
    ):
        act()
        seen.append(picture(page, CHART))
        assert seen[-1] != seen[-2]
    assert page.get_by_text("the best gets 75%").is_visible()
    assert page.problems == []


def test_the_link_restores_what_was_set(visit, settle):
    page = visit("neuron")
    nudge(page, settle, "Weight w")
    press(page, settle, "Reset")
    assert page.url.endswith("/neuron")
    nudge(page, settle, "Weight w")
    again = visit(page.url.split("/", 3)[3])
    assert "w=" in again.url
    values = [slider(shown, "Weight w").get_attribute("aria-valuenow") for shown in (page, again)]
    assert values[0] == values[1] != "0.8"
