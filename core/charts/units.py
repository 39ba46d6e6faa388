"""The units of a network's diagram: small pictures of where each is active, or numbers."""

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import chosen
from core.charts.layout import UNIT, Layout, gap_cells
from core.charts.pictures import png, ramp
from core.charts.playing import FINE, NAME, frame_table, pack, span, unpack
from core.charts.theme import PRECISION, Mode, diverging, palette, sequential

CLEAR = 48
"""The palette index that shows the page."""


def scale_responses(responses: Sequence[np.ndarray], output: str = "probability") -> list[np.ndarray]:
    """Scale activations for ``diagram``: each layer from its own lowest to its highest value over all frames.

    Parameters
    ----------
    responses : list per layer of ndarray, (F, units, s, s)
        Activations over the plane, the inputs' own values first.
    output : {"probability", "value"}
        A probability in the last layer keeps its range from 0 to 1.

    Returns
    -------
    list of ndarray of uint8, the same shapes
    """
    scaled = [pack(r, *span(r)) for r in responses]
    if output == "probability":
        scaled[-1] = pack(responses[-1], 0.0, 1.0)
    return scaled


def _sheet(units: np.ndarray, rows: int) -> np.ndarray:
    """Units of one layer, (F, n, s, s), below each other with clear gaps between, a frame every so many rows.

    Palette indices. With at least as many rows as the diagram is high, no more than one frame is ever seen.
    """
    frames, n, side, _ = units.shape
    strip = np.full((frames, n, side + gap_cells(side), side), CLEAR, dtype=np.uint8)
    strip[:, :, :side] = np.rint(units[:, :, ::-1] * ((CLEAR - 1) / 255)).astype(np.uint8)
    sheet = np.full((frames, max(rows, strip.shape[1] * strip.shape[2]), side), CLEAR, dtype=np.uint8)
    sheet[:, : strip.shape[1] * strip.shape[2]] = strip.reshape(frames, -1, side)
    return sheet.reshape(-1, side)


def pictures_layer(plan: Layout, units: Sequence[np.ndarray], output: str, mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    """One sheet of pictures for each layer, moved to the current frame; a lone frame stays where it is."""
    last = diverging(mode, 0.85) if output == "probability" else sequential(mode, "activation", 0.9)
    rows = []
    for layer, values in enumerate(units):
        hidden = sequential(mode, "activation" if layer else "input", 0.9)
        colors = ramp(last if layer == len(units) - 1 else hidden, CLEAR + 1)
        pictures = np.asarray(values)[:, : plan.units[layer]]
        cell = UNIT / pictures.shape[-1]
        sheet = _sheet(pictures, math.ceil(plan.height / cell))
        tall, moves = len(sheet) * cell, len(pictures) > 1
        place = {"x": float(layer), "top": plan.rows(layer)[0] - UNIT / 2}
        step = {"step": tall / len(pictures) if moves else 0.0, "tall": tall}
        rows.append({"url": png(sheet, colors, clear=CLEAR), **place, **step})
    sheets = alt.Chart(pd.DataFrame(rows)).transform_calculate(y=f"datum.top - datum.step * {NAME}")
    sheets = sheets.transform_calculate(y2="datum.y + datum.tall").mark_image(aspect=False, width=UNIT, clip=True)
    return sheets.encode(x=x, y=y, y2=alt.Y2("y2:Q"), url=alt.Url("url:N"))


def unit_title(sizes: Sequence[int], labels: Sequence[str], layer: int, unit: int) -> str:
    """What a person calls a unit: an input's own name, or its layer and number."""
    if layer == 0:
        return labels[unit] if unit < len(labels) else f"input {unit + 1}"
    name = "output" if layer == len(sizes) - 1 else "hidden" if len(sizes) == 3 else f"hidden {layer}"
    return name if sizes[layer] == 1 else f"{name}, unit {unit + 1}"


def unit_table(plan: Layout, layer_sizes: Sequence[int], labels: Sequence[str]) -> pd.DataFrame:
    """One row for each drawn unit: its place and its name."""
    rows = [
        {
            "layer": layer,
            "unit": k,
            "x": float(layer),
            "y": y,
            "name": unit_title(layer_sizes, labels, layer, k),
        }
        for layer in range(len(layer_sizes))
        for k, y in enumerate(plan.rows(layer))
    ]
    return pd.DataFrame(rows)


def boxes(
    plan: Layout, units: pd.DataFrame, biases: Sequence[np.ndarray] | None, mode: Mode, x: alt.X, y: alt.Y,
    clickable: bool, pictures: bool,
) -> list[alt.Chart]:  # fmt: skip
    """The outline of every unit, which says its bias; the wide one under it hides the soft edge of the pictures."""
    p = palette(mode)
    box: dict[str, Any] = {
        "width": UNIT,
        "height": UNIT,
        "cornerRadius": 5,
        "fill": "transparent" if pictures else p["background"],
    }
    base = alt.Chart(units).encode(x=x, y=y)
    says = [alt.Tooltip("name:N", title="unit")]
    outline = base.mark_rect(**box, stroke=p["muted"], strokeWidth=1)
    if biases is not None:
        table, bias = _biases(plan, units, biases)
        labels = alt.Chart(table).transform_calculate(bias=bias).encode(x=x, y=y)
        outline = labels.mark_rect(**box, stroke=p["muted"], strokeWidth=1)
        says.append(alt.Tooltip("bias:N", title="bias"))
    outline = outline.encode(tooltip=says)
    if clickable:
        outline = outline.add_params(chosen("unit", ["layer", "unit"]))
    edge = base.mark_rect(**box, stroke=p["background"], strokeWidth=4)
    return [edge, outline] if pictures else [outline]


def _biases(plan: Layout, units: pd.DataFrame, biases: Sequence[np.ndarray]) -> tuple[pd.DataFrame, str]:
    """The units with their biases of all frames, and the expression that writes the current one."""
    stacked = np.concatenate([np.asarray(b, float)[:, :n] for b, n in zip(biases, plan.units[1:], strict=True)], axis=1)
    low, high = span(stacked)
    packed = pack(np.pad(stacked, [(0, 0), (plan.units[0], 0)], mode="edge"), low, high, FINE)
    now_ = f"format({unpack('biases', low, high, FINE)}, '{PRECISION['weight']}')"
    return frame_table(units, packed, "biases"), f"datum.layer ? {now_} : 'none: an input'"


def numbers(
    plan: Layout, units: pd.DataFrame, values: Sequence[np.ndarray], mode: Mode, x: alt.X, y: alt.Y
) -> alt.Chart:
    """A number in each unit instead of a picture; without numbers for the inputs those stay empty."""
    frames, first = max(len(v) for v in values), len(plan.units) - len(values)
    pairs = zip(values, plan.units[first:], strict=True)
    table = np.concatenate([np.broadcast_to(np.asarray(v, float)[:, :n], (frames, n)) for v, n in pairs], axis=1)
    low, high = float(np.nanmin(table)), float(np.nanmax(table))
    places = units.loc[units["layer"] >= first, ["x", "y"]]
    packed = frame_table(places, pack(table, low, high, top=FINE), "packed")
    words = f"format({unpack('packed', low, high, top=FINE)}, '{PRECISION['activation']}')"
    labels = alt.Chart(packed).transform_calculate(words=words)
    return labels.mark_text(fontSize=12, color=palette(mode)["text"]).encode(x=x, y=y, text=alt.Text("words:N"))


def ring(units: pd.DataFrame, selected: tuple[int, int], mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    """A ring around the chosen unit; nothing when that unit is not drawn."""
    chosen = units[(units["layer"] == selected[0]) & (units["unit"] == selected[1])]
    side = UNIT + 8
    mark = alt.Chart(chosen).mark_rect(
        width=side, height=side, cornerRadius=8, fill="transparent", stroke=palette(mode)["text"], strokeWidth=2.5
    )
    return mark.encode(x=x, y=y)
