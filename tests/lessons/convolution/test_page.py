"""Lesson 23 says what the core computes, for every link."""

import json
import re

import numpy as np
import pytest

from core.charts.described import describe
from core.charts.naming import minus
from core.data import ink
from core.lessons.convolution import charts, kernel, kernel_charts, study, trained_charts, words, worked
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = list(words.LESSON.views)
DIGIT = np.rint(study.data()["X_test"][9].reshape(8, 8) * 16)
WEIGHTS = kernel.from_text(kernel.FIRST)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


@pytest.mark.parametrize("view", VIEWS)
def test_the_prediction_comes_first(open_app, view):
    at = open_app("convolution", commit=False, view=view)
    assert not at.exception
    assert not at.selectbox
    assert "Measured" not in text(at)


def test_one_kernel_says_what_was_measured(open_app):
    at, asked = open_app("convolution"), kernel.asked(DIGIT)
    assert asked["left"] == 0  # "no ink lies under the −1s"
    assert not at.exception
    assert f"the largest z is {asked['best']:g}" in text(at)
    assert asked["dark"] < 0 < asked["best"]
    assert "Its 36 places share 9 weights" in text(at)


def test_trained_kernels_say_what_was_measured(open_app):
    at, found = open_app("convolution", view="trained"), study.ends("kernels", study.ASKED)
    assert not at.exception
    assert f"{np.median(found['test']):.1%} with kernels" in text(at)
    said = notes(press(at, words.FAILS_TRAINED.label))[0]
    assert f"{study.work('dense', 16):,}" in said
    assert at.query_params["along"] == "work"


def test_moved_pixels_say_what_was_measured(open_app):
    at, found = open_app("convolution", view="moved"), study.ends("dense", study.RIVAL)
    assert not at.exception
    assert f"{np.median(found['shifted']):.0%}" in text(at)
    said = notes(press(at, words.FAILS_MOVED.label))[0]
    for kind, size in (("kernels", study.ASKED), ("dense", study.RIVAL)):
        assert f"{np.median(study.ends(kind, size, 'shuffled')['test']):.1%}" in said


def of_kernel(values):
    conv, page = kernel.layer(values["layer"]), DIGIT
    if values["ink"]:
        page = ink.from_text(values["ink"]).reshape(8, 8) * 16
    return kernel.counts(conv) | {"most": kernel.feature_map(page, kernel.from_text(values["kernel"]), conv).max()}


def of_trained(values):
    of = {"kernels": study.KERNELS, "dense": study.UNITS}
    scores = {(kind, size, "plain"): study.ends(kind, size) for kind, sizes in of.items() for size in sizes}
    return study.scored_facts(scores) | {"end": study.watched(int(values["kernels"]), values["seed"])["accuracy"][-1]}


def of_moved(values):
    needed = study.needed(values["case"])
    return study.medians(study.pairs(values["case"], {name: study.ends(*name) for name in needed}))


@pytest.mark.parametrize(
    ("view", "expected"), [("kernel", of_kernel), ("trained", of_trained), ("moved", of_moved)], ids=VIEWS
)
def test_every_try_after_every_other_says_what_is_so(open_app, view, expected):
    at, shown = open_app("convolution", view=view), words.LESSON.views[view]
    looks = {one.label: minus(one.look.format(**expected(one.values))) for one in (*shown.tries, shown.fails)}
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [looks[tried.label]]


def test_tries_of_the_first_view_say_these_numbers(open_app):
    at = open_app("convolution")
    press(at, words.FAILS_KERNEL.label)
    assert "z is 0 everywhere" in notes(at)[0]
    press(at, words.TRIES_KERNEL[2].label)
    assert "4 × 4 places" in notes(at)[0]
    assert "so 4 numbers are left" in notes(at)[0]


def test_a_kernel_with_a_name_and_one_of_ones_own(open_app):
    at = open_app("convolution", kernel="1 0 0 0 1 0 0 0 0.5")
    assert not at.exception
    assert at.selectbox[0].value == "own"
    at.selectbox[0].select("blur").run()
    assert not at.exception
    assert at.session_state["convolution.kernel"] == kernel.PRESETS["blur"][1]


@pytest.mark.parametrize("layer", kernel.LAYERS)
def test_every_layer_and_any_picture(open_app, layer):
    at = open_app("convolution", layer=layer, ink="0g" * 32, epoch="999", kernel="nonsense", row="-5")
    assert not at.exception
    assert at.session_state["convolution.kernel"] == kernel.FIRST
    assert at.session_state["convolution.row"] == 0


def test_the_next_digit_comes_after_the_last(open_app):
    at = open_app("convolution", row=study.TESTED - 1)
    press(at, "Another digit")
    assert at.session_state["convolution.row"] == 0


def plain(latex):
    return re.sub(r"\\textcolor\{[^}]*\}\{([^}]*)\}", r"\1", latex)


@pytest.mark.parametrize("name", kernel.PRESETS)
def test_the_nine_products_are_so_as_written(name):
    weights = kernel.from_text(kernel.PRESETS[name][1])
    found = kernel.slid(DIGIT, weights, kernel.layer("plain"))
    for at in (0, 7, 20):
        written = plain(worked.products(found["patches"][at], weights))
        terms = re.findall(r"(\d+) \\times \(?(-?[\d.]+)\)?", written)
        assert len(terms) == 9
        total = float(re.findall(r"(-?[\d.]+) \\end", written)[0])
        assert sum(float(a) * float(b) for a, b in terms) == pytest.approx(total)
        assert total == pytest.approx(found["z"].ravel()[at])


def test_the_sizes_are_so_as_written():
    for k in study.KERNELS:
        assert f"= {study.parameters('kernels', k)}" in worked.size(k, 3)
        assert f"= {study.work('kernels', k)} " in worked.work(k, 3)
    for units in study.UNITS:
        assert worked.dense_size(units).endswith(f"= {study.parameters('dense', units)}")
        assert worked.dense_work(units).endswith(f"= {study.work('dense', units)}")
    assert plain(worked.moved(kernel.moved(DIGIT, WEIGHTS))) == r"z_{3,2} = 41 \;\to\; z_{3,3} = 41"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("layer", kernel.LAYERS)
def test_the_sliding_kernel_is_a_valid_chart(mode, layer):
    padding, stride, pooling = kernel.LAYERS[layer]
    found = kernel.slid(DIGIT, WEIGHTS, kernel.layer(layer))
    look = {"padding": padding, "stride": stride, "pooling": pooling, "title": "Slides", "start": 0}
    for answered in (True, False):
        chart = kernel_charts.sliding(DIGIT, WEIGHTS, found, mode, answered=answered, **look)
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))
    assert "z" not in kernel_charts.sliding_text(found, 0, answered=False).split()
    assert f"largest {kernel_charts.number(found['z'].max())}" in kernel_charts.sliding_text(found, 0)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_other_charts_are_valid(mode):
    run, picture = study.watched(2, 0), study.data()["X_test"][9]
    seen = study.seen(run["theta"], 2, picture)
    scores = np.linspace(0.8, 1, 40).reshape(2, 20)
    sizes = {
        "with kernels": ([300, 900], ["2 kernels", "4 kernels"], scores),
        "dense": ([400], ["8 units"], scores[:1]),
    }
    for chart in (
        trained_charts.learning(picture, seen, run["accuracy"], mode, "Learn", 0),
        charts.sizes(sizes, mode, "Sizes", "weights", (180, 5000), 0),
        charts.strips(["a", "b"], list(scores), mode, "Strips", 0.5),
        charts.pages(np.stack([picture] * 2), ["as it is", "right"], mode, "Pages"),
    ):
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))
    assert "2 kernels, 300: 84.9%" in charts.sizes_text(sizes, "weights")
    assert charts.strips_text(["a"], [scores[1]]).endswith("a 95.1%, 90.3% to 100.0%.")
    assert "as it is, right" in charts.pages_text(["as it is", "right"], "Pages")
    assert f"{run['accuracy'][-1]:.0%} of all" in trained_charts.learning_text(seen, run["accuracy"], -1)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "convolution", view)


def test_the_line_of_neighbors_is_measured(open_app):
    at = open_app("convolution", view="moved", case="shuffled")
    X = study.data()["X"]
    lines = [plain(line.value) for line in at.latex]
    assert rf"r = {study.alike(X):.2f} \;\to\; {study.alike(study.shuffled(X)):.2f}" in " ".join(lines)


def test_the_line_of_a_move_names_its_kernel(open_app):
    assert "The kernel “Upright edges”: its largest z" in text(open_app("convolution", view="moved"))
    at = open_app("convolution", view="moved", kernel="1 0 0 0 1 0 0 0 0.5")
    assert "The kernel “Your own”: its largest z" in text(at)


def test_how_many_are_right_is_not_shown_while_it_is_asked(open_app):
    def charts_of(at):
        return " ".join(str(chart.proto.spec) for chart in at.get("vega_lite_chart"))

    assert "of all test digits right" not in charts_of(open_app("convolution", commit=False, view="trained"))
    assert "of all test digits right" in charts_of(open_app("convolution", view="trained"))
