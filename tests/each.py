"""A rule about many things, as one test: thousands of tests that take no time take a minute to be dealt out."""

from collections.abc import Callable, Iterable
from typing import Any


def each(things: Iterable[Any]) -> Callable[[Callable[[Any], None]], Callable[[], None]]:
    """Return a decorator: a test of one thing becomes a test of all of them, which names whatever fails it."""

    def decorate(rule: Callable[[Any], None]) -> Callable[[], None]:
        def test() -> None:
            broken = [f"{thing}: {why}" for thing in things if (why := failure(rule, thing))]
            assert not broken, "\n".join(broken)

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return decorate


def failure(rule: Callable[[Any], None], thing: Any) -> str:
    """Return why a thing fails a test; "" when it passes."""
    try:
        rule(thing)
    except AssertionError as error:
        return str(error) or "fails"
    return ""
