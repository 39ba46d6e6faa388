"""The lesson on explaining answers says what the core computes, for every link."""

import json
import re

import numpy as np
import pytest

from core.charts.described import describe
from core.charts.naming import minus
from core.data import ink
from core.lessons.inside import charts, looking, mistakes, panels, study, words, worked
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = list(words.VIEWS)
each_view = pytest.mark.parametrize("view", VIEWS)


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def live(at):
    """What the sentence of a pressed experiment says of the picture in sight."""
    picture = (
        ink.from_text(at.session_state["inside.ink"])
        if at.session_state["inside.ink"]
        else looking.data()["X_test"][at.session_state["inside.row"]]
    )
    one = looking.Looked(picture, looking.trained()[at.session_state["inside.net"] - 1])
    view, found = at.session_state["inside.view"], {"answer": one.answer, "sure": one.sure}
    if view == "pixels":
        asked = at.session_state["inside.asked"]
        found["turned"] = study.turned(one, one.answer if asked == "answer" else int(asked))
    if view == "units":
        asked = np.array([[one.answer]])
        order = study.order_of(one.theta, one.units, asked, at.session_state["inside.order"])[:, 0]
        kept = np.ones((looking.UNITS, 1))
        kept[order[: at.session_state["inside.off"]]] = 0
        z = looking.silenced(one.theta, one.units, kept)[:, 0]
        found |= {"answer": int(z.argmax()), "then": looking.in_words(float(np.exp(z).max() / np.exp(z).sum()))}
        found |= study.left_of(one) | {"before": one.answer}
    if view == "worst":
        erase = int(at.session_state["inside.erase"])
        of, here = panels.of_mistakes(at.session_state["inside.net"] - 1, at.session_state["inside.kind"], erase)
        found |= {"here": here, "shown": len(of)}
    return found


@each_view
def test_each_view_confronts_with_what_is_measured(open_app, view):
    at = open_app("inside", view=view)
    assert not at.exception
    measured = minus(words.MEASURED_OF[view].format(**study.facts(view)))
    assert any(measured in note.value for note in at.info)


@each_view
def test_the_prediction_comes_first(open_app, view):
    at = open_app("inside", commit=False, view=view, asked="3", patch="3", off=5, erase="2", against="other", row=7)
    assert not [*at.slider, *at.selectbox]
    assert "Measured" not in text(at)
    name = words.LESSON.question("inside", view)
    at.radio(key=f"{name}.options").set_value(0)
    at.button(key=f"{name}.commit").click().run()
    assert "You said:**" in text(at)
    assert not at.exception


@each_view
def test_every_try_after_every_other_says_what_is_so(open_app, view):
    at = open_app("inside", view=view)
    for tried in in_every_order(words.LESSON.views[view]):
        press(at, tried.label)
        assert notes(at) == [minus(tried.look.format(**(study.facts(view) | live(at))))]


def test_the_worked_lines_are_so(open_app):
    picture, theta = looking.data()["X_test"][5], looking.trained()[3]
    one = looking.Looked(picture, theta)
    assert one.answer == 1
    found = one.maps(one.answer)
    k = int(np.abs(found["occlusion"]).argmax())
    lines = " ".join(line.value for line in open_app("inside", row=5, net=4).latex)
    assert rf"\tfrac{{{round(16 * picture[k])}}}{{16}}" in lines or picture[k] == 1
    assert f"{found['occlusion'][k]:.2f}" in lines
    adds = looking.ablation(theta, one.units, np.array([[1]]))[:, 0]
    z = looking.scores(one.network, picture[None])[1, 0, 0]
    lines = " ".join(line.value for line in open_app("inside", row=5, net=4, view="units").latex)
    assert f"{z - adds.max():.2f}" in lines


def test_slope_times_ink_is_so_as_written():
    """For every ink that a pixel can have: what is written gives what is written."""
    for count in range(17):
        for slope in (-3.14159, -0.004, 0.996, 2.71828):
            line = re.sub(r"\\textcolor\{[^}]*\}", "", worked.outline([(count / 16, {"trained": slope})]))
            a, over, whole, product = re.search(
                r"\{(\S+?)\} \\times \{(?:\\tfrac\{(\d+)\}\{16\}|(\d))\} &= \{(\S+?)\}", line
            ).groups()
            ink_ = int(over) / 16 if over else int(whole)
            assert ink_ == count / 16
            assert float(a) * ink_ == pytest.approx(float(product), abs=0.51 * 10.0 ** -len(product.partition(".")[2]))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 20])
def test_a_score_without_units_is_so_as_written(count):
    rng = np.random.default_rng(count)
    off = [tuple(pair) for pair in rng.normal(0, 2, (count, 2))]
    line = re.sub(r"\\textcolor\{[^}]*\}", "", worked.units(5, 11.9234, off, (3, 4.5678)))
    first, answer, rival = (re.findall(r"-?\d+\.\d+", part) for part in re.split(r"z_\{\d\}", line))
    numbers = [float(v) for v in first]
    left = numbers[0] - (numbers[1] if count > 3 else sum(a * w for a, w in zip(*[iter(numbers[1:])] * 2, strict=True)))
    assert len(numbers) == (2 if count > 3 else 1 + 2 * count)
    assert left == pytest.approx(float(answer[0]), abs=0.51 * 10.0 ** -len(answer[0].partition(".")[2]))
    assert float(answer[0]) == pytest.approx(11.9234 - sum(a * w for a, w in off), abs=0.006)
    assert float(rival[0]) == pytest.approx(4.5678, abs=0.006)


@pytest.mark.parametrize("off", [0, 1, 3, 32])
def test_the_line_goes_with_the_slider(open_app, off):
    one = looking.Looked(looking.data()["X_test"][2], looking.trained()[0])
    order = study.order_of(one.theta, one.units, np.array([[one.answer]]), "effect")[:, 0]
    mask = np.isin(np.arange(looking.UNITS), order[: max(off, 1)], invert=True)[:, None]
    z = looking.silenced(one.theta, one.units, mask)[:, 0]
    line = next(m.value for m in open_app("inside", view="units", row=2, off=off).latex if "z_{" in m.value)
    for digit in (one.answer, int(np.argmax(np.where(np.arange(10) == one.answer, -np.inf, z)))):
        written = re.search(rf"z_\{{{digit}\}} &= \\textcolor\{{[^}}]*\}}\{{(-?[\d.]+)\}}", line)
        assert float(written[1]) == pytest.approx(z[digit], abs=0.006)


def test_the_ringed_pixels_are_those_of_the_comparison():
    one = looking.Looked(looking.data()["X_test"][2], looking.trained()[0])
    product = one.maps(one.answer)["product"]
    blank, most = panels.of_line(one.picture, product, "all")
    assert one.picture[blank] == 0
    assert one.picture[most] == one.picture.max()
    least, most = panels.of_line(one.picture, product, "ink")
    assert one.picture[least] == one.picture[one.picture > 0].min()
    assert one.picture[most] == one.picture.max()
    assert [product[k] for k in panels.of_line(one.picture, product, "signed")] == [product.max(), product.min()]
    assert panels.of_line(np.zeros(64), product, "all") == ()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_chart_is_valid(mode):
    one = looking.Looked(looking.data()["X_test"][2], looking.trained()[0])
    found, x = one.maps(one.answer), np.arange(study.MOST_ERASED + 1)
    kept = {words.NAMES[name]: each for name, each in study.erasing().items()}
    for chart in (
        charts.panels(panels.of_methods(one, found, False, (20,)), mode, "Maps", ["key"], 2),
        charts.panels(panels.of_networks(one.picture, {"trained": found}, "ink", (3, 20)), mode, "Maps", "", 3),
        charts.units(np.linspace(2, -1, 32), np.arange(32) < 3, mode, "Units", "z", "dashed"),
        charts.bars(one.chances, mode, "Answers", ""),
        charts.erasing(x, kept, mode, "Erased", ["a", "b"], "erased", "stay"),
    ):
        chart.to_dict(validate=True)
        assert "NaN" not in json.dumps(describe(chart))


def raced(at):
    """The scores of the worked line, by digit."""
    line = re.sub(r"\\textcolor\{[^}]*\}|[{}]", "", next(m.value for m in at.latex if r"\quad" in m.value))
    return {int(d): [float(v) for v in re.findall(r"-?\d+\.\d+", z)] for d, z in re.findall(r"z_(\d):([^:z]*)", line)}


@pytest.mark.parametrize("kind", list(words.KIND))
@pytest.mark.parametrize("side", [0, 1, 2, 3])
@pytest.mark.parametrize("net", [1, 9, 16])
def test_who_is_ahead_is_so(open_app, net, kind, side):
    """The line is that of the picture: its scores and words by hand, without the patch that is erased there."""
    found, theta = mistakes.gallery(net - 1, kind), looking.trained()[net - 1]
    of, _ = panels.of_mistakes(net - 1, kind, side)
    k, network = mistakes.telling(theta, found, side), looking.network_of(theta)
    before, after = (
        looking.scores(network, page[None])[:, 0, 0]
        for page in (looking.data()["X_test"][found["row"][k]], of[k].values)
    )
    at, answer, now = (
        open_app("inside", view="worst", net=net, kind=kind, erase=str(side)),
        before.argmax(),
        after.argmax(),
    )
    told = text(at)
    assert f"Why the {words.NTH[k]} one?" in [button.label for button in at.button]
    assert re.search(rf"The {words.NTH[k]} one: .*[Tt]he {now} (stays|is) ahead", told)
    assert ("stays ahead" in told) == (side > 0 and now == answer)
    assert [name for name in words.WHEN if words.WHEN[name] and words.WHEN[name] in told] == [str(side)] * (side > 0)
    if side:
        assert of[k].more.startswith(f"now {now}")
    for digit, written in raced(at).items():
        expected = [before[digit], after[digit]] if side else [before[digit]]
        assert written == pytest.approx(expected, abs=0.006)
    assert {answer, now, found["truth"][k]} <= set(raced(at))
    assert len(raced(at)) >= 2


@pytest.mark.parametrize("commit", [False, True])
@pytest.mark.parametrize("kind", list(words.KIND))
def test_the_introduction_is_about_the_digits_in_sight(open_app, kind, commit):
    at = open_app("inside", commit=commit, view="worst", kind=kind)
    right = commit and kind == "right"  # the question is asked of mistakes
    assert (words.INTRO_RIGHT in text(at), words.INTRO["worst"] in text(at)) == (right, not right)
    assert len(of := panels.of_mistakes(0, "right" if right else "mistakes", 0)[0]) == mistakes.MOST_SHOWN
    assert all((panel.words[0] == panel.words[-1]) == right for panel in of)


@pytest.mark.parametrize("kind", list(words.KIND))
def test_the_first_digit_that_turns_is_worked_out(kind):
    for m, theta in enumerate(looking.trained()):
        found = mistakes.gallery(m, kind)
        _, then = mistakes.erased(theta, looking.data()["X_test"][found["row"]], found["answer"][None], 3)
        turned = [k for k in range(len(then)) if (then[k] == found["truth"][k]) == (kind == "mistakes")]
        assert mistakes.telling(theta, found, 3) == (turned or [0])[0]


def test_the_pixel_of_the_line_is_named_as_what_it_is(open_app):
    assert words.PIXEL[True] in text(open_app("inside", patch="1"))
    assert words.PIXEL[False] in text(open_app("inside", patch="3"))


def test_a_mistake_leads_to_its_pixels(open_app):
    at = open_app("inside", view="worst", net=3)
    k = mistakes.telling(looking.trained()[2], mistakes.gallery(2, "mistakes"), 1)
    at.button(key="inside.why").click().run()
    assert at.session_state["inside.view"] == "pixels"
    assert at.session_state["inside.row"] == mistakes.worst(2)["row"][k]
    assert not at.exception


def test_another_digit_and_a_drawn_one(open_app):
    at = open_app("inside", row=539, ink="g" * 64)
    at.button(key="inside.another").click().run()
    assert (at.session_state["inside.row"], at.session_state["inside.ink"]) == (0, "")
    for view in ("pixels", "units", "real"):
        assert not open_app("inside", view=view, ink="g" * 64, asked="8").exception


@pytest.mark.parametrize("erase", ["0", "1", "3"])
@pytest.mark.parametrize("kind", list(words.KIND))
def test_the_gallery_opens_for_every_network(open_app, kind, erase):
    at = open_app("inside", view="worst", net=20, kind=kind, erase=erase)
    assert not at.exception


@pytest.mark.parametrize(
    "query",
    [{"view": "<script>", "row": "nan"}, {"ink": "xyz"}, {"net": "0", "off": "-3"}, {"asked": "10", "patch": "7"}],
)
def test_hostile_links_open(open_app, query):
    at = open_app("inside", **query)
    assert not at.exception
    assert at.warning


@pytest.mark.parametrize("view", words.LESSON.views)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "inside", view)
