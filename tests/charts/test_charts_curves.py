import altair as alt
import numpy as np
import pytest

from core.charts.curves import curves, curves_text
from core.charts.lines import MOST, Ruler, finite_until, spread, styles, thin, value_domain
from core.charts.theme import CLASS_COLORS, COLORS

EPOCHS = np.arange(100)
FRAMES = np.array([0, 10, 50, 99])


def tables(chart):
    with alt.data_transformers.enable("default", max_rows=None):
        d = chart.to_dict(validate=True)
    return d, {frozenset(rows[0]): rows for rows in d["datasets"].values() if rows}


def rows_with(found, column):
    return next(rows for columns, rows in found.items() if column in columns)


def test_train_is_solid_and_test_is_dashed_in_other_colors():
    looks = styles(["train loss", "test loss", "seed 1", "seed 2"], "light")
    assert looks["train loss"].dash == [1, 0]
    assert looks["test loss"].dash != [1, 0]
    assert (looks["train loss"].color, looks["test loss"].color) == (COLORS["train"][0], COLORS["test"][0])
    assert not {look.color for look in looks.values() if look.color in COLORS["train"]} & set(CLASS_COLORS["light"])
    assert len({look.color for look in looks.values()}) == len({str(look.dash) for look in looks.values()}) == 4


@pytest.mark.parametrize(
    ("values", "count"), [([1, 2, 3], 3), ([1, np.nan, 3], 1), ([np.inf, 1], 0), ([1, 2, -np.inf], 2), ([], 0)]
)
def test_finite_until(values, count):
    assert finite_until(np.array(values, dtype=float)) == count


def test_thin_keeps_the_ends():
    kept = thin(10_000)
    assert len(kept) == MOST
    assert (kept[0], kept[-1]) == (0, 9_999)
    assert thin(7).tolist() == list(range(7))
    assert thin(0).tolist() == []


def test_spread_keeps_order_distance_and_floor():
    moved = spread(np.array([5.0, 4.0, 100.0, 5.5]), 15, 7)
    assert (np.argsort(moved) == [1, 0, 3, 2]).all()
    assert np.diff(np.sort(moved)).min() >= 15 - 1e-6
    assert moved.min() >= 7
    assert spread(np.array([10.0, 50.0]), 15).tolist() == [10, 50]


@pytest.mark.parametrize("log", [False, True])
def test_ruler_goes_to_pixels_and_back(log):
    ruler = Ruler(0.01, 10.0, log, 200)
    values = np.array([0.01, 0.1, 3.0, 10.0])
    assert np.allclose(ruler.values(ruler.pixels(values)), values)
    assert ruler.pixels(np.array([99.0])).tolist() == [200]
    assert Ruler(0.01, 10.0, True, 200).ticks() == [0.01, 0.1, 1, 10]
    assert Ruler(0.1, 1.0, True, 200).ticks() == [0.1, 0.2, 0.5, 1]


def test_domain_holds_everything_and_begins_at_zero():
    low, high = value_domain({"a": np.array([0.5, 2.0]), "b": np.array([1.0, 0.2])}, log=False)
    assert low == 0
    assert 2 < high < 2.5


def test_a_run_that_diverged_does_not_set_the_scale():
    broken = np.array([1.0, 50.0, 1e9, np.nan])
    assert value_domain({"a": broken, "b": np.array([1.0, 0.5, 0.4, 0.3])}, log=False)[1] < 5
    assert value_domain({"a": np.array([1.0, 1e30])}, log=False)[1] < 5


def test_log_domain_leaves_zeros_out():
    low, high = value_domain({"a": np.array([1.0, 0.1, 0.0, -1.0])}, log=True)
    assert 0.05 < low < 0.1
    assert high > 1
    assert value_domain({"a": np.zeros(3)}, log=True)[0] > 0


def test_zeros_stand_at_the_foot_of_a_log_axis():
    d, found = tables(curves(EPOCHS, FRAMES, {"train": np.linspace(1, 0, 100)}, log=True))
    scale = d["layer"][0]["encoding"]["y"]["scale"]
    assert scale["type"] == "log"
    assert min(row["y"] for row in rows_with(found, "name")) >= np.float32(scale["domain"][0])


def test_each_frame_has_its_dot_and_its_value():
    d, found = tables(curves(EPOCHS, FRAMES, {"train": 1 / (1 + EPOCHS), "test": np.full(100, 0.4)}, start=1))
    rows = rows_with(found, "texts_y")
    assert {row["name"]: row["labels"][1] for row in rows} == {"train": "0.091", "test": "0.400"}
    assert [row["ats"] for row in rows] == [FRAMES.tolist()] * 2
    assert all(len(row[c]) == len(FRAMES) for row in rows for c in ("ys", "texts_y", "labels", "lates"))
    assert sum("[epoch]" in str(layer.get("transform")) for layer in d["layer"]) == 5


def test_names_stand_at_the_ends_and_no_legend():
    d, found = tables(curves(EPOCHS, FRAMES, {"train": np.ones(100), "test": np.ones(100)}))
    ends = rows_with(found, "broken")
    assert [row["name"] for row in ends] == ["train", "test"]
    assert all(row["at"] == 99 for row in ends)
    assert ends[0]["y"] != ends[1]["y"]
    assert all(layer["encoding"]["color"]["legend"] is None for layer in d["layer"] if "color" in layer["encoding"])


def test_the_veil_covers_what_is_still_to_come():
    _, found = tables(curves(EPOCHS, FRAMES, {"train": np.ones(100)}))
    veil = rows_with(found, "end")
    assert veil == [{"ats": [0, 10, 50, 99], "end": 99}]


def test_a_diverged_run_stops_and_says_when():
    loss = np.ones(100)
    loss[30:] = np.inf
    d, found = tables(curves(EPOCHS, FRAMES, {"rate 10": loss, "rate 1": np.ones(100)}))
    drawn = [
        row["at"] for row in next(r for c, r in found.items() if c == {"name", "at", "y"}) if row["name"] == "rate 10"
    ]
    assert max(drawn) == 29
    assert d["title"]["subtitle"] == ["✕ rate 10: not finite from 30"]
    shown = {row["name"]: [y is not None for y in row["ys"]] for row in rows_with(found, "texts_y")}
    assert shown == {"rate 10": [True, True, False, False], "rate 1": [True] * 4}
    (test,) = {t["filter"] for layer in d["layer"] for t in layer.get("transform", []) if "filter" in t}
    assert test == "isValid(datum.y)"


def test_two_curves_that_break_together_are_said_once_and_keep_their_names():
    loss = np.ones(100)
    loss[54:] = np.nan
    d, found = tables(curves(EPOCHS, FRAMES, {"train": loss, "test": loss + 0.1}))
    assert d["title"]["subtitle"] == ["✕ train and test: not finite from 54"]
    assert [row["name"] for row in rows_with(found, "broken")] == ["train", "test"]


def test_a_value_beyond_the_picture_is_written_as_it_is():
    score = np.linspace(-51.9, 0.9, 100)
    d, found = tables(curves(EPOCHS, FRAMES, {"train": score}, y_title="R²", domain=(-0.5, 1.0)))
    (row,) = rows_with(found, "texts_y")[:1]
    assert row["labels"][0] == "−51.900"
    assert row["ys"][0] == -0.5
    assert d["title"]["subtitle"] == ["beyond the lower edge: down to −51.900"]


@pytest.mark.parametrize("log", [False, True])
def test_a_run_that_was_never_finite_still_draws(log):
    d, _ = tables(curves(EPOCHS, FRAMES, {"train": np.full(100, np.nan)}, log=log))
    assert d["title"]["subtitle"] == ["✕ train: not finite from 0"]


def test_one_epoch_and_one_frame():
    d, _ = tables(curves(np.array([0]), np.array([0]), {"train": np.array([0.5])}))
    assert d["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_long_series_are_thinned_but_values_are_exact():
    epochs = np.arange(5000)
    _, found = tables(curves(epochs, np.array([0, 1234, 4999]), {"train": epochs / 7}, digits=".4f"))
    lines = next(rows for columns, rows in found.items() if columns == {"name", "at", "y"})
    assert len(lines) == MOST
    assert rows_with(found, "texts_y")[0]["labels"] == ["0.0000", f"{1234 / 7:.4f}", f"{4999 / 7:.4f}"]


def test_huge_values_have_short_labels():
    _, found = tables(curves(EPOCHS, FRAMES, {"train": np.full(100, 1e30)}))
    assert rows_with(found, "texts_y")[0]["labels"][0] == "1.0 × 10³⁰"


def test_text_gives_first_last_and_lowest_and_where_it_broke():
    dip = np.ones(100)
    dip[40] = 0.25
    said = curves_text(EPOCHS, {"train": dip, "test": np.r_[np.full(20, 2.0), np.full(80, np.nan)]}, y_title="MSE")
    assert said == (
        "MSE over 0 to 99: train from 1.000 to 1.000, lowest 0.250 at 40; "
        "test from 2.000 to 2.000, lowest 2.000 at 0, not finite from 20."
    )
    assert "not finite from the start" in curves_text(EPOCHS, {"a": np.full(100, np.nan)})
