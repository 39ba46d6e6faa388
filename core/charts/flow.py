"""A small network with its numbers: values flowing forward in green, gradients flowing back in violet.

The picture always has the same layers and only its data change, so that stepping through it never redraws the frame.
"""

from typing import Any

import altair as alt

from core.charts.choosing import chosen
from core.charts.flow_data import (
    BOX,
    COLUMN,
    SMALL,
    TALL,
    TIGHT,
    WIDE_COLUMN,
    Flow,
    edge_rows,
    head_rows,
    loss_rows,
    unit_rows,
)
from core.charts.theme import Mode, finish, palette

UNITS, EDGES, HEADS, LOSS = (alt.NamedData(name=name) for name in ("units", "edges", "heads", "loss"))
"""The layers share their data by name; a table handed to each layer would be read over and over."""


def _where(column: str, opacity: float = 1.0) -> Any:
    """Show only the rows with a 1 in the column. (A filtered layer may be left empty; then nothing at all is drawn.)"""
    return alt.OpacityValue(0, condition={"test": f"datum.{column}", "value": opacity})


def _lines(mode: Mode, x: alt.X, y: alt.Y, narrow: str) -> list[alt.Chart]:
    """Weights as lines, the chosen one on a violet ground, and arrows where gradients have passed."""
    p, base = palette(mode), alt.Chart(EDGES).encode(x=x, y=y)
    ground = base.mark_rule(color=p["gradient"], strokeWidth=13).encode(opacity=_where("chosen", 0.3))
    line = base.mark_rule().encode(
        x2=alt.X2("x2:Q"),
        y2=alt.Y2("y2:Q"),
        color=alt.ColorValue(p["negative"], condition={"test": "datum.positive", "value": p["positive"]}),
        strokeDash=alt.StrokeDashValue([5, 4], condition={"test": "datum.positive", "value": [1, 0]}),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None),
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
    )
    arrow = alt.Chart(EDGES).mark_point(shape="triangle-left", filled=True, color=p["gradient"])
    arrow = arrow.encode(size=alt.value(alt.ExprRef(f"{narrow} ? 90 : 150")))
    arrows = arrow.encode(x=alt.X("arrow_x:Q", axis=None), y=alt.Y("arrow_y:Q", axis=None), opacity=_where("back"))
    return [ground.encode(x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")), line, arrows]


def _labels(mode: Mode, select: str, narrow: str) -> list[alt.Chart]:
    """The weights' numbers on a small ground of the page's color, which can be clicked; below them their gradients."""
    p = palette(mode)
    spots = alt.Chart(EDGES).encode(x=alt.X("at:Q", axis=None), y=alt.Y("up:Q", axis=None))
    ground = spots.mark_rect(width=34, height=17, cornerRadius=4, color=p["background"], cursor="pointer")
    ground = ground.encode(opacity=_where("written", 0.9))
    if select == "weight":
        ground = ground.encode(tooltip=alt.Tooltip("name:N", title="weight"))
        ground = ground.add_params(chosen("weight", ["layer", "unit", "source"]))
    ink = alt.ColorValue(p["negative"], condition={"test": "datum.positive", "value": p["positive"]})
    halo = spots.mark_text(fontSize=13, fontWeight=600, stroke=p["background"], strokeWidth=5, strokeJoin="round")
    words = spots.mark_text(fontSize=13, fontWeight=600).encode(text=alt.Text("words:N"), color=ink)
    below = alt.Chart(EDGES).encode(
        x=alt.X("below:Q", axis=None), y=alt.Y("down:Q", axis=None), text=alt.Text("gradient:N")
    )
    slope: dict[str, Any] = {"fontSize": alt.ExprRef(f"{narrow} ? 11 : 12"), "fontWeight": 600}
    rim = below.mark_text(**slope, stroke=p["background"], strokeWidth=5, strokeJoin="round")
    return [ground, halo.encode(text=alt.Text("words:N")), words, rim, below.mark_text(**slope, color=p["gradient"])]


def _boxes(mode: Mode, x: alt.X, y: alt.Y, select: str, narrow: str, small: int) -> list[alt.Chart]:
    """The units: a ring around the opened one, the box, the number in it; smaller where columns are ``narrow``."""
    p = palette(mode)
    base = alt.Chart(UNITS).encode(x=x, y=y)
    scale = alt.Scale(domain=["input", "known", "unknown"], range=[p["input"], p["activation"], p["muted"]])
    ink: dict[str, Any] = {"scale": scale, "legend": None}
    color = alt.Color("state:N", **ink)
    across, around = (alt.ExprRef(f"{narrow} ? {small + more} : {BOX + more}") for more in (0, 10))
    wide: dict[str, Any] = {"width": around, "height": TALL + 10, "cornerRadius": 12}
    ring = base.mark_rect(**wide, fill="transparent", stroke=p["text"], strokeWidth=2.5).encode(opacity=_where("open"))
    box = base.mark_rect(
        width=across, height=TALL, cornerRadius=8, fill=p["background"], fillOpacity=1, cursor="pointer"
    )
    box = box.encode(
        stroke=alt.Stroke("state:N", **ink),
        strokeWidth=alt.StrokeWidthValue(1.5, condition={"test": "datum.now", "value": 4}),
    )
    if select == "unit":
        box = box.encode(tooltip=alt.Tooltip("name:N", title="unit"))
        box = box.add_params(chosen("unit", ["layer", "unit"]))
    size = alt.ExprRef(f"{narrow} ? 12 : 14")
    number = base.mark_text(fontSize=size, fontWeight=600).encode(text=alt.Text("value:N"), color=color)
    return [ring, box, number]


def _notes(mode: Mode, x: alt.X, y: alt.Y, crowded: str) -> list[alt.Chart]:
    """Beside each unit: its bias above, its z or its gradient below.

    Where it is ``crowded``, biases and sums stand only at the layer that is worked on.
    """
    p, base = palette(mode), alt.Chart(UNITS).encode(x=x, y=y)
    sign = [{"test": "datum.layer == 0", "value": p["input"]}, {"test": "datum.plain", "value": p["muted"]}]
    sign.append({"test": "datum.negative", "value": p["negative"]})
    over: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "dy": -TALL / 2 - 14}
    z = base.mark_text(fontSize=12, dy=TALL / 2 + 15, color=p["z"])
    dz: dict[str, Any] = {"fontSize": 13, "fontWeight": 600, "dy": TALL / 2 + 15}
    away = f"{crowded} && datum.layer && !datum.now && !datum.chosen"
    there = alt.OpacityValue(1, condition={"test": away, "value": 0})
    ground = base.mark_rect(width=76, height=19, yOffset=-TALL / 2 - 14, cornerRadius=4, color=p["gradient"])
    halo: dict[str, Any] = {"stroke": p["background"], "strokeWidth": 4, "strokeJoin": "round"}
    color = alt.ColorValue(p["positive"], condition=sign)
    return [
        base.mark_text(**over, **halo).encode(text=alt.Text("over:N"), opacity=there),
        ground.encode(opacity=_where("chosen", 0.3)),
        base.mark_text(**over).encode(text=alt.Text("over:N"), color=color, opacity=there),
        z.encode(text=alt.Text("z:N"), opacity=there),
        base.mark_text(**dz, **halo).encode(text=alt.Text("dz:N")),
        base.mark_text(**dz, color=p["gradient"]).encode(text=alt.Text("dz:N")),
    ]


def _heads(mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Above each layer its name, and under it what its units do with their sums."""
    p, base = palette(mode), alt.Chart(HEADS).encode(x=x, y=y)
    strong = alt.ColorValue(p["muted"], condition={"test": "datum.now", "value": p["text"]})
    name = base.mark_text(fontSize=13, fontWeight=600).encode(text=alt.Text("words:N"), color=strong)
    return [name, base.mark_text(fontSize=12, dy=14, color=p["muted"]).encode(text=alt.Text("bend:N"))]


def _loss(mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The target as a ring, the loss below it, and a line from the output to it."""
    p, base = palette(mode), alt.Chart(LOSS)
    at = base.encode(x=x, y=y)
    known = alt.OpacityValue(0.3, condition={"test": "datum.known", "value": 1})
    line = base.mark_rule(color=p["loss"], strokeWidth=3)
    arrow = base.mark_point(shape="triangle-left", filled=True, size=150, color=p["gradient"])
    ring = at.mark_point(size=1300, fill=p["background"], stroke=p["target"], strokeWidth=3, opacity=1)
    word = at.mark_text(fontSize=15, fontWeight=600, color=p["target"])
    name = at.mark_text(fontSize=12, dy=-TALL / 2 - 13, color=p["target"])
    value = at.mark_text(fontSize=15, fontWeight=700, dy=TALL / 2 + 16, color=p["loss"])
    return [
        line.encode(x=alt.X("x0:Q", axis=None), x2=alt.X2("x:Q"), y=y, y2=alt.Y2("y2:Q"), opacity=known),
        arrow.encode(x=alt.X("mid:Q", axis=None), y=y, opacity=_where("back")),
        ring,
        word.encode(text=alt.Text("ring:N")),
        name.encode(text=alt.Text("name:N")),
        value.encode(text=alt.Text("loss:N")),
    ]


def network_flow(flow: Flow, mode: Mode, select: str = "unit") -> alt.LayerChart:
    """Draw the network at one moment.

    Parameters
    ----------
    select : "unit" or "weight": what a click chooses; the chart's selection has the same name.
    """
    right = len(flow.sizes) - 1 + (1.36 if flow.target is not None else 0.42)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.42, right], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[flow.height, 0], nice=False, zero=False))
    least, small = (WIDE_COLUMN, TIGHT) if flow.by_weight else (COLUMN, SMALL)
    narrow = f"width < {least * (right + 0.42):.0f}"
    crowded = f"width < {COLUMN * (right + 0.42):.0f}" if flow.by_weight else "false"
    layers = _lines(mode, x, y, narrow)
    layers += _loss(mode, x, y) if flow.target is not None else []
    layers += [*_labels(mode, select, narrow), *_boxes(mode, x, y, select, narrow, small)]
    layers += [*_notes(mode, x, y, crowded), *_heads(mode, x, y)]
    picture = finish(layers, mode, flow.title, list(flow.key), height=flow.height)
    data = {"units": unit_rows(flow), "edges": edge_rows(flow), "heads": head_rows(flow)}
    picture.datasets = data | ({"loss": loss_rows(flow)} if flow.target is not None else {})
    return picture
