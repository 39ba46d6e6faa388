"""How smoothly does a training run play in a browser, and how soon after its link is opened?

    uv run python tests/benchmarks/playing.py [--rounds 3]

Printed are the seconds from opening the simulator's link on a warm server until it plays, and the frames drawn a second
while it plays (28 are asked for), for each round, with the load of the machine: on a busy one they say little.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.conftest import NONE_FOUND, QUIET, find_chromium
from tests.browser.nursery import Nursery

PLAYS = ".bar.playing"
FRAMES = """async bar => {
  const drawn = +bar.dataset.draws, began = performance.now();
  await new Promise(done => setTimeout(done, 1500));
  return 1000 * (bar.dataset.draws - drawn) / (performance.now() - began);
}"""


def once(page: Page, link: str) -> tuple[float, float]:
    """Open the link; return the seconds until it plays, and its frames a second."""
    began = time.perf_counter()
    page.goto(link, wait_until="commit")
    page.locator(PLAYS).wait_for(timeout=120_000)
    return time.perf_counter() - began, page.locator(PLAYS).evaluate(FRAMES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=find_chromium(running.chromium.executable_path) or sys.exit(NONE_FOUND), args=QUIET
        )
        nursery = Nursery(Path(folder))
        link = nursery.start().url + "/training"
        page = browser.new_page()
        page.goto(link)
        page.get_by_role("button", name="Skip").click(timeout=120_000)  # the run plays once something was predicted
        page.locator(PLAYS).wait_for(timeout=120_000)  # the first one waits for the training, which isn't asked here
        found = [once(page, link) for _ in range(rounds)]
        browser.close()
        nursery.close()
    for name, values in zip(("seconds until it plays", "frames a second"), zip(*found, strict=True), strict=True):
        print(f"{name:24} median {statistics.median(values):5.1f}  of {[round(value, 1) for value in values]}")
    print(f"load a core {os.getloadavg()[0] / (os.cpu_count() or 1):.1f}")


if __name__ == "__main__":
    main()
