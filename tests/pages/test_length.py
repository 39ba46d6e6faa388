"""No page says too much at once: the words that a learner sees without opening anything.

Counted is what stands on the page after the prediction, in each of its views, before a check is answered or an
experiment chosen: titles, texts, notes, measured values, and the labels of all controls, links and closed expanders
with the options that are in sight. Not counted are the sidebar, formulas, the words inside pictures and tables, help
texts, what a closed menu holds, and whatever is inside an expander.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from core.ui.lessons import LESSONS
from tests.opening import views_of

MOST_WORDS, MOST_CONTROLS = 350, 3
WORKSHOPS = {"training", "build"}  # many controls, in groups
CONTROLS = {"slider", "select_slider", "number_input", "selectbox", "button_group", "text_input", "toggle", "checkbox"}
CHOOSE_WHAT_IS_SHOWN = {"View", "Inputs", "Challenge"}  # another picture or task, as the page's tabs
LOOKED_UP = {"glossary"}  # nobody reads it through
SHOWN = [(e.slug, view) for e in LESSONS if e.slug not in LOOKED_UP for view in views_of(e.slug)]
CLOSED = {"expander", "popover", "dialog"}
MENUS = {"selectbox", "select_slider"}
TEXTS = {"title", "header", "subheader", "markdown", "caption", "text", "info", "success", "warning", "error"}


def in_sight(block: Any) -> Iterator[Any]:
    """All elements of a block, and what is closed by its label alone."""
    for child in block.children.values():
        if child.type in CLOSED or not hasattr(child, "children"):
            yield child
        else:
            yield from in_sight(child)


def said(element: Any) -> list[str]:
    """What an element says, as it is written in the code."""
    if element.type in TEXTS:
        return [str(element.value)]
    label = str(getattr(element, "label", ""))
    if element.type == "metric":
        return [label, str(element.value), str(element.delta)]
    options = list(getattr(element, "options", None) or [])
    return [label, *(options[:1] if element.type in MENUS else options)]


def words(text: str) -> list[str]:
    """The words of a text as it is read, without Markdown's marks: whatever holds a letter or a digit."""
    text = re.sub(r"\$[^$]*\$|:material/\w+:|:\w+(?=\[)", " ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return [word for word in re.sub(r"[*`\[\]]", "", text).split() if re.search(r"\w", word)]


def count(at: Any) -> int:
    return sum(len(words(text)) for element in in_sight(at.main) for text in said(element))


@pytest.mark.parametrize(("slug", "view"), SHOWN, ids=[" ".join([s, *map(str, v.values())]) for s, v in SHOWN])
def test_a_page_says_little_at_once_and_a_picture_has_few_controls(open_app, figure, slug, view):
    """Buttons that step, try something or reset come on top."""
    at = open_app(slug, **view)
    controls = [e.label for e in in_sight(at.main) if e.type in CONTROLS]
    tabs = CHOOSE_WHAT_IS_SHOWN | ({"Network"} if slug == "forward" else set())  # its views are two networks
    if slug not in WORKSHOPS:
        assert len([label for label in controls if label not in tabs]) <= MOST_CONTROLS
    assert controls or slug in {"takeaways", "loss"}
    if slug == "loss":
        at.session_state["teaching.answers"] |= {"loss.classes.prediction": -1}
        at.run()
    assert not at.exception
    found = count(at)
    figure(f"words in sight: {slug:14}{view.get('view', view.get('dataset', '')):10}{found:5}")
    assert 100 < found <= MOST_WORDS


def test_the_takeaways_say_little_even_after_every_lesson(open_app):
    at = open_app("takeaways")
    at.session_state["teaching.answers"] |= {f"{lesson.slug}.prediction": 0 for lesson in LESSONS}
    at.run()
    assert not at.exception
    assert count(at) <= MOST_WORDS


def test_what_is_counted():
    assert words("**Bold** words, :gray[three] of $x + 1$ − [a link](glossary?term=a+b)") == [
        "Bold", "words,", "three", "of", "a", "link",
    ]  # fmt: skip
