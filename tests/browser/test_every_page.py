"""The widest pages on a telephone, and the ways between pages. (Every page: test_every_control.py.)"""

import pytest

from tests.browser.driving import DARK, NARROW, assert_fits, assert_well

pytestmark = pytest.mark.browser
PHONES = (
    "", "training", "forward?net=xor", "forward?h1=4&h2=4&h3=4&inputs=2&step=2", "backprop?net=deep&step=4",
    "build?net=784-128-64-10",
)  # fmt: skip
"""Where a page is at its widest, or opens in test_every_control.py on another link; all else opens dark there."""


@pytest.mark.parametrize("path", PHONES)
def test_the_widest_open_dark_on_a_telephone(visit, server, path):
    page = visit(path, width=NARROW, dark=True)
    assert assert_well(page, server)["background"] == DARK
    assert_fits(page)


def test_the_way_through_the_course_keeps_to_the_app(visit, settle, server):
    page = visit("neuron?w=2")
    page.get_by_text("Next: Forward propagation").click()
    settle(page)
    assert page.url.endswith("/forward")
    page.get_by_role("link", name="1. Inside a single neuron").click()
    settle(page)
    assert page.url.endswith("/neuron?w=2&v=1")  # what was set is still set
    assert_well(page, server)


def test_the_browsers_back_button_brings_the_older_values(visit, settle, server):
    page = visit("neuron?w=2&v=1")
    thumb = page.get_by_role("group", name="Weight w", exact=True).get_by_role("slider")
    thumb.focus()
    thumb.press("ArrowRight")
    settle(page)
    assert page.url.endswith("/neuron?w=2.05&v=1")
    page.go_back()
    settle(page)
    assert "/neuron" not in page.url or page.url.endswith("w=2&v=1")
    assert_well(page, server)
