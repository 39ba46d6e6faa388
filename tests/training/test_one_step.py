"""One step of a run, against the run itself and against plain float64 arithmetic."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from core.lessons.takeaways.essentials import RUN
from core.training.building import network_of, prepare_experiment
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.one_step import changed, one_step, parameter_name

PER_EPOCH = 7  # 210 examples in batches of 32


def plain_loss(theta, X, y, sizes=(2, 8, 8, 1)):
    """Mean cross-entropy and probabilities of a tanh network, written as the textbook does."""
    a, start = X.T, 0
    for k, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
        block = theta[start : start + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        start += block.size
        z = block[:, :-1] @ a + block[:, -1:]
        a = np.tanh(z) if k < len(sizes) - 2 else 1 / (1 + np.exp(-z))
    p = a[0]
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), p


def batch_of(number):
    data = prepare_experiment(RUN)
    rng = np.random.default_rng([11, RUN.data_seed])
    epoch, at = divmod(number - 1, PER_EPOCH)
    for _ in range(epoch + 1):
        order = rng.permutation(len(data.X_train))
    rows = order[32 * at : 32 * at + 32]
    return data.X_train[rows], data.y_train[rows]


@pytest.mark.parametrize("number", [1, PER_EPOCH, 30 * PER_EPOCH + 1])
def test_its_numbers_are_those_of_plain_arithmetic(number):
    step = one_step(RUN, number)
    X, y = batch_of(number)
    epoch, at = divmod(number - 1, PER_EPOCH)
    history = train(replace(RUN, epochs=max(1, epoch + 1)))
    theta = history.snapshots[epoch].astype(float)
    for earlier in range(at):
        theta = descend(theta, *batch_of(epoch * PER_EPOCH + earlier + 1))
    loss, p = plain_loss(theta, X, y)
    gradient = slopes(theta, X, y)
    assert step.batch == len(X)
    assert step.prediction == pytest.approx(p[0], abs=1e-4)
    assert step.target == y[0]
    assert step.loss == pytest.approx(loss, abs=1e-4)
    assert step.gradient_norm == pytest.approx(np.linalg.norm(gradient), rel=1e-3)
    assert step.gradient == pytest.approx(gradient[np.abs(gradient).argmax()], rel=1e-2)
    assert step.weight_after == pytest.approx(step.weight - step.rate * step.gradient, abs=1e-6)
    assert step.loss_after == pytest.approx(plain_loss(theta - step.rate * gradient, X, y)[0], abs=1e-4)


def slopes(theta, X, y, h=1e-5):
    nudges = np.eye(theta.size) * h
    return np.array([(plain_loss(theta + n, X, y)[0] - plain_loss(theta - n, X, y)[0]) / (2 * h) for n in nudges])


def descend(theta, X, y):
    return theta - RUN.learning_rate * slopes(theta, X, y)


@pytest.mark.parametrize(
    "experiment",
    [RUN, Experiment(epochs=5), Experiment(epochs=3, schedule="cosine", dropout=0.2, optimizer="momentum")],
    ids=["home", "adam", "schedule and dropout"],
)
def test_the_last_step_ends_where_training_ends(experiment):
    last = one_step(experiment, 10**6)
    history = train(experiment)
    assert last.epoch == experiment.epochs
    assert last.number == last.total == experiment.epochs * PER_EPOCH
    assert np.float32(last.weight_after) in history.snapshots[-1]


def test_a_number_below_the_first_step_means_the_first():
    assert one_step(RUN, -5) == one_step(RUN, 1)


@pytest.mark.claims
@pytest.mark.parametrize("seed", range(20))
def test_every_weight_and_bias_moves_in_the_first_step(seed):
    run = replace(RUN, seed=seed)
    assert one_step(run, 1).moved == 105
    snapshots = train(run).snapshots
    assert changed(snapshots[0], snapshots[-1])[0] == 105


def test_every_parameter_has_a_name_of_its_own():
    network = network_of(RUN, 2)
    names = [parameter_name(network, k, ("x₁", "x₂")) for k in range(network.theta.size)]
    assert len(set(names)) == 105
    assert names[0] == "the weight from x₁ to hidden unit 1 of layer 1"
    assert names[2] == "the bias of hidden unit 1 of layer 1"
    assert names[-1] == "the bias of the output"
    assert names[24] == "the weight from hidden unit 1 of layer 1 to hidden unit 1 of layer 2"


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        ("sgd", lambda g: {}),
        ("momentum", lambda g: {"memory v": g}),
        ("nesterov", lambda g: {"memory v": g}),
        ("adagrad", lambda g: {"sum of squares s": g * g}),
        ("rmsprop", lambda g: {"mean of squares s": 0.1 * g * g}),
        ("adam", lambda g: {"mean of gradients m": 0.1 * g, "mean of squares v": 0.001 * g * g}),
        ("adamw", lambda g: {"mean of gradients m": 0.1 * g, "mean of squares v": 0.001 * g * g}),
    ],
)
def test_what_an_optimizer_remembers_after_the_first_step(optimizer, expected):
    step = one_step(replace(RUN, optimizer=optimizer), 1)
    assert step.memory == pytest.approx(expected(step.gradient), rel=1e-5)
