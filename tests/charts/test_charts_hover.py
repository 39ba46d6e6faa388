"""What a mouse may find on a chart: words with a title and rounded numbers, or nothing; and what a finger may tap."""

import re

import altair as alt
import numpy as np
import pytest

from core.charts.choosing import chosen
from core.charts.described import describe
from core.charts.flow import network_flow
from core.charts.flow_data import Flow
from core.charts.loop import Stage, loop
from core.charts.paper import paper
from core.charts.readout import readout, readout_text
from core.charts.theme import finish
from core.lessons.predict.charts import asked_plane
from tests.charts.test_charts_specs import CHARTS, EXTENT, PLANE, X

FLOW = Flow(
    (1, 1), (np.array([[0.5]]),), (np.array([0.1]),), (np.array([0.6]),), (np.array([1.0]), np.array([0.6])), 1, 1
)
POINTS = (X, np.arange(12) % 2)
OTHERS = {
    "flow": lambda m: network_flow(FLOW, m, "unit"),
    "flow, weights": lambda m: network_flow(FLOW, m, "weight"),
    "loop": lambda m: loop([Stage(n, "1", "one", "loss") for n in "abcd"], "Step 1", m),
    "asked": lambda m: asked_plane(PLANE[0], PLANE[0], EXTENT, POINTS, (0, 0), None, m, classes=["a", "b"]),
    "paper": lambda m: paper(np.zeros(64), m, "A digit"),
    "readout": lambda m: readout(np.arange(2), ["train"], {"loss": ([np.array([1.0, np.nan])], ".4f")}, m),
}  # fmt: skip
ALL = CHARTS | OTHERS
CLICKED = {"diagram, clickable": 1, "flow": 1, "flow, weights": 1, "asked": 1, "paper": 1}
ROUNDED = re.compile(r"^\+?\.[0-4][f%]$")


def tooltips(d):
    for layer in d["layer"]:
        said = layer.get("encoding", {}).get("tooltip", [])
        yield from (said if isinstance(said, list) else [said])


@pytest.mark.parametrize("name", ALL)
def test_a_chart_says_words_and_rounded_numbers_or_nothing(name):
    d = describe(ALL[name]("light"))
    assert d["config"]["mark"]["tooltip"] is None
    assert not any(layer["mark"].get("tooltip") for layer in d["layer"])
    for channel in tooltips(d):
        assert channel["title"]
        assert channel["type"] == "nominal" or ROUNDED.match(channel["format"])


def test_there_is_something_to_say():
    assert {c["title"] for c in tooltips(describe(ALL["diagram, clickable"]("light")))} == {
        "weight",
        "value",
        "unit",
        "bias",
    }
    assert {c["title"] for c in tooltips(describe(ALL["flow"]("light")))} == {"unit"}


@pytest.mark.parametrize("name", ALL)
def test_what_answers_a_click_answers_a_tap(name):
    d = describe(ALL[name]("light"))
    given = [*d.get("params", []), *(p for layer in d["layer"] for p in layer.get("params", []))]
    selections = [p["select"] for p in given if "select" in p]
    assert len(selections) == CLICKED.get(name, 0)
    for select in selections:
        click, tap = select["on"]["merge"]
        assert click["type"] == "click"
        assert tap["type"] == "touchend"
        assert tap["consume"]  # or the click that follows would undo it
        assert [event["type"] for event in tap["between"]] == ["touchstart", "touchmove"]  # a swipe is no tap


def test_a_tap_is_lawful_vega_lite():
    dots = alt.Chart(alt.NamedData(name="dots")).mark_point().encode(x=alt.X("x:Q")).add_params(chosen("dot", ["x"]))
    assert finish([dots], "light", "Dots").to_dict(validate=True)["layer"]


def test_every_weight_and_bias_can_be_read():
    d = describe(ALL["diagram, clickable"]("light"))
    rows = [row for layer in d["layer"] for row in layer.get("data", {}).get("values", [])]
    assert {row["name"] for row in rows if "packed" in row and "y2" in row} == {
        *(f"x{i} → hidden, unit {j}" for i in "₁₂" for j in (1, 2, 3)),
        *(f"hidden, unit {j} → output" for j in (1, 2, 3)),
    }  # fmt: skip
    assert [row["name"] for row in rows if "biases" in row] == [
        "x₁", "x₂", "hidden, unit 1", "hidden, unit 2", "hidden, unit 3", "output",
    ]  # fmt: skip


def test_the_readout_writes_each_frame_in_plain_numbers():
    numbers = {"loss": ([np.array([1.0, np.nan])], ".4f"), "R²": ([np.array([-0.00001, -51.9])], ".3f")}
    d = describe(readout(np.array([0, 7]), ["train"], numbers, "light"))
    words = [row["words"] for layer in d["layer"] for row in layer["data"]["values"]]
    assert words == ["train", "loss", "R²", ["Epoch 0", "Epoch 7"], ["1.0000", "not finite"], ["0.000", "−51.900"]]
    assert readout_text(np.array([0, 7]), ["train"], numbers) == "Epoch 7: train loss not finite; train R² −51.900."


NARROW = 52  # letters of 12 pixels that a telephone holds beside its margins


@pytest.mark.parametrize("name", ALL)
def test_a_key_is_whole_on_a_telephone(name):
    subtitle = describe(ALL[name]("light"))["title"].get("subtitle", [])
    assert all(len(line) <= NARROW for line in ([subtitle] if isinstance(subtitle, str) else subtitle))


@pytest.mark.parametrize("name", CHARTS)
def test_axes_write_plain_numbers(name):
    for layer in describe(CHARTS[name]("light"))["layer"]:
        for channel in ("x", "y"):
            form = (layer.get("encoding", {}).get(channel, {}).get("axis") or {}).get("format", "")
            assert form not in ("~g", "~s", "g"), "without a precision Vega writes 50 as 5e+1"
