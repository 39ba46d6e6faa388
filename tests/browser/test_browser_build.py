"""Lesson 6 in a real browser: where it leads."""

import pytest

pytestmark = pytest.mark.browser


def test_one_click_sends_the_network_to_the_simulator(visit, settle):
    page = visit("build?net=2-5-3-1")
    page.get_by_role("link", name="Train this network in the simulator").click()
    settle(page)
    assert "/training" in page.url
    assert "hidden=5-3" in page.url
