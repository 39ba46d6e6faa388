"""One table of settings and one reader of links: an experiment's and a page's alike.

A `Setting` is one row: its key in the link, its default, its title, how it is read and written. `read` takes whatever
a link holds and returns a lawful value for every row, with a plain sentence for everything that it had to change;
`write` leaves defaults out, so defaults are part of every link ever shared.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.training import parsing

VERSION = "1"
PLAYING = -1
"""The moment of a film that nobody has stopped (core/ui/player.py)."""
OTHER_VERSION = "This link was made for another version of this page, so some of its settings may be missing."

Query = Mapping[str, str | Sequence[str]]
Reader = Callable[[str, str, Any], tuple[Any, str]]
"""Takes a setting's title, the link's text and the default; returns the nearest lawful value and what was changed."""


def written(value: Any) -> str:
    """Return a value as a link holds it.

    >>> [written(v) for v in (2.0, 1e-05, True, "moons", (8, 8), ())]
    ['2', '1e-05', '1', 'moons', '8-8', 'none']
    """
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or "none"
    if isinstance(value, str):
        return value
    short = f"{value:.10g}"
    return short if float(short) == value else repr(float(value))


@dataclass(frozen=True)
class Setting:
    """One row of the table.

    Attributes
    ----------
    name : its key in the link.
    default : its value when the link leaves it out.
    title : its name for people.
    read : makes a lawful value of the link's text.
    write : makes the link's text of a value.
    aliases : other keys that it is known by.
    """

    name: str
    default: Any
    title: str
    read: Reader
    write: Callable[[Any], str] = written
    aliases: tuple[str, ...] = ()


def number(name: str, default: float, low: float, high: float, title: str = "") -> Setting:
    """Describe a number."""
    read: Reader = lambda n, text, d: parsing.number(n, text, low, high, d)  # noqa: E731
    return Setting(name, float(default), title or name, read)


def whole(name: str, default: int, low: int, high: int, title: str = "") -> Setting:
    """Describe a whole number."""
    return Setting(name, default, title or name, lambda n, text, d: parsing.whole(n, text, low, high, d))


def moment(name: str, default: int, last: int, title: str = "") -> Setting:
    """Describe the moment of a film, 0 to ``last``, or `PLAYING`; a link that leaves a film playing says its end."""

    def read(n: str, text: str, d: Any) -> tuple[Any, str]:
        if text.strip() == str(PLAYING):  # links of earlier days
            return PLAYING, ""
        value, problem = parsing.whole(n, text, 0, last, d)
        if value < 0:
            problem = f"{n}: {parsing.quoted(text)} is not a number, so we left it out."
        elif problem and parsing.whole(n, text, 0, last, PLAYING)[0] == last:  # it is a number
            problem = f"{n}: {parsing.quoted(text)} is beyond the end, so it is the last one."
        return value, problem

    def write(value: Any) -> str:
        return str(last if value == PLAYING != default else value)

    return Setting(name, default, title or name, read, write)


def choice(name: str, default: str, options: Collection[str], title: str = "") -> Setting:
    """Describe a choice."""
    return Setting(name, default, title or name, lambda n, text, d: parsing.choice(n, text, options, d))


def several(name: str, default: tuple[str, ...], options: Sequence[str], title: str = "") -> Setting:
    """Describe a choice of one or more."""
    return Setting(name, default, title or name, lambda n, text, d: parsing.several(n, text, options, d))


def widths(name: str, default: tuple[int, ...], most: int, widest: int, title: str = "") -> Setting:
    """Describe the widths of up to ``most`` layers."""
    return Setting(name, default, title or name, lambda n, text, d: parsing.widths(n, text, most, widest, d))


def switch(name: str, default: bool = False, title: str = "") -> Setting:
    """Describe a switch."""
    return Setting(name, default, title or name, parsing.switch)


def nearest(name: str, default: float, options: Sequence[float], title: str = "") -> Setting:
    """Describe a number out of a list of positive ones; a link with another one gets the nearest by ratio."""

    def read(n: str, text: str, d: Any) -> tuple[Any, str]:
        value, problem = parsing.number(n, text, min(options), max(options), d)
        closest = min(options, key=lambda option: abs(math.log(option / value)))
        if not problem and closest != value:
            problem = f"{n}: {parsing.quoted(text)} is not one of the steps, so it is {parsing.plain(closest)}."
        return closest, problem

    return Setting(name, default, title or name, read)


def text(name: str, known: Callable[[str], bool], title: str = "") -> Setting:
    """Describe words to look for; a link's words count when they are ``known``. Show them as plain text only."""

    def read(n: str, value: str, default: str) -> tuple[str, str]:
        plain = " ".join(value.split())
        if plain and len(plain) <= parsing.LONGEST and plain.isprintable() and known(plain):
            return plain, ""
        return default, f"{n}: we found nothing about {parsing.quoted(value)}, so everything is shown."

    return Setting(name, "", title or name, read)


def read(query: Query, settings: Sequence[Setting], also: Iterable[str] = ()) -> tuple[dict[str, Any], list[str]]:
    """Return a lawful value for every setting, by name, and a sentence for everything that the link got otherwise.

    Parameters
    ----------
    query : the link's parameters; of a repeated one the last value counts.
    settings : the table.
    also : keys that somebody else reads.
    """
    values: dict[str, Any] = {s.name: s.default for s in settings}
    problems, known = [], {"v", *also}
    for s in settings:
        known |= {s.name, *s.aliases}
        given = next((key for key in (s.name, *s.aliases) if key in query), None)
        if given is not None:
            last, repeated = _last(query[given], s.title)
            values[s.name], problem = s.read(s.title, last, s.default)
            problems += [p for p in (repeated, problem) if p]
    strangers = ", ".join(key for key in query if key not in known)
    if strangers:
        problems.append(f"The link also contains {parsing.quoted(strangers)}, which this page doesn't know.")
    if "v" in query and _last(query["v"], "")[0] != VERSION:
        problems.append(OTHER_VERSION)
    return values, problems


def write(values: Mapping[str, Any], settings: Sequence[Setting]) -> dict[str, str]:
    """Return the link's parameters: every value that is not the default, as text, and the version."""
    changed = [s for s in settings if values[s.name] != s.default]
    query = {s.name: text for s in changed if (text := s.write(values[s.name])) != s.write(s.default)}
    return query | ({"v": VERSION} if query else {})


def _last(value: str | Sequence[str], title: str) -> tuple[str, str]:
    """The last of a repeated value, and a sentence when there was more than one."""
    if isinstance(value, str):
        return value, ""
    last = str(value[-1]) if value else ""
    return last, f"{title}: the link has it {len(value)} times, so the last one counts." if len(value) > 1 else ""
