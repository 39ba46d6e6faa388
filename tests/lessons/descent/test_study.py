"""Surfaces and walks: gradients against differences, paths against PyTorch, arrows that add up."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from core.charts.described import describe
from core.charts.pictures import grid
from core.charts.plane import axes
from core.lessons.descent import arrow_charts as arrows
from core.lessons.descent import charts, ground, study, worked
from core.lessons.descent import table_charts as table
from core.lessons.descent.surfaces import SURFACES
from core.nn.optimizers import OPTIMIZERS
from core.training.engine import train

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "descent.json").read_text())["cases"]
each_surface = pytest.mark.parametrize("surface", list(SURFACES))
each_optimizer = pytest.mark.parametrize("name", list(OPTIMIZERS))


@each_surface
def test_gradients_are_the_slopes_of_the_loss(surface):
    one, h = SURFACES[surface], 1e-5
    points = np.random.default_rng(0).uniform(-9, 9, (2, 50))
    steps = np.eye(2)[:, :, None] * h
    slopes = np.stack([(one.loss(points + s) - one.loss(points - s)) / (2 * h) for s in steps])
    np.testing.assert_allclose(one.gradient(points), slopes, rtol=1e-6, atol=1e-6)


@each_surface
def test_the_lowest_loss_is_zero(surface):
    one = SURFACES[surface]
    lowest = np.array([0.0, 10.0 if surface == "saddle" else 0.0])
    assert one.loss(lowest) == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(one.gradient(lowest), 0, atol=1e-7 if one.slopes else 1e-12)
    x, y = np.meshgrid(np.linspace(-11, 11, 201), np.linspace(-one.tall, one.tall, 201))
    assert one.loss(np.stack([x, y])).min() > -1e-12


def test_the_golden_file_has_every_optimizer_on_every_surface_that_is_a_formula():
    formulas = [name for name, surface in SURFACES.items() if not surface.slopes]
    assert {(case["name"], case["surface"]) for case in GOLDEN} == {(n, s) for n in OPTIMIZERS for s in formulas}


def test_a_small_batch_is_right_on_average_and_each_walk_draws_its_own():
    points = np.tile(np.array([[6.0], [1.0]]), 4000)
    drawn = ground.slopes(4000, batch=4, seed=1)(points)
    assert len(np.unique(drawn[0].round(6))) > 1000
    true, off = ground.gradient(points[:, :1])[:, 0], drawn.std(axis=1) / np.sqrt(4000)
    assert (np.abs(drawn.mean(axis=1) - true) < 5 * off).all()
    one = np.array([[6.0], [1.0]])
    slope = ground.slopes(1, batch=4, seed=3)
    assert not np.array_equal(slope(one), slope(one))  # a new batch at every step


def test_the_plane_holds_the_place_where_training_began():
    plane = ground.ground().plane
    began = train(ground.RUN).snapshots[0].astype(float)
    places = np.linalg.lstsq(plane.directions.T, began - plane.center, rcond=None)[0]
    assert places[0] == pytest.approx(ground.BEGINS)
    assert abs(places[1]) < 3


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case['name']}-{case['surface']}")
def test_paths_are_those_of_pytorch(case):
    steps = case["steps"]
    ours = study.walk(case["name"], SURFACES[case["surface"]], tuple(case["start"]), [case["rate"]], steps[-1])
    np.testing.assert_allclose(ours.path[steps, :, 0], case["path"], rtol=1e-9, atol=1e-11)


@each_optimizer
def test_many_walks_at_once_are_each_alone(name):
    ravine, rates = SURFACES["ravine"], [0.001, 0.01, 0.018]
    together = study.walk(name, ravine, study.START, rates, 50)
    for k, rate in enumerate(rates):
        alone = study.walk(name, ravine, study.START, [rate], 50)
        np.testing.assert_array_equal(together.path[:, :, k], alone.path[:, :, 0])


@each_optimizer
def test_the_parts_of_a_step(name):
    walks = study.walk(name, SURFACES["rotated"], study.START, [0.01], 30)
    parts = study.parts(name, walks, 0.01)
    np.testing.assert_array_equal(parts["step"], np.diff(walks.path[:, :, 0], axis=0))
    if name in ("momentum", "nesterov"):
        v = (
            np.cumsum([0.9 ** -np.arange(30.0)[:, None] * walks.gradients[:, :, 0]], axis=1)[0]
            * 0.9 ** np.arange(30.0)[:, None]
        )
        newest = 0.9 * v if name == "nesterov" else v - walks.gradients[:, :, 0]
        np.testing.assert_allclose(parts["memory"], -0.01 * newest, rtol=1e-6, atol=1e-9)
    assert ("memory" in parts) == (name in ("momentum", "nesterov", "adam", "adamw"))
    assert study.adds_up(name) == (name in ("sgd", "momentum", "nesterov"))


def test_the_memory_has_the_textbook_values():
    walks = study.walk("adam", SURFACES["ravine"], study.START, [0.1], 2)
    g, memory = walks.gradients[:, :, 0], study.named_memory("adam", walks)
    np.testing.assert_allclose(memory["mean of gradients m"][1], 0.9 * 0.1 * g[0] + 0.1 * g[1])
    np.testing.assert_allclose(memory["mean of squares v"][1], 0.999 * 0.001 * g[0] ** 2 + 0.001 * g[1] ** 2)


@pytest.mark.parametrize("rate", [0.1, 1.0])
@each_optimizer
def test_the_table_has_the_numbers_of_the_worked_line(name, rate):
    rate /= 100 if study.adds_up(name) else 1
    walks = study.walk(name, SURFACES["ravine"], study.START, [rate], 30)
    rows = {row.split(" ")[-1] if "memory" not in row else row: of for row, of in study.state(name, walks).items()}
    for k in (0, 1, 7, 29):
        before, after = walks.path[k, :, 0], walks.path[k + 1, :, 0]
        np.testing.assert_allclose(before + rows["taken"][k], after)
        if name in ("momentum", "nesterov"):
            np.testing.assert_allclose(0.9 * rows["old memory v"][k] + rows["g"][k], rows["new memory v"][k])
            used = 0.9 * rows["old memory v" if name == "momentum" else "new memory v"][k] + rows["g"][k]
        elif name == "sgd":
            used = rows["g"][k]
        else:
            used = rows.get("m̂", rows["g"])[k] / np.maximum(rows["√v̂" if "adam" in name else "√s"][k], 1e-10)
        decay = 0.01 * before if name == "adamw" else 0
        np.testing.assert_allclose(rows["taken"][k], -rate * (used + decay), rtol=1e-4, atol=1e-7)
        written = worked.line(name, walks, rate, k)
        if name in ("adam", "adamw"):
            top, root = re.findall(
                r"\\frac\{\\textcolor\{\S+?\}\{\(?(-?[\d.]+)\)?\}\}\{\\textcolor\{\S+?\}\{([\d.]+)\}\}", written
            )[0]
            assert float(top) == pytest.approx(rows["m̂"][k, 0], abs=6e-4)
            assert float(root) == pytest.approx(rows["√v̂"][k, 0], abs=6e-4)


def test_arrived_means_to_stay():
    bowl = SURFACES["gentle"]
    x = np.array([1.0, 0.0, 1.0, 0.0, 0.0])
    passing = np.stack([x, 0 * x], axis=1)[:, :, None]
    assert study.arrivals(bowl, passing)[0] == 3
    assert np.isnan(study.arrivals(bowl, passing[:3])[0])
    assert study.arrivals(bowl, 0 * passing)[0] == 0


def test_a_walk_that_leaves_stands_still_before_it_overflows():
    walks = study.walk("sgd", SURFACES["ravine"], study.START, [1.0], 100)
    assert np.isfinite(walks.path).all()
    assert np.abs(walks.path[-1]).max() > study.FAR
    assert np.isnan(study.steps_needed("sgd", SURFACES["ravine"], study.START, 1.0))


@each_optimizer
def test_the_best_rate_is_the_best(name):
    gentle = SURFACES["gentle"]
    best = study.steps_needed(name, gentle, study.START, study.best_rate(name, gentle), study.SEARCHED)
    others = [study.steps_needed(name, gentle, study.START, rate, study.SEARCHED) for rate in study.RATES]
    assert np.isnan(others).all() if np.isnan(best) else best == np.nanmin(others)


def test_noise_has_its_size_and_each_walk_its_own():
    walks = study.walk("sgd", SURFACES["gentle"], study.START, [0.01] * 20, 500, noise=3.0)
    pushes = np.stack([walks.gradients[t] - SURFACES["gentle"].gradient(walks.path[t]) for t in range(500)])
    assert pushes.std() == pytest.approx(3, rel=0.02)
    assert pushes.mean() == pytest.approx(0, abs=0.1)
    assert len(np.unique(walks.path[-1, 0])) == 20


def test_frames_show_every_early_step_and_the_last():
    moments = study.frames()
    assert moments[:41] == list(range(41))
    assert moments[-1] == study.MOST
    assert (np.diff(moments) > 0).all()


EXTENT = (-10.0, 10.0, -10.0, 10.0)


def test_arrows_that_add_up_share_one_scale():
    parts = {"gradient": np.array([[3.0, 0.0]]), "memory": np.array([[0.0, 4.0]]), "step": np.array([[3.0, 4.0]])}
    ends = arrows.arrow_ends(np.zeros((1, 2)), parts, 2, EXTENT)
    np.testing.assert_allclose(ends["gradient"] + ends["memory"], ends["step"])
    assert np.linalg.norm(ends["step"]) == pytest.approx(2 * 5)
    alone = arrows.arrow_ends(np.zeros((1, 2)), parts, None, EXTENT)
    assert {round(float(np.linalg.norm(v)), 9) for v in alone.values()} == {20 * arrows.LONG}


def test_no_arrow_where_there_is_no_step():
    for size in (0.0, 1e-14):  # what is left of rounding has no direction
        still = {"gradient": np.full((1, 2), size), "step": np.zeros((1, 2))}
        for times in (None, 1000):
            for v in arrows.arrow_ends(np.ones((1, 2)), still, times, (-1.0, 1.0, -1.0, 1.0)).values():
                np.testing.assert_allclose(v, 1, rtol=1e-10)


def drawn(name, surface, rate, start=study.START):
    """The lengths of a walk's arrows in the finished picture, by part, (F,) each, and its key."""
    ground, moments = SURFACES[surface], study.frames()
    walks = study.walk(name, ground, start, [rate], study.MOST)
    parts, path = study.parts(name, walks, rate), walks.path[:, :, 0]
    plane = ground.loss(grid(ground.extent, 20).T).reshape(20, 20)
    made = charts.surface_map(
        plane, ground.extent, {name: path}, name, parts, study.adds_up(name), moments, "light", ""
    )
    rows = [layer.data.iloc[0] for layer in made.layer if getattr(layer.mark, "type", "") == "rule"]
    ends = [np.stack([np.subtract(row["us"], row["xs"]), np.subtract(row["vs"], row["ys"])], axis=1) for row in rows]
    order = sorted(parts, key=lambda part: part != "step")
    return dict(zip(order, ends, strict=True)), parts, moments, " ".join(made.title.subtitle)


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if study.adds_up(name)])
@each_surface
def test_an_arrow_is_as_many_times_as_long_as_its_move_over_a_whole_walk(name, surface):
    ends, parts, moments, key = drawn(name, surface, 0.01)
    found = re.search(r"arrows at ([\d,]+) times their true length", key)
    times = int(found[1].replace(",", "")) if found else 1
    assert found or "arrows at their true length" in key
    for part, drawn_ends in ends.items():
        moves = parts[part][moments[:-1]]
        np.testing.assert_allclose(drawn_ends[:-1], times * moves, atol=2e-4)
        np.testing.assert_array_equal(drawn_ends[-1], 0)  # after the last step none follows


def test_at_the_bottom_no_arrow_can_be_seen_and_on_the_way_one_can():
    for name in ("sgd", "momentum"):
        ends, *_ = drawn(name, "ravine", 0.01)
        lengths = np.linalg.norm(ends["gradient"] / arrows.half(SURFACES["ravine"].extent), axis=1) / 2
        assert lengths[-10:].max() < 0.002 < 0.05 < lengths[12], name


@pytest.mark.parametrize("mode", ["light", "dark"])
@each_optimizer
def test_every_chart_is_valid(name, mode):
    ground, moments = SURFACES["ravine"], study.frames()
    walks = study.walk(name, ground, study.START, [1.0], study.MOST)  # SGD and momentum leave
    paths = {"sgd": walks.path[:, :, 0], name: walks.path[:, :, 0]}
    plane, parts = ground.loss(grid(ground.extent, 20).T).reshape(20, 20), study.parts(name, walks, 1.0)
    made = [
        charts.surface_map(plane, ground.extent, paths, name, parts, study.adds_up(name), moments, mode, "Ravine", 3),
        table.state_table(study.state(name, walks), moments, mode, "The next step", 3),
        charts.race_bars({"sgd": 882.0, name: np.nan}, name, 1000, mode),
    ]
    for chart in made:
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def test_the_text_twins_say_the_numbers():
    walks = study.walk("momentum", SURFACES["ravine"], study.START, [0.01], 20)
    path = walks.path[:, :, 0]
    assert "momentum at (10.00, 1.00)" in charts.surface_map_text("Ravine", {"momentum": path}, "momentum", 0)
    assert "gradient g (10, 100)" in table.state_table_text(study.state("momentum", walks), 0)
    assert charts.race_bars_text({"sgd": 882.0, "adam": np.nan}).endswith("plain descent 882, Adam never.")


def test_the_picture_the_table_and_their_twins_agree_about_the_end():
    walks, moments = study.walk("sgd", SURFACES["ravine"], study.START, [0.01], study.MOST), study.frames()
    rows, most = study.state("sgd", walks), study.MOST
    drawn_names = table.state_table(rows, moments, "light", "").layer[0].data["values"][0]
    assert (drawn_names[12], drawn_names[-2], drawn_names[-1]) == (
        "the next step (13)", f"the next step ({moments[-2] + 1})", f"the last step ({most})"
    )  # fmt: skip
    assert table.state_table_text(rows, most).startswith(f"The last step ({most}): ")
    assert table.state_table_text(rows, most - 1).startswith(f"The next step ({most}): ")
    assert f"After {most:,} steps" in charts.surface_map_text("", {"sgd": walks.path[:, :, 0]}, "sgd", most)


@each_surface
@each_optimizer
def test_numbers_are_written_as_people_write_them(name, surface):
    """No power of ten as a program has it, no minus before a zero; the twin has the numbers of the table."""
    walks, moments = study.walk(name, SURFACES[surface], study.START, [0.1], study.MOST), study.frames()
    rows = study.state(name, walks)
    made = table.state_table(rows, moments, "light", "").layer[-1].data["values"].explode()
    assert not [text for text in made if re.search(r"\de[+-]?\d|[−-]0(\.0*)?$|-", text)]
    for k in (0, 12, 300, study.MOST):
        twin = table.state_table_text(rows, k)
        assert all(table.rounded(v) in twin for of in rows.values() for v in of[min(k, study.MOST - 1)])
        assert not re.search(
            r"\de[+-]?\d|−0\.00\b|(?<!\w)-\d", charts.surface_map_text("", {name: walks.path[:, :, 0]}, name, k)
        )


def test_what_is_not_zero_is_written_as_zero_only_where_it_is_next_to_nothing():
    for value in (1.1e-6, -4.36e-6, 0.000436, -0.04):
        text = table.rounded(value).replace("−", "-")
        assert float(text) == pytest.approx(value, rel=0.06)
    assert [table.rounded(v) for v in (0.0, 1.6e-22, -2.9e-24)] == ["0", "≈ 0", "≈ 0"]


@pytest.mark.parametrize("chosen", list(OPTIMIZERS))
def test_where_walkers_meet_the_upper_dot_covers_the_lower_letters(chosen):
    paths = {name: np.zeros((3, 2)) for name in OPTIMIZERS}
    x, y = axes(EXTENT, ("x", "y"), "light")
    layers = charts._walkers(paths, chosen, [0, 1, 2], EXTENT, "light", x, y)
    assert [layer.mark.type for layer in layers] == ["point", "text"] * len(paths)
    assert all(len(layer.data) == 1 for layer in layers)
    assert [layer.data["name"].iloc[0] for layer in layers[-2:]] == [chosen] * 2
    assert layers[-2].data["size"].iloc[0] == max(layer.data["size"].iloc[0] for layer in layers)


@each_surface
@each_optimizer
def test_no_rate_and_no_start_overflows(name, surface):
    one = SURFACES[surface]
    for start in ((11.0, one.tall), (-11.0, 0.0), (0.0, 0.0)):
        walks = study.walk(name, one, start, study.RATES, 200, noise=10.0)
        assert np.isfinite(study.losses(one, walks.path)).all()
        assert np.isfinite(walks.memory).all()
