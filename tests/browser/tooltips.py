"""Where a mouse rests on a chart it finds what a person may read, or nothing."""

import re

from playwright.sync_api import Locator, Page

from tests.browser.driving import CHART

STEPS = 5
TITLES = {"weight", "value", "unit", "bias", "moved by", "cell", "up", "right", "down", "left"}
# A real mouse waits at each place for the browser's next frame; what it finds there is the same.
_REST = """(canvas, steps) => {
  const {left, top, width, height} = canvas.getBoundingClientRect(), found = new Set();
  const at = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {bubbles: true, clientX: x, clientY: y}));
  for (let k = 0; k < steps * steps; k++) {
    at('pointermove', left + (k % steps + 0.5) / steps * width, top + (Math.floor(k / steps) + 0.5) / steps * height);
    const text = document.querySelector('#vg-tooltip-element.visible')?.innerText;
    if (text) found.add(text);
  }
  at('pointerout', 0, 0);
  return [...found];
}"""


def tooltips(chart: Locator, steps: int = STEPS) -> set[str]:
    """Return what the tooltips say over a grid of places on a chart."""
    return set(chart.evaluate(_REST, steps))


def assert_tooltips_are_for_people(page: Page) -> None:
    """No chart in sight says a field's name, an address, a color a minus before a zero, or more than four decimals."""
    charts = page.locator(f"{CHART} canvas").locator("visible=true")
    for k in range(charts.count()):
        for text in tooltips(charts.nth(k)):
            titles = {line.split("\t")[0].strip(": ") for line in text.splitlines() if "\t" in line}
            assert titles <= TITLES, text
            assert not re.search(r"\d\.\d{5}|data:|http|#[0-9A-F]{6}|[-−]0\.?0*(?![\d.])", text), text
