"""Runs that several tests of claims look at, trained once for all of them."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from core.data.prepare import Prepared
from core.nn.tape import Array
from core.training import studies
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.history import History

SEEDS = 20
trained = lru_cache(maxsize=64)(train)


def runs(e: Experiment, seeds: int = SEEDS) -> list[History]:
    """Return the runs of an experiment from its first ``seeds`` starts: what a claim is held to."""
    return [trained(replace(e, seed=seed)) for seed in range(seeds)]


_train_many = studies._stacked


@lru_cache(maxsize=256)
def _trained_many(each: tuple[Experiment, ...], seeds: tuple[int, ...], dtype: Any) -> list[Array]:
    return _train_many(list(each), seeds, dtype)


def _many(each: list[Experiment], seeds: tuple[int, ...], dtype: Any, given: Prepared | None = None) -> list[Array]:
    return _trained_many(tuple(each), seeds, dtype) if given is None else _train_many(each, seeds, dtype, given)


@pytest.fixture(autouse=True)
def trained_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train a sweep once for the page, its study, and what tests hold both to: the same experiments, the same runs."""
    monkeypatch.setattr(studies, "_stacked", _many)
