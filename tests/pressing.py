"""Press a page's experiments one after another, as a learner may."""

import re
from itertools import chain

RAW = re.compile(r"\d\.\d{9,}|\d\.?\d*e[-+]\d\d")
"""A number as Python writes it, and nobody else."""


def press(at, label):
    """Press a button of that label and run the page."""
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    said = [text.value for kind in ("markdown", "caption", "info", "success", "warning") for text in at.get(kind)]
    assert [text for text in said if RAW.search(str(text))] == []
    return at


def in_every_order(view):
    """A view's experiments, each right after every other once: none must inherit what its words depend on."""
    each = [*view.tries, *([view.fails] if view.fails else [])]
    there_and_back = [(one, other) for place, one in enumerate(each) for other in each[place + 1 :]]
    return [*chain(*there_and_back), each[0]]


def notes(at):
    """What the page says about the experiment that was pressed."""
    return [note.value for note in at.info if "visibility" in str(note.icon)]
