"""Runs that several tests of claims look at, trained once for all of them."""

from dataclasses import replace
from functools import lru_cache

from core.training.engine import train
from core.training.experiment import Experiment
from core.training.history import History

SEEDS = 20
trained = lru_cache(maxsize=64)(train)


def runs(e: Experiment, seeds: int = SEEDS) -> list[History]:
    """Return the runs of an experiment from its first ``seeds`` starts: what a claim is held to."""
    return [trained(replace(e, seed=seed)) for seed in range(seeds)]
