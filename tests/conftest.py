"""What all tests share: one thread for small matrices, as the app has it, and figures shown at the end."""

import os
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before any test imports NumPy

pytest.register_assert_rewrite(
    *(f"tests.{name}" for name in ("opening", "pressing", "browser.driving", "browser.tooltips"))
)

from core.ui.lessons import BY_SLUG  # noqa: E402
from tests.opening import open_app  # noqa: E402, F401 (a fixture for the tests of all pages)

# A busy machine is not a wrong answer, so nothing is timed. The same examples on every run, but for who explores.
_calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _calm, derandomize=True)
settings.register_profile("explore", _calm, derandomize=False, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

NO_BROWSER = "NO CHROMIUM WAS FOUND"
PAGES = ("tests/pages/", "tests/lessons/", "tests/ui/test_sliders.py")
LONGEST = ("browser/test_every_control", "browser/test_newcomer", "browser/", "pages/", "workshop/", "lessons/")


class Dealt(LoadFileScheduling):
    """Deals out whole lessons, which train once a process, other tests by file, and those with a browser one by one."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/browser/"):
            return nodeid
        file, _, test = nodeid.partition("::")
        own = re.match(r"tests/lessons/(\w+)/", file)
        named = re.findall(r"[a-z]+(?:_[a-z]+)*", test.partition("[")[2]) if file.startswith(PAGES) else []
        lesson = own[1] if own else next((word for word in named if word in BY_SLUG), "")
        return lesson or str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Dealt:
    """Say how the tests are dealt out to the processes."""
    return Dealt(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left with it at the end."""
    items.sort(key=lambda item: next((k for k, part in enumerate(LONGEST) if part in item.nodeid), len(LONGEST)))


@pytest.fixture(scope="session", autouse=True)
def installed() -> Iterator[None]:
    """Read once what is installed: for AppTest, each page that it opens is a reason to, a tenth of a second long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Return ``figure(text)``: keeps something that was measured, to be shown after the tests."""
    return lambda text: record_property("measured", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what was measured, and say loudly when the browser tests were left out."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    figures = {
        str(text) for report in reports for name, text in getattr(report, "user_properties", ()) if name == "measured"
    }
    if figures:
        terminalreporter.section("measured")
        for text in sorted(figures):
            terminalreporter.write_line(text)
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())]
    if said := next((reason for reason in skipped if NO_BROWSER in reason), ""):
        terminalreporter.section("BROWSER TESTS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.write_line(said, red=True, bold=True)
