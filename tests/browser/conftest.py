"""A real browser before a real server: what AppTest cannot see."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
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
    """Return ``start_server() -> Server``: the app on a free port, to which nobody has spoken yet."""
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


class Contexts:
    """Browsers' contexts, each for one visitor at a time; the next finds nothing of theirs but what was downloaded.

    A new context would read and compile Streamlit's own megabytes again, which takes a second a visit.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[tuple[bool, bool], list[BrowserContext]] = {}

    def take(self, touch: bool, phone: bool) -> BrowserContext:
        """Return a context that nobody is using."""
        if free := self.free.setdefault((touch, phone), []):
            return free.pop()
        context = self.browser.new_context(has_touch=touch, is_mobile=phone, accept_downloads=True)
        context.set_default_timeout(15_000)
        context.add_init_script(path=REST)
        return context

    def give_back(self, context: BrowserContext, touch: bool, phone: bool) -> None:
        """Forget the visitor: the pages, what they stored, what they were allowed."""
        try:
            addresses = {page.url for page in context.pages}
            *others, last = context.pages
            for page in others:
                page.close()
            last.goto("about:blank")  # a page that still runs would store again what it knows
            forget = context.new_cdp_session(last)
            for address in addresses:
                forget.send("Storage.clearDataForStorageKey", {"storageKey": origin(address), "storageTypes": "all"})
            last.close()
            context.clear_cookies()
            context.clear_permissions()
        except (Error, ValueError):  # a page that has lost its server, or is gone
            context.close()
            return
        self.free[touch, phone].append(context)


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """What visitors leave to the next."""
    return Contexts(browser)


@pytest.fixture
def visit(server: Server, contexts: Contexts) -> Iterator[Callable[..., Page]]:
    """Return ``visit(path, width=1280, dark=False, skip=True) -> Page``: a page as a new visitor sees it, settled.

    ``path`` is the page's path with its query, such as ``"training?lr=0.3"``. With ``skip`` the prediction is
    skipped, so that everything behind it is shown. ``base`` asks another server, ``ready=False`` does not wait,
    ``motion=False`` asks for reduced motion, ``touch=True`` has a finger instead of a mouse (``page.touch`` says so to
    `driving.tap`); with ``phone`` the browser is a telephone's, where a finger scrolls. ``page.problems`` lists what
    the browser's console said in error, ``page.sent`` what the page sent to the server, ``page.outside`` the other
    hosts that it asked for something.
    """
    taken = []

    def visited(
        path: str, width: int = 1280, dark: bool = False, skip: bool = True, base: str = "", ready: bool = True,
        motion: bool = True, touch: bool = False, phone: bool = False,
    ) -> Page:  # fmt: skip
        context = contexts.take(touch, phone)
        taken.append((context, touch, phone))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(
            color_scheme="dark" if dark else "light", reduced_motion="no-preference" if motion else "reduce"
        )
        watch(page)
        page.touch = touch  # type: ignore[attr-defined]
        page.goto(f"{base or server.url}/{path}", wait_until="domcontentloaded")
        if ready:
            wait_until_settled(page)
            if skip:
                skip_prediction(page)
        return page

    yield visited
    for context, touch, phone in taken:
        contexts.give_back(context, touch, phone)


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
    problems: list[str] = []
    sent: list[float] = []
    outside: set[str] = set()
    page.problems, page.sent, page.outside = problems, sent, outside  # type: ignore[attr-defined]

    def heard(message: ConsoleMessage) -> None:
        where = str(message.location.get("url", ""))
        if message.type == "error" and not harmless(message.text, where):
            problems.append(f"{message.text[:300]} ({where[:200]})")

    page.on("console", heard)

    def asked(request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host and host != "127.0.0.1":
            outside.add(host)

    page.on("pageerror", lambda error: problems.append(str(error)[:300]))
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(time.monotonic())))
    page.on("request", asked)


def harmless(text: str, where: str) -> bool:
    """Return whether an error in the console says nothing about the app."""
    return "favicon" in where + text or ("404" in text and bool(PROBES.search(where.split("?")[0])))
