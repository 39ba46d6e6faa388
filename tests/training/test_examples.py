"""A batch or a data set taken in pieces gives what it gives in one."""

import numpy as np
import pytest

from core.nn.layers import stack
from core.nn.losses import LOSSES
from core.nn.network import Network
from core.nn.optimizers import OPTIMIZERS
from core.nn.tape import Tape, replay
from core.training import examples as module
from core.training.examples import Examples, in_pieces, quick_piece
from core.training.judge import Judge
from core.training.loop import fit
from core.training.recipe import Recipe
from core.training.steps import Steps

LOSS_OF = {1: "bce", 3: "softmax"}


def made(models=1, outputs=1, hidden=(6, 6), **more):
    network = Network(stack(hidden, outputs, "tanh", inputs=2, **more), 2, models, np.float64)
    network.start(range(models))
    return network


def drawn(n, outputs):
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, 2)), rng.integers(0, max(2, outputs), n)


@pytest.mark.parametrize(("n", "size", "lengths"), [(10, 4, [4, 4, 2]), (8, 4, [4, 4]), (3, 4, [3]), (5, 5, [5])])
def test_pieces_cover_every_row_once(n, size, lengths):
    rows, seen = np.arange(n, dtype=float)[:, None], []

    def record(start, stop):
        tape = Tape(np.float64)
        tape(lambda x, out: seen.append(x.copy()), rows[start:stop], out=np.empty(1))
        return tape

    pieces = in_pieces(record, n, size, rows)
    seen.clear()
    for calls in pieces:
        for function, arguments in calls:
            function(*arguments)
    assert [len(x) for x in seen] == lengths
    np.testing.assert_array_equal(np.concatenate(seen), rows)


@pytest.mark.parametrize("at", [1, 2])
def test_a_piece_is_the_step_recorded_on_its_own_rows(at):
    rng, size = np.random.default_rng(0), 4
    rows, targets, network = rng.normal(size=(12, 3)), np.sign(rng.normal(size=(12, 1))), made()

    def record(start, stop):
        tape = Tape(np.float64)
        network.record_gradient(tape, rows[start:stop].T, targets[start:stop].T, LOSSES["bce"])
        return tape

    pieces = in_pieces(record, 12, size, rows, targets)
    replay(pieces[at])
    found = network.grad.copy()
    record(at * size, (at + 1) * size)
    np.testing.assert_array_equal(found, network.grad)
    replay(pieces[0])  # the first piece has stayed where it was
    found = network.grad.copy()
    record(0, size)
    np.testing.assert_array_equal(found, network.grad)


def test_a_quick_piece_times_the_largest_matrix_is_a_quick_product():
    for hidden in ((4, 4), (64, 64), (128, 64), (2, 300, 2)):
        network = made(hidden=hidden)
        largest = max(a * b for a, b in network.shapes.values())
        assert quick_piece(network) == 64 or 0.8 * module.QUICK < quick_piece(network) * largest <= module.QUICK


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("models", [1, 3])
@pytest.mark.parametrize("more", [{}, {"residual": True}])
@pytest.mark.parametrize("n", [64 * 3, 64 * 2 + 5, 65])
def test_a_batch_in_pieces_has_the_gradient_and_outputs_of_the_whole(n, more, models, outputs, monkeypatch):
    network, loss = made(models, outputs, **more), LOSSES[LOSS_OF[outputs]]
    data = drawn(n, outputs)
    recipe = Recipe(loss, OPTIMIZERS["sgd"](), 0.1, batch_size=n, l1=0.01, l2=0.1)
    results = []
    for quick in (module.QUICK, 1):
        monkeypatch.setattr(module, "QUICK", quick)
        steps = Steps(network, recipe, Examples(network, loss, *data))
        kept = steps.save()
        steps.run(np.full((1, 1), 0.1))
        results.append((network.grad.copy(), network.theta.copy(), np.array(steps.z), len(steps.calls[0])))
        steps.restore(kept)
    for whole, pieces in zip(*(r[:3] for r in results), strict=True):
        np.testing.assert_allclose(pieces, whole, rtol=1e-10, atol=1e-14)
    assert results[1][3] > results[0][3] + 10


def test_batch_norm_needs_the_whole_batch(monkeypatch):
    monkeypatch.setattr(module, "QUICK", 1)
    network = made(batch_norm=True)
    recipe = Recipe(LOSSES["bce"], OPTIMIZERS["sgd"](), 0.1, batch_size=200)
    before = len(Steps(network, recipe, Examples(network, LOSSES["bce"], *drawn(64, 1))).calls[0])
    assert len(Steps(network, recipe, Examples(network, LOSSES["bce"], *drawn(200, 1))).calls[0]) == before


@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("batch", [70, 150, 500])
def test_models_side_by_side_agree_with_single_ones_in_pieces(batch, dropout, monkeypatch):
    monkeypatch.setattr(module, "QUICK", 1)
    data, recipe = drawn(300, 1), Recipe(LOSSES["bce"], OPTIMIZERS["adam"](), 0.05, batch_size=batch, epochs=4)
    together = made(3, dropout=dropout)
    record = fit(together, recipe, data, drawn(100, 1))
    for m in range(3):
        alone = made(dropout=dropout)
        alone.start([m])
        single = fit(alone, Recipe(**{**vars(recipe), "dropout_seeds": (m,)}), data, drawn(100, 1))
        np.testing.assert_allclose(together.dump()[m], alone.dump()[0], rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(np.array(record.train_loss)[:, m], single.train_loss, rtol=1e-9)
        np.testing.assert_allclose(np.array(record.test_loss)[:, m], single.test_loss, rtol=1e-9)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("models", [1, 2])
def test_a_judge_sees_the_same_in_pieces(models, outputs, monkeypatch):
    network, loss, data = made(models, outputs), LOSSES[LOSS_OF[outputs]], drawn(150, outputs)
    whole = Judge(network, loss, *data)
    monkeypatch.setattr(module, "QUICK", 1)
    pieces = Judge(network, loss, *data)
    assert len(pieces.calls) > len(whole.calls)
    network.theta[:] *= 1.5
    for a, b in zip(whole(), pieces(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)
    np.testing.assert_allclose(pieces.z, whole.z, rtol=1e-12)
    assert whole()[0] != pytest.approx(0)
