"""Trainings take turns, a twentieth of a second each, so that nobody's click waits behind several of them.

All visitors share one Python, which runs one thread at a time and changes between threads every few milliseconds.
Beside one training a click takes up to twice its time; beside four it takes six times as long. So only one trains at
any moment, and at the end of an epoch, when it has had its time, the one that waits longest goes on: a short run is
done long before a long one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SLICE = 0.05
"""Seconds: longer than most runs take."""


class Turns:
    """One turn and a queue for it: it is handed to whoever waits longest."""

    def __init__(self, slice_: float = SLICE) -> None:
        self._guard, self._queue, self._taken = threading.Lock(), deque[threading.Lock](), False
        self._slice, self._since = slice_, 0.0

    @contextmanager
    def take(self) -> Iterator[Callable[[int], None]]:
        """Wait for the turn; yield what lets others go on when it is time, to be called after every epoch."""
        self._wait()
        try:
            yield self._let_others
        finally:
            self._hand_on()

    def _wait(self) -> None:
        place = threading.Lock()
        with self._guard:
            if self._taken:
                place.acquire()
                self._queue.append(place)
            self._taken = True
        place.acquire()  # at once, or when the turn is handed on
        self._since = time.monotonic()

    def _hand_on(self) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._taken = False

    def _let_others(self, epoch: int) -> None:
        if self._queue and time.monotonic() - self._since >= self._slice:
            self._hand_on()
            self._wait()


TRAINING = Turns()
"""The turn of this server's simulator, and of lessons whose trainings take longer than a moment."""
