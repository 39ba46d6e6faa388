"""What a test does on a page: press, slide, choose, and wait until the page has answered."""

import time

from playwright.sync_api import Locator, Page, TimeoutError

CHART = '[data-testid="stVegaLiteChart"]'


def press(page: Page, name: str) -> Page:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()
    return wait_until_settled(page)


def pick(page: Page, menu: Locator, option: Locator) -> Page:
    """Open a menu and choose; under load a rerun may close it again, so try more than once."""
    for _ in range(3):
        menu.click()
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


_STATE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const busy = '[data-testid="stStatusWidget"], [data-testid="stSpinner"], [data-testid="stSkeleton"]';
  const running = !app || (app.getAttribute('data-test-script-state') || 'notRunning') !== 'notRunning';
  return !!document.querySelector('[data-testid="stMain"] [data-testid="stVerticalBlock"]') && !running
    && !document.querySelector(busy);
}"""


def wait_until_settled(page: Page, seconds: float = 45, calm: float = 0.5) -> Page:
    """Wait until no script has been running, and nothing has been loading, for ``calm`` seconds."""
    deadline, since = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        now = time.monotonic()
        if page.evaluate(_STATE):
            since = since or now
            if now - since >= calm:
                return page
        else:
            since = 0.0
        page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} never settled in {seconds:g} s")


_PIXELS = """element => {
  const canvas = element.matches('canvas') ? element : element.querySelector('canvas');
  return canvas && canvas.width ? canvas.toDataURL() : '';
}"""


def picture_of(page: Page, selector: str = "canvas") -> bytes:
    """Return the pixels of the first visible element that matches: its canvas's own, or else a photograph of it."""
    element = page.locator(selector).locator("visible=true").first
    drawn = element.evaluate(_PIXELS)
    return drawn.encode() if drawn else element.screenshot(animations="disabled")
