"""A quiz drawn from all lessons, what to do after it, and what was predicted on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.ui.lessons import LESSONS, Lesson
from core.ui.teaching import SKIPPED, completed
from core.ui.words import Item, Words, words_of


@dataclass(frozen=True)
class Asked:
    """A question of the quiz: its name among the answers, the lesson it comes from, and the item."""

    name: str
    lesson: Lesson
    item: Item


def pool() -> list[tuple[Lesson, int, Item]]:
    """Return the questions that each lesson keeps for the quiz, which no page has asked before."""
    found = [(lesson, words_of(lesson.slug)) for lesson in LESSONS]
    return [(lesson, k, item) for lesson, words in found for k, item in enumerate(words.quiz or _unrecalled(words))]


def _unrecalled(words: Words) -> list[Item]:
    """A lesson's checks, for one that has no questions of its own for the quiz; recalled ones belong elsewhere."""
    return [item for item in words.checks if item.kind != "recall"]


def draw(items: Sequence[tuple[Lesson, int, Item]], seed: int, count: int = 5) -> list[Asked]:
    """Draw questions from as many different lessons as there are, each with its options in mixed order.

    One of them at least puts what was learned to work in a new setting, if there is such a one.

    Parameters
    ----------
    items : as `pool` returns them.
    seed : the same seed draws the same questions in the same order.
    """
    rng = np.random.default_rng(seed)
    order = [items[k] for k in rng.permutation(len(items))]
    turn: dict[str, int] = {}
    ranked = []
    for place, (lesson, k, item) in enumerate(order):
        ranked.append((turn.setdefault(lesson.slug, 0), place, lesson, k, item))
        turn[lesson.slug] += 1
    ranked.sort(key=lambda row: row[:2])
    chosen = ranked[:count]
    if all(row[-1].kind != "transfer" for row in chosen):
        lessons = {row[2] for row in chosen[:-1]}
        new = [row for row in ranked if row[-1].kind == "transfer" and row[2] not in lessons]
        chosen[-1:] = new[:1] or chosen[-1:]
    return [Asked(f"quiz.{seed}.{s.slug}.{k}", s, shuffled(item, rng)) for _, _, s, k, item in chosen]


def shuffled(item: Item, rng: np.random.Generator) -> Item:
    """Return the item with its options in another order."""
    return replace(item, options=tuple(item.options[k] for k in rng.permutation(len(item.options))))


def first(name: str) -> str:
    """Return the name under which a question's first answer stands among the answers."""
    return f"{name}_first"


def score(asked: Sequence[Asked], answers: Mapping[str, int]) -> tuple[int, int, list[Asked]]:
    """Return how many were answered, how many of them rightly at first, and those answered wrongly at first.

    Whoever looks at the other options afterwards, to learn why they're wrong, loses nothing.
    """
    given = [one for one in asked if one.name in answers]
    wrong = [one for one in given if answers.get(first(one.name), answers[one.name]) != one.item.answer]
    return len(given), len(given) - len(wrong), wrong


def look_next(wrong: Sequence[Asked]) -> tuple[Lesson, ...]:
    """Return the lessons to go to after the quiz: those answered wrongly, or else those with open questions."""
    again = tuple(dict.fromkeys(one.lesson for one in wrong))
    return again or tuple(lesson for lesson in LESSONS if lesson.number and not completed(lesson.slug))


def predictions(answers: Mapping[str, int]) -> list[tuple[Lesson, Item, int]]:
    """Return the predictions of the lessons that were committed, with the option chosen."""
    found = []
    for lesson in LESSONS:
        words = words_of(lesson.slug)
        for view, asked in words.views.items():
            given = answers.get(words.question(lesson.slug, view), SKIPPED)
            if 0 <= given < len(asked.prediction.options):
                found.append((lesson, asked.prediction, given))
    return found
