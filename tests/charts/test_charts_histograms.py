"""The histograms of layers: what is counted, and that the picture is lawful and says it in words."""

import numpy as np
import pytest

from core.charts.histograms import histograms, histograms_text, shares_of

EDGES = np.linspace(-2, 2, 5)


def test_what_lies_beyond_is_counted_in_the_outer_bins():
    found = shares_of(np.array([[-9, -1.5, 0.5, 9], [np.nan, 0.1, 0.1, 0.1], [np.nan] * 4]), EDGES)
    np.testing.assert_allclose(found, [[0.5, 0, 0.25, 0.25], [0, 0, 1, 0], [0, 0, 0, 0]])


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("frames", [1, 3])
def test_the_picture_is_lawful(mode, frames):
    shares = np.random.default_rng(0).random((frames, 2, 4))
    chart = histograms(
        shares,
        EDGES,
        ["layer 1", "layer 2"],
        [["a", "b"]] * frames,
        mode,
        title="Values",
        x_title="z",
        start=frames - 1,
    )
    made = chart.to_dict(validate=True)
    assert made["title"]["text"] == "Values"
    assert ("bind" in made["params"][0]) == (frames > 1)


def test_its_twin_says_the_notes():
    assert (
        histograms_text(["layer 1"], ["spread 0.3"], title="Values")
        == "Values, a histogram a row. layer 1: spread 0.3."
    )
