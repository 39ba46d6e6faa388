"""A learner's own data as a data set among the others: a name that leads to it.

``points.…`` and ``table.…`` are names that hold the data themselves (``carried``), so a link with such a name restores
them: points that were painted, and small tables. A larger table has the name ``held.…``, a digest of what is in it;
the data lie on the shelf of the session that read them, and nowhere else. Whoever gets such a link without having the
file is told so.
"""

import hashlib
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from core.data import carried
from core.data.names import free_name, harmless
from core.data.spec import Data, DatasetSpec
from core.data.splits import subset

POINTS, TABLE, HELD = "points.", "table.", "held."
TITLES = {POINTS: "Your own points", TABLE: "Your own table", HELD: "Your own table"}
FEWEST = 4
"""Points without which there is nothing to train on and to test."""
MOST_HELD = 3
"""Tables that a session keeps at a time."""

Shelf = MutableMapping[str, Data]
_process: dict[str, Data] = {}
_shelf: list[Callable[[], Shelf]] = [lambda: _process]


def keep_on(shelf: Callable[[], Shelf]) -> None:
    """Say where tables are kept that do not go into a link; without this, in the process."""
    _shelf[0] = shelf


def name_of(data: Data, kind: str = TABLE) -> str:
    """Return the name of a learner's data, which leads to them from now on.

    Data that go into a link are found by their name alone, with numbers rounded as the link has them. Others are put
    on the shelf, and the table that was put there first makes room.
    """
    data = _named(data)
    if word := carried.encode(data):
        return kind + word
    shelf, name = _shelf[0](), HELD + _digest(data)
    shelf.pop(name, None)
    shelf[name] = data
    while len(shelf) > MOST_HELD:
        del shelf[next(iter(shelf))]
    return name


def is_own(name: str) -> bool:
    """Whether a data set's name is that of a learner's own data."""
    return name.startswith((POINTS, TABLE, HELD))


def goes_into_link(name: str) -> bool:
    """Whether a link with this name holds the data."""
    return name.startswith((POINTS, TABLE))


def data_of(name: str) -> Data:
    """Return the data behind a name.

    Raises
    ------
    ValueError
        If it is no name of own data, or one of a table that this session does not hold.
    """
    if goes_into_link(name):
        return _decoded(name.partition(".")[2])
    data = _shelf[0]().get(name)
    if data is None:
        raise ValueError("This session does not hold that table.")
    return data


def not_ready(name: str) -> str:
    """Say why nothing can be learned from a data set, to follow upon a colon; "" where it can, as from any not own."""
    if not is_own(name):
        return ""
    name, problem = read_name(name)
    count = len(data_of(name).y) if name else FEWEST
    return problem if count >= FEWEST else f"{FEWEST} points are the fewest to learn from, and there are {count}"


def spec_of(name: str) -> DatasetSpec:
    """Describe a learner's own data as a data set; raises ``ValueError`` as ``data_of`` does."""
    data = data_of(name)
    count, dimensions, kind = len(data.y), data.X.shape[1], name[: name.index(".") + 1]
    asked = f"{len(data.classes)} classes" if data.classes else f"the number “{data.target}”"
    about = f"{count:,} examples of yours: {dimensions} input{'s' * (dimensions > 1)}, {asked}."

    def make(samples: int, noise: float, seed: int) -> Data:
        return data if samples >= count else data.rows(subset(data, samples, seed))

    return DatasetSpec(
        name, TITLES[kind], data.task, dimensions, len(data.classes), False, (0.0, 0.0), 0.0, count, about, make
    )  # fmt: skip


def read_name(text: str) -> tuple[str, str]:
    """Read the name of own data out of a link.

    Returns
    -------
    name : str
        The one way to write it; "" if there are no such data.
    problem : str
        Why there are none, to follow upon a colon.
    """
    kind = text[: text.find(".") + 1]
    if kind == HELD:
        known = text in _shelf[0]()
        return (
            (text, "") if known else ("", "the table was too large to go into the link (you can choose its file again)")
        )
    try:
        data = carried.decode(text.removeprefix(kind))
        return kind + carried.encode(data), ""
    except ValueError:
        return "", "what the link says of your own data can't be read"


@lru_cache(maxsize=32)
def _decoded(word: str) -> Data:
    data = carried.decode(word)
    data.X.setflags(write=False)
    data.y.setflags(write=False)
    return data


def _named(data: Data) -> Data:
    """Make all names harmless, and different from each other."""
    features = _distinct(data.features, "input")
    target = free_name(harmless(data.target) or "target", features)
    return replace(data, features=features, classes=_distinct(data.classes, "class"), target=target)


def _distinct(names: tuple[str, ...], otherwise: str) -> tuple[str, ...]:
    """Return harmless names, of which no two are equal: those that are get a number."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        plain = harmless(name) or f"{otherwise} {place}"
        count = 1
        while plain in found:
            count += 1
            plain = f"{harmless(name, 34) or otherwise} ({count})"
        found.append(plain)
    return tuple(found)


def _digest(data: Data) -> str:
    content = repr((data.X.shape, data.task, data.classes, data.features, data.target)).encode()
    numbers = np.ascontiguousarray(data.X).tobytes() + np.ascontiguousarray(data.y).tobytes()
    return hashlib.sha256(content + numbers).hexdigest()[:32]
