"""Convolution, pooling, recurrence and attention compute what PyTorch computes: values, gradients and 50 steps."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.nn.attention import Attention
from core.nn.images import AveragePool, Conv2D, MaxPool
from core.nn.layers import Activate, Dense, Sequence
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.optimizers import OPTIMIZERS
from core.nn.sequences import GRU, LSTM, Recurrent
from core.nn.tape import Tape
from core.training.loop import fit
from core.training.recipe import Recipe

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "layers.json").read_text(encoding="utf-8"))
NETWORKS = {
    "max pooling": (Conv2D(3, (1, 6, 6)), Activate("relu"), MaxPool((3, 4, 4))),
    "stride and frame": (Conv2D(2, (2, 4, 4), 2, 2, 1), Activate("tanh"), AveragePool((2, 3, 3), 3)),
    "recurrent": (Recurrent(4, (2, 5)),),
    "lstm": (LSTM(3, (2, 5)),),
    "gru": (GRU(3, (2, 5)),),
    "one head": (Conv2D(9, (2, 1, 4), 1), Attention(1, 3, 4)),
    "two heads": (Conv2D(12, (3, 1, 4), 1), Attention(2, 2, 4)),
}
CASES = {case["case"]: case for case in GOLDEN["cases"]}


def network(name, models=1):
    """Every model starts with PyTorch's first parameters."""
    case = CASES[name]
    net = Network(Sequence((*NETWORKS[name], Dense(3))), len(case["X"][0]), models, np.float64)
    for key, value in case["first"].items():
        net.p[key][...] = np.array(value) if models == 1 else np.array(value)[:, None]
    return net, np.array(case["X"]), np.array(case["y"]), case


def test_every_case_is_tested():
    assert set(CASES) == set(NETWORKS)


@pytest.mark.parametrize("models", [1, 2])
@pytest.mark.parametrize("name", list(NETWORKS))
def test_values_and_gradients(name, models):
    net, X, y, case = network(name, models)
    z = net.outputs_for(X).reshape(3, models, -1)
    loss = LOSSES["softmax"]
    target = loss.encode(y, 3).T if models == 1 else loss.encode(y, 3).T[:, None]
    net.record_gradient(Tape(np.float64), columns(X, np.float64).T, np.ascontiguousarray(target), loss)
    for m in range(models):
        np.testing.assert_allclose(z[:, m].T, case["z"], rtol=1e-9, atol=1e-11)
        for key, value in case["gradient"].items():
            ours = net.g[key] if models == 1 else net.g[key][:, m]
            np.testing.assert_allclose(ours, value, rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("name", list(NETWORKS))
def test_fifty_steps(name):
    net, X, y, case = network(name)
    recipe = Recipe(LOSSES["softmax"], OPTIMIZERS["adam"](), GOLDEN["rate"], batch_size=len(X), epochs=50)
    record = fit(net, recipe, (X, y))
    np.testing.assert_allclose(record.train_loss[:50], case["losses"], rtol=1e-6)
    for key, value in case["last"].items():
        np.testing.assert_allclose(net.p[key], value, rtol=1e-6, atol=1e-6)
