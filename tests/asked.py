"""What a view asks at its end stands on its page."""

from core.ui.words import words_of


def assert_asks_one_of_each(open_app, slug, view):
    """A view has a check, a transfer and a recall of its own, and its page asks these three and no others."""
    assert [item.kind for item in words_of(slug).views[view].checks] == ["check", "transfer", "recall"]
    at = open_app(slug, view=view)
    assert [r.key for r in at.radio if ".check." in r.key] == [f"{slug}.{view}.check.{k}" for k in range(3)]
