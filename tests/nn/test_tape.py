import gc
import tracemalloc
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nn import penalties
from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.tape import STRAIGHTEN, Tape, memory, with_ones
from core.training.examples import Examples


def test_a_call_runs_at_once_and_again_at_each_replay_in_the_same_memory():
    tape, x = Tape(np.float64), np.array([1.0, 2.0])
    y, total = tape.record(lambda x: (x * x, (x * x).sum(0)), x)
    assert y.tolist() == [1, 4]
    assert total == 5
    kept = y
    x[:] = 3, 4
    tape.replay()
    assert kept.tolist() == [9, 16]
    assert total == 25
    assert [arguments[2] is kept for _, arguments in tape.calls] == [True, False, False]


def test_replaying_allocates_nothing_new():
    tape, x = Tape(), np.ones((64, 4096), np.float32)
    outs = tape.record(lambda x: (np.exp(x), x @ x.T, x.max(0), with_ones(+x)), x)
    tape.replay()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tape.replay()
        most = tracemalloc.get_traced_memory()[1]
        again = np.exp(x).nbytes  # NumPy tells it of what it allocates
        told = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most - before < min(out.nbytes for out in outs) / 2
    assert told - before >= again
    assert all(out.dtype == np.float32 for out in outs)


def test_out_is_written_and_returned():
    tape, x, out = Tape(np.float64), np.array([1.0, -2.0]), np.empty(2)
    assert tape(np.abs, x, out=out) is out
    assert out.tolist() == [1, 2]


def test_numbers_get_the_tapes_type():
    tape = Tape(np.float32)
    y = tape.record(lambda x: 0.1 * x + np.float64(1), np.ones(2, np.float32))
    assert y.dtype == np.float32
    assert [arguments[0].dtype for _, arguments in tape.calls] == [np.float32, np.float32]


def test_memory_of_what_nobody_can_read_is_used_again_and_of_what_is_returned_never():
    tape, x = Tape(np.float64), np.arange(3.0)

    def longer(x):
        first = x + 1
        for _ in range(9):
            x = x * 2 - 1
        return first, x

    first, last = tape.record(longer, x)
    assert len(tape.calls) == 19
    assert len({id(arguments[-1]) for _, arguments in tape.calls}) == 4  # first, and what a product and a sum need
    x[:] = 5, 6, 7
    tape.replay()
    np.testing.assert_array_equal(first, x + 1)
    np.testing.assert_array_equal(last, 512 * x - 511)
    again = tape.record(lambda x: -x, x)
    assert not any(np.shares_memory(again, kept) for kept in (first, last))


def test_a_tape_that_nobody_holds_is_gone_with_its_memory_before_any_collection():
    network, tape = Network(stack((3,), 1, inputs=2, batch_norm=True), 2, 3), Tape()
    network.record_gradient(tape, np.ones((3, 4), np.float32), np.ones((1, 1, 4), np.float32), LOSSES["bce"])
    seen = weakref.ref(tape)
    gc.disable()
    del tape
    try:
        assert seen() is None
    finally:
        gc.enable()


def test_a_slice_keeps_its_whole_alive_while_somebody_can_read_it():
    def f(x):
        first = (x + 1)[:1]
        return first, x * 2 - x * 3

    tape, x = Tape(np.float64), np.arange(3.0)
    first, rest = tape.record(f, x)
    x += 1
    tape.replay()
    assert first.tolist() == [2]
    np.testing.assert_array_equal(rest, -x)


def test_what_the_last_call_made_is_made_where_it_is_assigned_to():
    tape, x, room = Tape(np.float64), np.ones((2, 3)), np.zeros((3, 3))

    def f(x, room):
        room[:-1] = 2 * x
        room[-1:] = x[:1]  # nothing has just been made: a copy

    tape.record(f, x, room)
    x += 1
    tape.replay()
    assert room.tolist() == [[4, 4, 4], [4, 4, 4], [2, 2, 2]]
    assert [function.__name__ for function, _ in tape.calls] == ["multiply", "assign"]


def test_what_was_moved_cannot_be_read_where_it_was():
    def f(x, room):
        y = 2 * x
        room[...] = y
        return y + 1

    with pytest.raises(RuntimeError, match="moved into another array"):
        Tape(np.float64).record(f, np.ones(2), np.ones(2))


def test_calls_that_nobody_reads_are_dropped():
    tape, wanted = Tape(np.float64), np.zeros(4)
    x, g = tape.watch((np.ones(2), wanted))
    y = 2 * x
    g[1:3] = y + 1
    z = y + 3
    z *= 2
    tape.end_with(wanted)
    assert tape.names == ["y = 2 * x", "y + 1"]
    tape.end_with(np.zeros(4))  # nothing touches it: nothing is dropped
    tape.replay()
    assert wanted.tolist() == [0, 3, 3, 0]


@pytest.mark.parametrize("f", [lambda x: np.where(x > 0, x, 0), lambda x: np.concatenate([x, x]), np.cumsum])
def test_what_the_tape_cannot_repeat_it_refuses(f):
    with pytest.raises(TypeError, match="the tape hears ufuncs"):
        Tape(np.float64).record(f, np.ones(2))


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.add(x, 1, where=x > 0),
        lambda x: np.add.accumulate(x),
        lambda x: np.add.outer(x, x),
        lambda x: x.sum(0, initial=5.0),
    ],
)
def test_ufuncs_that_the_tape_does_not_know_are_refused(f):
    with pytest.raises(TypeError, match="the tape does not know add"):
        Tape(np.float64).record(f, np.ones(2))


def test_an_assignment_through_a_mask_is_refused():
    def f(x):
        x[np.array([True, False])] = 0

    with pytest.raises(TypeError, match="slices only"):
        Tape(np.float64).record(f, np.ones(2))


def test_with_ones_adds_a_last_row_of_ones():
    full = Tape(np.float64).record(lambda x: with_ones(+x), np.full((2, 3, 4), 7.0))
    assert full.shape == (3, 3, 4)
    assert (full[-1] == 1).all()
    assert (full[:-1] == 7).all()


@pytest.mark.parametrize("axis", [0, -1, (0, -1), (0, 2)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_sums_and_largest_over_axes(axis, keepdims):
    a, tape = np.random.default_rng(0).normal(size=(3, 2, 4)), Tape(np.float64)
    for reduce in (np.ndarray.sum, np.ndarray.max):
        found = tape.record(lambda a, r=reduce: r(a, axis=axis, keepdims=keepdims), a)
        np.testing.assert_array_equal(found, reduce(a, axis=axis, keepdims=keepdims))


sizes = st.integers(1, 6)


@given(p=sizes, q=sizes, r=sizes, models=st.integers(1, 4), kind=st.sampled_from(["plain", "shared", "own"]))
def test_product_agrees_with_einsum_and_follows_its_inputs(p, q, r, models, kind):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(p, q) if kind == "plain" else (p, models, q))
    b = rng.normal(size=(q, models, r) if kind == "own" else (q, r))
    subscripts = {"plain": "pq,qr->pr", "shared": "pmq,qr->pmr", "own": "pmq,qmr->pmr"}[kind]
    tape = Tape(np.float64)
    c = tape.record(lambda a, b: a @ b, a, b)
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
    tape.record(lambda W, dz, out: np.matmul(W[..., :-1].T, dz, out=out), W, dz, out)
    W += 1
    tape.replay()
    each = "pmq,pmr->qmr" if models else "pq,pr->qr"
    np.testing.assert_allclose(out, np.einsum(each, W[..., :-1], dz), atol=1e-12)


@pytest.mark.parametrize("models", [1, 3])
@pytest.mark.parametrize("kind", [{}, {"batch_norm": True, "dropout": 0.3}, {"residual": True, "batch_norm": True}])
def test_every_call_has_a_name_that_says_where_it_belongs(models, kind):
    network = Network(stack((3, 3), 1, inputs=2, **kind), 2, models)
    network.start(range(models))
    x, y = Examples(network, LOSSES["bce"], np.ones((4, 2)), np.zeros(4, int)).part(0, 4)
    tape, rngs = Tape(), tuple(np.random.default_rng(m) for m in range(models))
    strength = network.weights_only()
    network.record_gradient(tape, x, y, LOSSES["bce"], rngs)
    penalties.add_gradient(tape, network.theta, network.grad, strength, strength)
    assert len(tape.names) == len(tape.calls)
    parts = [name.split(": ")[0] for name in tape.names]
    assert parts[0] == "0 dense forward"
    assert {"loss backward", "0 dense backward", "penalty"} <= set(parts)
    assert all(name.count(": ") == 1 for name in tape.names)


def test_a_call_is_named_by_the_source_that_made_it():
    tape = Tape(np.float64)

    def f(x):
        y = np.exp(x) - 1
        tape.section = "somewhere"
        x *= 2
        y[:1] = y.sum() / 3
        tape.section = ""
        return (y
                + 1)  # fmt: skip

    tape.record(f, np.zeros(2))
    tape(np.exp, np.zeros(2), name="e^z")
    assert tape.names == [
        "np.exp(x)",
        "y = np.exp(x) - 1",
        "somewhere: x *= 2",
        "somewhere: y.sum()",
        "somewhere: y.sum() / 3",
        "somewhere: y[:1] = y.sum() / 3",
        "y",
        "e^z",
    ]


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
    c = tape.record(lambda a, b: a @ b.T, a, b)
    assert len(tape.calls) == len(tape.names) == (2 if rows >= STRAIGHTEN else 1)
    b[:] = rng.normal(size=b.shape)
    tape.replay()
    np.testing.assert_allclose(c, a @ b.T, rtol=1e-12)
