"""Marks that can be chosen: by a click, and by a finger's tap.

On a canvas Vega notices what lies under a pointer when the pointer moves; a finger does not move before it taps, so its
click finds nothing. The end of a touch does know what lay under it. Two things are heeded: a touch that moved is no tap
but scrolls the page, and the click that browsers send after a tap is held back, since it would choose nothing and so
undo the tap.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

VIEW: dict[str, Any] = {"source": "view"}
CLICK = VIEW | {"type": "click"}
STILL = [VIEW | {"type": "touchstart"}, VIEW | {"type": "touchmove"}]
TAP = VIEW | {"type": "touchend", "between": STILL, "filter": "event.cancelable", "consume": True}
"""The end of a touch that has not moved, and that may still be held back."""


def chosen(name: str, fields: Sequence[str]) -> alt.Parameter:
    """The selection called ``name``: the ``fields`` of the mark that was last clicked or tapped."""
    either: Any = {"merge": [CLICK, TAP]}
    return alt.selection_point(name=name, fields=list(fields), empty=False, toggle=False, on=either)
