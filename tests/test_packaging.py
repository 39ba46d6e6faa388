"""What is installed, said and checked in one place agrees with the others."""

import os
import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import settings
from packaging.requirements import Requirement
from packaging.version import Version

from core.ui.lessons import PARTS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RANGES = {r.name: r for r in map(Requirement, PROJECT["project"]["dependencies"])}
LINES = [line.strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
PINS = {r.name: r for r in (Requirement(line) for line in LINES if line and not line.startswith("#"))}
COMMANDS = re.findall(r"^    (pip install uv && .+)$", (ROOT / "README.md").read_text(), re.MULTILINE)
CI = (ROOT / ".ci" / "run").read_text()


def files() -> list[Path]:
    """All files that are in git or are about to be."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        said = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a checkout of the repository")
    return [ROOT / name for name in said.split("\0") if name and (ROOT / name).is_file()]


def test_requirements_pin_what_the_project_needs_and_nothing_else():
    assert PINS.keys() == RANGES.keys()
    assert all(re.fullmatch(r"==\d+(\.\d+)+", str(pin.specifier)) for pin in PINS.values())
    assert LINES[0].startswith("# For Streamlit Community Cloud")


@pytest.mark.parametrize("name", RANGES)
def test_a_pin_lies_in_the_projects_range(name):
    pinned = str(PINS[name].specifier).removeprefix("==")
    assert RANGES[name].specifier.contains(pinned)
    assert {s.operator for s in RANGES[name].specifier} == {">=", "<"}  # a range has two ends


@pytest.mark.parametrize("name", RANGES)
def test_what_runs_here_lies_in_the_projects_range(name):
    assert RANGES[name].specifier.contains(version(name))


def test_streamlit_is_the_one_that_was_pinned():
    assert Version(version("streamlit")).release[:2] == (1, 67)
    assert str(PINS["streamlit"].specifier).startswith("==1.67.")


def test_the_project_is_an_app_and_no_package():
    assert PROJECT["tool"]["uv"]["package"] is False
    assert "build-system" not in PROJECT


def test_no_lock_file_is_in_git():
    locks = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "package-lock.json"}
    assert [path.name for path in files() if path.name in locks] == []
    assert "uv.lock" in (ROOT / ".gitignore").read_text().split()


def test_the_readme_has_a_command_to_run_and_one_to_test():
    assert COMMANDS == ["pip install uv && uv run streamlit run streamlit_app.py", "pip install uv && uv run pytest"]
    assert (ROOT / "streamlit_app.py").is_file()


def test_ci_runs_the_readmes_test_command():
    assert f"\n{COMMANDS[1]}\n" in CI
    assert CI.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in CI
    assert "export CI=true" in CI
    for command in ("uv run ruff check .", "uv run ruff format --check ."):
        assert f"\n{command}\n" in CI
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_workflow_runs_the_same_script():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    assert re.findall(r"- run: (.*)", workflow) == [".ci/run"]
    assert "runs-on: ubuntu-latest" in workflow


def test_ci_checks_types_and_the_claims_under_the_other_kernels():
    began, ended = 'bash -ec "uv run mypy; uv run python tests/kernels.py --others"', '\nwait "$beside" || { '
    assert CI.index(began) < CI.index(f"\n{COMMANDS[1]}\n") < CI.index(ended)  # `wait` ends as they ended
    assert " & beside=$!\n" in CI
    assert "exit 1; }" in CI[CI.index(ended) :].splitlines()[1]


def test_a_weekly_workflow_explores():
    workflow = (ROOT / ".github" / "workflows" / "explore.yml").read_text()
    profile = re.search(r"HYPOTHESIS_PROFILE: (\w+)", workflow)[1]
    assert settings.get_profile(profile).max_examples > 10 * settings.get_profile("same").max_examples
    assert not settings.get_profile(profile).derandomize
    assert settings.get_profile("same").derandomize


def test_no_file_speaks_of_a_machine_or_a_registry():
    homes = ["/" + name + "/" for name in ("work", "root", "Users")] + ["/home/" + "runner"]
    hosts = ["python" + "hosted.org", "pypi" + ".org", "artifact" + "ory", "npm" + "js", "--index" + "-url"]
    found = []
    for path in files():
        if path.suffix in (".png", ".ico"):
            continue
        text = path.read_text(errors="replace")
        found += [f"{path.relative_to(ROOT)}: {word}" for word in homes + hosts if word in text]
    assert found == []


def test_no_file_is_large_and_none_is_a_left_over():
    assert [path.name for path in files() if path.stat().st_size > 1_000_000] == []
    ends = (".pyc", ".orig", ".rej", ".swp", ".tmp", ".pkl", ".npy", ".joblib")
    assert [path.name for path in files() if path.name.endswith(ends)] == []


def test_the_top_level_holds_what_it_should():
    known = {"core", "pages", "tests", ".streamlit", ".github", ".ci"}
    single = {
        "streamlit_app.py", "pyproject.toml", "requirements.txt", "README.md", "CONTRIBUTING.md", "LICENSE",
        ".gitignore",
    }  # fmt: skip
    tops = {path.relative_to(ROOT).parts[0] for path in files()}
    assert tops - known - single == set()


def test_the_readme_lists_the_course():
    text = (ROOT / "README.md").read_text()
    for part, lessons in PARTS.items():
        names = (f"{one.number} {one.title}" if one.number else one.title for one in lessons)
        assert f"| {part} | {', '.join(names)} |" in text
