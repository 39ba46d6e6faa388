"""Press a page's experiments one after another, as a learner may."""

from itertools import permutations


def press(at, label):
    """Press a button of that label and run the page."""
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def pairs(view):
    """All ordered pairs of a view's experiments: the second must not inherit what its words depend on."""
    return list(permutations([*view.tries, *([view.fails] if view.fails else [])], 2))


def notes(at):
    """What the page says about the experiment that was pressed."""
    return [note.value for note in at.info if "visibility" in str(note.icon)]
