"""A small network with its numbers: values flowing forward in green, gradients flowing back in violet.

The picture always has the same layers and only its data change, so that stepping through it never redraws the frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import layer_name, unit_name, weight_name
from core.charts.theme import Mode, finish, palette

BOX, TALL, PITCH, HEAD = 54, 34, 100, 50
ALL = 2
"""Up to so many units on both sides of a gap, all its weights are written; otherwise those into the opened unit."""


@dataclass(frozen=True, eq=False)
class Flow:
    """What is seen of a network at one moment.

    Attributes
    ----------
    sizes : units of every layer, inputs first.
    weights, biases : of the layers 1..L, ``(n_l, n_{l-1})`` and ``(n_l,)``.
    sums : weighted sums of the layers 1..L, ``(n_l,)``.
    values : what the layers 0..L pass on, ``(n_l,)``.
    reached : the last layer that has been computed.
    now : the layer that is worked on (len(sizes): the loss).
    opened : the (layer, unit) that is looked into, or None.
    chosen : the (layer, unit, source) of the chosen weight, or None.
    gradients : dz of the layers 1..L, ``(n_l,)``; shown from the output down to layer ``back``.
    becomes : what the update makes of the chosen weight, when that is shown.
    loss, target : shown in a column of their own when there is a target; the loss once it is known.
    """

    sizes: tuple[int, ...]
    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    sums: tuple[np.ndarray, ...]
    values: tuple[np.ndarray, ...]
    reached: int
    now: int
    opened: tuple[int, int] | None = None
    chosen: tuple[int, int, int] | None = None
    gradients: tuple[np.ndarray, ...] = ()
    back: int = 99
    becomes: float | None = None
    loss: float | None = None
    target: float | None = None
    title: str = "The network"
    key: tuple[str, ...] = field(default=())
    weight_digits: int = 1

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return round(HEAD + (max(self.sizes) - 1) * PITCH + TALL + (52 if self.gradients else 34))

    def y(self, layer: int, unit: int) -> float:
        """The middle of a unit, in pixels from the top."""
        middle = HEAD + ((max(self.sizes) - 1) * PITCH + TALL) / 2
        return middle + (unit - (self.sizes[layer] - 1) / 2) * PITCH


def short(value: float, digits: int = 2) -> str:
    """Write a number so that it fits into a unit."""
    return f"{value:.{digits}f}" if abs(value) < 1000 else f"{value:.1e}"


def _units(flow: Flow) -> pd.DataFrame:
    """One row a unit: its place, its numbers as words, and how it stands out."""
    rows = []
    for layer, size in enumerate(flow.sizes):
        for unit in range(size):
            known = layer <= flow.reached
            z = f"z {short(flow.sums[layer - 1][unit])}" if layer and known else ""
            bias = (
                f"bias {flow.biases[layer - 1][unit]:+.{flow.weight_digits}f}"
                if layer and flow.biases[layer - 1][unit]
                else ""
            )
            dz = f"◀ {flow.gradients[layer - 1][unit]:.4f}" if layer and layer >= flow.back else ""
            given = "" if layer else unit_name(flow.sizes, 0, unit)
            rows.append(
                {
                    "layer": layer,
                    "unit": unit,
                    "x": float(layer),
                    "y": flow.y(layer, unit),
                    "name": unit_name(flow.sizes, layer, unit),
                    "value": short(float(flow.values[layer][unit])) if known else "?",
                    "z": z,
                    "over": bias or given,
                    "dz": dz,
                    "state": ("input" if not layer else "known") if known else "unknown",
                    "now": int(layer == flow.now),
                    "open": int((layer, unit) == flow.opened),
                    "negative": int(bool(layer) and flow.biases[layer - 1][unit] < 0),
                    "plain": int(not layer or flow.biases[layer - 1][unit] == 0),
                }
            )
    return pd.DataFrame(rows)


def _edges(flow: Flow) -> pd.DataFrame:
    """One row a weight: its ends, its words, where they stand, and whether it is lit."""
    rows, largest = [], max(float(np.abs(w).max()) for w in flow.weights) or 1.0
    for layer, w in enumerate(flow.weights, 1):
        for to, source in product(*map(range, w.shape)):
            y, y2, at = flow.y(layer - 1, source), flow.y(layer, to), _label_place(w.shape, to, source)
            chosen = flow.chosen == (layer, to, source)
            written = max(w.shape) <= ALL or min(w.shape) == 1 or flow.opened == (layer, to) or chosen
            lit = layer == flow.now if flow.opened is None else flow.opened == (layer, to)
            back = layer - 1 >= flow.back and layer > 1
            rows.append(
                {
                    "layer": layer,
                    "unit": to,
                    "source": source,
                    "x": layer - 1.0,
                    "x2": float(layer),
                    "y": y,
                    "y2": y2,
                    "positive": int(w[to, source] >= 0),
                    "width": 1 + 4 * abs(float(w[to, source])) / largest,
                    "opacity": 1.0 if lit or chosen else (0.75 if layer <= flow.reached else 0.3),
                    "words": _written(flow, layer, to, source) if written else "",
                    "written": int(written),
                    "at": layer - 1 + at,
                    "up": y + at * (y2 - y),
                    "chosen": int(chosen),
                    "name": weight_name(flow.sizes, layer, to, source),
                    "back": int(back),
                    "arrow_x": layer - 1 + 0.66,
                    "arrow_y": y + 0.66 * (y2 - y),
                }
            )
    return pd.DataFrame(rows)


def _written(flow: Flow, layer: int, to: int, source: int) -> str:
    """A weight in words; for the chosen one, once the update is shown, what it becomes."""
    before = f"{flow.weights[layer - 1][to, source]:.{flow.weight_digits}f}"
    return (
        f"{before} ➜ {flow.becomes:.3f}" if flow.becomes is not None and flow.chosen == (layer, to, source) else before
    )


def _where(column: str, opacity: float = 1.0) -> Any:
    """Show only the rows with a 1 in the column. (A filtered layer may be left empty; then nothing at all is drawn.)"""
    return alt.OpacityValue(0, condition={"test": f"datum.{column}", "value": opacity})


def _label_place(shape: tuple[int, ...], to: int, source: int) -> float:
    """How far along its line a weight is written, so that crossing lines' numbers stay apart."""
    if shape[0] == shape[1]:
        return 0.5 if to == source else 0.36
    return 0.56 if shape[0] > shape[1] else 0.44


def _lines(edges: pd.DataFrame, mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Weights as lines, the chosen one on a violet ground, and arrows where gradients have passed."""
    p, base = palette(mode), alt.Chart(edges).encode(x=x, y=y)
    ground = base.mark_rule(color=p["gradient"], strokeWidth=13).encode(opacity=_where("chosen", 0.3))
    line = base.mark_rule().encode(
        x2="x2:Q",
        y2="y2:Q",
        color=alt.ColorValue(p["negative"], condition={"test": "datum.positive", "value": p["positive"]}),
        strokeDash=alt.StrokeDashValue([5, 4], condition={"test": "datum.positive", "value": [1, 0]}),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None),
        opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
    )
    arrow = alt.Chart(edges).mark_point(shape="triangle-left", filled=True, size=150, color=p["gradient"])
    arrows = arrow.encode(x=alt.X("arrow_x:Q", axis=None), y=alt.Y("arrow_y:Q", axis=None), opacity=_where("back"))
    return [ground.encode(x2="x2:Q", y2="y2:Q"), line, arrows]


def _labels(edges: pd.DataFrame, mode: Mode, select: str) -> list[alt.Chart]:
    """The weights' numbers on a small ground of the page's color; that ground can be clicked."""
    p = palette(mode)
    spots = alt.Chart(edges).encode(x=alt.X("at:Q", axis=None), y=alt.Y("up:Q", axis=None))
    ground = spots.mark_rect(width=34, height=17, cornerRadius=4, color=p["background"], cursor="pointer")
    ground = ground.encode(opacity=_where("written", 0.9))
    if select == "weight":
        fields = ["layer", "unit", "source"]
        ground = ground.encode(tooltip=alt.Tooltip("name:N", title="weight"))
        ground = ground.add_params(alt.selection_point(name="weight", fields=fields, empty=False))
    ink = alt.ColorValue(p["negative"], condition={"test": "datum.positive", "value": p["positive"]})
    halo = spots.mark_text(fontSize=13, fontWeight=600, stroke=p["background"], strokeWidth=5, strokeJoin="round")
    words = spots.mark_text(fontSize=13, fontWeight=600).encode(text="words:N", color=ink)
    return [ground, halo.encode(text="words:N"), words]


def _boxes(units: pd.DataFrame, mode: Mode, x: alt.X, y: alt.Y, select: str) -> list[alt.Chart]:
    """The units: a ring around the opened one, the box, the number in it."""
    p = palette(mode)
    base = alt.Chart(units).encode(x=x, y=y)
    scale = alt.Scale(domain=["input", "known", "unknown"], range=[p["input"], p["activation"], p["muted"]])
    ink: dict[str, Any] = {"scale": scale, "legend": None}
    color = alt.Color("state:N", **ink)
    wide: dict[str, Any] = {"width": BOX + 10, "height": TALL + 10, "cornerRadius": 12}
    ring = base.mark_rect(**wide, fill="transparent", stroke=p["text"], strokeWidth=2.5).encode(opacity=_where("open"))
    box = base.mark_rect(width=BOX, height=TALL, cornerRadius=8, fill=p["background"], fillOpacity=1, cursor="pointer")
    box = box.encode(
        stroke=alt.Stroke("state:N", **ink),
        strokeWidth=alt.StrokeWidthValue(1.5, condition={"test": "datum.now", "value": 4}),
    )
    if select == "unit":
        box = box.encode(tooltip=alt.Tooltip("name:N", title="unit"))
        box = box.add_params(alt.selection_point(name="unit", fields=["layer", "unit"], empty=False))
    number = base.mark_text(fontSize=14, fontWeight=600).encode(text="value:N", color=color)
    return [ring, box, number]


def _notes(units: pd.DataFrame, mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Beside each unit: its bias above, its weighted sum and its gradient below."""
    p, base = palette(mode), alt.Chart(units).encode(x=x, y=y)
    sign = [{"test": "datum.layer == 0", "value": p["input"]}, {"test": "datum.plain", "value": p["muted"]}]
    sign.append({"test": "datum.negative", "value": p["negative"]})
    over = base.mark_text(fontSize=12, fontWeight=600, dy=-TALL / 2 - 14)
    z = base.mark_text(fontSize=12, dy=TALL / 2 + 15, color=p["z"])
    dz = base.mark_text(fontSize=13, fontWeight=600, dy=TALL / 2 + 31, color=p["gradient"])
    color = alt.ColorValue(p["positive"], condition=sign)
    return [over.encode(text="over:N", color=color), z.encode(text="z:N"), dz.encode(text="dz:N")]


def _heads(flow: Flow, mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    p, last = palette(mode), len(flow.sizes)
    heads = [{"x": float(k), "words": layer_name(flow.sizes, k), "now": int(k == flow.now)} for k in range(last)]
    if flow.target is not None:
        heads.append({"x": float(last), "words": "loss", "now": int(flow.now == last)})
    table = pd.DataFrame(heads).assign(y=11.0)
    strong = alt.ColorValue(p["muted"], condition={"test": "datum.now", "value": p["text"]})
    return alt.Chart(table).mark_text(fontSize=13, fontWeight=600).encode(x=x, y=y, text="words:N", color=strong)


def _loss(flow: Flow, mode: Mode, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The target as a ring, the loss below it, and a line from the output to it."""
    p, last = palette(mode), len(flow.sizes)
    middle = flow.y(last - 1, 0)
    known = flow.loss is not None
    row = {"x": float(last), "x0": last - 1.0, "y": middle, "y2": middle, "ring": f"{flow.target:g}"}
    row |= {"loss": f"L {flow.loss:.4f}" if known else "L ?", "back": int(flow.back < last)}
    table = pd.DataFrame([row | {"mid": last - 0.42}])
    base = alt.Chart(table)
    at = base.encode(x=x, y=y)
    line = base.mark_rule(color=p["loss"], strokeWidth=3, opacity=1 if known else 0.3).encode(
        x=alt.X("x0:Q", axis=None), x2="x:Q", y=y, y2="y2:Q"
    )
    arrows = base.mark_point(shape="triangle-left", filled=True, size=150, color=p["gradient"])
    ring = at.mark_point(size=1300, fill=p["background"], stroke=p["target"], strokeWidth=3, opacity=1)
    word = at.mark_text(fontSize=15, fontWeight=600, color=p["target"])
    name = at.mark_text(fontSize=12, dy=-TALL / 2 - 13, color=p["target"], text="target")
    value = at.mark_text(fontSize=15, fontWeight=700, dy=TALL / 2 + 16, color=p["loss"])
    return [
        line,
        arrows.encode(x=alt.X("mid:Q", axis=None), y=y, opacity=_where("back")),
        ring,
        word.encode(text="ring:N"),
        name,
        value.encode(text="loss:N"),
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
    units, edges = _units(flow), _edges(flow)
    layers = _lines(edges, mode, x, y)
    if flow.target is not None:
        layers += _loss(flow, mode, x, y)
    layers += [*_labels(edges, mode, select), *_boxes(units, mode, x, y, select)]
    layers += [*_notes(units, mode, x, y), _heads(flow, mode, x, y)]
    return finish(layers, mode, flow.title, list(flow.key), height=flow.height)


def network_flow_text(flow: Flow) -> str:
    """Return the text twin of `network_flow`."""
    said = []
    for layer in range(flow.reached + 1):
        values = ", ".join(short(float(v)) for v in flow.values[layer])
        said.append(f"{layer_name(flow.sizes, layer)} {values}")
    text = f"A network of {', '.join(map(str, flow.sizes))} units, computed so far: {'; '.join(said)}."
    if flow.loss is not None:
        text += f" With target {flow.target:g} the loss is {flow.loss:.4f}."
    for layer in range(len(flow.sizes) - 1, max(flow.back, 1) - 1, -1):
        values = ", ".join(f"{v:.4f}" for v in flow.gradients[layer - 1])
        text += f" The gradient at {layer_name(flow.sizes, layer)} is {values}."
    return text
