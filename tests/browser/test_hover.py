"""Where a mouse rests on a chart; the views that test_every_control.py opens are hovered there."""

import re

import pytest

from tests.browser.tooltips import assert_tooltips_are_for_people, tooltips

pytestmark = pytest.mark.browser
PATHS = ("forward?net=xor", "training?dataset=sine&epoch=20", "training?dataset=iris&epoch=20")


@pytest.mark.parametrize("path", PATHS)
def test_tooltips_are_for_people(visit, path):
    page = visit(path)
    assert_tooltips_are_for_people(page)
    assert page.problems == []


def test_a_weight_and_a_bias_say_their_names(visit):
    page = visit("training?epoch=20&hidden=4", width=1280)
    said = " ".join(tooltips(page, page.locator(".st-key-network canvas").first, 20))
    assert re.search(r"→ (hidden, unit \d|output)", said)
    assert re.search(r"bias\s+[+−]\d\.\d\d", said)
