"""Lesson 5 says what the core computes, for every link."""

import numpy as np
import pytest

from core.lessons.learning_rate import rates, words
from core.lessons.learning_rate.descent import Noisy, steps_needed


def latex(at):
    return " ".join(m.value for m in at.latex)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def test_loads_on_a_walk_of_fourteen_steps(open_app):
    at = open_app("learning_rate")
    assert not at.exception
    assert "14 steps at 0.1 and 14 at 0.4" in text(at)
    assert "0.600" in latex(at)


def test_the_prediction_comes_first(open_app):
    at = open_app("learning_rate", commit=False, rate=0.4)
    assert not at.slider
    assert "0.400" not in latex(at)
    assert "14 at 0.4" not in text(at)
    at.radio(key="learning_rate.prediction.options").set_value(2)
    at.button(key="learning_rate.prediction.commit").click().run()
    assert "You said:** It bounces for ever" in text(at)
    assert "0.400" in latex(at)


@pytest.mark.parametrize("one", [*words.TRIES_VALLEY, words.FAILS_VALLEY])
def test_each_try_of_the_valley(open_app, one):
    rate, L = one.values["rate"], one.values["L"]
    steps = steps_needed(rate, L)
    wanted = {170: "170 steps", 14: "14 steps", 1: "one step"}
    assert wanted[steps] in one.look if steps else ("for ever" in one.look or "0.4 %" in one.look)
    at = open_app("learning_rate")
    next(b for b in at.button if b.label == one.label).click().run()
    assert not at.exception
    assert f"{1 - rate * L:.3f}" in latex(at)
    assert one.look in text(at)


def test_the_network_shows_ends_and_limits(open_app):
    at = open_app("learning_rate", view="network", r1=1, r2=3, r3=10)
    assert not at.exception
    losses, parameters = rates.curves((1.0, 3.0, 10.0), 20)
    said = text(at)
    for k in range(3):
        limit = np.median(rates.limits(20, parameters[k]))
        assert f"ends at {np.median(losses[k, :, -1]):.3g}, where 2/λ is {limit:.1f}" in said
    assert f"**{np.median(rates.limits(20)):.1f}**" in said


@pytest.mark.claims
def test_the_claims_about_three_rates():
    """From 30 on, a run hangs on the last bits of its products: one processor's twenty seeds are not another's."""
    safe, around, fails = (list(one.values.values()) for one in (*words.TRIES_NETWORK, words.FAILS_NETWORK))
    tried = sorted({*safe, *around, *fails})
    runs = dict(zip(tried, rates.curves(tried, 20)[0], strict=True))
    ends = {r: np.median(v[:, -1]) for r, v in runs.items()}
    assert all((np.diff(runs[r]) < 0).all() for r in safe)
    assert ends[safe[0]] > 1.1 * ends[safe[1]] > 2 * ends[safe[2]]
    limit = np.median(rates.limits(20))
    assert 2 * around[0] < limit < around[1] < around[2]
    assert min(rates.rising(runs[r]) for r in around[1:]) > 0.25
    assert 3 * ends[around[2]] < min(ends[r] for r in around[:2])
    assert fails[0] == around[2]
    assert np.quantile(runs[fails[0]][:, -1], 0.9) < 0.1 * np.median(runs[fails[0]][:, 0])
    assert ends[fails[2]] > 2 * np.median(runs[fails[2]][:, 0])
    assert 0.25 < rates.rising(runs[around[2]]) < 0.4  # "about a third of its epochs"


@pytest.mark.parametrize("one", [*words.TRIES_RANGE, words.FAILS_RANGE])
def test_each_try_of_the_range(open_app, one):
    at = open_app("learning_rate", view="range")
    assert "Lowest at **10**" in text(at)
    next(b for b in at.button if b.label == one.label).click().run()
    assert not at.exception
    v = one.values
    batch, scale = {"8": 8, "32": 32, "all": 2000}[v["batch"]], float(v["scale"])
    best = rates.good_range(rates.final_losses(v["opt"], batch, scale, 20))[0]
    assert f"Lowest at **{best:g}**" in text(at)
    assert best < 10


def test_schedules_and_finder_open_on_demand(open_app):
    at = open_app("learning_rate")
    assert "A **schedule** changes" not in text(at)
    at.session_state["learning_rate.schedules"] = True
    at.session_state["learning_rate.sweep"] = True
    at.run()
    assert not at.exception
    assert "A **schedule** changes" in text(at)
    assert "over 10 seeds with plain descent" in text(at)
    table = next(d.value for d in at.dataframe if "schedule" in d.value)
    shown = dict(zip(zip(table["schedule"], table["highest rate"], strict=True), table["loss with noise"], strict=True))
    assert shown["cosine", 0.5] == f"{Noisy().scheduled('cosine', 0.5)[0][:, -1].mean():.3g}"
    assert len(shown) == 9


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "rate": "nan", "L": "1e400"},
        {"rate": "-5", "L": "0", "finder": "x"},
        {"view": "network", "r1": "inf", "r2": "0", "r3": "2.2"},
        {"view": "range", "opt": "१२", "batch": "7", "scale": "1_0"},
        {"view": ["range", "valley"], "rate": "x" * 5000, "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("learning_rate", **query)
    assert not at.exception
    assert at.warning


def test_a_rate_between_the_steps_becomes_the_nearest(open_app):
    at = open_app("learning_rate", view="network", r2=2.2)
    assert at.session_state["learning_rate.r2"] == 3.0


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    for item in (*words.CHECKS, words.PREDICTION):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)
