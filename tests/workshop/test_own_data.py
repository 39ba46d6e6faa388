"""A learner's own data in the simulator, without a browser: the menu, the editors, the links, and who may see what."""

import pandas as pd
import pytest

from core.data import own
from core.data.writing import csv_bytes
from core.lessons.predict import fields
from core.training.building import prepare_experiment
from core.training.engine import train
from core.training.experiment import Experiment
from core.workshop import cache, simulator
from core.workshop.own_session import example_name, first_points

ROWS = "\n".join(["size,color,kind", *(f"{k / 7:.2f},{['red', 'blue'][k % 2]},{'ab'[k % 3 > 0]}" for k in range(30))])
LONG = "\n".join(["size,weight,kind", *(f"{k / 7:.2f},{k % 11},{'ab'[k % 3 > 0]}" for k in range(300))])


@pytest.fixture
def opened(open_app):
    """Return ``opened(query, page="training")``: a page as a link opens it."""
    return lambda query=(), page="training": open_app(page, **dict(query))


def name_in(app):
    """The name of the data in the address."""
    given = app.query_params["dataset"]
    return given if isinstance(given, str) else given[-1]


def said(app):
    return "\n".join(
        e.value for kind in ("markdown", "text", "caption", "info", "warning", "error") for e in app.get(kind)
    )


def test_the_menu_offers_points_and_a_table_and_both_are_trained_on(opened):
    app = opened()
    menu = app.selectbox(key="training.dataset")
    assert menu.options[-2:] == ["Your own points", "Your own table"]
    app = menu.select_index(len(menu.options) - 2).run()
    assert not app.exception
    assert name_in(app) == first_points()
    menu = app.selectbox(key="training.dataset")
    app = menu.select_index(len(menu.options) - 1).run()
    assert not app.exception
    assert name_in(app) == example_name()
    assert "The link to this page carries these examples." in said(app)


def pasted(app, text):
    app.text_area(key="training.own.pasted").set_value(text)
    return app.button(key="training.own.use").click().run()


def test_a_pasted_table_is_trained_on_and_its_columns_are_chosen(opened):
    app = pasted(opened({"dataset": example_name()}), ROWS)
    assert not app.exception
    data = own.data_of(name_in(app))
    assert (data.features, data.target) == (("size", "color = blue", "color = red"), "kind")
    app = app.multiselect(key="training.own.inputs.0").set_value([0]).run()
    assert own.data_of(name_in(app)).features == ("size",)
    app = app.selectbox(key="training.own.target.0").select_index(0).run()
    data = own.data_of(name_in(app))
    assert not app.exception
    assert (data.task, data.target) == ("regression", "size")
    app = app.multiselect(key="training.own.inputs.0").set_value([]).run()
    assert "There is no column of numbers" in said(app)


def test_a_table_of_which_one_row_is_left_to_learn_from_opens(opened):
    name = "table.3~~1_0_1~~1_0_1~~3_0_1~~2~~~0100101145402261"
    app = opened({"dataset": name, "test": "0.5", "patience": "5", "epochs": "3", "v": "1"})
    assert not app.exception
    assert "nan" not in said(app)


def test_what_was_said_of_a_file_goes_when_the_learner_comes_back(opened):
    app = pasted(opened({"dataset": example_name()}), "a\n1\n")
    assert "The file has one column" in said(app)
    app.session_state["training.own.file"] = None
    del app.session_state["training.own.file"]  # as Streamlit forgets a widget of a page that was left
    assert "The file has one column" not in said(app.run())


def table(inputs: int, classes: int) -> str:
    """A table of so many inputs, with a number as its target where there are no classes."""
    target = (lambda k: "abcdefgh"[k % classes]) if classes else (lambda k: f"{k % 5 / 3:.2f}")
    rows = [",".join([*(f"{(k * (j + 3)) % 17 / 7:.2f}" for j in range(inputs)), target(k)]) for k in range(40)]
    return "\n".join([",".join([*(f"size{j}" for j in range(inputs)), "kind"]), *rows])


@pytest.mark.parametrize("classes", [0, 2, 3, 8])
@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_a_table_of_any_shape_is_drawn_trained_on_and_asked(inputs, classes, opened):
    app = pasted(opened({"dataset": example_name(), "epochs": "5"}), table(inputs, classes))
    assert not app.exception
    assert f"{inputs} input{'s' * (inputs > 1)} → kind" in said(app)
    assert len(app.get("vega_lite_chart")) >= 3
    app.session_state["training.enlarge"] = True  # as a visitor opens the drawer
    assert not app.run().exception
    asked = opened({"dataset": name_in(app), "epochs": "5", "v": "1"}, "predict")
    assert not asked.exception
    assert asked.get("vega_lite_chart")


def test_a_long_table_stays_in_its_session_and_the_page_says_so(opened):
    app = pasted(opened({"dataset": example_name()}), LONG)
    assert not app.exception
    name = name_in(app)
    assert name.startswith(own.HELD)
    assert "doesn't carry these examples. It carries at most 200 examples." in said(app)
    stranger = opened({"dataset": name, "v": "1"})
    assert not stranger.exception
    assert "dataset" not in stranger.query_params
    assert "too large to go into the link" in said(stranger)


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "The file is empty"), ("a\n" + "1\n" * 20, "The file has one column"), ("a,b\n1,2\n", "Rows to learn from: 1"),
    ("a,b\n" + "1,2\n" * 20, "No column can be predicted"), ("a,a\n" + "1,2\n" * 20, "Two columns are called"),
    ("<html>" + "x" * 50, "This is a web page"), ("a,b\n" + "1,2\n" * 6000, "more than 5,000 rows"),
    (",".join(f"c{k}" for k in range(1500)) + "\n" + ",".join(["1"] * 1500), "at most 1,000 are looked at"),
])  # fmt: skip
def test_what_cannot_be_used_gets_its_sentence(text, sentence, opened):
    app = pasted(opened({"dataset": example_name()}), text)
    assert not app.exception
    assert sentence in said(app)
    assert name_in(app) == example_name()


@pytest.mark.parametrize("name", [
    "points.", "points.x", "table.2~~~", "held.abc", "held." + "0" * 32, "points." + "9" * 5000, "table.<script>",
    "points.2~~0_0_1~~0_0_1~~2~~~", "points.9~~0_0_1",
])  # fmt: skip
@pytest.mark.parametrize("page", ["training", "predict"])
def test_whatever_a_link_says_the_page_opens(name, page, opened):
    app = opened({"dataset": name, "v": "1"}, page)
    assert not app.exception


def test_a_sheet_with_too_few_points_asks_for_more(opened):
    app = opened({"dataset": "points.2~~0_0_1~~0_0_1~~2~~~000", "v": "1"})
    assert not app.exception
    assert "Paint at least 4 points" in said(app)


@pytest.mark.parametrize("name", [first_points(), example_name()])
def test_lesson_8_asks_the_network(name, opened):
    app = opened({"dataset": name, "epochs": "5", "v": "1"}, "predict")
    assert not app.exception


def test_points_by_a_formula(opened):
    app = opened({"dataset": first_points(), "epochs": "5"})
    app = app.text_input(key="training.own.formula").set_value("x1^2 - 1").run()
    app = app.button(key="training.own.make").click().run()
    assert not app.exception
    data = own.data_of(name_in(app))
    assert len(data.y) == 100
    assert ((data.X[:, 1] > data.X[:, 0] ** 2 - 1) == data.y).all()
    app.text_input(key="training.own.formula").set_value("__import__('os')").run()
    app = app.button(key="training.own.make").click().run()
    assert "A formula is made of numbers" in said(app)
    assert own.data_of(name_in(app)).X.tolist() == data.X.tolist()


def test_points_can_be_typed_as_a_table():
    from core.workshop.own_points import _read as read_rows
    from core.workshop.own_points import _rows, _written

    data = own.data_of(first_points())
    table = _rows(_written(data))
    X, y, notes = read_rows([*table, ["0,5", "1,25", "class 1"], [None, None, None]], table, data)
    assert (X[-1].tolist(), y[-1], len(y)) == ([0.5, 1.25], 1, 41)
    assert notes == ["The comma is the decimal sign: “0,5” is 0.5."]
    X, y, notes = read_rows([*table, ["abc", "1", "class 1"]], table, data)
    assert len(y) == 40
    assert "holds “abc”, which is not a number" in notes[0]


def test_ten_rows_too_wide_for_a_link_open_without_a_slider_that_has_nowhere_to_go(opened):
    wide = "\n".join(
        [
            ",".join([*(f"size{j}" for j in range(9)), "kind"]),
            *(",".join([*(f"{(k + 2) * (j + 3) % 17}" for j in range(9)), "ab"[k % 2]]) for k in range(10)),
        ]
    )
    app = pasted(opened({"dataset": example_name(), "epochs": "5"}), wide)
    assert not app.exception
    assert name_in(app).startswith(own.HELD)
    assert "All 10 examples are used." in said(app)


PARTS = "\n".join(
    ["part,distance,row,kind", *(f"{k / 7:.2f},{(3 * k) % 11},{k % 5},{'ab'[k % 3 > 0]}" for k in range(30))]
)


def test_a_learners_columns_are_kept_whatever_they_are_called(opened):
    """The columns that the course adds are called part, row, distance and so on, too."""
    app = pasted(opened({"dataset": example_name(), "epochs": "5"}), PARTS)
    name = name_in(app)
    data = own.data_of(name)
    assert data.features == ("part", "distance", "row")
    scene = simulator.run(Experiment(dataset=name, epochs=5), ("spread", 0, 1))
    table = simulator.examples(scene)
    assert list(table.columns) == ["part", "distance", "row", "kind", "part (2)"]
    assert (table[list(data.features)].to_numpy() == data.X).all()
    assert set(table["kind"]) == {"a", "b"}
    assert set(table["part (2)"]) == {"train", "test"}
    h = train(Experiment(dataset=name, epochs=5))
    points = pd.DataFrame(data.X[:3], columns=list(data.features)).rename_axis("row")
    answered = fields.predictions(h, points)
    assert (answered[list(data.features)].to_numpy() == data.X[:3]).all()
    assert list(answered.columns[3:]) == ["prediction", "confidence", "distance (2)"]
    asked = opened({"dataset": name, "epochs": "5", "v": "1"}, "predict")
    rows = csv_bytes(pd.DataFrame(data.X[:3], columns=list(data.features)))
    asked.file_uploader(key="predict.file").set_value(("mine.csv", rows, "text/csv")).run()
    assert not asked.exception


WEIGHTS = "\n".join(
    ["weight,length,kind", *(f"{1500 + 13 * k},{7 + k % 5},{'ab'[k % 3 > 0]}" for k in range(30))]
)  # grams beside centimeters


def test_lesson_8_asks_near_a_learners_data_whatever_their_scale(opened):
    app = pasted(opened({"dataset": example_name(), "epochs": "5"}), WEIGHTS)
    name = name_in(app)
    asked = opened({"dataset": name, "epochs": "5", "v": "1"}, "predict")
    middle = prepare_experiment(Experiment(dataset=name, epochs=5))
    near = middle.data.X[middle.train].mean(0)
    assert (asked.session_state["predict.px"], asked.session_state["predict.py"]) == pytest.approx(near, rel=1e-3)
    asked = asked.text_input(key="predict.px.typed").set_value("1700").run()
    assert asked.query_params["px"] == "1700"
    assert "1700" in asked.text_input(key="predict.px.typed").value
    left, right, low, high = fields.plane(cache.query_of(Experiment(dataset=name, epochs=5)), -1, 1.0)["extent"]
    assert (right - left) == pytest.approx(1.08 * 13 * 29)
    assert (high - low) == pytest.approx(1.08 * 4)


def test_a_point_too_far_out_is_refused_before_the_others_fall_together():
    from core.workshop.own_points import _too_far

    data = own.data_of(first_points())
    assert _too_far(data.X, data.y, data) == ""
    X = data.X.copy()
    X[4, 0] = 5000
    assert _too_far(X, data.y, data) == ""
    X[4, 0] = 1_000_000
    assert _too_far(X, data.y, data).startswith("Row 5: 1000000 is too far from the other points")


@pytest.mark.parametrize("preset", ["8-8-8", "8"])
def test_a_message_about_layers_goes_with_them(opened, preset):
    app = opened({"epochs": "5"})
    app = app.text_input(key="training.widths").set_value("abc").run()
    assert "is not a list of widths" in said(app)
    app = app.text_input(key="training.widths").set_value(preset).run()
    assert "is not a list of widths" not in said(app)
    app = app.text_input(key="training.widths").set_value("abc").run()
    app.session_state["training.hidden"] = (4, 4)  # as a preset, Reset or a link does
    assert "is not a list of widths" not in said(app.run())


def test_a_picture_has_two_different_axes(opened):
    app = opened({"dataset": "iris", "samples": "150", "view": "inputs", "ax": "2", "ay": "2", "epochs": "5"})
    assert not app.exception
    assert "Vertical axis: it must be another input" in said(app)
    assert (app.session_state["training.ax"], app.session_state["training.ay"]) == (2, 3)
    assert len(app.selectbox(key="training.ay").options) == 3


def test_lesson_8_says_what_a_link_asked_for_in_vain(opened):
    app = opened({"epochs": "5", "epoch": "500", "row": "500"}, "predict")
    assert "Epoch: the run has 5, so it is the last." in said(app)
    assert "Held-out example: there are 90, so it is the last." in said(app)
    assert (app.query_params["epoch"], app.query_params["row"]) == ("5", "89")


def test_what_was_changed_is_said_until_something_is_moved(opened):
    """A browser asks for a second run at once, and by then all settings go together."""
    app = opened({"dataset": "iris", "samples": "150", "view": "inputs", "ax": "2", "ay": "2", "epochs": "5"}).run()
    assert "Vertical axis: it must be another input" in said(app)
    app = app.slider(key="training.samples").set_value(100).run()
    assert "Vertical axis: it must be another input" not in said(app)


def test_reset_takes_the_message_about_layers_along_where_the_layers_stay(opened):
    app = opened({"epochs": "5"})
    app = app.text_input(key="training.widths").set_value("abc").run()
    assert "is not a list of widths" in said(app)
    app = next(button for button in app.button if button.label == "Reset").click().run()
    assert "is not a list of widths" not in said(app)


def test_numbers_go_home_as_they_came():
    table = pd.DataFrame({"grams": [1623.0, 1500.0], "sure": [0.5, 1.0], "none": [1.0, float("nan")]})
    assert csv_bytes(table) == b"grams,sure,none\n1623,0.5,1.0\n1500,1.0,\n"
