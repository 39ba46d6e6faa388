import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn.schedules import SCHEDULES, ReduceLROnPlateau

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/schedules.json").read_text())["cases"]
OURS = {  # what our schedules call PyTorch's settings, in a run of T steps
    "constant": lambda T: {},
    "step": lambda T, step_size, gamma: {"stages": T // step_size, "factor": gamma},
    "exponential": lambda T, gamma: {"end": gamma**T},
    "cosine": lambda T, T_max, eta_min: {},
    "warmup_cosine": lambda T, warmup_steps, warmup_share, eta_min: {"share": warmup_share},
    "one_cycle": lambda T, total_steps, pct_start, div_factor, final_div_factor: {
        "up": pct_start, "start": div_factor, "end": final_div_factor,
    },
}  # fmt: skip
each = pytest.mark.parametrize("name", list(SCHEDULES))


def named(cases):
    return [pytest.param(case, id=case["case"]) for case in cases]


def test_every_schedule_has_a_golden_case():
    assert {case["name"] for case in GOLDEN} == set(SCHEDULES)


@pytest.mark.parametrize("case", named(c for c in GOLDEN if c["name"] != "plateau"))
def test_rates_are_pytorchs(case):
    settings = OURS[case["name"]](case["steps"], **case["settings"])
    rates = SCHEDULES[case["name"]](np.arange(case["steps"]), case["steps"], case["lr"], **settings)
    np.testing.assert_allclose(rates, case["learning_rates"], rtol=1e-11, atol=1e-17)


@pytest.mark.parametrize("case", named(c for c in GOLDEN if c["name"] == "plateau"))
def test_plateau_reduces_when_pytorch_does(case):
    plateau = ReduceLROnPlateau(case["lr"], **case["settings"])
    rates = [plateau.observe(loss) for loss in case["validation_losses"]]
    np.testing.assert_allclose(rates, case["learning_rates"], rtol=1e-12)
    assert rates[-1] < case["lr"]


@pytest.mark.parametrize(
    ("name", "defaults"),
    [("one_cycle", {"up": 0.3, "start": 25, "end": 1e4}), ("warmup_cosine", {"share": 0.1})],
)
def test_defaults_are_those_of_the_golden_cases(name, defaults):
    t = np.arange(60)
    np.testing.assert_array_equal(SCHEDULES[name](t, 60, 0.1), SCHEDULES[name](t, 60, 0.1, **defaults))


def test_by_hand():
    t = np.array([0, 25, 50, 99])
    assert SCHEDULES["constant"](t, 100, 0.4).tolist() == [0.4] * 4
    assert SCHEDULES["step"](t, 100, 0.4).tolist() == [0.4, 0.2, 0.1, 0.025]
    np.testing.assert_allclose(SCHEDULES["exponential"](np.array([0, 50, 100]), 100, 0.4), [0.4, 0.04, 0.004])
    np.testing.assert_allclose(SCHEDULES["cosine"](t[:3], 100, 0.4), [0.4, 0.2 + 0.2 * 0.5**0.5, 0.2])
    np.testing.assert_allclose(
        SCHEDULES["warmup_cosine"](np.array([0, 4, 9, 10, 55]), 100, 0.4)[:4], [0.04, 0.2, 0.4, 0.4]
    )
    np.testing.assert_allclose(SCHEDULES["warmup_cosine"](np.array([55]), 100, 0.4), 0.2)
    np.testing.assert_allclose(SCHEDULES["one_cycle"](np.array([0, 29, 99]), 100, 0.5), [0.02, 0.5, 2e-6])


@each
@given(total=st.integers(1, 500), lr=st.floats(1e-5, 100))
def test_rates_are_positive_and_at_most_lr(name, total, lr):
    rates = SCHEDULES[name](np.arange(total), total, lr)
    assert rates.shape == (total,)
    assert np.isfinite(rates).all()
    assert (rates > 0).all()
    assert rates.max() <= lr * (1 + 1e-12)


@each
@given(total=st.integers(1, 300), cut=st.integers(0, 300))
def test_an_epochs_rates_are_a_piece_of_the_whole(name, total, cut):
    """The loop asks epoch by epoch."""
    whole = SCHEDULES[name](np.arange(total), total, 0.1)
    parts = [SCHEDULES[name](t, total, 0.1) for t in (np.arange(min(cut, total)), np.arange(min(cut, total), total))]
    np.testing.assert_array_equal(whole, np.concatenate(parts))


@given(total=st.integers(1, 500), stages=st.integers(1, 10))
def test_the_stages_are_as_many_as_were_asked_for_and_equally_long(total, stages):
    """A run of 200 steps used to have 8 stages where 7 were asked for."""
    lengths = np.unique(SCHEDULES["step"](np.arange(total), total, 1.0, stages=stages), return_counts=True)[1]
    assert len(lengths) == min(stages, total)
    assert lengths.max() - lengths.min() <= 1


def test_plateau_waits_and_then_waits_again():
    plateau = ReduceLROnPlateau(1.0, factor=0.5, patience=2)
    assert [plateau.observe(loss) for loss in (3, 2, 2, 2, 2, 2, 2, 2, 1)] == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]


def test_plateau_takes_a_loss_that_is_not_a_number_for_no_improvement():
    plateau = ReduceLROnPlateau(1.0, factor=0.5, patience=0)
    assert [plateau.observe(loss) for loss in (1.0, float("nan"), 0.5)] == [1, 0.5, 0.5]
    assert plateau.best == 0.5
