"""Lesson 14 says what the core computes, for every link."""

import re
from urllib.parse import urlencode

import numpy as np
import pytest

from core.charts.naming import minus, scientific
from core.lessons.initialization import study, words
from core.training.experiment import lawful
from core.training.studies import sweep
from tests.pressing import in_every_order, notes, press

VIEWS = ["signal", "equal"]


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("initialization", commit=False, view=view, start="he", begin="zeros")
    assert not at.exception
    assert "You said" not in text(at)
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("initialization", view)
    at.radio(key=f"{name}.options").set_value(0)
    at.button(key=f"{name}.commit").click().run()
    assert f"You said:** {item.options[0].text}" in text(at)


def expected(view, v):
    """What a try's sentence says, worked out beside the page."""
    if view == "signal":
        found = study.first_pass(v["act"], v["start"], int(v["depth"]))
        spread, near_one = (
            np.median(found["spread"], axis=0),
            np.abs((found["edges"][1:] + found["edges"][:-1]) / 2) > 0.9,
        )
        return {
            "first": spread[0],
            "here_first": words.short(found["spread"][0, 0]),
            "here_last": words.short(found["spread"][0, -1]),
            "last": spread[-1],
            "tiny": scientific(spread[-1]),
            "edge": found["shares"][-1][near_one].sum(),
        }
    run = sweep(study.shallow(v["active"], v["begin"]), seeds=range(20))
    middle = study.units("tanh", "tiny")
    weights = middle["weights"][middle["epochs"].tolist().index(40)]
    ratios = weights[:, 1] / weights[:, 0]
    same = {
        "ratio": np.median(ratios),
        "alike": np.isclose(ratios, np.median(ratios), rtol=0.1, atol=0).sum(),
        "units": 8,
    }
    different = {
        "random": 8,
        "zeros": 1,
        "drop": 8,
        "tiny": study.kinds(study.units(v["active"], v["begin"])["weights"][-1]),
    }
    equal = np.median(sweep(study.shallow(v["active"], "equal"), seeds=range(20)).train_accuracy[0, :, -1])
    accuracy = np.median(run.train_accuracy[0, :, -1])
    return {"accuracy": accuracy, "kinds": different[v["begin"]], "equal_accuracy": equal} | same


@pytest.mark.parametrize("view", VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at, known = open_app("initialization", view=view), {}
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        filled = known.setdefault(tried.label, expected(view, tried.values))
        assert notes(at) == [minus(tried.look.format(**filled))]


def test_two_units_have_one_gradient(open_app):
    at = open_app("initialization", view="equal", epoch=10)
    first, second = [m.value for m in at.latex][-2:]
    assert first == second
    random = open_app("initialization", view="equal", begin="random", epoch=10)
    first, second = [m.value for m in random.latex][-2:]
    assert first != second


@pytest.mark.parametrize("first", [0.0123, 0.1746, 3.2])
@pytest.mark.parametrize("factor", [0.08, 0.691, 0.999, 1.02, 2.0])
@pytest.mark.parametrize("depth", [3, 10, 30])
def test_the_way_through_the_layers_is_so_as_written(first, factor, depth):
    spread = first * factor ** np.arange(depth)
    line = re.sub(r"\\textcolor\{[^}]*\}", "", words.through(spread))
    a, f, n, base, power = re.fullmatch(
        r"\{([\d.]+)\}\\times ([\d.]+)\^\{(\d+)\} = \{([\d.]+)(?:\\times 10\^\{(-?\d+)\})?\}", line
    ).groups()
    assert int(n) == depth - 1
    assert words.short(float(a) * float(f) ** int(n)) == words.short(spread[-1])
    assert float(base) * 10.0 ** int(power or 0) == pytest.approx(spread[-1], rel=0.51)


def test_runs_are_trained_when_they_are_looked_for(open_app):
    for act, depth, learning, stuck in (
        ("relu", "10", "Xavier, He, large (0.5)", "small (0.05)"),
        ("sigmoid", "10", "none", "Xavier, He, small (0.05), large (0.5)"),
        ("sigmoid", "3", "He, large (0.5)", "Xavier, small (0.05)"),
    ):
        at = open_app("initialization", act=act, depth=depth)
        assert "The same four starts" not in text(at)
        at.session_state["initialization.after"] = True
        at.run()
        assert not at.exception
        assert f"{depth} layers of {study.TRAINED_WIDTH} units" in text(at)
        page = re.sub(r"\s+", " ", text(at))
        assert f"with these starts: **{learning}**. With these it isn't: **{stuck}**." in page


def test_the_table_has_the_pictures_numbers(open_app):
    at = open_app("initialization", act="tanh")
    table, drawn = at.dataframe[0].value, at.get("vega_lite_chart")[0].proto.alt
    spreads = [f"{float(value):.2f}" for value in table["spread of a, seed 0"]]
    assert re.findall(r"layer \d+: spread (\d\.\d+)", drawn) == [spreads[k - 1] for k in layers_of(drawn)]
    assert list(table)[2] == f"spread of a, median of {study.SEEDS} starts"


def layers_of(drawn):
    return [int(k) for k in re.findall(r"layer (\d+):", drawn)]


@pytest.mark.parametrize(("depth", "label"), [("3", words.OPEN_DEEP), ("30", words.OPEN_FEWER.format(most=6))])
def test_the_network_opens_in_the_simulator(open_app, depth, label):
    at = open_app("initialization", depth=depth, start="he")
    link = next(one.proto for one in at.get("page_link") if one.proto.label == label)
    e = study.deep("relu", "he", min(int(depth), 6))
    assert lawful(e) == (e, [])
    assert urlencode({"v": "1"} | e.to_query()) == link.query_string


def test_the_loss_is_drawn_beside_the_right_answers(open_app):
    """Both curves of the second view, and both networks in each."""
    at = open_app("initialization", view="equal")
    assert not at.exception
    drawn = [str(element.proto) for element in at.get("vega_lite_chart")]
    assert all(any(title in chart for chart in drawn) for title in words.BESIDE.values())


@pytest.mark.parametrize("act", list(study.ACTIVE))
@pytest.mark.parametrize("start", list(study.STARTS))
@pytest.mark.parametrize("depth", [3, 30])
def test_every_start_opens(open_app, act, start, depth):
    at = open_app("initialization", act=act, start=start, depth=depth)
    assert not at.exception
    assert "nan" not in text(at)


@pytest.mark.parametrize(
    "query",
    [
        {"view": "<script>", "act": "sine", "start": "auto"},
        {"view": "equal", "begin": "half", "epoch": "1e400"},
        {"view": ["signal", "equal"], "depth": "1_0", "stranger": "1"},
    ],
)
def test_hostile_links_open(open_app, query):
    at = open_app("initialization", **query)
    assert not at.exception
    assert at.warning


def test_one_check_one_transfer_one_recall():
    for view in words.LESSON.views.values():
        assert [item.kind for item in view.checks] == ["check", "transfer", "recall"]
    for item in (
        *words.CHECKS,
        *words.CHECKS_EQUAL,
        *words.QUIZ,
        *(view.prediction for view in words.LESSON.views.values()),
    ):
        assert sum(option.right for option in item.options) == 1
        assert all(option.says for option in item.options)
