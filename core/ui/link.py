"""The link in the address bar holds the page's whole state.

A page describes its controls in one table. `Link.open` brings what the address says into the widgets, on the nearest
lawful values; `Link.save` writes what the widgets say into the address, without what is at its default. (Streamlit's
own ``bind="query-params"`` drops a value that is out of range instead of keeping the nearest one, and says nothing.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from core.training import parsing
from core.training.experiment import Reader

VERSION = "1"


@dataclass(frozen=True)
class Control:
    """One setting of a page: its key in the link, its default, its name for people, and how to read it."""

    name: str
    default: Any
    title: str
    read: Reader
    write: Callable[[Any], str] = str


def number(name: str, default: float, low: float, high: float, title: str = "") -> Control:
    """Describe a number."""
    read: Reader = lambda n, text, d: parsing.number(n, text, low, high, d)  # noqa: E731
    return Control(name, float(default), title or name, read, lambda v: f"{v:.10g}")


def whole(name: str, default: int, low: int, high: int, title: str = "") -> Control:
    """Describe a whole number."""
    return Control(name, default, title or name, lambda n, text, d: parsing.whole(n, text, low, high, d))


def choice(name: str, default: str, options: Collection[str], title: str = "") -> Control:
    """Describe a choice."""
    return Control(name, default, title or name, lambda n, text, d: parsing.choice(n, text, options, d))


def nearest(name: str, default: float, options: Sequence[float], title: str = "") -> Control:
    """Describe a number out of a list of positive ones; a link that says another gets the nearest by ratio."""

    def read(n: str, text: str, d: Any) -> tuple[Any, str]:
        value, problem = parsing.number(n, text, min(options), max(options), d)
        kept = min(options, key=lambda option: abs(math.log(option / value)))
        if not problem and kept != value:
            problem = f"{n}: {parsing.quoted(text)} is not one of the steps, so it is {kept:g}."
        return kept, problem

    return Control(name, default, title or name, read, lambda v: f"{v:.10g}")


def switch(name: str, default: bool, title: str = "") -> Control:
    """Describe a switch."""
    return Control(name, default, title or name, parsing.switch, lambda v: str(int(v)))


def text(name: str, known: Callable[[str], bool], title: str = "") -> Control:
    """Describe words to look for; a link's words count when they are ``known``. Show them as plain text only."""

    def read(said: str, value: str, default: str) -> tuple[str, str]:
        plain = " ".join(value.split())
        if plain and len(plain) <= parsing.LONGEST and plain.isprintable() and known(plain):
            return plain, ""
        return default, f"{said}: nothing is known of {parsing.quoted(value)}, so everything is shown."

    return Control(name, "", title or name, read)


@dataclass
class Link:
    """The address of one page.

    Attributes
    ----------
    page : the page's slug; keys in the session begin with it.
    controls : the table.
    problems : what had to be changed in the address, in sentences.
    """

    page: str
    controls: Sequence[Control]
    problems: list[str] = field(default_factory=list)

    def key(self, name: str) -> str:
        """Return the session key of a control: give it to its widget."""
        return f"{self.page}.{name}"

    def __getitem__(self, name: str) -> Any:
        return st.session_state[self.key(name)]

    def values(self) -> dict[str, Any]:
        """Return the value of every control."""
        return {c.name: st.session_state.get(self.key(c.name), c.default) for c in self.controls}

    def set(self, **values: Any) -> None:
        """Set controls; only in a callback, or before their widgets are drawn."""
        for name, value in values.items():
            st.session_state[self.key(name)] = value

    def reset(self) -> None:
        """Set every control to its default; a callback."""
        self.set(**{c.name: c.default for c in self.controls})

    def open(self) -> Link:
        """Bring the address into the widgets when it was changed by hand, by a link, or by the browser's Back."""
        address, memory = _address(), st.session_state.setdefault("link.memory", {})
        here = st.session_state.get("link.here") or {"page": ""}
        arrived = here["page"] != self.page
        edited = not arrived and here["values"] != self.values()
        if arrived or (address != here["address"] and not edited):
            source = memory.get(self.page, {}) if arrived and not address else address
            self.set(**self._read(source))
            st.session_state["link.problems"] = self.problems
        elif edited:  # what the link said is history now
            st.session_state["link.problems"] = []
        for c in self.controls:  # a control whose widget was not drawn keeps its value
            key = self.key(c.name)
            st.session_state[key] = st.session_state.get(key, c.default)
        self.problems = st.session_state.get("link.problems", [])
        return self

    def save(self) -> None:
        """Write the widgets' values into the address; call it once all widgets are drawn."""
        values = self.values()
        changed = {c.name: c.write(values[c.name]) for c in self.controls if values[c.name] != c.default}
        address = changed | ({"v": VERSION} if changed else {})
        if address != _address():
            st.query_params.from_dict(address)
        st.session_state["link.here"] = {"page": self.page, "address": address, "values": values}
        st.session_state["link.memory"][self.page] = address

    def url(self) -> str:
        """Return the whole link to the page as it is now; call it after `save`."""
        address = urlencode(st.session_state["link.here"]["address"])
        base = str(st.context.url or "").split("?")[0]
        return f"{base}?{address}" if address else base

    def _read(self, address: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        self.problems = []
        for c in self.controls:
            values[c.name], problem = (
                c.read(c.title, address[c.name], c.default) if c.name in address else (c.default, "")
            )
            self.problems += [problem] if problem else []
        strangers = [k for k in address if k not in values and k != "v"]
        if strangers:
            said = parsing.quoted(", ".join(strangers))
            self.problems.append(f"The link also says {said}, which nothing on this page listens to.")
        return values


def _address() -> dict[str, str]:
    return dict(st.query_params.to_dict())
