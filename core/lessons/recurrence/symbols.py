"""What the page is told: a sequence of 0 and 1 that the learner types, and numbers out of a few."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.nn.tape import Array
from core.training.parsing import number, quoted
from core.training.settings import Setting
from core.ui.link import Link
from core.ui.typed import text_field


def read(title: str, text: str, default: str, most: int) -> tuple[str, str]:
    """Read symbols; blanks and commas between them are fine.

    >>> read("Sequence", "1 0,1", "111", 4)
    ('101', '')
    >>> read("Sequence", "10101", "111", 4)
    ('1010', 'Sequence: only the first 4 symbols count.')
    """
    plain = "".join(text[:200].replace(",", " ").split())
    if not plain or set(plain) - {"0", "1"}:
        return default, f"{title}: {quoted(text)} isn't a row of 0 and 1, so we used {default}."
    if len(plain) > most:
        return plain[:most], f"{title}: only the first {most} symbols count."
    return plain, ""


def sequence(name: str, default: str, most: int, title: str) -> Setting:
    """Describe a row of at most ``most`` symbols."""
    return Setting(name, default, title, lambda n, text, d: read(n, text, d, most))


def one_of(name: str, default: float, options: Sequence[float], title: str) -> Setting:
    """Describe a number out of a few; a link with another one gets the nearest."""

    def take(n: str, text: str, d: Any) -> tuple[Any, str]:
        value, problem = number(n, text, min(options), max(options), d)
        closest = min(options, key=lambda option: abs(option - value))
        if not problem and closest != value:
            problem = f"{n}: {quoted(text)} is not on offer, so it is {closest:g}."
        return closest, problem

    return Setting(name, default, title, take)


def field(link: Link, name: str, label: str, most: int, changed: Callable[[str], None]) -> None:
    """Show a field for the sequence of a link; what can't be read is said under it."""
    text_field(link, name, label, lambda text, now: read(label, text, now, most), changed)


def signs(symbols: str) -> Array:
    """Return what the network reads: +1 for 1, -1 for 0.

    >>> signs("101").tolist()
    [1.0, -1.0, 1.0]
    """
    return np.array([2.0 * int(s) - 1 for s in symbols])
