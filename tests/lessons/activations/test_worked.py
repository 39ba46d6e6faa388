"""The worked lines are so for whoever checks them with a calculator."""

import math
import re

import pytest

from core.lessons.activations import worked
from core.nn.activations import ACTIVATIONS

PLACES = [-6.0, -5.0, -1.5, -0.05, 0.0, 0.05, 1.0, 5.0, 6.0]


def sides(latex):
    """The values of all sides of an equation, and how its last one is written."""
    plain = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", latex)
    plain = re.sub(r"[\s,]*\\text\{ since \}.*", "", plain.replace(r",\ ", " ")).replace(worked.NEXT, "")
    plain = re.sub(r"e\^\{([^}]*)\}", r"exp(\1)", plain).replace(r"\times", "*").replace("^2", "**2")
    found = [side.strip() for side in plain.split("=")[1:]]
    return [eval(side, {"exp": math.exp}) for side in found], found[-1]


@pytest.mark.parametrize("name", list(ACTIVATIONS))
@pytest.mark.parametrize("z", PLACES)
def test_a_worked_line_is_so(name, z):
    (first, *others), last = sides(worked.filled(name, z, "activation"))
    half = 0.5001 * 10.0 ** -len(last.partition(".")[2])
    assert all(abs(first - other) <= half for other in others)
    assert float(last) == pytest.approx(float(ACTIVATIONS[name].slope(z)), abs=half)
    assert others or name in {"identity", "relu", "leaky_relu", "elu"}  # there's nothing to compute


def test_each_sign_is_explained_and_each_side_named():
    assert {"Φ", "φ"} <= set(worked.SYMBOLS["gelu"])
    assert "σ" in worked.SYMBOLS["silu"]
    assert r"z \le 0" in worked.filled("relu", 0.0, "activation")
    assert "z > 0" in worked.filled("elu", 0.5, "activation")
    both = worked.slopes(5.0, {"tanh": "tanh", "sigmoid": "sigmoid"})
    assert both.count("=") == 8
    assert worked.slopes(5.0, {"relu": "ReLU"}).count("=") == 2
