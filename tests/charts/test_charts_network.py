from itertools import pairwise

import altair as alt
import numpy as np
import pytest

from core.charts.layout import HEAD, UNIT, gap_cells, layer_names, layout
from core.charts.network import THICKEST, diagram, diagram_text
from core.charts.units import CLEAR, _strip, scale_responses

rng = np.random.default_rng(1)


def network(sizes, frames=3):
    return [rng.normal(size=(frames, b, a)) for a, b in pairwise(sizes)]


def responses(sizes, frames=3, side=4):
    return [rng.uniform(-1, 1, (frames, n, side, side)) for n in sizes]


def spec(chart):
    with alt.data_transformers.enable("default", max_rows=None):
        return chart.to_dict(validate=True)


def rows_with(d, column):
    return next(rows for rows in d["datasets"].values() if rows and column in rows[0])


def test_layers_stand_in_the_middle_and_units_do_not_touch():
    plan = layout([2, 8, 1], 12)
    assert np.diff(plan.rows(1)).min() == plan.pitch > UNIT
    assert plan.rows(0).mean() == pytest.approx(plan.rows(1).mean()) == pytest.approx(plan.rows(2)[0])
    assert plan.rows(1)[0] - UNIT / 2 >= HEAD
    assert plan.rows(1)[-1] + UNIT / 2 <= plan.height


@pytest.mark.parametrize("sizes", [[3], [1] * 9])
def test_too_few_or_too_many_layers_are_refused(sizes):
    with pytest.raises(ValueError, match="2 to 8 layers"):
        layout(sizes, 12)


def test_layer_names():
    assert layer_names(2) == ["inputs", "output"]
    assert layer_names(3) == ["inputs", "hidden", "output"]
    assert layer_names(4) == ["inputs", "hidden 1", "hidden 2", "output"]


def test_every_weight_is_one_row_with_a_column_a_frame():
    d = spec(diagram([2, 3, 1], network([2, 3, 1])))
    rows = rows_with(d, "w0")
    assert len(rows) == 2 * 3 + 3 * 1
    assert {"w0", "w1", "w2"} < set(rows[0])


def test_a_line_runs_from_its_source_to_its_unit():
    weights = [np.zeros((1, 3, 2)), np.zeros((1, 1, 3))]
    weights[0][0, 2, 1] = 5.0
    plan = layout([2, 3, 1], 12)
    (strong,) = [row for row in rows_with(spec(diagram([2, 3, 1], weights)), "w0") if row["w0"] == 255]
    assert (strong["x"], strong["x2"]) == (0, 1)
    assert strong["y"] == pytest.approx(plan.rows(0)[1])
    assert strong["y2"] == pytest.approx(plan.rows(1)[2])


def test_sign_is_color_and_dash_and_size_is_width():
    weights = network([2, 3, 1])
    lines = spec(diagram([2, 3, 1], weights))["layer"][0]["encoding"]
    assert lines["color"]["condition"]["test"] == lines["strokeDash"]["condition"]["test"] == "datum.w >= 0"
    assert lines["color"]["condition"]["value"] == "#1D5FBF"
    assert lines["color"]["value"] == "#B85C00"
    assert lines["strokeDash"]["value"] != lines["strokeDash"]["condition"]["value"] == [1, 0]
    assert lines["strokeWidth"]["scale"]["domain"] == [0, pytest.approx(max(np.abs(w).max() for w in weights))]
    assert lines["strokeWidth"]["scale"]["range"][1] == THICKEST


def test_broken_weights_are_drawn_as_zero():
    weights = network([2, 3, 1])
    weights[0][1] = np.nan
    weights[1][1] = np.inf
    rows = rows_with(spec(diagram([2, 3, 1], weights)), "w0")
    assert {row["w1"] for row in rows} == {128}


def test_eight_units_at_most_and_a_note_on_the_rest():
    sizes = [2, 11, 1]
    d = spec(diagram(sizes, network(sizes)))
    assert len(rows_with(d, "w0")) == 2 * 8 + 8
    assert "+ 3 more" in str(d["datasets"])
    assert "+ " not in str(spec(diagram([2, 8, 1], network([2, 8, 1])))["datasets"])


def test_pictures_are_one_strip_a_layer_and_frame():
    sizes = [2, 3, 1]
    shown = responses(sizes)
    shown[0] = shown[0][:1]
    d = spec(diagram(sizes, network(sizes), None, scale_responses(shown)))
    frames = sorted((row["x"], row["frame"]) for row in rows_with(d, "url"))
    assert frames == [(0, -1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    image = next(layer for layer in d["layer"] if layer["mark"]["type"] == "image")
    assert image["encoding"]["opacity"]["condition"]["test"] == "datum.frame == epoch || datum.frame < 0"


def test_a_strip_lines_up_with_its_units():
    plan, side = layout([2, 3, 1], 12), 12
    strip = _strip(np.full((3, side, side), 255, dtype=np.uint8))
    cell = UNIT / side
    assert strip.shape == (3 * side + 2 * gap_cells(side), side)
    assert strip.shape[0] * cell == pytest.approx(plan.rows(1)[-1] - plan.rows(1)[0] + UNIT)
    assert (strip[:side] == CLEAR - 1).all()
    assert (strip[side : side + gap_cells(side)] == CLEAR).all()


def test_a_strip_has_the_plane_upright():
    unit = np.zeros((1, 4, 4), dtype=np.uint8)
    unit[0, 0] = 255  # the plane's lower edge
    assert _strip(unit)[-1].tolist() == [CLEAR - 1] * 4


def test_responses_are_scaled_by_layer_and_probabilities_are_not():
    scaled = scale_responses([np.array([0.0, 4.0]), np.array([-1.0, 1.0]), np.array([0.2, 0.4])])
    assert [s.tolist() for s in scaled] == [[0, 255], [0, 255], [51, 102]]
    assert scale_responses([np.array([0.2, 0.4])], output="value")[0].tolist() == [0, 255]


def test_numbers_stand_in_the_units_when_there_are_no_pictures():
    sizes = [2, 3, 1]
    d = spec(diagram(sizes, network(sizes), unit_values=[np.ones((3, n)) for n in sizes]))
    assert len(rows_with(d, "v0")) == 6
    biases = spec(diagram(sizes, network(sizes), [np.ones((3, 3)), np.ones((3, 1))]))
    assert len(rows_with(biases, "v0")) == 4
    assert all("v0" not in rows[0] for rows in spec(diagram(sizes, network(sizes)))["datasets"].values())


def test_the_chosen_unit_has_a_ring():
    sizes = [2, 3, 1]
    plain, chosen = (spec(diagram(sizes, network(sizes), selected=s)) for s in (None, (1, 2)))
    assert len(chosen["layer"]) == len(plain["layer"]) + 1
    ring = next(layer for layer in chosen["layer"] if layer["mark"].get("strokeWidth") == 2.5)
    (row,) = chosen["datasets"][ring["data"]["name"]]
    assert (row["layer"], row["unit"], row["name"]) == (1, 2, "hidden, unit 3")


def test_units_can_be_chosen_with_the_pointer():
    params = spec(diagram([2, 3, 1], network([2, 3, 1]), clickable=True))["params"]
    (unit,) = [p for p in params if p["name"] == "unit"]
    assert unit["select"]["fields"] == ["layer", "unit"]


def test_text_names_the_largest_weight():
    weights = [np.array([[[0.5, -2.0], [0.1, 0.3]]]), np.array([[[1.0, -0.5]]])]
    assert diagram_text([2, 2, 1], weights) == (
        "A network of 2, 2, 1 units from inputs to output: "
        "into hidden the largest weight is -2.00, from unit 2 to unit 1, and 75% are above zero; "
        "into output the largest weight is +1.00, from unit 1 to unit 1, and 50% are above zero."
    )
