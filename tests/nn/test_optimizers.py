import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Tape

FILES = sorted((Path(__file__).parents[1] / "golden").glob("optimizers*.json"))  # PyTorch's, and those by hand
GOLDEN = [case for file in FILES for case in json.loads(file.read_text())["cases"]]
each = pytest.mark.parametrize("name", list(OPTIMIZERS))


def from_torch(name, settings):
    """Our optimizer for PyTorch's keyword arguments."""
    ours = {"momentum": "mu", "alpha": "rho", "eps": "eps", "weight_decay": "decay"}
    named = {ours[key]: value for key, value in settings.items() if key in ours}
    if "betas" in settings:
        named["beta1"], named["beta2"] = settings["betas"]
    return OPTIMIZERS[name](**named)


def path(optimizer, theta, gradients, rates):
    """Theta after every step: recorded once, then replayed with new gradients and knobs, as training does."""
    theta, grad = np.array(theta, float), np.array(gradients[0], float)
    table = optimizer.knobs(np.arange(1.0, len(gradients) + 1), np.array(rates, float))
    knobs, state = table[0].copy(), np.zeros((len(optimizer.memory), theta.size))
    start, tape = theta.copy(), Tape(np.float64)
    each = [knobs[i : i + 1].reshape(()) for i in range(knobs.size)]
    update = tape.record(optimizer.update, theta, grad, state, *each)
    tape(np.subtract, theta, update, out=theta)
    theta[:], state[:] = start, 0
    after = []
    for row, gradient in zip(table, gradients, strict=True):
        knobs[:], grad[:] = row, gradient
        tape.replay()
        after.append(theta.copy())
    return np.array(after)


def test_every_optimizer_has_golden_cases_and_no_case_is_left_out():
    assert {case["name"] for case in GOLDEN} == set(OPTIMIZERS)
    assert len(GOLDEN) == 2 * len(OPTIMIZERS)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["case"])
def test_steps_are_those_of_the_golden_files(case):
    optimizer = from_torch(case["name"], case["settings"])
    ours = path(optimizer, case["theta0"], case["gradients"], case["learning_rates"])
    np.testing.assert_allclose(ours, case["theta"], rtol=1e-11, atol=1e-14)


@each
def test_defaults_are_those_of_the_golden_cases(name):
    case = next(case for case in GOLDEN if case["name"] == name)
    assert OPTIMIZERS[name]() == from_torch(name, case["settings"])


BY_HAND = {  # from theta = 1 with gradients 2, then 1, at rate 0.1
    "sgd": (0.8, 0.7),
    "momentum": (0.8, 0.8 - 0.1 * (0.9 * 2 + 1)),
    "nesterov": (1 - 0.1 * (2 + 0.9 * 2), 0.62 - 0.1 * (1 + 0.9 * 2.8)),
    "adagrad": (0.9, 0.9 - 0.1 / 5**0.5),
    "rmsprop": (1 - 0.2 / 0.4**0.5, 1 - 0.2 / 0.4**0.5 - 0.1 / 0.46**0.5),
    "adam": (0.9, 0.9 - 0.1 * (0.28 / 0.19) / (0.004996 / 0.001999) ** 0.5),
    "adamw": (0.899, 0.899 - 0.1 * (0.28 / 0.19 / (0.004996 / 0.001999) ** 0.5 + 0.01 * 0.899)),
}


@each
def test_two_steps_by_hand(name):
    assert path(OPTIMIZERS[name](), [1], [[2], [1]], [0.1, 0.1]).ravel() == pytest.approx(BY_HAND[name], rel=1e-7)


@each
@given(data=st.data())
@settings(max_examples=settings().max_examples // 4)
def test_no_step_at_rate_zero_and_none_without_gradients(name, data):
    theta = data.draw(st.lists(st.floats(-9, 9), min_size=3, max_size=3))
    gradients = np.random.default_rng(0).normal(size=(4, 3))
    assert path(OPTIMIZERS[name](), theta, gradients, np.zeros(4))[-1].tolist() == theta
    if not getattr(OPTIMIZERS[name](), "decay", 0):  # which shrinks weights by itself
        assert path(OPTIMIZERS[name](), theta, 0 * gradients, np.ones(4))[-1].tolist() == theta


@each
def test_parameters_do_not_mix(name):
    gradients = np.random.default_rng(0).normal(size=(6, 3))
    together = path(OPTIMIZERS[name](), [1, 2, 3], gradients, np.full(6, 0.1))
    for i in range(3):
        alone = path(OPTIMIZERS[name](), [i + 1], gradients[:, i : i + 1], np.full(6, 0.1))
        np.testing.assert_allclose(together[:, i], alone[:, 0], rtol=1e-14)


@each
def test_a_learning_rate_scales_the_finished_step(name):
    """So one number a model can stand for a rate of its own (the loop's ``relative_rates``)."""
    gradients = np.random.default_rng(0).normal(size=(1, 3))
    one, two = (path(OPTIMIZERS[name](), [1, 2, 3], gradients, [lr]) - [1, 2, 3] for lr in (0.1, 0.2))
    np.testing.assert_allclose(two, 2 * one, rtol=1e-12)


@pytest.mark.parametrize("name", ["adagrad", "rmsprop", "adam"])
def test_adaptive_steps_do_not_depend_on_the_gradients_scale(name):
    gradients = np.random.default_rng(0).normal(1, 0.1, size=(5, 3))
    one, thousand = (path(OPTIMIZERS[name](), [0, 0, 0], s * gradients, np.full(5, 0.1)) for s in (1, 1000))
    np.testing.assert_allclose(one, thousand, rtol=1e-6)


@each
def test_every_optimizer_has_words_for_people(name):
    assert OPTIMIZERS[name].title
    assert r"\theta" in OPTIMIZERS[name].formula
