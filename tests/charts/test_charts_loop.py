"""The picture of the learning loop."""

import altair as alt
import pytest

from core.charts.loop import Stage, loop, loop_text
from core.charts.theme import palette

STAGES = [
    Stage("Forward pass", "0.590", "predicted, target 0", "prediction"),
    Stage("Loss", "0.7089", "mean of 32 examples", "loss"),
    Stage("Backpropagation", "0.225", "size of the gradient", "gradient"),
    Stage("Update", "0.6861", "loss on the same 32 now", "loss"),
]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_lawful_and_shows_each_stage_in_its_color(mode):
    chart = loop(STAGES, "Step 1 of 700", mode)
    description = chart.to_dict(validate=True)
    rows = [row for data in description["datasets"].values() for row in data if "quantity" in row]
    assert {row["number"] for row in rows} == {s.number for s in STAGES}
    assert all(row["color"] == palette(mode)[row["quantity"]] for row in rows)
    assert isinstance(chart, alt.LayerChart)


def test_the_ring_runs_clockwise_from_the_upper_left():
    description = loop(STAGES, "Step 1", "light").to_dict()
    rows = [row for data in description["datasets"].values() for row in data if "quantity" in row]
    x, y = ({row["name"][0]: row[axis] for row in rows} for axis in "xy")
    assert x["1"] < x["2"] == x["3"] > x["4"]
    assert y["1"] == y["2"] > y["3"] == y["4"]


def test_the_text_says_every_number():
    said = loop_text(STAGES, "Step 1 of 700")
    assert all(s.number in said and s.name in said for s in STAGES)
    assert "Step 1 of 700" in said
