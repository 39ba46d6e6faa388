import ast
import sys
from pathlib import Path

import numpy as np

import core.charts as c
from core.charts.band import band_text
from core.charts.plane import cells_of

EXTENT = (0.0, 4.0, 0.0, 2.0)
HALVES = np.zeros((2, 4, 4))
HALVES[1, :, 2:] = 0.9  # in the last frame the right half is class 1
X = np.array([[0.5, 0.5], [3.5, 1.9], [3.9, 0.1], [-9.0, 9.0]])
FOLDER = Path(c.__file__).parent


def test_points_find_their_cells_and_strays_the_nearest():
    rows, columns = cells_of(X, EXTENT, 4)
    assert rows.tolist() == [1, 3, 0, 3]
    assert columns.tolist() == [0, 3, 3, 0]


def test_boundary_text_counts_areas_and_points():
    said = c.boundary_text(HALVES, EXTENT, (X, np.array([0, 1, 0, 0])), (X[:1], np.array([1])))
    assert said == (
        "Decision regions over the plane: class 0 50%, class 1 50%. "
        "In the region of their own class lie 75% of 4 training points and 0% of 1 test points."
    )
    assert "class 1 0%" in c.boundary_text(HALVES, EXTENT, (X, np.array([0, 1, 0, 0])), frame=0)


def test_boundary_text_of_more_classes():
    winners = np.repeat([[[0, 1, 2, 2]]], 4, axis=1)
    said = c.boundary_text(winners, EXTENT, (X, np.array([0, 2, 2, 1])), classes=["a", "b", "c"], confidence=winners)
    assert "a 25%, b 25%, c 50%" in said
    assert "75% of 4 training points" in said


def test_surface_text_gives_range_and_mean_error():
    said = c.surface_text(HALVES, EXTENT, (X[:2], np.array([0.5, 0.9])))
    assert "from 0.00 to 0.90" in said
    assert "0.250 at 2 training points" in said


def test_unit_text_says_where():
    assert "on 50% of it, around (3.0, 1.0)" in c.unit_response_text(HALVES, EXTENT, name="Hidden 1, unit 2")
    assert "nowhere" in c.unit_response_text(HALVES, EXTENT, frame=0)


def test_curve1d_text_gives_the_error():
    x = np.linspace(0, 1, 11)
    said = c.curve1d_text(np.array([x * 0, x]), x, (np.array([0.25, 0.75]), np.array([0.25, 1.75])))
    assert said == "The fitted curve runs from 0.00 to 1.00. Root mean square error: 0.707 for 2 training points."


def test_confusion_text_names_the_most_frequent_mistake():
    names = ["cat", "dog", "owl"]
    said = c.confusion_text(np.array([[5, 1, 0], [3, 6, 0], [0, 0, 5]]), names)
    assert said == "16 of 20 points are on the diagonal, 80.0%. The most frequent mistake: dog called cat, 3 times."
    assert "No class is taken" in c.confusion_text(np.eye(3, dtype=int), names)


def test_learning_rate_text():
    said = c.learning_rate_text(np.arange(4), np.array([0.0, 0.1, 0.05, 0.01]))
    assert said == "The learning rate starts at 0, is largest at 1 with 0.1, and ends at 3 with 0.01."


def test_every_chart_has_its_twin_in_words():
    charts = [name for name in c.__all__ if f"{name}_text" in c.__all__]
    assert len(charts) == 8
    assert {name.removesuffix("_text") for name in c.__all__ if name.endswith("_text")} == set(charts)


def test_charts_know_arrays_and_altair_only():
    allowed = {"numpy", "pandas", "altair", "core"} | sys.stdlib_module_names
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in allowed, f"{file.name} imports {name}"
                assert not name.startswith("core.ui"), f"{file.name} imports {name}"


def test_one_of_something_is_not_many():
    x = np.arange(3)
    said = band_text(x, {"a": np.array([[3.0, 2.0, 1.0]])}, x_title="step", y_title="Loss")
    assert said == "Loss over step, one run. a: lowest at step 2 with 1; ends at 1."
    assert "median of 2 runs" in band_text(x, {"a": np.ones((2, 3)), "b": np.ones((1, 3))}, x_title="x", y_title="y")
    assert c.confusion_text(np.array([[3, 0], [1, 3]]), ["a", "b"]).endswith("b called a, once.")
    assert c.confusion_text(np.array([[3, 2], [1, 3]]), ["a", "b"]).endswith("a called b, 2 times.")
