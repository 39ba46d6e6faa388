"""Where a mouse rests on a chart; the views that test_every_control.py opens are hovered there."""

import re

import pytest

from tests.browser.driving import CHART
from tests.browser.tooltips import STEPS, assert_tooltips_are_for_people, tooltips

pytestmark = pytest.mark.browser
PATHS = ("forward?net=xor", "training?dataset=sine&epoch=20", "training?dataset=iris&epoch=20")


@pytest.mark.parametrize("path", PATHS)
def test_tooltips_are_for_people(visit, path):
    page = visit(path)
    assert_tooltips_are_for_people(page)
    assert page.problems == []


def test_a_real_mouse_finds_the_same(visit):
    page = visit("inside", motion=False)
    chart = page.locator(f"{CHART} canvas").first
    chart.scroll_into_view_if_needed()
    box, found = chart.bounding_box(), set()
    for k in range(STEPS * STEPS):
        x, y = (k % STEPS + 0.5) / STEPS, (k // STEPS + 0.5) / STEPS
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        found |= set(page.locator("#vg-tooltip-element.visible").all_inner_texts())
    assert len(found) > 1
    assert tooltips(chart) == found


def test_a_weight_and_a_bias_say_their_names(visit):
    page = visit("training?epoch=20&hidden=4", width=1280)
    said = " ".join(tooltips(page.locator(".st-key-network canvas").first, 20))
    assert re.search(r"→ (hidden, unit \d|output)", said)
    assert re.search(r"bias\s+[+−]\d\.\d\d", said)
