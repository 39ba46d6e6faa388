"""The learning loop: four stages in a ring, each with its number of the moment."""

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from core.charts.theme import Mode, finish, palette

UNIT = alt.Scale(domain=[0, 1], nice=False)
HALF = (0.2, 0.165)
PLACES = ((0.22, 0.79), (0.78, 0.79), (0.78, 0.21), (0.22, 0.21))
ARROWS = ((0.45, 0.79, 0.55, 0.79, 90), (0.78, 0.6, 0.78, 0.4, 180), (0.55, 0.21, 0.45, 0.21, 270))
BACK = (0.22, 0.4, 0.22, 0.6, 0)
"""Edges of the ring from (x, y) to (x, y), and where the arrowhead points, in degrees clockwise from up."""


class Stage(NamedTuple):
    """One stage: its name, its number in words, what the number is, and the quantity that gives it its color."""

    name: str
    number: str
    note: str
    quantity: str


def loop(stages: Sequence[Stage], title: str, mode: Mode) -> alt.LayerChart:
    """Draw the loop, clockwise from the upper left.

    Parameters
    ----------
    stages : four of them.
    title : which step it is.
    """
    p = palette(mode)
    rows = pd.DataFrame(stages, columns=list(Stage._fields))
    rows["x"], rows["y"] = zip(*PLACES, strict=True)
    rows["x0"], rows["x1"] = rows["x"] - HALF[0] - 0.02, rows["x"] + HALF[0] + 0.02
    rows["y0"], rows["y1"] = rows["y"] - HALF[1], rows["y"] + HALF[1]
    rows["color"] = [p[quantity] for quantity in rows["quantity"]]
    rows["name"] = [f"{k} {name}" for k, name in enumerate(rows["name"], 1)]
    x, y = alt.X("x:Q", scale=UNIT, axis=None), alt.Y("y:Q", scale=UNIT, axis=None)
    ink = alt.Color("color:N", scale=None)
    here = alt.Chart(rows).encode(x=x, y=y)
    box = alt.Chart(rows).mark_rect(cornerRadius=8, fill=p["background"], strokeWidth=1.6)
    boxes = box.encode(
        x=alt.X("x0:Q", scale=UNIT, axis=None),
        x2=alt.X2("x1:Q"),
        y=alt.Y("y0:Q", scale=UNIT, axis=None),
        y2=alt.Y2("y1:Q"),
    )
    words = [
        here.mark_text(dy=-30, fontSize=13, fontWeight=600, color=p["text"]).encode(text=alt.Text("name:N")),
        here.mark_text(fontSize=22, fontWeight=600).encode(text=alt.Text("number:N"), color=ink),
        here.mark_text(dy=28, fontSize=12, color=p["muted"]).encode(text=alt.Text("note:N")),
    ]
    layers = [*_arrows(x, y, p), boxes.encode(stroke=alt.Stroke("color:N", scale=None)), *words]
    inside = alt.Chart(pd.DataFrame({"x": [0.5], "y": [0.5], "words": ["repeat"]})).encode(
        x=x, y=y, text=alt.Text("words:N")
    )
    layers.append(inside.mark_text(fontSize=13, fontWeight=600, color=p["muted"]))
    return finish(layers, mode, title, height=330)


def _arrows(x: alt.X, y: alt.Y, p: dict[str, str]) -> list[alt.Chart]:
    rows = pd.DataFrame([*ARROWS, BACK], columns=["x", "y", "x2", "y2", "angle"])
    shafts = (
        alt.Chart(rows)
        .mark_rule(color=p["muted"], strokeWidth=2)
        .encode(x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))
    )
    heads = alt.Chart(rows).mark_point(shape="triangle-up", filled=True, size=110, color=p["muted"], opacity=1)
    ends = heads.encode(
        x=alt.X("x2:Q", scale=UNIT, axis=None),
        y=alt.Y("y2:Q", scale=UNIT, axis=None),
        angle=alt.Angle("angle:Q", scale=None),
    )
    return [shafts, ends]


def loop_text(stages: Sequence[Stage], title: str) -> str:
    """Return the text twin of `loop`."""
    listing = ", then ".join(f"{s.name}: {s.number} ({s.note})" for s in stages)
    return f"{title}, a ring of four stages. {listing}; and back to the first, repeat."
