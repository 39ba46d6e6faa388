"""A real browser before a real server: what AppTest cannot see."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

from tests.browser.driving import picture_of, wait_until_settled
from tests.conftest import NO_BROWSER

ROOT = Path(__file__).parents[2]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--hide-scrollbars",
]  # fmt: skip
NONE_FOUND = (
    f"{NO_BROWSER}: the browser tests did not run. Install one (Debian: apt-get install chromium; anywhere: "
    "uv run playwright install chromium) or name it in the environment variable CHROMIUM."
)


def find_chromium(own: str = "") -> str:
    """Return the path of a Chromium: the one named in CHROMIUM, the system's, or Playwright's own; "" for none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named if Path(named).is_file() else ""
    known = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    places = [*known, *(shutil.which(name) or "" for name in names), own]
    return next((place for place in places if place and Path(place).is_file()), "")


@dataclass
class Server:
    """One running app: where it listens, and what it has written."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def tracebacks(self) -> str:
        """Return what the server wrote from its first traceback on; "" when there is none."""
        written = self.log.read_text(errors="replace")
        at = written.find("Traceback (most recent call last)")
        return written[at : at + 3000] if at >= 0 else ""

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def start_server(folder: Path) -> Server:
    """Start the app on a free port and wait until it is healthy. No page has been asked for yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "streamlit", "run", "streamlit_app.py",
                "--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true",
                "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false",
            ],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}", log, process)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(server.url + "/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return server
        except OSError:
            time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"the app did not become healthy:\n{log.read_text(errors='replace')[-2000:]}")


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
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app that all browser tests share."""
    running = start_server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture
def fresh_server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """An app of this test's own, to which nobody has spoken yet."""
    running = start_server(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def visit(server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return ``visit(path, width=1280, dark=False, skip=True) -> Page``: a page as a new visitor sees it, settled.

    ``path`` is the page's path with its query, such as ``"training?lr=0.3"``. With ``skip`` the prediction is
    skipped, so that everything behind it is shown. ``base`` asks another server, ``ready=False`` does not wait,
    ``motion=False`` asks for reduced motion. ``page.problems`` lists what the browser's console said in error,
    ``page.sent`` what the page sent to the server, ``page.outside`` the other hosts that it asked for something.
    """
    contexts = []

    def visited(
        path: str, width: int = 1280, dark: bool = False, skip: bool = True, base: str = "", ready: bool = True,
        motion: bool = True,
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="no-preference" if motion else "reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(f"{base or server.url}/{path}", wait_until="domcontentloaded")
        if ready:
            wait_until_settled(page)
            button = page.get_by_role("button", name="Skip", exact=True)
            if skip and button.count():
                button.first.click()
                wait_until_settled(page)
        return page

    yield visited
    for context in contexts:
        context.close()


@pytest.fixture
def settle() -> Callable[..., Page]:
    """Return ``settle(page)``: waits until the page has answered and is at rest."""
    return wait_until_settled


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Return ``picture(page, selector)``: the pixels of the first visible match, to compare with others."""
    return picture_of


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
