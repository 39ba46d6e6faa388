"""Trainings take turns, a twentieth of a second each, so that nobody's click waits behind several of them.

All visitors share one Python, which runs one thread at a time and changes between threads every few milliseconds.
Beside one training a click takes up to twice its time; beside four it takes six times as long. So only one trains at
any moment, and at the end of an epoch, when it has had its time, the one that waits longest goes on: a short run is
done long before a long one.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
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


class Once(Generic[Key, Value]):
    """Results by key, each computed by whoever asks first; who asks meanwhile waits for it.

    Looking whether it's there isn't enough: who computes lets others go on, and they would begin the same anew.
    """

    def __init__(self) -> None:
        self._guard, self._locks = threading.Lock(), dict[Key, threading.Lock]()
        self.found: dict[Key, Value] = {}

    def get(self, key: Key, compute: Callable[[], Value]) -> Value:
        """Return what is known, or compute it; a computation that fails leaves it to the next who asks."""
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self.found:
                self.found[key] = compute()
        return self.found[key]


TRAINING = Turns()
"""The turn of this server's simulator, and of lessons whose trainings take longer than a moment."""
