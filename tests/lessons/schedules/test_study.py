"""Walks through noise: paired noise, the floor that can be worked out, and what each schedule does to it."""

import numpy as np
import pytest

from core.charts.described import describe
from core.lessons.schedules import charts, study
from core.nn.schedules import SCHEDULES
from core.training.experiment import Experiment
from core.training.noisy import Noisy

each = pytest.mark.parametrize("name", list(SCHEDULES))


def by_hand(rates, noise, draw, walks):
    """The losses at the end, from a plain loop over the walks' own numbers."""
    c, rng = np.linspace(0.1, 1.0, 10), np.random.default_rng(draw)
    w = np.full((walks, 10), 3.0)
    for rate in rates:
        w -= rate * (c * w + noise * rng.normal(size=w.shape))
    return (c * w * w / 2).sum(axis=1)


@each
def test_a_run_is_its_rates_applied(name):
    losses, rates = study.run(name, 0.3, 0.7, 5)
    assert losses.shape == (study.WALKS, study.STEPS + 1)
    if not SCHEDULES[name].watches:
        np.testing.assert_allclose(rates[0], SCHEDULES[name](np.arange(200), 200, 0.3))
        np.testing.assert_allclose(losses[:, -1], by_hand(rates[0], 0.7, 5, study.WALKS), rtol=1e-9)


@each
def test_own_settings_are_the_experiments_and_reach_the_run(name):
    fields = [field for _, field in SCHEDULES[name].settings]
    assert set(fields) <= set(study.OWN)
    other = {"stages": 2, "stage_factor": 0.1, "decay_end": 0.3, "warmup": 0.5, "cycle_up": 0.7, "plateau_wait": 1,
             "plateau_factor": 0.5}  # fmt: skip
    plain = study.run(name, 0.3)[1]
    for field in study.OWN:
        changed = study.run(name, 0.3, own=study.DEFAULTS | {field: other[field]})[1]
        assert np.array_equal(plain, changed) == (field not in fields)


def test_the_defaults_are_the_experiments():
    assert {field: getattr(Experiment(), field) for field in study.OWN} == study.DEFAULTS


@pytest.mark.parametrize("rate", [0.05, 0.3, 1.0, 1.9])
def test_the_floor_is_where_long_walks_settle(rate):
    found = Noisy(noise=1.5, steps=3000, start=0.3).scheduled("constant", rate, 40)[0][:, -1500:].mean()
    assert found == pytest.approx(Noisy(noise=1.5).floor(rate), rel=0.06)


def test_there_is_no_floor_beyond_the_limit_and_none_without_noise():
    assert np.isinf(Noisy().floor(2.0))
    assert Noisy(noise=0.0).floor(0.3) == 0


def test_a_plateaus_decisions_are_where_its_rate_falls():
    losses, rates = study.run("plateau", 0.3, own=study.DEFAULTS | {"plateau_wait": 20, "plateau_factor": 0.5})
    at = study.falls(rates[0])
    assert len(at)
    np.testing.assert_allclose(rates[0][at] / rates[0][at - 1], 0.5)
    first = losses[0, : at[0]]
    assert at[0] - int(first.argmin()) == pytest.approx(21, abs=1)  # waited 20, then acted
    assert study.falls(np.full(5, 0.3)).size == 0


@pytest.mark.parametrize("mode", ["light", "dark"])
@each
def test_every_chart_is_valid(name, mode):
    losses, rates = study.run(name, 0.3)
    drawn = {"mine": losses, "same": losses, "best": losses}
    marks = study.falls(rates[0]).tolist() if SCHEDULES[name].watches else []
    picture = charts.above(rates, drawn, (1e-10, 100.0), mode, "Cosine", 150, rates[1:5], "others", marks)
    described = describe(picture)
    assert len(described["layer"]) > 8
    picture.to_dict(validate=True)
    final = dict.fromkeys(("cosine", "step decay"), losses[:, -1])
    bars = charts.ends(final, "cosine", (0.03, 100.0), mode, "Ends")
    bars.to_dict(validate=True)
    end = np.median(losses[:, -1])
    assert f"mine {end:.3g}; same" in charts.above_text(rates, drawn, marks)
    assert f"step decay {end:.2g}" in charts.ends_text(final)
