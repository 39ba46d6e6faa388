"""What a browser's storage may hold, and what of it counts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ui.lessons import BY_SLUG
from core.ui.memory import LONGEST, parse
from core.ui.words import words_of

ANSWERS = {"neuron.prediction": -1, "neuron.two.prediction": 2, "loss.check.0": 0, "quiz.17.forward.2": 1}


def test_answers_come_back_as_they_were():
    assert parse(json.dumps(ANSWERS)) == ANSWERS


def test_every_question_of_every_lesson_has_a_name_that_comes_back():
    names = [
        name
        for slug in BY_SLUG
        if slug != "glossary"
        for words in [words_of(slug)]
        for name in [
            *(words.question(slug, view) for view in words.views),
            *(name for view in words.views for name in words.checked(slug, view)),
        ]
    ]
    assert len(names) > 30
    assert parse(json.dumps(dict.fromkeys(names, 0))) == dict.fromkeys(names, 0)


@pytest.mark.parametrize(
    "text",
    [
        None, 3, "", "null", "[]", "3", "{", '"a"', "[" * 5_000, '{"a":' * 5_000, "1" * 5_000, "x" * (LONGEST + 1),
        '{"neuron.check.0": "1"}', '{"neuron.check.0": true}', '{"neuron.check.0": 1.0}', '{"neuron.check.0": null}',
        '{"neuron.check.0": 10}', '{"neuron.check.0": -2}', '{"neuron.check.0": 1e400}', '{"neuron.check.0": NaN}',
        '{"nobody.check.0": 1}', '{"neuron": 1}', '{"neuron.<script>": 1}', '{"neuron.check.0\\n": 1}',
        '{"__class__.check.0": 1}', '{"neuron.check.\\u0660": 1}', '{"neuron.a.b.c.d": 1}',
    ],
)  # fmt: skip
def test_anything_else_counts_for_nothing(text):
    assert parse(text) == {}


@given(st.dictionaries(st.text() | st.sampled_from(list(ANSWERS)), st.none() | st.integers() | st.floats() | st.text()))
def test_whatever_is_stored_only_answers_come_back(stored):
    found = parse(json.dumps(stored))
    assert all(stored[name] == option and type(option) is int and -1 <= option < 10 for name, option in found.items())
    assert all(name.split(".")[0] in (*BY_SLUG, "quiz") for name in found)
