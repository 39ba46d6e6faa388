"""Sweeps in one pass are the single ones; the rules against loops in plain Python; trainings at picks."""

from dataclasses import replace

import numpy as np
import pytest

from core.lessons.finder import charts, study, words
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.finder import Found, find, find_many
from core.training.history import History

SMALL = Experiment(optimizer="sgd", hidden=(4,), samples=100)


def test_many_sweeps_at_once_are_each_alone():
    together = find_many(SMALL, [3, 0, 7])
    for seed, one in zip([3, 0, 7], together, strict=True):
        alone = find(replace(SMALL, seed=seed))
        np.testing.assert_allclose(one.losses[:100], alone.losses[:100], rtol=1e-4)
        np.testing.assert_array_equal(one.rates[:100], alone.rates[:100])


def valley(rates, losses):
    """The rule as fastai's users know it, with plain loops."""
    n, end, start = len(losses), 0, 0
    longest = [1] * n
    for i in range(1, n):
        for j in range(i):
            if losses[i] < losses[j] and longest[i] < longest[j] + 1:
                longest[i] = longest[j] + 1
            if longest[end] < longest[i]:
                end, start = i, i - longest[i]
    third = (end - start) / 3
    return rates[start + int(third) + int(third / 2)]


@pytest.mark.parametrize("seed", range(8))
def test_the_valley_is_that_of_plain_loops(seed):
    rng, rates = np.random.default_rng(seed), np.geomspace(1e-5, 10, 60)
    smooth = np.cumsum(rng.normal(-0.05, 0.3, 60)) + 5
    found = Found(rates, smooth, smooth)
    assert found.valley == pytest.approx(valley(rates, smooth))
    assert found.tenth == rates[smooth.argmin()] / 10


def test_a_sweep_that_never_falls_has_picks_all_the_same():
    flat = Found(np.geomspace(1e-5, 10, 20), np.ones(20), np.ones(20))
    assert np.isfinite([flat.valley, flat.tenth, flat.steepest]).all()


def test_training_at_a_pick_is_the_experiments_own_run():
    e = replace(SMALL, epochs=study.EPOCHS)
    ends = study.trained(e, np.array([0.3, 0.03]), np.array([2, 5]))
    for k, (rate, seed) in enumerate([(0.3, 2), (0.03, 5)]):
        h: History = train(replace(e, learning_rate=rate, seed=seed))
        assert ends["loss"][k] == pytest.approx(h.train_loss[-1], rel=1e-3)
        assert ends["score"][k] == pytest.approx(h.test_accuracy[-1], abs=0.04)


def test_a_run_that_breaks_counts_as_infinite():
    e = Experiment(dataset="sine", optimizer="sgd", activation="relu", hidden=(16,), loss="mse")
    ends = study.trained(e, np.array([10.0, 0.01]), np.array([0, 0]))
    assert ends["loss"][0] > 1e3
    assert np.isfinite(ends["loss"][1])


def test_a_network_that_breaks_at_once_is_no_crash():
    wild = Experiment(
        dataset="sine", loss="mse", activation="relu", hidden=(128,) * 6, initializer="normal", init_scale=5.0,
        optimizer="sgd", samples=50,
    )  # fmt: skip
    found = study.sweeps(wild)
    ends, grid = study.at_picks(wild, found), study.at_grid(wild)
    assert all(np.isfinite(found[rule]).all() for rule in study.RULES)
    low, high = study.domain(ends, grid)
    assert 0 < low < high < np.inf
    charts.sweep(found["rates"], found["losses"], found["smooth"], 0, {}, None, "light", "Sweep").to_dict(validate=True)
    assert charts.sweep_text(found["rates"], found["smooth"][0], {}, None)


def test_what_a_sweep_does_without_is_left_out():
    e = replace(SMALL, schedule="cosine", patience=5, learning_rate=3.0, epochs=2000, stages=3)
    kept = study.plain(e)
    assert (kept.schedule, kept.patience, kept.learning_rate, kept.epochs) == ("constant", 0, 1.0, study.EPOCHS)
    assert set(study.UNUSED) <= set(Experiment.__dataclass_fields__)


def test_a_large_network_gets_fewer_epochs():
    assert study.plain(replace(study.DIGITS, hidden=(128,) * 6, batch_size=4)).epochs == 1


def test_the_limit_is_said_of_plain_descent_alone():
    assert study.limit(study.DIGITS, 0) == pytest.approx(0.32, abs=0.05)
    assert study.limit(replace(study.DIGITS, optimizer="adam"), 0) is None
    assert study.limit(replace(study.DIGITS, batch_norm=True), 0) is None


def test_usually_best_and_sometimes_useless():
    careful = {"tenth": np.full(20, 0.2), "valley": np.full(20, 0.3)}
    assert study.usually(careful | {"steepest": np.append(np.full(19, 0.1), 2.0)})
    assert study.usually(careful | {"steepest": np.append(np.full(19, 0.1), np.inf)})
    assert not study.usually(careful | {"steepest": np.full(20, 0.1)})
    assert not study.usually(careful | {"steepest": np.append(np.full(19, 0.25), 9.0)})


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_picks_of_all_starts_stand_at_the_foot(mode):
    found = study.sweeps(SMALL)
    picks = {name: found[rule] for rule, name in words.NAMES.items()}
    assert words.NAMES["tenth"] == charts.TENTH
    drawn = [
        [row["rate"] for row in rows]
        for rows in charts.sweep(found["rates"], found["losses"], found["smooth"], 0, picks, None, mode, "Sweep")
        .to_dict()["datasets"].values()
        if len(rows) == study.SEEDS and set(rows[0]) == {"rate"}
    ]  # fmt: skip
    for each in picks.values():
        assert any(np.allclose(rates, np.clip(each, *charts.ENDS)) for rates in drawn)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    found = study.sweeps(SMALL)
    marks = {rule: float(found[rule][0]) for rule in study.RULES}
    for given in ({}, {name: found[rule] for rule, name in words.NAMES.items()}):
        charts.sweep(found["rates"], found["losses"], found["smooth"], 0, given, 2.0, mode, "Sweep").to_dict(
            validate=True
        )
    picks = {rule: found[rule] for rule in study.RULES}
    ends = {rule: np.append(np.full(19, 0.3), np.inf) for rule in study.RULES}
    grid = np.linspace(0.2, 2, len(study.GRID))
    bounds = study.domain(ends, grid)
    assert 0 < bounds[0] < bounds[1] < np.inf
    charts.landings(picks, ends, (study.GRID, grid), 0, bounds, mode, "Ends").to_dict(validate=True)
    assert "2/λ is 2" in charts.sweep_text(found["rates"], found["smooth"][0], marks, 2.0)
    assert "median loss 0.3" in charts.landings_text(picks, ends, (0.1, 0.2))
