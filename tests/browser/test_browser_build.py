"""Lesson 6 in a real browser: each control, and what it moves."""

import pytest

from tests.browser.driving import CHART

pytestmark = pytest.mark.browser


def test_every_control_moves_the_picture(visit, settle, picture):
    page = visit("build")
    last = picture(page, CHART)

    def moved() -> bool:
        nonlocal last
        settle(page)
        page.wait_for_timeout(300)
        before, last = last, picture(page, CHART)
        return before != last

    field = page.get_by_role("textbox", name="Layers, inputs first")
    field.fill("5-6-7-2")
    field.press("Enter")
    assert moved(), "text"
    for key in ("deeper", "wider", "narrower", "shallower"):
        page.locator(f".st-key-build-{key} button").first.click()
        assert moved(), key
    width = page.get_by_role("spinbutton", name="Hidden 1")
    width.fill("3")
    width.press("Enter")
    assert moved(), "width"
    page.get_by_role("button", name="784-128-10").click()
    assert moved(), "try"
    assert "101,770" in page.locator('[data-testid="stMain"]').inner_text()
    page.get_by_role("button", name="Reset").click()
    assert moved(), "reset"
    assert page.problems == [], page.problems


def test_activation_spirals_and_memory(visit, settle, picture):
    page = visit("build")
    page.get_by_role("radio", name="ReLU").or_(page.get_by_role("button", name="ReLU", exact=True)).first.click()
    settle(page)
    assert "f=relu" in page.url
    page.locator("summary", has_text="Deep or wide").click()
    settle(page)
    assert page.get_by_text("All five networks").is_visible()
    page.locator("summary", has_text="Multiply-adds and memory").click()
    settle(page)
    page.get_by_role("slider").first.press("ArrowRight")
    settle(page)
    assert "batch=33" in page.url
    assert page.problems == [], page.problems


def test_one_click_sends_the_network_to_the_simulator(visit, settle):
    page = visit("build?net=2-5-3-1")
    page.get_by_role("link", name="Train this network in the simulator").click()
    settle(page)
    assert "/training" in page.url
    assert "hidden=5-3" in page.url
