"""The link in the address bar holds the page's whole state.

A page describes its controls in one table of `Setting`s (core/training/settings.py). `Link.open` brings what the
address says into the widgets, on the nearest lawful values; `Link.save` writes what the widgets say into the address,
without what is at its default. (Streamlit's own ``bind="query-params"`` drops a value that is out of range instead of
keeping the nearest one, and says nothing.)
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

import streamlit as st

from core.training import settings
from core.training.settings import Query, Setting


@dataclass
class Link:
    """The address of one page.

    Attributes
    ----------
    page : the page's slug; keys in the session begin with it.
    controls : the table.
    problems : what had to be changed in the address, in sentences.
    came_by : the address that the values came by; where the page was left and come back to, that of before.
    anew : whether an empty address means something else than the defaults (`open_view`).
    arrived : whether the learner comes from another page, or from outside.
    edited : whether a control was moved since the page was last drawn.
    """

    page: str
    controls: Sequence[Setting]
    problems: list[str] = field(default_factory=list)
    came_by: Query = field(default_factory=dict)
    anew: bool = False
    arrived: bool = False
    edited: bool = False

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

    def reset(self, keep: Collection[str] = ("view",)) -> None:
        """Set every control to its default but those to ``keep``: whoever resets a view stays in it; a callback."""
        self.jump(**{c.name: c.default for c in self.controls if c.name not in keep})

    def jump(self, **values: Any) -> None:
        """Set controls, and forget what was said of the page's fields, which are set anew; a callback."""
        for name in [str(name) for name in st.session_state]:
            if name.startswith(f"{self.page}.") and name.endswith(".problem"):
                del st.session_state[name]
        self.set(**values)

    def open(self) -> Self:
        """Bring the address into the widgets when it was changed by hand, by a link, or by the browser's Back."""
        address, memory = _address(), st.session_state.setdefault("link.memory", {})
        here = st.session_state.get("link.here") or {"page": ""}
        self.arrived = arrived = here["page"] != self.page
        self.edited = edited = not arrived and here["values"] != self.values()
        self.came_by = memory.get(self.page, {}) if arrived and not address else address
        if arrived or (address != here["address"] and not edited):
            values, self.problems = settings.read(self.came_by, self.controls)
            self.set(**values)
            st.session_state["link.problems"], st.session_state["link.changes"] = self.problems, []
        elif edited:  # what the link said is history now
            st.session_state["link.problems"], st.session_state["link.changes"] = [], []
        for c in self.controls:  # a control whose widget was not drawn keeps its value
            key = self.key(c.name)
            st.session_state[key] = st.session_state.get(key, c.default)
        self.problems = st.session_state.get("link.problems", [])
        return self

    def lasting(self, changes: list[str]) -> list[str]:
        """Return what had to be changed now, or else in an earlier run since the link was opened or a control moved.

        Once settings are changed they go together, so the next run finds nothing to say; and browsers ask for one soon.
        """
        if changes:
            st.session_state["link.changes"] = changes
        return list(st.session_state.get("link.changes", []))

    def open_view(self, view: str, opening: Mapping[str, Any], control: str = "view") -> None:
        """Set what a view opens on; right after `open`.

        What a link leaves out means the default, today as on the day it was copied. A view that should open on
        something else therefore sets it openly, so that it stands in the address: when the learner comes to the view,
        or by an address without a version (``?view=two``, typed by hand), and none of these controls was ever changed.
        In the page's first view the defaults themselves need an address then: a version and nothing else. ``control``
        is the one that chooses the view; a page without it has one view.
        """
        first = next((c.default for c in self.controls if c.name == control), view)
        address, current = self.came_by, self.values().get(control, view)
        self.anew |= current == view == first
        others = {name: value for name, value in opening.items() if name != control}
        by_link = (address.get(control, first) == view and "v" in address) or any(name in address for name in others)
        unchanged = all(self[c.name] == c.default for c in self.controls if c.name in others)
        if current == view and unchanged and not by_link:
            self.set(**opening)

    def save(self) -> None:
        """Write the widgets' values into the address; call it once all widgets are drawn.

        On arrival it is written in any case: if the page before wrote its own address while the learner was leaving,
        the browser shows that address here, and only the browser knows.
        """
        values = self.values()
        address = settings.write(values, self.controls) or ({"v": settings.VERSION} if self.anew else {})
        if address != _address() or st.session_state.get("link.here", {}).get("page") != self.page:
            st.query_params.from_dict(address)
        st.session_state["link.here"] = {"page": self.page, "address": address, "values": values}
        st.session_state["link.memory"][self.page] = address

    def url(self) -> str:
        """Return the whole link to the page as it is now; call it after `save`."""
        address = urlencode(st.session_state["link.here"]["address"])
        base = str(st.context.url or "").split("?")[0]
        return f"{base}?{address}" if address else base


def _address() -> Query:
    """What the address bar says; a repeated key has a list of values."""
    every = {key: st.query_params.get_all(key) for key in st.query_params}
    return {key: values[0] if len(values) == 1 else values for key, values in every.items()}
