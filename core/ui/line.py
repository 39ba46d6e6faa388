"""Pages stand in line: one script runs at a time, so that a class's clicks are answered one after another.

Python runs one thread at a time anyway. Threads that run side by side take the interpreter from each other all the
time, and each pays for it: a hundred learners get half as many answers a second as when their pages stand in line.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import streamlit as st

LONG = 0.15
"""Seconds after which a page's turn is over, though it goes on: training must not keep others from their answers."""


class Line:
    """A line of threads of which the first goes on when the one before it is done, or has had ``long`` seconds."""

    def __init__(self, long: float = LONG) -> None:
        self._long = long
        self._first = threading.Lock()  # whoever holds it is the next
        self._free = threading.Event()
        self._free.set()
        self._ends, self._number = 0.0, 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, and end it with the block."""
        with self._first:
            self._free.wait(max(0.0, self._ends - monotonic()))
            self._free.clear()
            self._number += 1
            number, self._ends = self._number, monotonic() + self._long
        try:
            yield
        finally:
            if self._number == number:  # else it had become long, and another one's turn has begun
                self._free.set()


@st.cache_resource(max_entries=1, show_spinner=False)
def line() -> Line:
    """Return the line in which the pages of this server stand."""
    return Line()
