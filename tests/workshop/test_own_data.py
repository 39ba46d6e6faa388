"""A learner's own data in the simulator, without a browser: the menu, the editors, the links, and who may see what."""

import pytest

from core.data import own
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
