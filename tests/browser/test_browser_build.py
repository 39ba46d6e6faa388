"""Lesson 6 in a real browser: where it leads."""

import pytest

pytestmark = pytest.mark.browser


def test_one_click_sends_the_network_to_the_simulator(visit, settle):
    page = visit("build?net=2-5-3-1")
    page.get_by_role("link", name="Train this network in the simulator").click()
    settle(page)
    assert "/training" in page.url
    assert "hidden=5-3" in page.url


def test_steps_in_quick_succession_all_count(visit, settle):
    page = visit("build?net=2-5-3-1")
    page.get_by_text("Change each layer by itself").click()
    plus = page.locator(".st-key-build-width-1").get_by_role("button", name="Increment")
    for _ in range(4):
        plus.click()
    settle(page)
    assert "net=2-9-3-1" in page.url
    assert page.get_by_role("textbox", name="Layers, inputs first").input_value() == "2-9-3-1"
