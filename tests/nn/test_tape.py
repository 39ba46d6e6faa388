import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.tape import STRAIGHTEN, Tape, memory, transpose
from core.training.examples import Examples


def test_a_call_runs_at_once_and_again_at_each_replay_in_the_same_memory():
    tape, x = Tape(np.float64), np.array([1.0, 2.0])
    y = tape(np.multiply, x, x, name="x squared")
    total = tape.total(y, 0)
    assert y.tolist() == [1, 4]
    assert total == 5
    kept = y
    x[:] = 3, 4
    tape.replay()
    assert kept.tolist() == [9, 16]
    assert total == 25
    assert [arguments[-1] is kept for _, arguments in tape.calls] == [True, False]


def test_replaying_allocates_nothing_new():
    tape, x = Tape(), np.ones((3, 4), np.float32)
    outs = [tape(np.exp, x), tape.product(x, transpose(x)), tape.largest(x, 0), tape.with_ones(3, x)]
    before = [id(a) for _, arguments in tape.calls for a in arguments]
    tape.replay()
    assert [id(a) for _, arguments in tape.calls for a in arguments] == before
    assert all(out.dtype == np.float32 for out in outs)


def test_out_is_written_and_returned():
    tape, x, out = Tape(np.float64), np.array([1.0, -2.0]), np.empty(2)
    assert tape(np.abs, x, out=out) is out
    assert out.tolist() == [1, 2]


def test_scratch_is_shared_by_shape_and_numbers_have_the_tapes_type():
    tape = Tape(np.float32)
    a, b = np.empty((2, 3)), np.empty((3, 2))
    assert tape.scratch(a) is tape.scratch(np.empty((2, 3)))
    assert tape.scratch(a) is not tape.scratch(b)
    assert tape.number(0.1).dtype == np.float32
    assert tape.number(0.1).shape == ()
    assert tape.calls == []


def test_with_ones_adds_a_last_row_of_ones():
    full = Tape(np.float64).with_ones(2, np.empty((5, 3, 4)))
    assert full.shape == (3, 3, 4)
    assert (full[-1] == 1).all()


@pytest.mark.parametrize("axis", [0, -1, (0, -1), (0, 2)])
def test_total_is_the_sum_over_axes(axis):
    a = np.random.default_rng(0).normal(size=(3, 2, 4))
    np.testing.assert_allclose(Tape(np.float64).total(a, axis), a.sum(axis), rtol=1e-15)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_largest_is_the_maximum_over_an_axis(axis):
    a = np.random.default_rng(0).normal(size=(3, 2, 4))
    np.testing.assert_array_equal(Tape(np.float64).largest(a, axis), a.max(axis))


sizes = st.integers(1, 6)


@given(p=sizes, q=sizes, r=sizes, models=st.integers(1, 4), kind=st.sampled_from(["plain", "shared", "own"]))
def test_product_agrees_with_einsum_and_follows_its_inputs(p, q, r, models, kind):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(p, q) if kind == "plain" else (p, models, q))
    b = rng.normal(size=(q, models, r) if kind == "own" else (q, r))
    subscripts = {"plain": "pq,qr->pr", "shared": "pmq,qr->pmr", "own": "pmq,qmr->pmr"}[kind]
    tape = Tape(np.float64)
    c = tape.product(a, b)
    np.testing.assert_allclose(c, np.einsum(subscripts, a, b), atol=1e-13)
    a *= 2
    b += 1
    tape.replay()
    np.testing.assert_allclose(c, np.einsum(subscripts, a, b), atol=1e-13)


@pytest.mark.parametrize("width", [4, 40])
@pytest.mark.parametrize("models", [0, 3])
def test_product_takes_the_views_that_backpropagation_makes(width, models):
    """W without its bias column, transposed: neither C- nor F-contiguous; 40 is past where `dot` would copy it."""
    rng, middle = np.random.default_rng(0), (models,) if models else ()
    W, dz = rng.normal(size=(width, *middle, width + 1)), rng.normal(size=(width, *middle, 7))
    tape, out = Tape(np.float64), np.empty((width, *middle, 7))
    assert tape.product(transpose(W[..., :-1]), dz, out=out) is out
    W += 1
    tape.replay()
    each = "pmq,pmr->qmr" if models else "pq,pr->qr"
    np.testing.assert_allclose(out, np.einsum(each, W[..., :-1], dz), atol=1e-12)


@pytest.mark.parametrize("shape", [(2, 5), (2, 3, 5)])
def test_transpose_keeps_the_model_axis_in_the_middle(shape):
    a = np.arange(np.prod(shape)).reshape(shape)
    np.testing.assert_array_equal(transpose(a), np.moveaxis(a, (0, -1), (-1, 0)))
    assert np.shares_memory(transpose(a), a)


def step(rows, targets, at, batch=4):
    """A recorded training step on rows ``at`` to ``at + batch``."""
    network = Network(stack((5,), 1, inputs=2), 2, dtype=np.float64)
    network.start([0])
    tape = Tape(np.float64)
    part = slice(at, at + batch)
    z = network.record_gradient(tape, rows[part].T, targets[part].T, LOSSES["bce"], ())
    return tape, z, network.grad


@pytest.mark.parametrize("at", [0, 3, 8])
def test_further_equals_recording_on_the_rows_further_down(at):
    rng = np.random.default_rng(0)
    rows, targets = rng.normal(size=(12, 3)), np.sign(rng.normal(size=(12, 1)))
    tape, z, grad = step(rows, targets, 0)
    first = z.copy()
    for function, arguments in tape.further(at, rows, targets):
        function(*arguments)
    _, z_there, grad_there = step(rows, targets, at)
    np.testing.assert_array_equal(z, z_there)
    np.testing.assert_array_equal(grad, grad_there)
    tape.replay()  # the first step has stayed where it was
    np.testing.assert_array_equal(z, first)


def test_further_knows_calls_that_were_recorded_after_it_was_asked_before():
    tape, rows = Tape(np.float64), np.arange(6.0).reshape(3, 2)
    tape(np.negative, rows[:1])
    tape.further(1, rows)
    y = tape(np.square, rows[:1])
    for function, arguments in tape.further(2, rows):
        function(*arguments)
    assert y.tolist() == [[16, 25]]


@pytest.mark.parametrize("models", [1, 3])
@pytest.mark.parametrize("kind", [{}, {"batch_norm": True, "dropout": 0.3}, {"residual": True, "batch_norm": True}])
def test_every_call_has_a_name_that_says_where_it_belongs(models, kind):
    network = Network(stack((3, 3), 1, inputs=2, **kind), 2, models)
    network.start(range(models))
    x, y = Examples(network, LOSSES["bce"], np.ones((4, 2)), np.zeros(4, int)).part(0, 4)
    tape, rngs = Tape(), tuple(np.random.default_rng(m) for m in range(models))
    strength = network.weights_only()
    network.record_gradient(tape, x, y, LOSSES["bce"], rngs, strength, strength)
    assert len(tape.names) == len(tape.calls)
    parts = [name.split(": ")[0] for name in tape.names]
    assert parts[0] == "0 dense forward"
    assert {"loss backward", "0 dense backward", "penalty"} <= set(parts)
    assert all(name.count(": ") == 1 for name in tape.names)


def test_a_call_without_a_name_is_called_after_its_function():
    tape = Tape()
    tape(np.exp, np.zeros(2))
    tape.section("somewhere")
    tape(np.exp, np.zeros(2), name="e^z")
    tape.section("")
    tape(np.negative, np.zeros(2))
    assert tape.names == ["exp", "somewhere: e^z", "negative"]


@pytest.mark.parametrize("shape", [3, (5,), (3, 7), (2, 3, 4), ()])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_memory_begins_at_a_cache_line(shape, dtype):
    for _ in range(20):
        a = memory(shape, dtype)
        assert a.ctypes.data % 64 == 0
        assert a.dtype == dtype
        assert a.shape == np.empty(shape).shape
        assert a.flags.c_contiguous
        assert a.flags.writeable


@pytest.mark.parametrize("rows", [STRAIGHTEN - 1, STRAIGHTEN])
def test_a_transposed_factor_is_laid_straight_where_it_is_read_often(rows):
    rng, tape = np.random.default_rng(0), Tape(np.float64)
    a, b = rng.normal(size=(rows, 5)), rng.normal(size=(7, 5))
    c = tape.product(a, b.T)
    assert len(tape.calls) == len(tape.names) == (2 if rows >= STRAIGHTEN else 1)
    b[:] = rng.normal(size=b.shape)
    tape.replay()
    np.testing.assert_allclose(c, a @ b.T, rtol=1e-12)
