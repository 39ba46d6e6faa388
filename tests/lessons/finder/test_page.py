"""Lesson 11 says what the core computes, for every link."""

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from core.charts.naming import minus
from core.lessons.finder import study, words
from core.training.curvature import curvatures
from core.training.experiment import KEYS, Experiment
from core.training.finder import LOW
from tests.pressing import in_every_order, notes, press

SWEPT = lru_cache(maxsize=16)(study.sweeps)


@lru_cache(maxsize=16)
def landed(e):
    """What training ends at: at the picks, and at the best of the other rates."""
    return study.at_picks(e, SWEPT(e)), study.best_of(study.at_grid(e))


def of(values):
    """The experiment that a try sets."""
    fields = {key: name for name, key in KEYS.items()}
    return replace(study.DIGITS, **{fields[key]: v for key, v in values.items() if key != "start"})


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


BY_LABEL = {one.label: one.values for one in (*words.TRIES, words.FAILS)}
CALM, ADAM, MOONS, NOISY = (of(BY_LABEL[n]) for n in ("Batches of 256", "Adam", "Two moons", words.FAILS.label))


def test_loads_on_digits_with_three_picks(open_app):
    at = open_app("finder")
    assert not at.exception
    found, (ends, best) = SWEPT(study.DIGITS), landed(study.DIGITS)
    for rule, name in words.NAMES.items():  # a colon before the number, and no line ends between them
        assert f"{name}:\u00a0**{np.median(ends[rule]):.2g}**" in text(at)
    assert not re.search(r"\bminimum / 10", text(at), re.I)  # beside a loss it would read like one number
    assert f"On the dashed line, **{best[0]:g}** is best" in text(at)
    low, high = f"{found['steepest'].min():.5f}", f"{found['steepest'].max():.2g}"
    assert f"from {low} to {high}: {float(high) / float(low):,.0f} times as much" in text(at)


def test_the_prediction_comes_first(open_app):
    at = open_app("finder", commit=False, optimizer="adam")
    assert not [*at.selectbox, *at.select_slider]
    assert "minimum" not in text(at)
    at.radio(key="finder.prediction.options").set_value(0)
    at.button(key="finder.prediction.commit").click().run()
    assert "You said:** Less than a factor of 2" in text(at)


@pytest.mark.claims
def test_the_claims_about_the_picks():
    found = SWEPT(study.DIGITS)
    assert found["steepest"].max() > 1000 * found["steepest"].min()
    most = found["steepest"][found["steepest"] > study.TINY]
    assert len(most) >= 12  # "most picks agree. But a few are the sweep's very first rate"
    assert most.max() < 2.5 * most.min()
    assert (found["steepest"][found["steepest"] < study.TINY] == LOW).all()
    assert found["steepest"][2] < study.TINY  # "Another start"
    assert study.bad(found["cut"]) == 0  # "cut off the first steps for that"
    assert found["cut"].max() < 2 * found["cut"].min()
    assert found["tenth"].max() < 5 * found["tenth"].min()  # "which noise can't fake"
    limit = 2 / curvatures(study.plain(study.DIGITS), range(study.SEEDS))
    assert (found["tenth"] < 0.6 * limit).all()
    mean = {rule: np.median(found[rule]) for rule in study.RULES}
    assert mean["valley"] < mean["tenth"] < mean["steepest"]
    assert max(mean.values()) > 7 * min(mean.values())  # "more than a factor of five"


@pytest.mark.claims
def test_the_claims_about_batches():
    noisy, calm = SWEPT(NOISY), SWEPT(CALM)
    assert study.bad(noisy["steepest"]) >= 8
    assert study.bad(noisy["cut"]) >= 3  # "still leaves"
    assert np.median(noisy["valley"]) > 0.02
    assert calm["steepest"].min() > 0.1
    calm_ends = {
        rule: np.median(study.trained(CALM, calm[rule], np.arange(study.SEEDS))["loss"])
        for rule in ("steepest", "valley")
    }
    assert calm_ends["valley"] > 2 * calm_ends["steepest"]


@pytest.mark.claims
@pytest.mark.weekly
def test_what_is_said_of_trainings_at_picks():
    (ends, (best, low)), (noisy, _) = landed(study.DIGITS), landed(NOISY)
    assert study.usually(ends)  # "usually the best rule here, and sometimes useless"
    assert (ends["steepest"] < np.minimum(ends["tenth"], ends["valley"])).mean() > 0.6
    calm, _ = landed(CALM)
    assert np.median(calm["valley"]) > np.median(calm["tenth"]) > 1.5 * np.median(calm["steepest"])
    assert ends["steepest"][2] > 10 * np.median(ends["steepest"])  # fooled: learns nothing
    assert ends["steepest score"][2] < 0.3
    assert min(np.median(ends[rule]) for rule in ("tenth", "valley")) > 1.5 * low  # careful, and too low
    assert np.median(noisy["steepest"]) > 5 * np.median(noisy["valley"])
    _, (adam_best, _) = landed(ADAM)
    assert 0.3 < np.median(SWEPT(ADAM)["tenth"]) / adam_best < 3
    moons, (moons_best, moons_low) = landed(MOONS)
    assert all(np.median(SWEPT(MOONS)[rule]) < 0.5 * moons_best for rule in study.RULES)
    assert min(np.median(moons[rule]) for rule in study.RULES) > 1.1 * moons_low
    assert adam_best < best


def test_every_try_after_every_other_says_what_is_so(open_app):
    at = open_app("finder")
    for tried in in_every_order(words.LESSON.views[""]):
        press(at, tried.label)
        e, start = of(tried.values), tried.values["start"]
        found, (ends, best) = SWEPT(e), landed(e)
        said = {
            "seeds": 20, "tiny": study.TINY, "best": best[0], "best_loss": best[1], "mine": found["steepest"][start],
            "mine_loss": ends["steepest"][start], "tenth": np.median(found["tenth"]),
            "mine_tenth": found["tenth"][start], "usual": study.bad(SWEPT(study.DIGITS)["steepest"]),
            "steep_low": found["steepest"].min(), "lost": study.bad(found["steepest"]),
            "cut": study.CUT, "left": study.bad(found["cut"]),
        } | {f"{rule}_loss": np.median(ends[rule]) for rule in study.RULES}  # fmt: skip
        assert notes(at) == [minus(tried.look.format(**said))]


def test_the_simulators_network_can_be_taken_over(open_app):
    at = open_app("finder")
    assert at.button(key="finder.take").disabled
    at.session_state["link.memory"] = {
        "training": Experiment(dataset="circles", hidden=(5,), seed=3, epochs=7).to_query()
    }
    at.run()
    at.button(key="finder.take").click().run()
    assert not at.exception
    assert "layers 2-5-1" in text(at)
    assert at.session_state["finder.dataset"] == "circles"


@pytest.mark.parametrize(
    "query",
    [
        {"optimizer": "<script>", "batch": "nan", "start": "20"},
        {"dataset": "sine", "loss": "hinge", "hidden": "4"},
        {"dataset": "moons", "hidden": "9-" * 300, "start": "१२"},
        {"dataset": ["moons", "xor"], "hidden": "3", "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("finder", **query)
    assert not at.exception
    assert at.warning or at.text


def test_one_check_one_transfer_one_recall():
    assert [item.kind for item in words.CHECKS] == ["check", "transfer", "recall"]
    for item in (*words.CHECKS, *words.QUIZ, words.PREDICTION):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)
