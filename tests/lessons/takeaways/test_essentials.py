"""The four parts of learning, with and without: what the takeaways claim, over twenty first weights."""

from dataclasses import replace

import numpy as np
import pytest

from core.lessons.takeaways.essentials import RUN, essentials
from core.nn.gradcheck import check
from core.training.building import loss_of, network_of, prepare_experiment
from core.training.examples import Examples


@pytest.mark.claims
@pytest.mark.parametrize("seed", range(20))
def test_each_part_is_needed(seed):
    found = essentials(replace(RUN, seed=seed))
    assert found.bent > 0.95
    assert found.straight < 0.5
    assert found.loss < 0.01
    assert found.slow_loss > 0.65
    assert found.parameters == 2 * 8 + 8 + 8 * 8 + 8 + 8 + 1


def test_one_pass_gives_every_derivative_of_the_first_batch():
    data, loss = prepare_experiment(RUN), loss_of(RUN)
    network = network_of(RUN, data.X_train.shape[1], dtype=np.float64)
    network.start([RUN.seed])
    x, y = Examples(network, loss, data.X_train, data.y_train).part(0, 32)
    assert check(network, x, y, loss) < 1e-6
    assert network.theta.size == essentials().parameters


@pytest.mark.claims
def test_the_pushes_are_the_derivatives_on_paper():
    p = 1 / (1 + np.exp(5.0))
    found = essentials()
    assert found.push_cross_entropy == pytest.approx(1 - p)
    assert found.push_squared == pytest.approx(2 * (1 - p) * p * (1 - p))
