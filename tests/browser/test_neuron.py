"""Lesson 1: the prediction comes first, the line is drawn, the link restores."""

import pytest

from tests.browser.driving import CHART, press, slide, slider

pytestmark = pytest.mark.browser


def test_nothing_is_given_away_before_the_prediction(visit, settle, server):
    page = visit("neuron", skip=False)
    assert page.locator(CHART).count() == 1
    assert page.get_by_role("slider").count() == 0
    assert page.get_by_text("Measured:").count() == 0
    page.get_by_text("At the same place, but the curve is steeper").click()
    press(page, "Commit")
    assert page.get_by_text("You said:").is_visible()
    assert page.get_by_text("Measured:").is_visible()
    assert page.problems == []


# The longest run of dark pixels in one column of the canvas, as a share of its height.
_UPRIGHT = """canvas => {
  const {width, height} = canvas, {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
  const dark = (x, y) => {
    const at = 4 * (y * width + x);
    return data[at + 3] > 200 && Math.max(data[at], data[at + 1], data[at + 2]) < 90;
  };
  let longest = 0;
  for (let x = 0; x < width; x++)
    for (let y = 0, run = 0; y < height; y++) longest = Math.max(longest, run = dark(x, y) ? run + 1 : 0);
  return longest / height;
}"""


def test_the_line_that_two_inputs_draw_is_really_drawn(visit):
    upright, level = (visit(f"neuron?view=two&w1={w1}&w2={w2}&b2=-0.5") for w1, w2 in ((1, 0), (0, 1)))
    canvases = [page.locator(CHART + " canvas").first for page in (upright, level)]
    assert canvases[0].evaluate(_UPRIGHT) > 0.7  # x1 = 0.5, from the bottom to the top of the plane
    assert canvases[1].evaluate(_UPRIGHT) < 0.1
    assert upright.problems == level.problems == []


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
