"""Lesson 24 says what the core computes, for every link."""

import re
from functools import lru_cache

import numpy as np
import pytest

from core.lessons.recurrence import study, symbols, unrolled, words
from core.lessons.recurrence.task import KINDS
from tests.asked import assert_asks_one_of_each
from tests.pressing import in_every_order, notes, press

VIEWS = ["steps", "learn"]
learned = lru_cache(study.learn)


@pytest.fixture(autouse=True)
def each_once(monkeypatch):
    """What the page trains and what these tests look at are the same runs."""
    monkeypatch.setattr(study, "learn", lambda *key, progress=None: learned(*key))


def text(at):
    return " ".join(m.value for kind in (at.markdown, at.info, at.success, at.warning, at.caption) for m in kind)


def able(kind, length, gate=1.0):
    return int(study.remember(learned(kind, length, gate))[-1])


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_before_it_shows(open_app, view):
    at = open_app("recurrence", commit=False, view=view, kind="gru", beside="gru")
    assert not at.exception
    assert "Measured" not in text(at)
    item, name = words.LESSON.views[view].prediction, words.LESSON.question("recurrence", view)
    at.radio(key=f"{name}.options").set_value(item.answer)
    at.button(key=f"{name}.commit").click().run()
    assert not at.exception
    assert "You said" in text(at)


def test_the_first_view_needs_no_long_training(open_app, monkeypatch):
    monkeypatch.setattr(study, "learn", None)
    at = open_app("recurrence")
    assert not at.exception
    seq = words.FAILS_STEPS.values["seq"]
    read = unrolled.reading(unrolled.weights("plain")[0], symbols.signs(seq))
    assert read["counted"] == unrolled.parameters("plain", 6) == unrolled.parameters("plain", 12)
    right = "right" if read["says"] == int(seq[0]) else "wrong"
    assert (
        f"plain network reads {seq} with the same {read['counted']}. There it says {read['says']}, which is {right}"
        in text(at)
    )


def test_the_answer_is_counted(open_app):
    at = open_app("recurrence", view="learn")
    said = f"{able('plain', 20)} of 20 plain networks learn it. Of the LSTMs, {able('lstm', 20)} do."
    assert said in text(at)
    assert able("plain", 20) < able("plain", 10) / 2 <= able("lstm", 20)


def of_steps(values):
    kind, seq = values["kind"], values["seq"]
    thetas = unrolled.weights(kind)
    run = unrolled.unroll(kind, thetas[0], symbols.signs(seq))
    return {
        "says": int(run.says[-1] > 0.5),
        "before": int(unrolled.unroll("plain", unrolled.weights("plain")[0], symbols.signs("101101")).says[-1] > 0.5),
        "left": np.prod([row[0] for row in run.parts["keep"][1:]]) if run.parts else 0,
        "seeds": study.SEEDS,
        "enough": study.GOOD,
        "right": unrolled.remembering(kind, thetas, len(seq)),
        "other": unrolled.remembering("lstm", unrolled.weights("lstm"), len(seq)),
    }  # fmt: skip


def of_learn(values):
    return {
        "found": able(values["beside"], values["length"], values["gate"]), "plain": able("plain", values["length"]),
        "seeds": study.SEEDS,
    }  # fmt: skip


@pytest.mark.parametrize(("view", "expected"), [("steps", of_steps), ("learn", of_learn)], ids=VIEWS)
def test_every_try_after_every_other_says_what_is_so(open_app, view, expected):
    at, shown = open_app("recurrence", view=view), words.LESSON.views[view]
    for tried in in_every_order(shown):
        press(at, tried.label)
        assert notes(at) == [tried.look.format(**expected(tried.values))]


def test_a_typed_sequence_is_read_to_its_end(open_app):
    at = open_app("recurrence")
    at.text_input[0].set_value("1, 0 0 1").run()
    assert not at.exception
    assert (at.session_state["recurrence.seq"], at.session_state["recurrence.at"]) == ("1001", 4)
    at.text_input[0].set_value("12").run()
    assert at.session_state["recurrence.seq"] == "1001"
    assert "isn't a row of 0 and 1" in " ".join(t.value for t in at.text)


PULL = r"\{([^{}]*(?:\{-?\d+\})?)\} \\times ([\d.]+)\^\{(\d+)\} \\approx \\textcolor\{#\w+\}\{(.*)\}\n"


def plain_number(latex):
    return float(re.sub(r" ?\\times 10\^\{(-?\d+)\}", r"e\1", latex))


@pytest.mark.parametrize("step", [0, 100, study.STEPS])
@pytest.mark.parametrize(("beside", "length", "gate"), [("lstm", 20, 1.0), ("lstm", 50, 5.0), ("xavier", 10, 1.0)])
def test_the_worked_lines_are_of_the_networks_in_sight_before_they_learn(open_app, beside, length, gate, step):
    at = open_app("recurrence", view="learn", beside=beside, length=length, gate=gate, epoch=step)
    lines = [line.value for line in at.latex if "approx" in line.value and "sigma" not in line.value]
    for kind, line in zip(("plain", beside), lines, strict=True):
        found = learned(kind, length, gate if kind == "lstm" else 1.0)
        middle = np.median(found["pull"][0], axis=0)
        near, factor, back, far = re.search(PULL, line).groups()
        assert plain_number(near) == pytest.approx(middle[0], rel=0.051)
        assert plain_number(far) == pytest.approx(middle[-1], rel=0.051)
        assert int(back) == length - 1
        assert plain_number(near) * float(factor) ** int(back) == pytest.approx(plain_number(far), rel=0.051)
    assert f"At step {step}, of {study.SEEDS}, these remember: plain **" in text(at)
    assert any("sigma" in line.value for line in at.latex) == (beside == "lstm")
    counted = int(study.remember(learned(beside, length, gate))[found["step"].tolist().index(step)])
    assert re.search(rf"these remember: plain \*\*\d+\*\*, .+ \*\*{counted}\*\*\.", text(at))


@pytest.mark.parametrize("kind", KINDS)
def test_every_network_opens_at_every_step(open_app, kind):
    for step in (0, 1, 6):
        at = open_app("recurrence", kind=kind, at=step, unit=3)
        assert not at.exception
        assert ("every memory is 0" in text(at)) == (step == 0)
        assert (f"Memory 3 after symbol {step}" in text(at)) == (step > 0)


def test_hostile_links_open(open_app):
    at = open_app("recurrence", view="?", seq="10x<b>", kind="rnn", at=99, length="nan", gate=-7, unit=0, epoch="1e9")
    assert not at.exception
    assert at.warning
    assert at.session_state["recurrence.seq"] == "101101"
    assert at.session_state["recurrence.gate"] == 0.0


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_asks_one_check_one_transfer_one_recall(open_app, view):
    assert_asks_one_of_each(open_app, "recurrence", view)


@pytest.mark.parametrize(
    ("beside", "length", "gate"), [("lstm", 20, 1.0), ("gru", 50, 3.0), ("lstm", 5, 0.0), ("xavier", 10, 5.0)]
)
def test_the_explanation_speaks_of_the_networks_in_sight(open_app, beside, length, gate):
    """How much of the pull comes back to the first symbol before training, and how open the gate starts."""
    pull = np.median(learned("plain", length, 1.0)["pull"][0], axis=0)
    kept, bias = pull[-1] / pull[0], gate if beside != "xavier" else 1.0
    text = next(
        m.value for m in open_app("recurrence", view="learn", beside=beside, length=length, gate=gate).markdown
        if m.value.startswith("The gradient says")
    )  # fmt: skip
    said = "less than 0.1%" if kept < 0.001 else f"{kept:.{0 if kept > 0.01 else 1}%}"
    assert f"{length - 1} steps leave the plain network {said} of it" in text
    assert f"at first {1 / (1 + np.exp(-bias)):.0%} open (bias {bias:g})" in text
