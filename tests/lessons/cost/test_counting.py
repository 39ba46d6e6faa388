"""What is counted on the tape is what arithmetic by hand says, and the time is that of the engine's own steps."""

import re
from itertools import pairwise

import numpy as np
import pytest

from core.lessons.cost import counting, energy, published, worked
from core.nn.tape import Tape
from core.training.engine import train

SIZES = [(2, width, width, 1) for width in counting.WIDTHS]


class Plain:
    """A dense network in plain NumPy, which writes down the shapes of each product."""

    def __init__(self, sizes, rng):
        self.weights = [rng.normal(size=(b, a + 1)) for a, b in pairwise(sizes)]
        self.products = 0

    def product(self, a, b):
        self.products += a.shape[0] * a.shape[1] * b.shape[1]
        return a @ b

    def forward(self, x):
        self.kept = [x]
        for k, w in enumerate(self.weights):
            z = self.product(w, np.vstack([self.kept[-1], np.ones(x.shape[1])]))
            self.kept.append(z if k == len(self.weights) - 1 else np.tanh(z))
        return self.kept[-1]

    def backward(self, dz):
        for k in reversed(range(len(self.weights))):
            x = self.kept[k]
            self.product(dz, np.vstack([x, np.ones(x.shape[1])]).T)
            if k:
                dz = self.product(self.weights[k][:, :-1].T, dz) * (1 - x * x)


@pytest.mark.parametrize("batch", counting.BATCHES)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_multiply_adds_of_a_step_are_those_of_a_plain_network(sizes, batch):
    found, plain = counting.step(counting.experiment(sizes[1], batch)), Plain(sizes, np.random.default_rng(0))
    z = plain.forward(np.ones((2, batch)))
    assert found["forward"].multiply_adds == plain.products
    plain.backward(z)
    assert found["forward"].multiply_adds + found["backward"].multiply_adds == plain.products
    assert found["update"].multiply_adds == 0


@pytest.mark.parametrize("batch", counting.BATCHES)
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_a_whole_run_by_hand(sizes, batch):
    e = counting.experiment(sizes[1], batch)
    line, total = worked.run(sizes, 210, e.epochs)
    assert counting.whole_run(e).multiply_adds == total
    assert f"{total:,}" in line
    assert counting.steps_of(e) == -(-210 // batch) * e.epochs


def test_the_other_operations_by_hand():
    found = counting.step(counting.experiment(8, 32))
    parameters = 3 * 8 + 9 * 8 + 9
    assert found["forward"].others == 2 * 8 * 32  # a tanh for each unit and example
    assert found["update"].others == 10 * parameters  # m *=, m +=, v *=, g g, v +=, root, + eps, /, lr *, theta -=
    assert found["backward"].others > 0
    assert found["forward"].operations == 2 * 32 * parameters + 2 * 8 * 32


def test_what_single_calls_do():
    a, b, c = np.ones((3, 4)), np.ones((4, 5)), np.ones((3, 5))
    assert counting.work_of((np.matmul, (a, b, c))) == counting.Work(60)
    assert counting.work_of((a.dot, (b, c))) == counting.Work(60)
    assert counting.work_of((np.tanh, (a, a))) == counting.Work(0, 12)
    assert counting.work_of((np.add.reduce, (a, 0, None, np.ones(4), False))) == counting.Work(0, 12)
    assert counting.work_of((np.copyto, (a, a))) == counting.Work()


def test_every_product_and_function_on_a_tape_is_counted():
    tape, x = Tape(np.float64), np.ones((4, 6))
    tape.record(lambda w, x: np.tanh(w @ x).sum(-1), np.ones((3, 4)), x)
    assert counting.count(tape.calls) == counting.Work(3 * 4 * 6, 3 * 6 + 3 * 6)


def test_backward_comes_to_twice_forward_in_wide_networks():
    ratios = [f["backward"].multiply_adds / f["forward"].multiply_adds
              for f in (counting.step(counting.experiment(w, 32)) for w in counting.WIDTHS)]  # fmt: skip
    assert ratios == sorted(ratios)
    assert ratios[0] == pytest.approx(177 / 105)
    assert 1.9 < ratios[-1] < 2


def test_what_is_timed_is_the_engines_own_training():
    ticks = iter(0.5 * np.arange(2 * counting.PIECES))
    e = counting.experiment(8, 32)
    network, seconds = counting.taken(e, lambda: next(ticks))
    assert seconds == [0.5] * counting.PIECES
    np.testing.assert_array_equal(network.store, train(e).snapshots[-1].ravel())


def test_a_time_is_the_median_of_many_and_has_two_digits(monkeypatch):
    pieces = iter([[9.0, 0.1234, 9.0, 0.1234, 0.1, 0.1234, 0.1, 0.1234, 0.1234, 9.0]] * 100)
    monkeypatch.setattr(counting, "taken", lambda e: (None, next(pieces)))
    assert counting.seconds(counting.RUN) == 1.2  # ten pieces of 0.1234 seconds
    assert counting.PIECES >= 7
    assert counting.RUN.epochs % counting.PIECES == 0  # equal pieces


@pytest.mark.parametrize("factor", [0.6, 1, 7.3, 29])
@pytest.mark.parametrize("watts", [1, 7, 10, 99])
def test_the_three_energies_are_so_as_written(watts, factor):
    written = worked.energies(5_922_000, float(f"{0.00123 * factor:.2g}"), watts)
    lines = re.findall(r"([\d,.]+)([^&]*?) \\times ([\d.]+)([^&]*?) &= (\d.*?)\}", written)
    assert len(lines) == 3
    for a, unit, b, other, result in lines:
        joules = float(a.replace(",", "")) * in_plain(unit) * float(b) * in_plain(other)
        assert result.replace(r"\ \text{", " ") == energy.written(joules)


def in_plain(unit):
    return {"": 1, "pJ": 1e-12, "W": 1, "ms": 1e-3, "µs": 1e-6, "s": 1}[re.sub(r"\\ \\text\{|\}", "", unit)]


def test_a_measured_time_is_some_seconds():
    found = counting.measured(8, 210)
    assert 0 < found["seconds"] < 60
    assert found["steps"] == 100


def test_energies_by_hand():
    guess = energy.estimates(2_000_000, 0.25, 20)
    assert guess.arithmetic == pytest.approx(2e6 * 4.6e-12)
    assert guess.clock == 5.0
    assert guess.apart == pytest.approx(5 / 9.2e-6)
    assert guess.grams == pytest.approx(5 / 3.6e6 * 429)
    assert guess.machine == pytest.approx(2e6 * 2 * 1287e6 * 3600 / 3.14e23)


@pytest.mark.parametrize("joules", 10.0 ** np.arange(-9, 9))
def test_energies_are_written_in_a_unit_that_suits_them(joules):
    for factor in (1, 2.5, 9.96):
        value, unit = energy.written(joules * factor).split()
        size = {"GJ": 1e9, "MJ": 1e6, "kJ": 1e3, "J": 1, "mJ": 1e-3, "µJ": 1e-6, "nJ": 1e-9}[unit]
        assert float(value) * size == pytest.approx(joules * factor, rel=0.05)
        assert 1 <= float(value) < 1000


def test_machines_and_arithmetic_differ_as_the_text_says():
    assert published.ARITHMETIC < published.MACHINE < published.FETCH[0]
