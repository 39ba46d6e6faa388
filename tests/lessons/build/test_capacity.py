"""What units buy: the shares and scores that lesson 6 shows."""

import pytest

from core.lessons.build import capacity
from core.lessons.build.costs import cost
from core.training import shapes
from core.training.experiment import WIDEST, lawful


@pytest.mark.claims
def test_xor_by_hidden_units_with_tanh():
    one, two, eight = (capacity.xor_share(units, "tanh", 40) for units in (1, 2, 8))
    assert one == 0
    assert 0.3 < two < 0.65
    assert eight == 1


@pytest.mark.claims
def test_relu_fails_more_often_at_the_same_width():
    assert capacity.xor_share(1, "relu", 40) == 0
    assert capacity.xor_share(2, "relu", 40) < 0.3
    assert capacity.xor_share(4, "relu", 40) < capacity.xor_share(4, "tanh", 40) - 0.1
    assert 0.7 < capacity.xor_share(8, "relu", 40) < 0.95  # "even at 8 units some stay stuck"


def test_wilson_against_a_known_interval():
    low, high = capacity.likely_range(0.1, 10)  # 1 of 10: Newcombe (1998), table 1 style
    assert (round(low, 4), round(high, 4)) == (0.0179, 0.4042)
    assert capacity.likely_range(0.0, 40)[0] == 0
    assert capacity.likely_range(1.0, 40)[1] == pytest.approx(1)


@pytest.mark.claims
def test_spirals_all_have_about_450_parameters():
    assert [cost((2, *hidden, 1)).parameters for hidden in shapes.SAME_SIZE] == [449, 457, 417, 441, 487]


@pytest.mark.parametrize(
    ("sizes", "dataset", "hidden"),
    [
        ((2, 8, 8, 1), "moons", (8, 8)),
        ((64, 32, 10), "digits", (32,)),
        ((4, 5, 3), "iris", (5,)),
        ((30, 16, 1), "breast_cancer", (16,)),
        ((1, 16, 1), "sine", (16,)),
        ((784, 500, 10), "moons", (WIDEST,)),
        ((3, 2), "moons", ()),
    ],
)
def test_what_the_simulator_gets(sizes, dataset, hidden):
    sent = capacity.for_simulator(sizes)
    assert (sent.experiment.dataset, sent.experiment.hidden) == (dataset, hidden)
    assert lawful(sent.experiment) == (sent.experiment, [])
    fits = (sizes[1:-1] == hidden and dataset != "moons") or sizes == (2, 8, 8, 1)
    assert bool(sent.changes) == (not fits)
