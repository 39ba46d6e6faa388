"""How long does the very first visitor of a server wait for a page's title and for its first chart?

    uv run python tests/benchmarks/first_visit.py [home training ...] [--against FOLDER] [--rounds 3]

For each page a server is started, to which nobody has spoken yet; as soon as it says that it is healthy, a new Chromium
window opens the page (cold), and then another one (warm). Printed are medians in seconds: until the server was healthy,
then, counted from the visit, until the title stood on the screen and until the first chart was drawn. With
``--against``, the app in another folder (an older state of this one) is measured in turn with this one, page by page:
on a busy machine only such ratios mean something.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from core.ui.lessons import LESSONS
from tests.browser.conftest import NONE_FOUND, QUIET, find_chromium
from tests.browser.nursery import free_port

DRAWN = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] canvas')].some(c => c.width > 0)"""
PAGES_WITH_CHART = [lesson.slug for lesson in LESSONS if lesson.slug not in ("takeaways", "glossary")]
COLUMNS = ("healthy", "title", "chart", "title, warm", "chart, warm")


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, float]]:
    """Start the app of a folder; yield its address and the seconds until it was healthy."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    quiet = ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    start = time.perf_counter()
    process = subprocess.Popen([*command, *quiet], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        while not healthy(address):
            if process.poll() is not None or time.perf_counter() - start > 120:
                raise RuntimeError(f"the app in {folder} did not become healthy")
            time.sleep(0.02)
        yield address, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(20)


def healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def visit(browser: Browser, address: str, slug: str) -> tuple[float, float]:
    """Open a page in a new window; return the seconds to its title and to its first chart."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(120_000)
    start = time.perf_counter()
    page.goto(f"{address}/{'' if slug == 'home' else slug}", wait_until="commit")
    page.wait_for_selector("h1", state="visible")
    title = time.perf_counter() - start
    page.wait_for_function(DRAWN)
    chart = time.perf_counter() - start
    context.close()
    return title, chart


def measure(browser: Browser, folder: Path, slug: str) -> tuple[float, ...]:
    """Start a server, visit a page cold and then warm."""
    with server(folder) as (address, ready):
        return (ready, *visit(browser, address, slug), *visit(browser, address, slug))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", default=PAGES_WITH_CHART)
    parser.add_argument("--against", type=Path, help="a folder with another state of the app")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    folders = {"this": ROOT} | ({"against": options.against.resolve()} if options.against else {})
    print(f"load {os.getloadavg()[0]:.1f}; seconds, medians of {options.rounds}")
    print(f"{'':24}" + "".join(f"{name:>13}" for name in COLUMNS))
    with sync_playwright() as running:
        path = find_chromium(running.chromium.executable_path) or sys.exit(NONE_FOUND)
        browser = running.chromium.launch(executable_path=path, args=QUIET)
        everything: dict[str, list[tuple[float, ...]]] = {name: [] for name in folders}
        for slug in options.pages:
            found: dict[str, list[tuple[float, ...]]] = {name: [] for name in folders}
            for _ in range(options.rounds):
                for name, folder in folders.items():
                    found[name].append(measure(browser, folder, slug))
            for name, rows in found.items():
                everything[name] += rows
                report(slug, name, rows)
        for name, rows in everything.items():
            report("all pages", name, rows)
        browser.close()


def report(slug: str, name: str, rows: list[tuple[float, ...]]) -> None:
    """Print one line of medians."""
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    print(f"{slug:14} {name:9}" + "".join(f"{value:13.2f}" for value in medians), flush=True)


if __name__ == "__main__":
    main()
