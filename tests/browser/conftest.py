"""A real browser before a real server: what AppTest cannot see."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

from tests.browser.driving import picture_of, skip_prediction, wait_until_settled
from tests.browser.nursery import Nursery, Server
from tests.conftest import NO_BROWSER

REST = Path(__file__).with_name("rest.js")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--hide-scrollbars",
    # a short visit need neither clean up behind itself (MB) nor compile what it runs for speed
    "--js-flags=--min-semi-space-size=32 --max-semi-space-size=64 --no-turbofan --interrupt-budget-for-maglev=120000",
]  # fmt: skip
NONE_FOUND = (
    f"{NO_BROWSER}: the browser tests did not run. Install one (Debian: apt-get install chromium; anywhere: "
    "uv run playwright install chromium) or name it in the environment variable CHROMIUM."
)


def find_chromium(own: str = "") -> str:
    """Return the path of a Chromium: the one named in CHROMIUM, the system's, or Playwright's own; "" for none.

    The one without windows comes first: it needs half the time for the same pages.
    """
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named if Path(named).is_file() else ""
    known = (
        "/usr/bin/chromium-headless-shell",
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    )
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    places = [*known, *(shutil.which(name) or "" for name in names), own]
    return next((place for place in places if place and Path(place).is_file()), "")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_chromium(playwright.chromium.executable_path)
    if not path:
        if os.environ.get("CI"):
            pytest.fail(NONE_FOUND, pytrace=False)
        pytest.skip(NONE_FOUND)
    running = playwright.chromium.launch(executable_path=path, args=QUIET)
    yield running
    running.close()


@pytest.fixture(scope="session")
def start_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Server]]:
    """Return ``start_server() -> Server``: the app on a port of its own, to which nobody has spoken yet."""
    nursery = Nursery(tmp_path_factory.mktemp("servers"))
    yield nursery.start
    nursery.close()


@pytest.fixture(scope="session")
def shared_server(start_server: Callable[[], Server]) -> Server:
    """The app that all browser tests of this process share."""
    return start_server()


@pytest.fixture
def server(shared_server: Server) -> Server:
    """The shared app, as far as this test has to do with it."""
    return shared_server.from_now_on()


@pytest.fixture
def fresh_server(start_server: Callable[[], Server]) -> Iterator[Server]:
    """An app of this test's own, to which nobody has spoken yet."""
    running = start_server()
    yield running
    running.stop()


class Tabs:
    """Browsers' tabs, each for one visitor at a time; the next finds nothing of theirs but what was downloaded.

    A new context would read Streamlit's own megabytes again, and a new tab would compile them again: together that
    takes a second and a half a visit.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[tuple[bool, bool], list[Page]] = {}

    def take(self, touch: bool, phone: bool) -> Page:
        """Return a tab that nobody is using."""
        if free := self.free.setdefault((touch, phone), []):
            return free.pop()
        context = self.browser.new_context(has_touch=touch, is_mobile=phone, accept_downloads=True)
        context.set_default_timeout(15_000)
        context.add_init_script(path=REST)
        page = context.new_page()
        page.touch, page.phone, page.changed = touch, phone, False  # type: ignore[attr-defined]
        watch(page)
        return page

    def give_back(self, page: Page) -> None:
        """Forget the visitor: where they were, what they stored, what they were allowed."""
        tab: Any = page
        if tab.changed or not self.clean(page):
            page.context.close()
        else:
            self.free[tab.touch, tab.phone].append(page)

    def clean(self, page: Page) -> bool:
        """Return whether nothing of the visitor is left; not so in a tab that has lost its server, or is gone."""
        context = page.context
        try:
            addresses = {each.url for each in context.pages}
            for other in context.pages:
                if other is not page:
                    other.close()
            page.evaluate("sessionStorage.clear()")
            page.goto("about:blank")  # a page that still runs would store again what it knows
            for address in addresses:
                forget(page, origin(address))
            page.mouse.move(0, 0)
            context.clear_cookies()
            context.clear_permissions()
        except (Error, ValueError):
            return False
        return True


def forget(page: Page, address: str) -> None:
    """Clear what a site has stored, and the tab's history."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForStorageKey", {"storageKey": address, "storageTypes": "all"})
    session.send("Page.resetNavigationHistory")
    session.detach()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """What visitors leave to the next."""
    return Tabs(browser)


class Visits:
    """The visits of one test."""

    def __init__(self, tabs: Tabs, server: Server) -> None:
        self.tabs, self.server = tabs, server
        self.taken: list[Page] = []

    def begin(
        self, path: str, width: int = 1280, dark: bool = False, skip: bool = True, base: str = "", ready: bool = True,
        motion: bool = True, touch: bool = False, phone: bool = False,
    ) -> Page:  # fmt: skip
        """Open a page as a new visitor sees it; `visit` says how."""
        page = self.tabs.take(touch, phone)
        self.taken.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(
            color_scheme="dark" if dark else "light", reduced_motion="no-preference" if motion else "reduce"
        )
        page.problems, page.sent, page.outside = [], [], set()  # type: ignore[attr-defined]
        page.goto(f"{base or self.server.url}/{path}", wait_until="domcontentloaded")
        if ready:
            wait_until_settled(page)
            if skip:
                skip_prediction(page)
        return page

    def end(self, page: Page) -> None:
        """Leave the page; its tab is the next visitor's."""
        self.taken.remove(page)
        self.tabs.give_back(page)


@pytest.fixture
def visits(server: Server, tabs: Tabs) -> Iterator[Visits]:
    """Return the visits of this test; those that it does not end itself end with it."""
    visits = Visits(tabs, server)
    yield visits
    for page in list(visits.taken):
        visits.end(page)


@pytest.fixture
def visit(visits: Visits) -> Callable[..., Page]:
    """Return ``visit(path, width=1280, dark=False, skip=True) -> Page``: a page as a new visitor sees it, settled.

    ``path`` is the page's path with its query, such as ``"training?lr=0.3"``. With ``skip`` the prediction is
    skipped, so that everything behind it is shown. ``base`` asks another server, ``ready=False`` does not wait,
    ``motion=False`` asks for reduced motion, ``touch=True`` has a finger instead of a mouse (``page.touch`` says so to
    `driving.tap`); with ``phone`` the browser is a telephone's, where a finger scrolls. ``page.problems`` lists what
    the browser's console said in error, ``page.sent`` what the page sent to the server, ``page.outside`` the other
    hosts that it asked for something.
    """
    return visits.begin


@pytest.fixture
def leave(visits: Visits) -> Callable[[Page], None]:
    """Return ``leave(page)``: ends a visit before the test ends."""
    return visits.end


@pytest.fixture
def settle() -> Callable[..., Page]:
    """Return ``settle(page)``: waits until the page has answered and is at rest."""
    return wait_until_settled


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Return ``picture(page, selector)``: the pixels of the first visible match, to compare with others."""
    return picture_of


def origin(address: str) -> str:
    """Return the part of an address by which a browser keeps what a page stores: ``"http://127.0.0.1:8501/"``."""
    return "{0.scheme}://{0.netloc}/".format(urlsplit(address))


# Streamlit looks for its server by asking at the page's own path first, then one level up.
PROBES = re.compile(r"/[^/]+/_stcore/(health|host-config)$")


def watch(page: Page) -> None:
    """Collect whatever goes wrong in the browser, what it sends to the server, and whom else it asks."""
    visitor: Any = page  # whose `problems`, `sent` and `outside` are new for each

    def heard(message: ConsoleMessage) -> None:
        where = str(message.location.get("url", ""))
        if message.type == "error" and not harmless(message.text, where):
            visitor.problems.append(f"{message.text[:300]} ({where[:200]})")

    page.on("console", heard)

    def asked(request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host and host != "127.0.0.1":
            visitor.outside.add(host)

    page.on("pageerror", lambda error: visitor.problems.append(str(error)[:300]))
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: visitor.sent.append(time.monotonic())))
    page.on("request", asked)


def harmless(text: str, where: str) -> bool:
    """Return whether an error in the console says nothing about the app."""
    return "favicon" in where + text or ("404" in text and bool(PROBES.search(where.split("?")[0])))
