"""The system turns dark while a page is open and nothing is touched: pictures and formulas follow."""

from time import monotonic

import pytest

from core.charts.theme import contrast
from tests.browser.driving import CHART

pytestmark = pytest.mark.browser
GROUND = {"dark": "#14161C", "light": "#FFFFFF"}
_INKS = """() => ({
  titles: [...document.querySelectorAll('[data-testid="stVegaLiteChart"] canvas')]
    .filter(e => e.checkVisibility()).map(canvas => {
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, 30).data, light = [];
      for (let i = 0; i < pixels.length; i += 4)
        if (pixels[i + 3] > 200) light.push((pixels[i] + pixels[i + 1] + pixels[i + 2]) / 3);
      return [Math.min(...light), Math.max(...light)];
    }),
  formulas: [...document.querySelectorAll('.katex-html [style*="color"]')].filter(e => e.checkVisibility())
    .map(e => getComputedStyle(e).color.match(/\\d+/g).map(Number)),
  circles: [...document.querySelectorAll('[data-testid="stRadioOption"]:not([data-selected]) > div > :first-child')]
    .map(e => getComputedStyle(e).borderColor.match(/\\d+/g).map(Number)),
})"""


def readable(inks, mode) -> bool:
    titles = all(high > 200 if mode == "dark" else low < 80 for low, high in inks["titles"])
    formulas, circles = (
        [contrast("#" + "".join(f"{v:02X}" for v in rgb[:3]), GROUND[mode]) for rgb in inks[name]]
        for name in ("formulas", "circles")
    )
    return titles and all(c >= 4.5 for c in formulas) and len(circles) > 0 and all(c >= 3 for c in circles)


@pytest.mark.parametrize("path", ["loss", "training?epoch=20", "predict", "neuron"])
def test_it_follows_the_system(visit, path):
    page = visit(path)
    assert page.locator(f"{CHART} canvas").count()
    assert readable(page.evaluate(_INKS), "light")
    for mode in ("dark", "light"):
        page.emulate_media(color_scheme=mode)
        until = monotonic() + 20  # the theme's change starts a run of its own, so there's no rest to wait for
        page.wait_for_timeout(100)
        while not readable(page.evaluate(_INKS), mode) and monotonic() < until:
            page.wait_for_timeout(100)
        assert readable(page.evaluate(_INKS), mode)
    assert page.problems == []
