"""The counts of other layers are those of the layers, and the sums that stand beside them come to the same."""

import pytest

from core.lessons.build import others
from core.nn.layers import Sequence
from core.nn.network import Network


@pytest.mark.parametrize("kind", others.kinds(), ids=lambda kind: kind.name)
def test_the_sum_is_the_layers_count(kind):
    network = Network(Sequence((kind.layer,)), kind.inputs)
    assert kind.parameters == network.trained
    assert kind.parameters == (eval(kind.sum.replace("×", "*")) if kind.uses else 0)


def test_how_often_a_weight_is_used():
    uses = {kind.name.split(",")[0]: kind.uses for kind in others.kinds()}
    assert uses == {
        "dense": 1, "convolution": 36, "pooling": 0, "recurrent": 20, "GRU": 20, "LSTM": 20, "queries": 20,
        "attention": 0,
    }  # fmt: skip
