"""What all tests share: one thread for small matrices, as the app has it, and figures shown at the end."""

import os
from collections.abc import Callable

import pytest

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before any test imports NumPy

FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return ``figure(text)``: keeps something that was measured, to be shown after the tests."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was measured."""
    if figures := config.stash.get(FIGURES, []):
        terminalreporter.section("measured")
        for text in figures:
            terminalreporter.write_line(text)
