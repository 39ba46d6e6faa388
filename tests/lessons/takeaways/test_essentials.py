"""The four parts of learning, with and without: what the takeaways claim, over twenty first weights."""

from dataclasses import replace

import numpy as np
import pytest

from core.lessons.takeaways.essentials import RUN, SLOW, essentials
from core.nn.gradcheck import check
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.examples import Examples
from tests.runs import runs, trained


@pytest.mark.claims
def test_each_part_is_needed():
    for whole, slow in zip(runs(RUN), runs(replace(RUN, learning_rate=SLOW)), strict=True):
        assert whole.test_accuracy[-1] > 0.95
        assert whole.train_loss[-1] < 0.01
        assert slow.train_loss[-1] > 0.65
    found = essentials(draws=1)
    assert (found.loss, found.slow_loss) == (runs(RUN)[0].train_loss[-1], slow_loss())
    assert found.parameters == 2 * 8 + 8 + 8 * 8 + 8 + 8 + 1


def slow_loss():
    return runs(replace(RUN, learning_rate=SLOW))[0].train_loss[-1]


@pytest.mark.claims
def test_without_activation_functions_about_half_is_right_over_samples_of_the_data():
    found = essentials()
    samples = [replace(RUN, data_seed=seed) for seed in range(found.draws)]
    assert found.draws == 20
    assert found.bent == np.median([trained(e).test_accuracy[-1] for e in samples]) > 0.95
    other = [replace(RUN, activation="identity", data_seed=seed, seed=9) for seed in range(100, 120)]
    straight = np.median([trained(e).test_accuracy[-1] for e in other])  # other samples, other first weights
    assert 0.35 < straight < 0.65
    assert 0.35 < found.straight < 0.65


def test_one_pass_gives_every_derivative_of_the_first_batch():
    data, loss = prepare_experiment(RUN), loss_of(RUN)
    network = network_of(RUN, data.X_train.shape[1], dtype=np.float64)
    network.start([RUN.seed])
    x, y = Examples(network, loss, data.X_train, data.y_train).part(0, 32)
    assert check(network, x, y, loss) < 1e-6
    found = essentials(draws=1)
    assert network.theta.size == found.parameters == sum(found.layers)


@pytest.mark.claims
def test_the_pushes_are_the_derivatives_on_paper():
    p = 1 / (1 + np.exp(5.0))
    found = essentials(draws=1)
    assert found.sure == pytest.approx(p)
    assert found.push_cross_entropy == pytest.approx(1 - p)
    assert found.push_squared == pytest.approx(2 * (1 - p) * p * (1 - p))
