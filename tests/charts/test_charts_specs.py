"""Every chart: lawful Vega-Lite, a title, axes with titles, domains that do not depend on the frame, both modes."""

import io
from itertools import pairwise

import altair as alt
import numpy as np
import pandas as pd
import pytest

import core.charts as c
from core.charts.described import SCROLLS, describe
from core.charts.theme import finish

EXTENT = (-2.0, 2.0, -1.0, 3.0)
FRAMES = 5
rng = np.random.default_rng(0)
X, LABELS = rng.uniform(-1, 1, (12, 2)), np.arange(12) % 2
PLANE = 1 / (1 + np.exp(-c.grid(EXTENT, 8)[:, 0].reshape(8, 8) * np.linspace(-1, 3, FRAMES)[:, None, None]))
SIZES = [2, 3, 1]
WEIGHTS = [rng.normal(size=(FRAMES, 3, 2)), rng.normal(size=(FRAMES, 1, 3))]
BIASES = [w[:, :, 0] for w in WEIGHTS]
UNITS = [rng.normal(size=(1, 2, 4, 4)), rng.normal(size=(FRAMES, 3, 4, 4)), rng.uniform(size=(FRAMES, 1, 4, 4))]
LOSS = {"train": np.linspace(1, 0.1, 50), "test": np.linspace(1.1, 0.3, 50)}
EPOCHS, AT = np.arange(50), np.linspace(0, 49, FRAMES).astype(int)
LINE = np.linspace(-1, 1, 20)
DATA, TEST = (X, LABELS), (X[:4], LABELS[:4])

CHARTS = {
    "boundary": lambda m: c.boundary(PLANE, EXTENT, DATA, TEST, m, start=2),
    "regions": lambda m: c.boundary(
        rng.integers(0, 3, (FRAMES, 8, 8)), EXTENT, (X, np.arange(12) % 3), TEST, m,
        classes=["a", "b", "c"], confidence=rng.uniform(0.3, 1, (FRAMES, 8, 8)), start=2,
    ),
    "surface": lambda m: c.surface(PLANE, EXTENT, (X, X[:, 0]), TEST, m, units="price, €", start=2),
    "unit": lambda m: c.unit_response(PLANE, EXTENT, m, "Hidden 1, unit 2", 2),
    "curve1d": lambda m: c.curve1d(LINE * np.arange(FRAMES)[:, None], LINE, (X[:, 0], X[:, 1]), None, m, start=2),
    "curves": lambda m: c.curves(EPOCHS, AT, LOSS, m, start=2),
    "curves, log": lambda m: c.curves(EPOCHS, AT, LOSS, m, log=True, start=2),
    "diagram": lambda m: c.diagram(SIZES, WEIGHTS, None, c.scale_responses(UNITS), None, m, 2, (1, 0)),
    "diagram, clickable": lambda m: c.diagram(SIZES, WEIGHTS, BIASES, mode=m, start=2, clickable=True),
    "confusion": lambda m: c.confusion(np.array([[5, 1], [0, 7]]), ["no", "yes"], m),
    "rate": lambda m: c.learning_rate(EPOCHS, LOSS["train"], m),
}  # fmt: skip
PLAYING = [name for name in CHARTS if name not in ("confusion", "rate")]


def spec(chart, validate=True):
    with alt.data_transformers.enable("default", max_rows=None):
        return chart.to_dict(validate=validate)


def channels(d, channel):
    return [layer["encoding"][channel] for layer in d["layer"] if channel in layer.get("encoding", {})]


def data_of(d, column):
    return next(rows for rows in d["datasets"].values() if rows and column in rows[0])


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_spec_is_lawful_and_says_what_is_seen(name, mode):
    d = spec(CHARTS[name](mode))
    assert len(d["title"]["text"]) > 10
    assert d["title"]["color"] == c.palette(mode)["text"]
    assert d["usermeta"]["embedOptions"]["renderer"] == "canvas"
    assert d["autosize"] == {"type": "fit-x", "contains": "padding"}
    if not name.startswith("diagram"):
        for channel in ("x", "y"):
            assert channels(d, channel)[0]["axis"]["title"]


@pytest.mark.parametrize("name", CHARTS)
def test_the_two_modes_differ(name):
    assert spec(CHARTS[name]("light")) != spec(CHARTS[name]("dark"))


@pytest.mark.parametrize("name", PLAYING)
def test_one_parameter_plays_every_frame(name):
    d = spec(CHARTS[name]("light"))
    (epoch,) = [p for p in d["params"] if p["name"] == "epoch"]
    assert (epoch["value"], epoch["bind"]["min"], epoch["bind"]["max"]) == (2, 0, FRAMES - 1)


@pytest.mark.parametrize("name", PLAYING)
def test_position_scales_are_fixed_while_playing(name):
    d = spec(CHARTS[name]("light"))
    for channel in ("x", "y"):
        first = channels(d, channel)[0]
        low, high = first["scale"]["domain"]
        assert isinstance(low, int | float)
        assert isinstance(high, int | float)
        assert first["scale"]["nice"] is False


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_described_as_altair_would(name):
    chart = CHARTS[name]("light")
    with alt.data_transformers.enable("default", consolidate_datasets=False, max_rows=None):
        expected = chart.to_dict(validate=True)
        expected["config"]["events"] = SCROLLS
        assert unnamed(describe(chart)) == expected


def unnamed(told):
    """A described chart with its rows in every place that only names them."""
    places = [part["data"] for part in (told, *told["layer"]) if "data" in part]
    rows = {data["name"]: data["values"] for data in places if "values" in data}
    assert len(rows) == sum("values" in data for data in places)  # each table is written once
    for data in places:
        data["values"] = rows[data.pop("name")]
    return told


def test_datasets_that_a_chart_names_itself_stay_as_they_are():
    points = alt.Chart(alt.NamedData(name="units")).mark_point().encode(x=alt.X("x:Q"))
    chart = finish([points], "light", "Points")
    chart.datasets = {"units": [{"x": 1.0}]}
    told = describe(chart)
    assert told["datasets"] == {"units": [{"x": 1.0}]}
    assert told["layer"][0].get("data", told.get("data")) == {"name": "units"}


def test_a_table_says_nothing_where_it_has_no_number():
    table = pd.DataFrame({"x": [1.0, np.nan, np.inf], "name": ["a", None, "c"], "p": [[1, 2], [3, 4], [5, 6]]})
    points = alt.Chart(table).mark_point().encode(x=alt.X("x:Q"), text=alt.Text("name:N"))
    told = describe(finish([points, points], "light", "Points"))
    assert told["layer"][0]["data"]["values"] == [
        {"x": 1.0, "name": "a", "p": [1, 2]},
        {"x": None, "name": None, "p": [3, 4]},
        {"x": None, "name": "c", "p": [5, 6]},
    ]


def test_lists_stand_in_a_layer():
    """Streamlit would pack the chart's own table, and Vega finds no list in it: a playing chart would be empty."""
    for table, own in (({"p": [[1, 2], [3, 4]]}, False), ({"p": [1, 2]}, True)):
        points = alt.Chart(pd.DataFrame(table)).mark_point().encode(x=alt.X("p:Q"))
        told = describe(finish([points, points], "light", "Points"))
        assert ("data" in told) == own
        places = [told] if own else told["layer"]
        assert ["values" in part["data"] for part in places] == [True, False][: len(places)]
        assert {part["data"]["name"] for part in places} == {"table0"}


@pytest.mark.parametrize("name", CHARTS)
def test_no_chart_loads_anything_from_elsewhere(name):
    text = str({k: v for k, v in spec(CHARTS[name]("light")).items() if k != "$schema"})
    assert "http" not in text


def test_a_plane_is_square_at_any_width_or_fixed():
    free = spec(c.boundary(PLANE, EXTENT, DATA))
    assert {"name": "height", "expr": "width"} in free["params"]
    assert "width" not in free
    fixed = spec(c.boundary(PLANE, EXTENT, DATA, size=300))
    assert (fixed["width"], fixed["height"]) == (300, 300)
    assert all(p["name"] != "height" for p in fixed["params"])


def test_boundary_shows_one_picture_and_one_line_a_frame():
    d = spec(CHARTS["boundary"]("light"))
    (sheet,), (lines,) = data_of(d, "url"), data_of(d, "paths")
    assert sheet["tall"] == pytest.approx(FRAMES * sheet["step"])
    assert len(lines["paths"]) == FRAMES
    image, line = d["layer"][:2]
    assert image["mark"]["clip"]
    assert image["transform"][0] == {"calculate": "datum.top + datum.step * epoch", "as": "y2"}
    assert line["transform"] == [{"calculate": "datum.paths[epoch]", "as": "path"}]
    assert channels(d, "x")[0]["scale"]["domain"] == [-2, 2]
    assert channels(d, "y")[0]["scale"]["domain"] == [-1, 3]


def test_classes_differ_by_shape_and_train_from_test_by_filling():
    d = spec(CHARTS["boundary"]("light"))
    train, test = (layer for layer in d["layer"] if "shape" in layer["encoding"] and "class" in str(layer["encoding"]))
    assert train["encoding"]["shape"]["scale"]["range"] == ["square", "circle"]
    assert "fill" in train["encoding"]
    assert "fill" not in test["encoding"]
    assert test["mark"]["fill"] == "#FFFFFF"
    assert test["encoding"]["stroke"]["scale"]["range"] == train["encoding"]["fill"]["scale"]["range"]
    assert d["title"]["subtitle"][0] == "■ class 0   ● class 1"


def test_without_test_points_nothing_is_said_about_them():
    d = spec(c.boundary(PLANE, EXTENT, DATA))
    assert "test" not in str(d["title"])
    assert len([layer for layer in d["layer"] if "shape" in layer["encoding"]]) == 2  # the line and the training points


def test_a_broken_run_is_drawn_as_knowing_nothing():
    whole = spec(c.boundary(np.full((1, 4, 4), np.nan), EXTENT, DATA))
    half = spec(c.boundary(np.full((1, 4, 4), 0.5), EXTENT, DATA))
    assert data_of(whole, "url")[0]["url"] == data_of(half, "url")[0]["url"]


def test_more_classes_get_their_own_colors_and_shapes():
    d = spec(CHARTS["regions"]("light"))
    points = next(layer for layer in d["layer"] if "shape" in layer["encoding"])
    assert points["encoding"]["shape"]["scale"]["range"] == ["square", "circle", "triangle-up"]
    assert points["encoding"]["fill"]["scale"]["range"] == ["#B85C00", "#1D5FBF", "#0A7A5C"]
    assert d["title"]["subtitle"][0] == "■ a   ● b   ▲ c"


def test_surface_and_points_share_a_scale_with_a_legend():
    d = spec(CHARTS["surface"]("light"))
    fill = channels(d, "fill")[0]
    assert fill["legend"]["title"] == "price, €"
    assert fill["scale"]["domain"] == pytest.approx([X[:, 0].min(), (X[:, 0].min() + X[:, 0].max()) / 2, X[:, 0].max()])
    assert fill["scale"]["range"][1] == "#FFFFFF"


def test_a_color_bar_is_as_long_as_its_picture_allows():
    for chart, channel in (("surface", "fill"), ("unit", "color")):
        legend = channels(spec(CHARTS[chart]("light")), channel)[0]["legend"]
        assert legend["gradientLength"] == {"expr": "clamp(width - 60, 60, 160)"}
        assert legend["titleOrient"] == "top"  # beside the bar a long name would push it out


def test_curve1d_holds_all_frames_in_few_rows():
    d = spec(CHARTS["curve1d"]("light"))
    rows = data_of(d, "p")
    assert [row["x"] for row in rows] == LINE.tolist()
    assert {len(row["p"]) for row in rows} == {FRAMES}


def test_confusion_shows_counts_and_row_shares():
    rows = data_of(spec(CHARTS["confusion"]("light")), "count")
    assert [(r["true"], r["predicted"], r["count"], r["percent"]) for r in rows] == [
        ("no", "no", "5", "83%"), ("no", "yes", "1", "17%"), ("yes", "no", "0", "0%"), ("yes", "yes", "7", "100%"),
    ]  # fmt: skip


def test_confusion_says_all_only_of_all():
    rows = data_of(spec(c.confusion(np.array([[299, 1], [0, 7]]), ["no", "yes"])), "count")
    assert [row["percent"] for row in rows] == [">99%", "<1%", "0%", "100%"]


def test_large_confusion_leaves_the_shares_out():
    d = spec(c.confusion(np.eye(10, dtype=int), [str(k) for k in range(10)]))
    assert len(d["layer"]) == 2
    assert len(spec(CHARTS["confusion"]("light"))["layer"]) == 3


def test_learning_rate_writes_its_largest_value():
    rates = np.concatenate([np.linspace(0, 0.5, 10), np.linspace(0.5, 0.01, 40)])
    labels = [row["label"] for row in data_of(spec(c.learning_rate(EPOCHS, rates)), "label")]
    assert labels == ["0", "0.5", "0.01"]
    (axis_of_one,) = {tuple(d) for d in domains(spec(c.learning_rate(np.array([1]), np.array([3.1e-7]))), "x")}
    assert axis_of_one == (1.0, 2.0)
    assert data_of(spec(c.learning_rate(np.array([1]), np.array([3.1e-7]))), "label")[0]["label"] == "3.1 × 10⁻⁷"


def domains(d, channel):
    """The domains of a channel's scale in all layers."""
    return [layer["encoding"][channel]["scale"]["domain"] for layer in d["layer"]]


def test_targets_that_are_all_alike_have_a_scale():
    flat = (np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([5.0, 5.0]))
    drawn = spec(c.surface(np.full((1, 4, 4), 5.0), (0, 1, 0, 1), flat))
    assert any(
        layer["encoding"].get("fill", {}).get("scale", {}).get("domain") == [4, 5, 6] for layer in drawn["layer"]
    )


def test_sixty_frames_stay_small():
    plane = 1 / (1 + np.exp(-np.sin(c.grid(EXTENT, 40)).sum(1).reshape(40, 40) * np.linspace(0, 9, 60)[:, None, None]))
    sizes = [2, 8, 8, 1]
    weights = [rng.normal(size=(60, b, a)) for a, b in pairwise(sizes)]
    small = plane[:, None, ::4, ::4]
    units = [small[:1].repeat(2, 1), *[small.repeat(n, 1) for n in sizes[1:]]]
    charts = [
        c.boundary(plane, EXTENT, (np.zeros((300, 2)), np.zeros(300))),
        c.diagram(sizes, weights, None, c.scale_responses(units)),
        c.curves(np.arange(2000), np.arange(60) * 30, {"train": np.ones(2000), "test": np.ones(2000)}),
    ]
    total = 0
    for chart in charts:
        for rows in spec(chart, validate=False)["datasets"].values():
            buffer = io.BytesIO()
            pd.DataFrame(rows).to_csv(buffer, index=False)
            total += buffer.tell()
    assert total < 700_000
