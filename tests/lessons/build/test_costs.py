"""The arithmetic of a network's cost, held to a real network and to the calls that its training step makes."""

import numpy as np
import pytest

from core.lessons.build import costs
from core.lessons.build.costs import cost
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network, columns
from core.nn.tape import Tape

SIZES = [(3, 4, 2), (2, 1), (64, 32, 10), (5, 7, 3, 6, 1), (2, 9, 9, 9, 9, 9, 9, 4)]
BATCH = 13


def recorded(sizes):
    """A real training step on a batch: its network and its tape."""
    layers = stack(sizes[1:-1], sizes[-1], "tanh", inputs=sizes[0])
    network, tape = Network(layers, sizes[0]), Tape(np.float32)
    x = columns(np.ones((BATCH, sizes[0])), np.float32).T
    y = np.ones((sizes[-1], BATCH), np.float32)
    network.record_gradient(tape, x, y, LOSSES["mse"], ())
    return network, tape


def multiply_adds(tape):
    """Multiply-adds of every matrix product on the tape: {name: sum}."""
    counts = {"forward": 0, "backward": 0}
    for (function, arguments), name in zip(tape.calls, tape.names, strict=True):
        if not name.endswith(("W @ x", "dz @ x.T", "W.T @ dz")):
            continue
        a = function.__self__ if hasattr(function, "__self__") and isinstance(function.__self__, np.ndarray) else None
        a, b = (a, arguments[0]) if a is not None else arguments[:2]
        counts["forward" if "forward" in name else "backward"] += a.shape[0] * a.shape[1] * b.shape[1]
    return counts


@pytest.mark.parametrize("sizes", SIZES)
def test_parameters_are_those_of_a_network(sizes):
    assert cost(sizes).parameters == recorded(sizes)[0].size


@pytest.mark.parametrize("sizes", SIZES)
def test_multiply_adds_are_those_on_the_tape(sizes):
    counted = multiply_adds(recorded(sizes)[1])
    assert counted == {"forward": BATCH * cost(sizes).forward, "backward": BATCH * cost(sizes).backward}


@pytest.mark.parametrize("sizes", SIZES)
def test_what_is_kept_is_what_the_forward_pass_leaves(sizes):
    network, _ = recorded(sizes)
    rows = np.ones((BATCH, sizes[0]))
    left = [columns(rows, np.float32), *network.activations_for(rows)]
    assert cost(sizes).activation_bytes(BATCH) == sum(a.nbytes for a in left)


def test_the_numbers_of_the_issue():
    assert cost((3, 4, 2)).parameters == 26
    assert cost((784, 128, 10)).layers[0].parameters == 100_480
    assert [cost(s).parameters for s in ((64, 32, 10), (64, 64, 10), (64, 32, 32, 10))] == [2410, 4810, 3466]
    assert cost((784, 128, 10)).backward / cost((784, 128, 10)).forward == pytest.approx(1.0126, abs=1e-4)


def test_backward_is_at_most_twice_forward():
    rng = np.random.default_rng(0)
    for _ in range(200):
        c = cost(rng.integers(1, 200, rng.integers(2, 9)))
        assert c.forward <= c.backward < 2 * c.forward


def test_growing_and_shrinking():
    assert costs.wider((3, 4, 2)) == (3, 8, 2)
    assert costs.wider((3, 1000, 2)) == (3, 1024, 2)
    assert costs.wider((3, 1, 2), 0.5) == (3, 1, 2)
    assert costs.deeper((3, 4, 2)) == (3, 4, 4, 2)
    assert costs.deeper((3, 2)) == (3, 8, 2)
    assert costs.deeper((1,) * 8) == (1,) * 8
    assert costs.shallower((3, 4, 2)) == (3, 2)
    assert costs.shallower((3, 2)) == (3, 2)


@pytest.mark.parametrize(
    ("text", "kept", "problem"),
    [
        ("3-4-2", (3, 4, 2), False),
        ("784, 128, 10", (784, 128, 10), False),
        ("784 → 128", (3, 4, 2), True),
        ("9999-4-9999", (1024, 4, 100), True),
        ("0-0-0", (1, 1, 1), True),
        ("5", (3, 4, 2), True),
        ("", (3, 4, 2), True),
        ("1_0-2", (3, 4, 2), True),
        ("३-४-२", (3, 4, 2), True),
        ("-".join(["9"] * 20), (9,) * 8, True),
        ("1" * 500, (3, 4, 2), True),
    ],
)
def test_reading_sizes(text, kept, problem):
    sizes, said = costs.read_sizes("Layers", text, (3, 4, 2))
    assert bool(said) == problem
    assert sizes == kept


def test_memory_in_words():
    assert [costs.memory(n) for n in (9, 1_949, 1_234_567, 2_500_000_000)] == ["9 bytes", "1.9 kB", "1.2 MB", "2.5 GB"]
