"""The kernels that claims are tested under are those that really run."""

import os

import pytest

from tests import kernels


@pytest.fixture(scope="module")
def found():
    return kernels.kernels()


def test_each_kernel_is_there_once_and_runs_when_it_is_asked_for(found):
    for kernel, name in found.items():
        assert kernel in (kernels.running(name), kernels.UNKNOWN)


def test_the_processors_own_kernel_is_asked_for_by_no_name_and_comes_last(found):
    assert list(found.values())[-1] == ""
    assert "" not in list(found.values())[:-1]


def test_the_variables_reach_a_child_and_change_nothing_here():
    before = dict(os.environ)
    assert kernels.environment("Haswell")["OPENBLAS_CORETYPE"] == "Haswell"
    assert "OPENBLAS_CORETYPE" not in kernels.environment("")
    assert "NPY_DISABLE_CPU_FEATURES" in kernels.environment("Prescott")
    assert dict(os.environ) == before


def test_it_fails_when_a_claim_fails_under_one_kernel(monkeypatch, capfd):
    codes = {"": 0, "Prescott": 1}
    asked, which = [], []

    def run(command, cwd, env):
        asked.append(command[-1])
        which.append(command[command.index("-m", 2) + 1])
        return type("Done", (), {"returncode": codes[env.get("OPENBLAS_CORETYPE", "")]})

    monkeypatch.setattr(kernels, "kernels", lambda: {"Katmai": "Prescott", "Own": ""})
    monkeypatch.setattr(kernels.subprocess, "run", run)
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    assert kernels.main(["-x"]) == 1
    assert asked == ["-x", "-x"]
    assert "failed under Katmai" in capfd.readouterr().out
    assert kernels.main(["--others"]) == 1
    assert len(asked) == 3
    assert kernels.main(["--others", "--weekly", "-x"]) == 1
    assert which == ["claims and not weekly"] * 3 + ["claims"]
