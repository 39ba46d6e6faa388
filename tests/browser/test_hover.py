"""Wherever a mouse rests on a chart, it finds words and rounded numbers, or nothing."""

import re

import pytest

from tests.browser.driving import CHART

pytestmark = pytest.mark.browser
PATHS = (
    "?epoch=20", "neuron", "neuron?view=two", "forward", "forward?net=xor", "loss", "loss?view=many",
    "loss?view=classes", "backprop", "learning_rate", "learning_rate?view=network", "build",
    "training?epoch=20", "training?dataset=sine&epoch=20", "training?dataset=iris&epoch=20", "predict",
    "predict?dataset=digits", "takeaways",
)  # fmt: skip
STEPS = 9
TITLES = {"weight", "value", "unit", "bias", "moved by"}
_TIP = "() => document.querySelector('#vg-tooltip-element.visible')?.innerText ?? ''"


def told(page, chart, steps=STEPS) -> set[str]:
    """What the tooltips say over a grid of places on a chart."""
    chart.scroll_into_view_if_needed()
    box, said = chart.bounding_box(), set()
    for k in range(steps * steps):
        x, y = (k % steps + 0.5) / steps, (k // steps + 0.5) / steps
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        said.add(page.evaluate(_TIP))
    page.mouse.move(0, 0)
    return said - {""}


@pytest.mark.parametrize("path", PATHS)
def test_tooltips_are_for_people(visit, path):
    page = visit(path)
    charts = page.locator(f"{CHART} canvas").locator("visible=true")
    assert charts.count()
    for k in range(charts.count()):
        for text in told(page, charts.nth(k)):
            titles = {line.split("\t")[0].strip(": ") for line in text.splitlines() if "\t" in line}
            assert titles <= TITLES, text
            assert not re.search(r"\d\.\d{5}|data:|http|#[0-9A-F]{6}", text), text
    assert page.problems == []


def test_a_weight_and_a_bias_say_their_names(visit):
    page = visit("training?epoch=20&hidden=4", width=1280)
    said = " ".join(told(page, page.locator(".st-key-network canvas").first, 20))
    assert re.search(r"→ (hidden, unit \d|output)", said)
    assert re.search(r"bias\s+[+−]\d\.\d\d", said)
