"""The picture of gradients by layer: lawful whatever the numbers, and said in words."""

import numpy as np
import pytest

from core.charts.gradients import domain_of, gradient_norms, gradient_norms_text


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("case", [np.geomspace(1e-9, 1, 24), np.zeros(24), np.full(24, np.nan), np.full(24, 1e200)])
def test_the_picture_is_lawful(mode, case):
    norms = case.reshape(2, 4, 3)
    made = gradient_norms(norms, ["a", "b", "c"], mode, title="Gradients").to_dict(validate=True)
    assert "NaN" not in str(made)
    assert "data" not in made  # Streamlit would send a shared table on as one without lists
    assert "bind" in made["params"][0]
    assert "bind" not in gradient_norms(norms[:1, :1], ["a", "b", "c"], mode, title="Gradients").to_dict()["params"][0]


def test_the_axis_holds_every_number():
    assert domain_of(np.array([[2e-8, 5.0]])) == pytest.approx((1e-8, 10.0))
    assert domain_of(np.array([[0.0, np.nan]])) == pytest.approx((1e-3, 1.0))


def test_its_twin_says_the_medians():
    said = gradient_norms_text(
        np.array([[1e-5, 2.0], [3e-5, 2.0], [2e-5, 2.0]]), ["layer 1", "layer 2"], title="Gradients"
    )
    assert said == "Gradients, median of 3 runs: layer 1 0.00002, layer 2 2."
