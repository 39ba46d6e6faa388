"""What a lesson asks: predictions, experiments, checks, and each answer with what to say to it."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast
from zlib import crc32

_AMOUNT = re.compile(r"(?:About )?(−?[\d,.]*\d)")
_ALL = re.compile(r"(?:Both|Either|In either|Neither|None|They all)\b")


@dataclass(frozen=True)
class Option:
    """One answer, and what to say to a learner who gives it."""

    text: str
    says: str
    right: bool = False


@dataclass(frozen=True)
class Item:
    """A question with its options, one of them right. ``kind``: "check", "transfer" or "recall"."""

    question: str
    options: tuple[Option, ...]
    kind: str = "check"

    @property
    def answer(self) -> int:
        """The index of the right option."""
        return [option.right for option in self.options].index(True)

    def mixed(self, name: str) -> list[int]:
        """Return the options' indices in the order in which a check of that name shows them, always the same.

        As written, the right one mostly comes first. Amounts stay in order, and what sums up the others is last.
        """
        if all(_AMOUNT.match(option.text) for option in self.options):
            return sorted(range(len(self.options)), key=lambda k: _amount(self.options[k].text))
        drawn = sorted(range(len(self.options)), key=lambda k: crc32(f"{name}.{k}.{self.options[k].text}".encode()))
        return sorted(drawn, key=lambda k: bool(_ALL.match(self.options[k].text)))


@dataclass(frozen=True)
class Try:
    """A one-click experiment: what to set, and what will then be seen (a test holds it to that).

    Measured numbers stand in ``look`` as places to fill: ``{epochs}``.
    """

    label: str
    values: Mapping[str, Any]
    look: str


@dataclass(frozen=True)
class View:
    """One view of a page.

    Attributes
    ----------
    prediction : what it asks first.
    tries, fails : the experiments that it offers; ``fails`` shows where it fails.
    checks : what is asked at the end of this view only, before the page's checks.
    opening : what it opens on where that's not what links leave out (`Link.open_view`).
    """

    prediction: Item
    tries: tuple[Try, ...] = ()
    fails: Try | None = None
    opening: Mapping[str, Any] = field(default_factory=dict)
    checks: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Words:
    """What a lesson asks, each question with its answers.

    Attributes
    ----------
    views : by name, the first one first. A page without views has one, named "".
    checks : asked at the end of the page, in every view.
    quiz : new questions on the same matter, which the takeaways ask.
    wrong : what people usually get wrong, and what is so instead.
    left_open : the question that leads on to the next page.
    """

    views: Mapping[str, View] = field(default_factory=dict)
    checks: tuple[Item, ...] = ()
    quiz: tuple[Item, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    left_open: str = ""

    def question(self, slug: str, view: str) -> str:
        """Return the name of a view's prediction among the answers: the first view's is the page's own."""
        return f"{slug}.prediction" if view == next(iter(self.views)) else f"{slug}.{view}.prediction"

    def checked(self, slug: str, view: str) -> dict[str, Item]:
        """Return what is asked at the end of a view, by its name among the answers: the view's own, then the page's."""
        own = self.views[view].checks if view in self.views else ()
        return named(slug, own, view) | named(slug, self.checks)


def _amount(text: str) -> float:
    found = _AMOUNT.match(text)
    return float(found[1].replace("−", "-").replace(",", "")) if found else math.nan


def named(slug: str, items: Sequence[Item], view: str = "") -> dict[str, Item]:
    """Return a page's checks, or a view's own, by their names among the answers."""
    place = f"{slug}.{view}" if view else slug
    return {f"{place}.check.{k}": item for k, item in enumerate(items)}


def words_of(slug: str) -> Words:
    """Return what a lesson asks."""
    return cast(Words, import_module(f"core.lessons.{slug}.words").LESSON)
