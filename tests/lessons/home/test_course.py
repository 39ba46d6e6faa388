"""The map of the course knows which lessons are done, however many checks each of them asks."""

from dataclasses import replace

import pytest

from core.lessons.home import course
from core.ui import teaching
from core.ui.lessons import BY_SLUG


@pytest.mark.parametrize(("checks", "done"), [(2, True), (3, True), (4, False)])
def test_a_lesson_is_done_when_all_of_its_own_checks_are_answered(monkeypatch, checks, done):
    first, second = replace(BY_SLUG["neuron"], checks=checks), BY_SLUG["forward"]
    monkeypatch.setattr(course, "COURSE", (first, second))
    monkeypatch.setattr(teaching, "answers", lambda: {f"neuron.check.{k}": 0 for k in range(3)})
    assert course.begun() == done
    assert course.next_lesson() == (second if done else first)
