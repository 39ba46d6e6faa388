"""The first page: what is shown, what is claimed, and the ways into the lessons."""

import re
from dataclasses import replace

import numpy as np
import pytest

from core.lessons.home import words
from core.lessons.takeaways.essentials import RUN
from core.training.engine import train
from core.training.experiment import Experiment
from core.training.one_step import one_step
from core.ui.lessons import LESSONS, PARTS
from tests.pressing import in_every_order, notes, press
from tests.runs import runs, trained

KINDS = ("markdown", "info", "success", "warning", "latex", "caption")


def shown(at) -> str:
    return "\n".join(str(element.value) for kind in KINDS for element in at.get(kind))


def pictures(at) -> str:
    return "\n".join(chart.proto.alt for chart in at.get("vega_lite_chart"))


def run(data="circles", net="layers", seed=0) -> Experiment:
    noise = {"circles": 0.1, "moons": 0.2, "xor": 0.1}[data]
    hidden = {"layers": (8, 8), "one": ()}[net]
    return replace(RUN, dataset=data, noise=noise, hidden=hidden, seed=seed)


def test_the_way_in_and_the_picture_are_there_before_any_answer(open_app):
    at = open_app("home", commit=False)
    assert next(b.label for b in at.button) == "Start with lesson 1"
    assert "Decision regions" in pictures(at)
    assert len(words.INTRO.split()) <= 60
    assert "In one [epoch](glossary?term=epoch), every filled one is used" in shown(at)
    assert "Measured" not in shown(at)


def test_the_map_is_the_table_of_lessons(open_app):
    at = open_app("home")
    for part in PARTS:
        at.session_state[f"home.part.{part}"] = True
    at.run()
    ways = [link.label for link in at.main.get("page_link")]
    course = [lesson for lesson in LESSONS if lesson.number]
    assert [way for way in ways if way in {c.numbered for c in course}] == [c.numbered for c in course]
    captions = [c.value for c in at.caption]
    assert all(lesson.question in captions for lesson in course)
    assert f"{len(course)} lessons in {len({c.part for c in course})} parts" in [s.value for s in at.subheader]


def test_a_finished_lesson_is_marked_and_the_next_one_offered(open_app):
    at = open_app("home")
    at.session_state["teaching.answers"] = {"home.prediction": -1} | {f"neuron.one.check.{k}": 0 for k in range(3)}
    at.run()
    assert "1. Inside a single neuron (done)" in [link.label for link in at.main.get("page_link")]
    assert next(b.label for b in at.button) == "Go on with lesson 2"


def test_the_start_button_leads_to_lesson_1(open_app):
    at = press(open_app("home"), "Start with lesson 1")
    assert at.title[0].value == LESSONS[1].numbered


def test_committing_confronts_with_what_the_run_did(open_app):
    at = open_app("home", commit=False)
    at.radio(key="home.prediction.options").set_value(1).run()
    press(at, "Commit")
    history = train(run())
    moved = np.abs(history.snapshots[-1] - history.snapshots[0])
    said = at.warning[0].value
    assert "**You said:** Only weights: biases are fixed" in said
    assert f"{int((moved > 0).sum())} of {moved.size} have changed, biases too: 105 of them in the first step." in said
    assert f"A typical one moved by {np.median(moved):.2f}." in said


@pytest.mark.parametrize(
    ("query", "number"), [({}, 1), ({"step": 250}, 250), ({"step": 700, "seed": 4}, 700), ({"net": "one"}, 1)]
)
def test_the_loop_shows_the_numbers_of_a_real_step(open_app, query, number):
    at = open_app("home", **query)
    step = one_step(run(net=query.get("net", "layers"), seed=query.get("seed", 0)), number)
    said = pictures(at)
    assert f"Step {number} of 700" in said
    for text in (f"{step.prediction:.3f}", f"{step.loss:.4f}", f"{step.gradient_norm:.3f}", f"{step.loss_after:.4f}"):
        assert text in said
    assert step.name in shown(at)
    latex = "".join(element.value for element in at.latex)
    numbers = [float(v) for v in re.findall(r"\{\(?(-?\d+\.\d+)\)?\}", latex)]
    assert numbers == pytest.approx([step.weight, step.gradient, step.weight_after], abs=5e-4)
    assert numbers[0] - step.rate * numbers[1] == pytest.approx(numbers[2], abs=5e-4)  # as a calculator finds


def test_taking_the_next_step_moves_the_loop_and_the_link(open_app):
    at = press(open_app("home"), "Take the next step")
    assert at.slider(key="home.step").value == 2
    assert at.query_params == {"step": "2", "v": "1"}
    assert "Step 2 of 700" in pictures(at)


def test_there_is_no_step_after_the_last(open_app):
    at = press(open_app("home", step=700), "Take the next step")
    assert at.slider(key="home.step").value == 700


def test_every_try_after_every_other_shows_what_it_says(open_app):
    at = open_app("home")
    for tried in in_every_order(words.LESSON.views[""]):
        press(at, tried.label)
        ended = trained(run(**{name: tried.values[name] for name in ("data", "net")}, seed=tried.values["seed"]))
        assert notes(at) == [tried.look.format(right=ended.test_accuracy[-1])]
        assert all(at.session_state[f"home.{name}"] == value for name, value in tried.values.items())
        assert set(tried.values) == {"data", "net", "seed"}  # all that the run depends on
        assert f"weights](glossary?term=initialization): {tried.values['seed']}" in shown(at)


def test_a_try_stands_under_the_picture_that_it_changes(open_app):
    def column(kind, key):
        (found,) = [c for c in at.columns if any(e.key == key for e in c.get(kind))]
        return found

    at = open_app("home")
    assert any("Decision regions" in chart.proto.alt for chart in column("button", "home.try.0").get("vega_lite_chart"))


@pytest.mark.claims
def test_two_layers_find_the_ring_and_one_neuron_does_not():
    for ring, line in zip(runs(run()), runs(run(net="one")), strict=True):
        assert ring.test_accuracy[-1] > 0.95
        assert line.test_accuracy[-1] < 0.6  # what the page shows
        assert len(line.learning_rate) == len(ring.learning_rate) == 700


@pytest.mark.claims
def test_one_line_through_a_ring_is_as_good_as_guessing():
    samples = [trained(replace(run(net="one"), data_seed=seed)).test_accuracy[-1] for seed in range(20)]
    assert 0.4 < np.median(samples) < 0.6  # "about half"
    ring = [trained(replace(run(), data_seed=seed)).test_accuracy[-1] for seed in range(20)]
    assert min(ring) > 0.9


@pytest.mark.claims
def test_other_first_weights_end_elsewhere_with_the_same_answers():
    first, *others = runs(run())
    X = first.data.data.X
    for other in others:
        assert not np.isclose(first.snapshots[-1], other.snapshots[-1]).any()
        assert np.mean((first.predict(X) > 0.5) == (other.predict(X) > 0.5)) > 0.97


@pytest.mark.claims
@pytest.mark.parametrize(("data", "more"), [("moons", 0.04), ("xor", 0.2)])
def test_moons_and_xor_bend_where_one_neuron_cannot(data, more):
    bent, straight = ([h.test_accuracy[-1] for h in runs(run(data, net))] for net in ("layers", "one"))
    assert np.median(bent) > np.median(straight) + more


def test_teachers_find_links_that_hold_experiments(open_app):
    at = open_app("home")
    queries = [link.proto.query_string for link in at.main.get("page_link")]
    assert any("dataset=spirals2" in query for query in queries)


def test_what_lesson_1_recalls_is_on_this_page():
    said = words.EXPLAIN + words.PREDICTION.question
    assert "weights and biases" in said
    assert "every weight and" in said


def test_the_network_beside_the_loop_is_of_the_same_step(open_app):
    at = open_app("home", step=7)
    (drawn,) = [alt for alt in pictures(at).splitlines() if alt.startswith("How step 7 moves each weight.")]
    step = one_step(run(), 7)
    deepest = max((w[:, :-1].ravel() for w in step.moves[:1]), key=len)
    assert f"the largest weight is {deepest[np.abs(deepest).argmax()]:+.2f}" in drawn
    spec = [chart.proto.spec for chart in at.get("vega_lite_chart")]
    assert spec != [chart.proto.spec for chart in press(at, "Take the next step").get("vega_lite_chart")]
