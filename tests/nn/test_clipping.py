"""A gradient that is too long is shortened, each model's for itself."""

import numpy as np
import pytest

from core.nn.clipping import clip
from core.nn.layers import Dense, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Tape
from core.training.loop import fit
from core.training.recipe import Recipe


@pytest.mark.parametrize("longest", [0.1, 1.0, 100.0])
def test_each_model_by_its_own_length(longest):
    rng = np.random.default_rng(0)
    g = [rng.normal(size=(2, 3, 4)), rng.normal(size=(5, 3, 1))]
    g[0][:, 1], g[1][:, 1] = 0, 0
    before = [a.copy() for a in g]
    clip(Tape(np.float64), g, longest)
    for m in range(3):
        old, new = (np.concatenate([a[:, m].ravel() for a in some]) for some in (before, g))
        np.testing.assert_allclose(new, old * min(1, longest / max(1e-6, np.linalg.norm(old))), rtol=1e-5)


def test_one_model():
    g = [np.array([[3.0]]), np.array([[4.0]])]
    clip(Tape(np.float64), g, 1.0)
    np.testing.assert_allclose(np.ravel(g), [0.6, 0.8], rtol=1e-5)


def test_a_recipe_that_clips_takes_steps_no_longer_than_that():
    rng = np.random.default_rng(0)
    net = Network(Sequence((Dense(1),)), 2, 1, np.float64)
    net.start([0])
    recipe = Recipe(LOSSES["mse"], OPTIMIZERS["sgd"](), 1.0, batch_size=10, epochs=5, clip=0.01)
    record = fit(net, recipe, (100 * rng.normal(size=(10, 2)), 100 * rng.normal(size=10)))
    np.testing.assert_allclose(np.linalg.norm(np.diff(record.snapshots, axis=0)[:, 0], axis=1), 0.01, rtol=1e-4)
