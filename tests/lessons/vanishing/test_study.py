"""What the lesson says of gradients, over twenty starts."""

from functools import lru_cache

import numpy as np
import pytest

from core.lessons.vanishing import study
from core.training.studies import sweep

start = lru_cache(study.start)


def first_last(*setting):
    norms = start(*setting)[0]
    return np.median(norms[:, 0]), np.median(norms[:, -1])


def accuracy(*setting):
    return np.median(np.nan_to_num(sweep(study.experiment(*setting), seeds=range(20)).train_accuracy[0, :, -1]))


@pytest.mark.claims
def test_ten_sigmoid_layers_leave_less_than_a_ten_thousandth():
    norms = start("sigmoid", 10, "none")[0]
    assert np.median(norms[:, 0]) / np.median(norms[:, -1]) < 3e-5
    verdict = study.judge(norms)
    assert verdict.rule == "vanishing"
    assert 0.15 < verdict.factor < 0.35
    assert study.judge(start("sigmoid", 2, "none")[0]).rule == "healthy"  # two layers lose little


@pytest.mark.claims
def test_the_parts_multiply_to_what_is_measured():
    for setting in (
        ("sigmoid", "none"),
        ("sigmoid", "batch_norm"),
        ("sigmoid", "residual"),
        ("relu", "none", "small"),
        ("tanh", "none", "large"),
    ):
        norms, parts = start(setting[0], 10, *setting[1:])
        values = np.median(parts.pop("Values"))
        made = np.prod([np.median(each) for each in parts.values()]) / values
        assert 0.6 < made / study.factor(norms) < 1.7, setting
    assert np.median(start("sigmoid", 10, "none")[1]["Activate"]) <= 0.25


@pytest.mark.claims
@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        (("tanh", 10, "none"), "healthy"),
        (("relu", 10, "none"), "healthy"),
        (("sigmoid", 10, "batch_norm"), "healthy"),
        (("sigmoid", 10, "residual"), "healthy"),
        (("relu", 10, "none", "small"), "faded"),
        (("relu", 10, "none", "large"), "blown"),
        (("tanh", 10, "none", "large"), "exploding"),
        (("sigmoid", 10, "adam"), "vanishing"),
        (("relu", 2, "none"), "healthy"),
        (("tanh", 2, "none", "large"), "healthy"),
        (("sigmoid", 2, "none", "small"), "faded"),
        (("sigmoid", 10, "none", "small"), "vanishing"),
        (("tanh", 6, "none", "small"), "faded"),
        (("sigmoid", 4, "none", "large"), "healthy"),
        (("sigmoid", 10, "batch_norm", "small"), "healthy"),
        (("sigmoid", 10, "residual", "small"), "healthy"),
        (("tanh", 10, "batch_norm", "large"), "healthy"),
    ],
)
def test_which_rule_fires(setting, rule):
    assert study.judge(start(*setting)[0]).rule == rule


@pytest.mark.claims
def test_small_weights_fade_alike_and_large_ones_explode():
    first, last = first_last("relu", 10, "none", "small")
    assert 0.01 < first / last < 100
    assert max(first, last) < study.FADED / 1000
    first, last = first_last("tanh", 10, "none", "large")
    assert first > 5 * last
    assert study.factor(start("tanh", 10, "none", "large")[0]) > 1.2


@pytest.mark.claims
def test_what_ten_layers_learn():
    assert accuracy("sigmoid", 10, "none") < 0.6
    assert accuracy("tanh", 10, "none") > 0.9


@pytest.mark.claims
@pytest.mark.weekly
def test_what_ten_layers_learn_with_more_work():
    assert accuracy("sigmoid", 10, "batch_norm") > 0.8
    assert accuracy("sigmoid", 10, "residual") > 0.75
    assert accuracy("sigmoid", 10, "adam") > 0.7
    assert accuracy("relu", 10, "none") > 0.9
    assert accuracy("relu", 10, "none", "small") < 0.6
    assert accuracy("relu", 10, "batch_norm", "small") > 0.9  # what the experiment asks to try


def test_a_run_holds_what_its_sentences_need():
    runs = study.run("sigmoid", 2, "none")
    assert runs.norms.shape == (len(study.FRAMES), 20, 2)
    assert runs.accuracy.shape == (20, study.EPOCHS + 1)
    np.testing.assert_allclose(runs.norms[0], start("sigmoid", 2, "none")[0], rtol=1e-4)
    ends = study.ends(runs)
    assert ends["ratio"] == pytest.approx(ends["first"] / ends["last"])


def test_rules_by_hand():
    one = np.ones((20, 1))
    assert study.judge(one * [0.01, 0.1, 1.0]).rule == "vanishing"
    assert study.judge(one * [0.01, 0.1, 1.0]).factor == pytest.approx(0.1)
    assert study.judge(one * [9.0, 3.0, 1.0]).rule == "exploding"
    assert study.judge(one * [1e-9, 1e-9, 1e-9]).rule == "faded"
    assert study.judge(one * [1e9, 1e9, 1e9]).rule == "blown"
    assert study.judge(one * [0.9, 1.0, 1.1]).rule == "healthy"
    assert study.judge(one * [0.0, 0.0, 0.0]).rule == "faded"
    assert study.judge(one * [np.nan, 1.0, 1.0]).rule in {"faded", "vanishing"}
