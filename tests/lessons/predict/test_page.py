"""Lesson 8: what is asked, what is shown, and what each experiment claims, from the core at the same settings."""

import re
from dataclasses import fields, replace
from urllib.parse import parse_qs

import numpy as np
import pytest

from core.charts.naming import minus
from core.data import ink
from core.lessons.predict import asking, known, networks, words
from core.training.experiment import Experiment, key_of
from tests.pressing import in_every_order, notes, press
from tests.runs import runs, trained

DIGITS = words.DIGITS.to_query()


def of_values(values):
    """The experiment that a try sets."""
    return Experiment(**{f.name: values[key_of(f.name)] for f in fields(Experiment)})


def shown(at) -> str:
    kinds = ("markdown", "info", "success", "warning", "latex", "caption", "error")
    return "\n".join(str(e.value) for kind in kinds for e in at.get(kind))


@pytest.fixture(scope="module")
def digits():
    return trained(words.DIGITS)


def test_the_result_is_hidden_until_there_is_a_prediction(open_app):
    at = open_app("predict", commit=False, zoom=30)
    assert "Measured" not in shown(at)
    assert len(at.get("vega_lite_chart")) == 1
    at.radio[0].set_value(words.PREDICTION.answer)
    press(at, "Commit")
    assert "**You said:**" in at.success[0].value
    assert len(at.get("vega_lite_chart")) > 2


def test_what_is_measured_is_what_the_network_says(open_app):
    history = trained(Experiment())
    sure = asking.confidence(history.predict(history.data.data.X[history.data.test]))
    at = open_app("predict")
    middle, spread = asking.center_of(history)
    edge = np.linalg.norm((history.data.data.X[history.data.train] - middle) / spread, axis=1).max()
    share, at_edge = (asking.share_sure(history, r) for r in (100, edge))
    assert words.MEASURED.format(test=np.mean(sure > 0.99), r100=share, at_edge=at_edge) in at.info[0].value
    p = history.predict(np.array([[2.0, 1.0]]))[0]
    assert f"{p:.1%} sure" in shown(at)
    assert f"{p:.4f}" in shown(at)  # the formula


@pytest.mark.parametrize("view", list(networks.VIEWS))
def test_every_view_can_be_chosen(open_app, view):
    at = open_app("predict", commit=False, **({} if view else DIGITS))
    at.button_group(key="predict.choose.view").set_value(view).run()
    assert not at.exception
    assert networks.network_of(view) == Experiment.from_query(at.query_params, also=("px", "py"))[0]
    assert at.radio(key=f"{words.LESSON.question('predict', view)}.options")


@pytest.mark.parametrize("query", [{}, {"px": 20.0, "py": 10.0}, {"px": -0.4, "py": 0.5}, {"px": 40.0, "py": -40.0}])
def test_the_written_numbers_give_the_written_answer(open_app, query):
    """With a calculator, from what is on the page."""
    score, chance = (plainly(formula.value) for formula in open_app("predict", **query).get("latex"))
    _, put_in, z = (part.strip() for part in score.split("&=")[1:])
    value = eval(put_in)
    assert f"{value:.{len(z.partition('.')[2])}f}" == z
    answer = chance.rpartition(" = ")[2].strip()
    if re.fullmatch(r"[\d.]+", answer):
        assert f"{1 / (1 + np.exp(-float(z))):.4f}" == answer
    else:
        assert r"\times 10" in answer


def plainly(latex: str) -> str:
    """The formula without its colors, frame and ends of lines."""
    latex = re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", latex)
    latex = re.sub(r"\\(begin|end)\{aligned\}|\$\$|\\\\(\[.*?\])?|&\\quad", "", latex)
    return latex.replace(r"\cdot", "*")


def test_another_point_gives_another_answer(open_app):
    at = open_app("predict")
    at.text_input(key="predict.px.typed").set_value("−1").run()
    assert "upper moon" in next(m.value for m in at.markdown if m.value.startswith("At (−1"))
    assert at.query_params["px"] == "-1"
    at.select_slider(key="predict.zoom").set_value(10.0).run()
    assert at.query_params["zoom"] == "10"
    assert not at.exception


def expected(values):
    """What the sentences of experiments speak of, from the core."""
    h = trained(of_values(values))
    point = np.array([values.get("px", 2.0), values.get("py", 1.0)])
    if not h.data.data.planar:
        point = ink.from_text(values["ink"]) if values.get("ink") else h.data.data.X[h.data.test][values.get("row", 0)]
    p = h.predict(point[None])
    if not h.data.data.classes:
        inner, outer = 10.0, 15.0
        near, far = h.predict(np.array([[inner], [outer]])) if len(point) == 1 else (0, 0)
        away = {"inner": inner, "outer": outer, "near": near, "far": far}
        return away | {"answer": p[0], "truth": 2 * point[0] - point[-1] + 0.5}
    right = np.mean(asking.winner(h.predict(h.data.data.X[h.data.test])) == h.data.data.y[h.data.test])
    sure = asking.in_words(asking.confidence(p)[0])
    top = h.data.data.classes[asking.winner(p)[0]]
    tanh, most = asking.share_sure(trained(words.FREE), 100), asking.surest(h)
    return {
        "accuracy": right,
        "r100": asking.share_sure(h, 100),
        "tanh": tanh,
        "before": trained(words.FREE).test_accuracy[-1],
        "most": most,
        "sure": sure,
        "answer": top,
    }


@pytest.mark.parametrize("name", ["", "digits", "number"])
def test_every_try_after_every_other_says_what_is_so(open_app, name):
    view = words.LESSON.views[name]
    start = {"": {}, "digits": DIGITS, "number": words.CURVE.to_query()}[name]
    at = open_app("predict", **start)
    for tried in in_every_order(view):
        press(at, tried.label)
        look = minus(tried.look.format(**expected(tried.values)))
        assert notes(at) == [look]
    press(at, "Reset")
    there = {"x": f"{known.FAR:g}"} if name == "number" else {}
    assert at.query_params == ({"v": "1"} | start | there if start else {})  # it stays with these data


@pytest.mark.parametrize("name", ["", "digits", "number"])
def test_every_view_asks_about_the_network_beside_it(open_app, name):
    start = {"": {}, "digits": DIGITS, "number": words.CURVE.to_query()}[name]
    at = open_app("predict", commit=False, **start)
    item, key = words.LESSON.views[name].prediction, words.LESSON.question("predict", name)
    assert at.radio(key=f"{key}.options").options == [option.text for option in item.options]
    assert "Measured" not in shown(at)
    at.radio(key=f"{key}.options").set_value(0)
    press(at, "Commit")
    assert f"**You said:** {item.options[0].text}" in at.warning[0].value


@pytest.mark.claims
def test_relu_is_sure_in_nearly_every_direction():
    assert min(asking.share_sure(h, 100) for h in runs(words.RELU)) > 0.98


@pytest.mark.claims
def test_small_weights_are_nowhere_sure():
    for held in runs(words.HELD):
        assert asking.surest(held) < 0.93  # and the page prints it for its own network
        assert held.test_accuracy[-1] < 0.85  # "the price"
    for free in runs(words.FREE):  # "comes close to 100%"
        assert asking.walk(free, np.array([20.0, 10.0])).here[-1] > 0.98
    assert replace(words.FREE, l2=words.HELD.l2) == words.HELD
    assert min(h.test_accuracy[-1] for h in runs(Experiment())) > 0.95


@pytest.mark.claims
def test_far_out_hardly_any_doubt_is_left():
    points = np.random.default_rng(0).uniform(-50, 50, (2000, 2))
    assert np.median([np.mean(asking.confidence(h.predict(points)) > 0.99) for h in runs(Experiment())]) > 0.95


@pytest.mark.claims
@pytest.mark.weekly
def test_longer_training_teaches_no_doubt():
    """Digits: turned ones and noise get surer answers in nearly all of twenty; far from the moons it stays as sure."""
    longer = [runs(replace(e, epochs=2 * e.epochs)) for e in (words.DIGITS, Experiment())]
    surer = []
    for before, after in zip(runs(words.DIGITS), longer[0], strict=True):
        strange = ink.quarter_turn(before.data.data.X[before.data.test]), ink.noise(1000, 0)
        surer.append(
            [asking.confidence(after.predict(X)).mean() > asking.confidence(before.predict(X)).mean() for X in strange]
        )
    assert np.sum(surer, axis=0).min() >= 16  # "usually more confident"
    out_there = [[asking.share_sure(h, 100) for h in some] for some in (runs(Experiment()), longer[1])]
    assert np.median(out_there[1]) == pytest.approx(np.median(out_there[0]), abs=0.03)  # "about as sure"
    assert np.median(out_there[1]) > 0.95


@pytest.mark.claims
def test_digits_claims():
    for one, low, high in ((words.TRIES_DIGITS[1], 0.92, 1), (words.FAILS_DIGITS, 0.12, 0.17)):
        picture = ink.from_text(one.values["ink"])[None]
        each = [asking.confidence(h.predict(picture))[0] for h in runs(words.DIGITS)]
        assert low < np.median(each) <= high
        assert low < each[words.DIGITS.seed] <= high
    for h in runs(words.DIGITS):
        X, y = h.data.data.X[h.data.test], h.data.data.y[h.data.test]
        upright, turned = h.predict(X), h.predict(ink.quarter_turn(X))
        assert np.mean(turned.argmax(1) != y) == pytest.approx(0.9, abs=0.02)  # "nine in ten"
        assert turned.max(1).mean() > upright.max(1).mean()  # "surer than before"
        assert np.mean(turned.max(1) > 0.9) > np.mean(upright.max(1) > 0.9)


@pytest.mark.claims
def test_the_turned_one_is_the_first_held_out_digit_turned():
    h = runs(words.DIGITS)[0]
    first = h.data.test[0]
    assert h.data.data.y[first] == 1
    assert ink.to_text(ink.quarter_turn(h.data.data.X[first])) == words.TURNED
    for each in runs(words.DIGITS):
        assert each.predict(ink.from_text(words.TURNED)[None])[0].argmax() == 4


@pytest.mark.claims
def test_turned_digits_are_read_as_fours_and_not_for_their_edge():
    """Pixels are not standardized, so no rare one is blown up; and without the outer columns it is still a four."""
    for h in runs(words.DIGITS):
        X = h.data.data.X[h.data.test]
        np.testing.assert_array_equal(h.data.inputs(X).T if len(h.data.inputs(X)) == 64 else h.data.inputs(X), X)
        turned = ink.quarter_turn(X)
        inside = turned.reshape(-1, 8, 8) * ([0] + [1] * 6 + [0])
        little = h.data.data.X[h.data.train].mean(0) < 0.2  # "ink where upright ones have little"
        for pictures in (turned, inside.reshape(-1, 64), turned * little):
            assert np.mean(h.predict(pictures).argmax(1) == 4) > 0.9


@pytest.mark.claims
def test_nearly_all_turned_digits_become_fours_and_noise_differs_by_the_first_weights():
    turned, noise = [], []
    for h in runs(words.DIGITS):
        turned.append(np.mean(h.predict(ink.quarter_turn(h.data.data.X[h.data.test])).argmax(1) == 4))
        noise.append(np.mean(asking.confidence(h.predict(ink.noise(1000, 0))) > 0.9))
    assert min(turned) > 0.95
    assert np.quantile(noise, 0.3) < 0.5  # "some in less than half"
    assert np.quantile(noise, 0.85) > 2 / 3  # "others in more than two thirds"


@pytest.mark.claims
def test_the_plane_goes_on_as_it_is():
    plane = words.LESSON.views["number"].fails.values
    point = np.array([[plane["px"], plane["py"]]])
    for h in runs(of_values(plane)):
        assert h.predict(point)[0] == pytest.approx(2 * point[0, 0] - point[0, 1] + 0.5, rel=0.03)


def test_digits_can_be_drawn_and_changed(open_app, digits):
    at = open_app("predict", **DIGITS)
    X = digits.data.data.X[digits.data.test]
    answer = asking.winner(digits.predict(X[:1]))[0]
    assert f"It reads a **{answer}**" in shown(at)
    press(at, "Turn by 90°")
    assert at.query_params["ink"] == ink.to_text(ink.quarter_turn(X[0]))
    press(at, "Noise")
    noisy = at.query_params["ink"]
    press(at, "Noise")
    assert at.query_params["ink"] != noisy
    press(at, "Empty page")
    assert at.query_params["ink"] == ink.BLANK
    press(at, "Another digit")
    assert "ink" not in at.query_params
    assert at.query_params["row"] == "1"


def test_the_crowds_of_digits(open_app, digits):
    X, y = digits.data.data.X[digits.data.test], digits.data.data.y[digits.data.test]
    turned = digits.predict(ink.quarter_turn(X))
    said = open_app("predict", **DIGITS).info[0].value
    assert f"on {np.mean(asking.confidence(turned) > 0.9):.0%} of the same digits, turned" in said
    assert f"Only {np.mean(asking.winner(turned) == y):.0%} of the turned ones are right" in said
    assert "it reads all of them as a 4" in said
    assert np.sum(turned.argmax(1) == 4) == len(y)


def test_a_network_can_be_chosen(open_app):
    at = open_app("predict")
    for name, (_, experiment) in networks.NETWORKS.items():
        if networks.view_of(experiment):
            continue  # has a view of its own
        assert at.selectbox(key="predict.network").options[-1] != words.OWN
        at.selectbox(key="predict.network").set_value(name).run()
        assert not at.exception
        assert {k: at.query_params[k] for k in experiment.to_query()} == experiment.to_query()


@pytest.mark.parametrize("name", list(networks.VIEWS))
def test_whatever_a_button_opens_has_a_name(open_app, name):
    view = words.LESSON.views[name]
    for one in (*view.tries, view.fails):
        at = open_app("predict", **({"view": name} if name else {}))
        press(at, one.label)
        assert words.OWN not in [option for menu in at.selectbox for option in menu.options]


@pytest.mark.parametrize("name", ["digits", "number"])
def test_other_pages_word_for_a_view_opens_it(open_app, name):
    at = open_app("predict", view=name)
    assert not at.warning
    assert at.button_group(key="predict.choose.view").value == name
    expected = networks.network_of(name).to_query() | ({"x": f"{known.FAR:g}"} if name == "number" else {})
    assert at.query_params == expected
    at = open_app("predict", view="number", dataset="digits", epochs="3")  # the data count for more
    assert at.query_params["dataset"] == "digits"
    assert at.query_params["epochs"] == "3"


def test_the_way_to_the_simulator_holds_the_experiment(open_app):
    at = open_app("predict", dataset="xor", noise=0.1, hidden="4")
    link = next(e.proto for e in at.get("page_link") if e.proto.label == words.SIMULATOR)
    query = {k: v[-1] for k, v in parse_qs(link.query_string).items()}
    assert Experiment.from_query(query)[0] == Experiment(dataset="xor", noise=0.1, hidden=(4,))


def test_a_file_of_points_is_answered(open_app):
    at = open_app("predict")
    at.file_uploader(key="predict.file").set_value(("p.csv", b"x1,x2\n0,1\n5,5\noops,1\n", "text/csv")).run()
    assert not at.exception
    answered = next(d.value for d in at.dataframe if "prediction" in d.value and len(d.value) == 2)
    history = trained(Experiment())
    p = history.predict(np.array([[0.0, 1.0], [5.0, 5.0]]))
    assert answered["prediction"].tolist() == [history.data.data.classes[k] for k in asking.winner(p)]
    assert answered["confidence"].to_numpy() == pytest.approx(asking.confidence(p), abs=1e-4)
    assert any("oops" in t.value for t in at.text)


def test_a_bad_file_is_refused_kindly(open_app):
    at = open_app("predict")
    at.file_uploader(key="predict.file").set_value(("p.csv", b"a,b,c\n1,2,3\n", "text/csv")).run()
    assert not at.exception
    assert any("x₁" in t.value for t in at.text)


def test_a_run_that_diverged_says_so(open_app):
    from core.workshop.presets import BY_SLUG

    at = open_app("predict", **BY_SLUG["too_fast"].experiment.to_query())
    assert not at.exception
    assert words.DIVERGED in shown(at)


@pytest.mark.parametrize(
    "query",
    [
        {"px": "inf", "py": "1e99", "zoom": "7"}, {"dataset": "digits", "ink": "<script>", "row": "-5"},
        {"dataset": "iris", "row": "999999"}, {"dataset": "sine", "samples": "10"},
        {"dataset": "bump", "hidden": "none"},
        {"dataset": "diabetes"}, {"dataset": "breast_cancer", "activation": "sigmoid", "epochs": "3"},
        {"loss": "hinge", "epochs": "5"}, {"dataset": "nope", "lr": "0"}, {"dataset": "blobs6", "epochs": "5"},
        {"hidden": "none"}, {"batchnorm": "1", "dropout": "0.5", "residual": "1", "epochs": "5"},
        {"features": "x1sq-x2sq", "epochs": "5"}, {"px": "-0.0", "py": "0"},
    ],
)  # fmt: skip
def test_whatever_a_link_says_the_page_opens(open_app, query):
    at = open_app("predict", **query)
    assert not at.exception


def test_where_certainty_does_not_rise_the_page_says_what_does(open_app):
    at = open_app("predict", **words.HELD.to_query())
    history = trained(words.HELD)
    near = np.median(asking.confidence(history.predict(history.data.data.X[history.data.test])))
    said = at.info[0].value
    assert f"{near:.0%} sure on the held-out points" in said
    assert "in 0% of all directions" in said
    assert "You said" not in shown(at)


def test_a_link_from_the_simulator_asks_the_network_of_its_epoch(open_app):
    at = open_app("predict", epochs="20", epoch="5", px="1.5", py="0.2")
    assert not at.exception
    assert not at.warning
    assert "the network as it was after epoch 5 of 20" in " ".join(c.value for c in at.caption)
    p = trained(Experiment(epochs=20)).predict(np.array([[1.5, 0.2]]), 5)[0]
    assert f"{max(p, 1 - p):.1%} sure" in " ".join(m.value for m in at.markdown)
    simulator = next(link for link in at.page_link if link.value == "Open in the simulator")
    assert "epoch=5" in simulator.proto.query_string
    last = open_app("predict", epochs="20", px="1.5", py="0.2")
    assert "after epoch" not in " ".join(c.value for c in last.caption)
    p = trained(Experiment(epochs=20)).predict(np.array([[1.5, 0.2]]))[0]
    assert f"{max(p, 1 - p):.1%} sure" in " ".join(m.value for m in last.markdown)


def test_an_epoch_before_a_run_diverged_can_still_be_asked(open_app):
    e = Experiment(dataset="bump", loss="mse", optimizer="sgd", learning_rate=2.0, epochs=200, samples=120)
    assert trained(e).diverged_step is not None
    assert open_app("predict", **e.to_query()).error
    assert not open_app("predict", **e.to_query(), epoch="1").error


def test_the_held_out_table_agrees_with_the_accuracy(open_app):
    at = open_app("predict", init="zeros", epochs="3", epoch="0")
    assert "Held-out examples answered wrongly: 45 of 90" in " ".join(m.value for m in at.markdown)


def test_a_view_opens_at_the_epoch_of_its_link(open_app):
    at = open_app("predict", view="number", epoch="0")
    assert at.query_params["epoch"] == "0"
    assert words.AT_EPOCH.format(epoch=0, epochs=known.CURVE.epochs) in [caption.value for caption in at.caption]


def test_a_place_beyond_the_picture_becomes_its_end_and_the_page_says_so(open_app):
    at = open_app("predict", view="number", x="1e999")
    end = re.fullmatch(r"The picture ends at (.+), so that's where we ask\.", at.warning[0].value)
    assert end
    assert float(at.query_params["x"]) == pytest.approx(float(end[1]), abs=0.01)
    assert f"x = {end[1]}" in shown(at)


def test_nothing_is_more_than_certain(open_app):
    at = open_app("predict", dataset="iris", samples="150", epochs="100")
    assert "at least 99." in shown(at)
    assert "100% sure" not in shown(at)
