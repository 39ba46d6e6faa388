"""Where a mouse rests on a chart it finds what a person may read, or nothing."""

import re

from playwright.sync_api import Locator, Page

from tests.browser.driving import CHART

STEPS = 5
TITLES = {"weight", "value", "unit", "bias", "moved by", "cell", "up", "right", "down", "left"}
_WATCH = """() => {
  if (window.tips) return;
  window.tips = new Set();
  const look = () => {
    const said = document.querySelector('#vg-tooltip-element.visible')?.innerText;
    if (said) window.tips.add(said);
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def tooltips(page: Page, chart: Locator, steps: int = STEPS) -> set[str]:
    """Return what the tooltips say over a grid of places on a chart."""
    page.evaluate(_WATCH)
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    for k in range(steps * steps):
        x, y = (k % steps + 0.5) / steps, (k // steps + 0.5) / steps
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.mouse.move(0, 0)
    return set(page.evaluate("() => { const all = [...window.tips]; window.tips.clear(); return all }"))


def assert_tooltips_are_for_people(page: Page) -> None:
    """No chart in sight says a field's name, an address, a color a minus before a zero, or more than four decimals."""
    charts = page.locator(f"{CHART} canvas").locator("visible=true")
    for k in range(charts.count()):
        for text in tooltips(page, charts.nth(k)):
            titles = {line.split("\t")[0].strip(": ") for line in text.splitlines() if "\t" in line}
            assert titles <= TITLES, text
            assert not re.search(r"\d\.\d{5}|data:|http|#[0-9A-F]{6}|[-−]0\.?0*(?![\d.])", text), text
