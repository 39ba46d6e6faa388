from itertools import pairwise

import altair as alt
import numpy as np
import pytest

from core.charts.layout import HEAD, UNIT, gap_cells, layer_names, layout
from core.charts.network import STEPS, THICKEST, diagram, diagram_text
from core.charts.units import CLEAR, _sheet, scale_responses

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


def numbers_in(d):
    """The numbers that stand in the units: what has frames and a place, but no other end."""
    return [row for rows in d["datasets"].values() for row in rows if "packed" in row and "x2" not in row]


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


def test_every_weight_is_one_row_with_a_list_of_all_frames():
    d = spec(diagram([2, 3, 1], network([2, 3, 1])))
    rows = rows_with(d, "packed")
    assert len(rows) == 2 * 3 + 3 * 1
    assert {len(row["packed"]) for row in rows} == {3}


def test_a_line_runs_from_its_source_to_its_unit():
    weights = [np.zeros((1, 3, 2)), np.zeros((1, 1, 3))]
    weights[0][0, 2, 1] = 5.0
    plan = layout([2, 3, 1], 12)
    rows = rows_with(spec(diagram([2, 3, 1], weights)), "packed")
    (strong,) = [row for row in rows if row["packed"] == [STEPS]]
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
    rows = rows_with(spec(diagram([2, 3, 1], weights)), "packed")
    assert {row["packed"][1] for row in rows} == {STEPS // 2 + 1}


def test_eight_units_at_most_and_a_note_on_the_rest():
    sizes = [2, 11, 1]
    d = spec(diagram(sizes, network(sizes)))
    assert len(rows_with(d, "packed")) == 2 * 8 + 8
    assert "+ 3 more" in str(d["datasets"])
    assert "+ " not in str(spec(diagram([2, 8, 1], network([2, 8, 1])))["datasets"])


def test_pictures_are_one_sheet_a_layer_that_is_moved_past_the_diagram():
    sizes = [2, 3, 1]
    shown = responses(sizes)
    shown[0] = shown[0][:1]
    plan = layout(sizes, 4)
    d = spec(diagram(sizes, network(sizes), None, scale_responses(shown)))
    rows = rows_with(d, "url")
    assert [row["x"] for row in rows] == [0, 1, 2]
    assert [row["top"] + UNIT / 2 for row in rows] == pytest.approx([plan.rows(k)[0] for k in range(3)])
    assert rows[0]["step"] == 0  # the inputs stand still
    assert all(row["step"] >= plan.height and row["tall"] == pytest.approx(3 * row["step"]) for row in rows[1:])
    image = next(layer for layer in d["layer"] if layer["mark"]["type"] == "image")
    assert image["mark"]["clip"]
    assert [t["calculate"] for t in image["transform"]] == ["datum.top - datum.step * epoch", "datum.y + datum.tall"]


def test_a_sheet_lines_up_with_its_units_and_shows_a_frame_at_a_time():
    plan, side, rows = layout([2, 3, 1], 12), 12, 60
    units = np.full((2, 3, side, side), 255, dtype=np.uint8)
    units[1] = 0
    sheet = _sheet(units, rows)
    pitch = side + gap_cells(side)
    assert sheet.shape == (2 * rows, side)
    assert pitch * UNIT / side == pytest.approx(plan.pitch)
    for frame, ink in ((0, CLEAR - 1), (1, 0)):
        strip = sheet[frame * rows : (frame + 1) * rows]
        for unit in range(3):
            assert (strip[unit * pitch : unit * pitch + side] == ink).all()
            assert (strip[unit * pitch + side : (unit + 1) * pitch] == CLEAR).all()
        assert (strip[3 * pitch :] == CLEAR).all()


def test_a_sheet_has_the_plane_upright():
    unit = np.zeros((1, 1, 4, 4), dtype=np.uint8)
    unit[0, 0, 0] = 255  # the plane's lower edge
    assert _sheet(unit, 4)[3].tolist() == [CLEAR - 1] * 4


def test_responses_are_scaled_by_layer_and_probabilities_are_not():
    scaled = scale_responses([np.array([0.0, 4.0]), np.array([-1.0, 1.0]), np.array([0.2, 0.4])])
    assert [s.tolist() for s in scaled] == [[0, 255], [0, 255], [51, 102]]
    assert scale_responses([np.array([0.2, 0.4])], output="value")[0].tolist() == [0, 255]


def test_numbers_stand_in_the_units_when_there_are_no_pictures():
    sizes = [2, 3, 1]
    d = spec(diagram(sizes, network(sizes), unit_values=[np.ones((3, n)) for n in sizes]))
    assert len(numbers_in(d)) == 6
    biases = spec(diagram(sizes, network(sizes), [np.ones((3, 3)), np.ones((3, 1))]))
    assert len(numbers_in(biases)) == 4
    assert numbers_in(spec(diagram(sizes, network(sizes)))) == []


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
