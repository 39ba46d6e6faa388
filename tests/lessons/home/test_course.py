"""The map of the course knows which lessons are done, however many checks each of them asks."""

import pytest

from core.lessons.home import course
from core.ui import teaching
from core.ui.lessons import BY_SLUG
from core.ui.words import words_of


@pytest.mark.parametrize("answered", [0, 2, 3])
def test_a_lesson_is_done_when_all_of_its_checks_are_answered(monkeypatch, answered):
    first, second = BY_SLUG["neuron"], BY_SLUG["forward"]
    monkeypatch.setattr(course, "COURSE", (first, second))
    monkeypatch.setattr(teaching, "answers", lambda: {f"neuron.one.check.{k}": 0 for k in range(answered)})
    done = answered == len(words_of("neuron").views["one"].checks) == 3
    assert course.begun() == done
    assert course.next_lesson() == (second if done else first)
