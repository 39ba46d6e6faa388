"""Marks that can be chosen: by a click, and by a finger's tap.

On a canvas Vega notices what lies under a pointer when the pointer moves; a finger does not move before it taps, so its
click finds nothing. The end of a touch does know what lay under it. Two things are heeded: a touch that moved is no tap
but scrolls the page, and the click that browsers send after a tap is held back, since it would choose nothing and so
undo the tap.
"""

from collections.abc import Sequence
from math import floor, log10
from typing import Any

import altair as alt

from core.charts.pictures import Extent

VIEW: dict[str, Any] = {"source": "view"}
CLICK = VIEW | {"type": "click"}
STILL = [VIEW | {"type": "touchstart"}, VIEW | {"type": "touchmove"}]
TAP = VIEW | {"type": "touchend", "between": STILL, "filter": "event.cancelable", "consume": True}
"""The end of a touch that has not moved, and that may still be held back."""


def chosen(name: str, fields: Sequence[str]) -> alt.Parameter:
    """The selection called ``name``: the ``fields`` of the mark that was last clicked or tapped."""
    either: Any = {"merge": [CLICK, TAP]}
    return alt.selection_point(name=name, fields=list(fields), empty=False, toggle=False, on=either)


def spots(extent: Extent, x: alt.X, y: alt.Y, cells_a_side: int) -> alt.Chart:
    """Return invisible cells over a plane; a click gives the center of one as ``px`` and ``py``.

    Parameters
    ----------
    extent : the plane's edges.
    x, y : the plane's axes, for a field ``x`` and a field ``y``.
    cells_a_side : how many cells along each edge.
    """
    n = cells_a_side
    wide, high = (extent[1] - extent[0]) / n, (extent[3] - extent[2]) / n
    spot = chosen("spot", ["px", "py"])
    fine = [10 ** max(3, 1 - floor(log10(each))) for each in (wide, high)]  # a tenth of a cell, or finer
    cells = alt.Chart(alt.sequence(0, n * n, as_="k")).transform_calculate(
        x=f"{extent[0]} + (datum.k % {n}) * {wide}",
        y=f"{extent[2]} + floor(datum.k / {n}) * {high}",
        x2=f"datum.x + {wide}",
        y2=f"datum.y + {high}",
        px=f"round({fine[0]} * (datum.x + {wide / 2})) / {fine[0]}",
        py=f"round({fine[1]} * (datum.y + {high / 2})) / {fine[1]}",
    )
    mark = cells.mark_rect(opacity=0.001, fill="#808080", stroke=None, cursor="crosshair", tooltip=None)
    return mark.encode(x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")).add_params(spot)
