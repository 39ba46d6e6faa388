"""What a test does on a page: press, slide, choose, and wait until the page has answered."""

import time
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError

from tests.browser.nursery import Server

CHART = '[data-testid="stVegaLiteChart"]'
WIDE, NARROW = 1280, 390  # pixels: a notebook, a telephone
TABLETS = (820, 1024, 1180)  # upright and across, with the sidebar open
DARK = "rgb(20, 22, 28)"  # the background
STATE = "data-test-script-state"  # Streamlit's own word on whether its script runs


def tap(element: Locator) -> None:
    """Click the element; on a page with touch, with a finger."""
    if getattr(element.page, "touch", False):
        element.tap()
    else:
        element.click()


def press(page: Page, name: str) -> Page:
    """Press a button."""
    tap(page.get_by_role("button", name=name, exact=True))
    return wait_until_settled(page)


def skip_prediction(page: Page) -> Page:
    """Skip what is asked before anything is shown; a view may ask something of its own."""
    button = page.locator('[class*="prediction.skip"], [class*="prediction-skip"]').locator("button")
    if button.count():
        tap(button.first)
        wait_until_settled(page)
    return page


QUESTION = '[data-testid="stRadio"] [role="radiogroup"]'


def predict(page: Page) -> bool:
    """Commit an answer to what is asked, and see that what was measured comes only then; False if nothing is asked.

    It's the answer with most numbers: afterward they stand beside the measured ones. There is something to look at
    while predicting, and no less then. The takeaways' quiz measures at its end.
    """
    if not page.get_by_role("button", name="Commit", exact=True).count():
        return False
    measured = page.get_by_test_id("stAlert").filter(has_text="Measured:")
    assert measured.count() == 0
    before = page.locator(CHART).count()
    assert before, "nothing to look at while predicting"
    options = page.locator(QUESTION).first.locator("label")
    numbers = [sum(sign.isdigit() for sign in text) for text in options.all_inner_texts()]
    tap(options.nth(numbers.index(max(numbers))))
    press(page, "Commit")
    assert page.locator(CHART).count() >= before
    assert measured.count() == ("/takeaways" not in page.url)
    return True


def pick(page: Page, menu: Locator, option: Locator) -> Page:
    """Open a menu and choose; under load a rerun may close it again, so try more than once."""
    for _ in range(3):
        tap(menu)
        try:
            option.click(timeout=4_000)
            return wait_until_settled(page)
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError("the menu did not stay open")


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("group", name=label, exact=True).get_by_role("slider")


def slide(page: Page, label: str, key: str = "PageUp", times: int = 3) -> Page:
    """Move a slider with the keyboard."""
    thumb = slider(page, label)
    thumb.focus()
    for _ in range(times):
        thumb.press(key)
    return wait_until_settled(page)


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return page.evaluate("""() => { const main = document.querySelector('[data-testid="stMain"]');
      return main.scrollWidth - main.clientWidth }""")


FAULTS = '[data-testid="stException"], .st-key-frame-fault'
"""Where an exception shows: in Streamlit's own words, or in core/ui/fault.py's."""

_FACTS = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const cut = [...main.querySelectorAll('canvas, svg.marks, [data-testid="stLatex"] .katex-html, iframe')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1);
  const formulas = [...main.querySelectorAll('.katex-display')]
    .filter(e => e.checkVisibility() && e.scrollWidth > e.closest('[data-testid="stMarkdown"]').clientWidth + 1);
  const names = [...main.querySelectorAll('[data-testid="stPageLink"] span:has(p), [data-testid="stButton"] button')]
    .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1);
  return {
    wide: Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth),
    cut: [...cut, ...formulas, ...names]
      .map(e => (e.closest('[data-testid]')?.dataset.testid ?? '') + ' ' + e.textContent.slice(0, 60)),
    exceptions: [...document.querySelectorAll(FAULTS)].map(e => e.innerText.slice(0, 400)),
    words: (main.innerText.match(/\\S+/g) || []).length,
    background: getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor,
  };
}""".replace("FAULTS", repr(FAULTS))


def assert_well(page: Page, server: Server) -> dict[str, Any]:
    """Nothing has gone wrong, in the page, in its console or on the server; return the page's facts."""
    facts = page.evaluate(_FACTS)
    assert facts["exceptions"] == []
    assert page.problems == []  # type: ignore[attr-defined]
    assert page.outside == set(), "asked another host"  # type: ignore[attr-defined]
    assert server.tracebacks() == ""
    assert facts["words"] > 20
    return facts


def assert_fits(page: Page) -> None:
    """Nothing runs over the right edge."""
    facts = page.evaluate(_FACTS)
    assert facts["wide"] <= 0, f"{facts['wide']} px run over the edge"
    assert facts["cut"] == [], "these run over the edge"


LEAST_PICTURE = (160, 80)
"""Width and height below which a picture has lost its place to its own axis and legend, in pixels."""


def assert_pictures_are_whole(page: Page) -> None:
    """No picture is squeezed by what stands beside it."""
    sizes = page.locator('[data-testid="stMain"] [data-testid="stVegaLiteChart"] canvas').evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => [e.clientWidth, e.clientHeight])"
    )
    wide, high = LEAST_PICTURE
    assert [size for size in sizes if size[0] < wide or size[1] < high] == [], "smaller than a picture may be"


# Top and bottom, in the window, of the answer to a prediction, of the pictures above the experiments, and of these.
_PLACES = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const of = where => { const box = main.querySelector(where).getBoundingClientRect(); return [box.top, box.bottom] };
  const tries = of('[class*="-tries"]'), charts = [...main.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  const above = charts.map(e => e.getBoundingClientRect()).filter(box => box.top < tries[0]);
  return [of('[data-testid="stAlert"]'), [above[0].top, above.at(-1).bottom], tries];
}"""


def assert_answer_is_in_sight(page: Page) -> None:
    """Whoever has predicted sees the answer without scrolling: on a telephone above the picture, else beside it.

    On a telephone the experiments follow the picture at once.
    """
    answer, pictures, tries = page.evaluate(_PLACES)
    assert 0 < answer[0] < answer[1] < 800  # of 900
    if page.evaluate("innerWidth") > NARROW:
        assert answer[0] < pictures[1]
    else:
        assert answer[1] < pictures[0]
        assert 0 <= tries[0] - pictures[1] < 60


MOST_NUMBERS = 8
# Numbers that stand alone in the texts, by their height on the page: not in questions, controls, formulas or pictures,
# and neither the place of a thing (layer 2, 2 of 5) nor a year, a paper's number or a rule's name, nor 0 and 1, which
# say where.
_NUMBERS = r"""() => {
  const main = document.querySelector('[data-testid="stMain"]'), tops = [];
  const closed = e => e.closest('details:not([open])') && !e.closest('summary');
  const left = 'h1, label, button, summary, .katex, svg, canvas, [data-testid="stRadio"], [data-testid="stSlider"], '
    + '[data-testid="stVegaLiteChart"], [data-testid="stButtonGroup"], [data-testid="stPageLink"]';
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent;
    if (!e.checkVisibility() || closed(e) || e.closest(left) || /^\d of \d$/.test(text)) continue;
    const places = /(layer|unit|step|symbol|lesson|question|epoch|episode|place) \d+( of \d+)?/gi;
    const bare = text.replace(places, '');
    const found = bare.split(/\s+/).filter(w => /^[(“]*[−-]?\d[\d.,]*(e−?\d+)?[%°]?[.,;:)”]*$/.test(w))
      .map(w => w.replace(/^[(“]+|[.,;:)”]+$/g, '')).filter(w => !/^((19|20)\d\d|\d{4}\.\d{5})$/.test(w));
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const top = range.getBoundingClientRect().top + main.scrollTop;
    tops.push(...found.filter(w => w !== '0' && w !== '1').map(w => [top, w]));
  }
  return tops;
}"""


def assert_few_numbers(page) -> None:
    """No screen of 900 pixels shows more than a few different numbers at once."""
    found = page.evaluate(_NUMBERS)
    for top, _ in found:
        together = {number for other, number in found if top <= other < top + 900}
        assert len(together) <= MOST_NUMBERS, " ".join(together)


def turn(page: Page, width: int = WIDE, dark: bool = False) -> Page:
    """Give the open page another width and another theme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")
    return wait_until_settled(page)


def wait_until_settled(page: Page, seconds: float = 45) -> Page:
    """Wait until the page has nothing to wait for: `rest.js`, which every page of a test carries, knows."""
    try:
        page.wait_for_function(
            "mark => window.notAtRest?.(mark) === ''", arg=time.monotonic_ns(), timeout=1000 * seconds
        )
    except TimeoutError:
        why, state = page.evaluate("() => window.notAtRest?.()"), page.get_by_test_id("stApp").get_attribute(STATE)
        raise AssertionError(f"{page.url} never settled in {seconds:g} s: it waits for {why} ({state})") from None
    return page


def change(page: Page, script: str) -> None:
    """Let a script run before the page's own, from its next load on; no other test will have this tab."""
    page.add_init_script(script)
    page.changed = True  # type: ignore[attr-defined]


def let_pass(page: Page, frames: int) -> None:
    """Let the browser draw so many frames."""
    page.evaluate("""async frames => { while (frames--) await new Promise(requestAnimationFrame) }""", frames)


_PIXELS = """element => {
  const canvas = element.matches('canvas') ? element : element.querySelector('canvas');
  return canvas && canvas.width ? canvas.toDataURL() : '';
}"""


def picture_of(page: Page, selector: str = "canvas") -> bytes:
    """Return the pixels of the first visible element that matches: its canvas's own, or else a photograph of it."""
    element = page.locator(selector).locator("visible=true").first
    drawn = element.evaluate(_PIXELS)
    return drawn.encode() if drawn else element.screenshot(animations="disabled")
