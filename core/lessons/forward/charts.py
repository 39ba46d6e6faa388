"""What a small network answers to every input: a curve over one input, a plane over two."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.contour import contour_layer
from core.charts.naming import minus
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import FADE, INPUTS, axes
from core.charts.playing import pack, still
from core.charts.theme import Mode, axis, finish, palette, sequential


def response_curve(
    x: np.ndarray, y: np.ndarray, point: tuple[float, float], doubled: tuple[float, float], mode: Mode
) -> alt.LayerChart:
    """Draw the output over one input ``(n,)``, with the input of the moment and, in outline, twice that input."""
    p = palette(mode)
    pad = 0.08 * (float(np.ptp(y)) or 1.0)
    across = alt.X(
        "x:Q", scale=alt.Scale(domain=[float(x[0]), float(x[-1])], nice=False), axis=axis("input x", mode, grid=True)
    )
    ends = [min(0.0, float(y.min())) - pad, max(0.0, float(y.max())) + pad]
    up = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=ends, nice=False),
        axis=axis("output ŷ", mode, titleAngle=0, titleY=-8, titleX=0, titleAlign="left", grid=True),
    )
    line = alt.Chart(pd.DataFrame({"x": x, "y": y})).mark_line(color=p["prediction"], strokeWidth=3, clip=True)
    places = pd.DataFrame({"x": [point[0], doubled[0]], "y": [point[1], doubled[1]]})
    places["words"] = [minus(f"{point[1]:z.2f}"), minus(f"{doubled[1]:z.2f}")]
    now, twice = alt.Chart(places[:1]), alt.Chart(places[1:][np.abs(places["x"][1:]) <= float(x[-1])])
    dot = now.mark_point(filled=True, size=170, color=p["prediction"], opacity=1)
    ring = twice.mark_point(size=150, stroke=p["prediction"], fill=p["background"], strokeWidth=3, opacity=1)
    made = [layer.encode(x=across, y=up) for layer in (line, ring, dot)]
    for each in (now, twice):
        for at in each.data["x"]:
            words = each.mark_text(fontSize=14, fontWeight=600, color=p["prediction"], **_beside(x, y, float(at)))
            made.append(words.encode(x=across, y=up, text=alt.Text("words:N")))
    key = "● this input   ○ twice this input"
    return finish(made, mode, "Output at every x", key, height=260)


def _beside(x: np.ndarray, y: np.ndarray, at: float) -> dict[str, Any]:
    """Where a number stands beside a point of the curve: on neither the curve nor the vertical axis at its side."""
    before, after = np.interp([at - 0.2, at + 0.2], x, y)
    inward = -1 if at >= 0 else 1
    above = (after >= before) == (at >= 0)
    return {"dx": 12 * inward, "dy": -14 if above else 16, "align": "right" if inward < 0 else "left"}


def response_curve_text(x: np.ndarray, y: np.ndarray, point: tuple[float, float]) -> str:
    """Return the text twin of `response_curve`."""
    bends = int(np.sum(np.abs(np.diff(y, 2)) > 1e-6 * (np.ptp(y) or 1)))
    shape = "a straight line" if not bends else "bent"
    return (
        f"The output over inputs from {x[0]:g} to {x[-1]:g}: {shape}, from {y[0]:z.2f} to {y[-1]:z.2f}. "
        f"At input {point[0]:z.2f} it is {point[1]:z.2f}."
    )


def response_plane(
    field: np.ndarray,
    extent: Extent,
    corners: np.ndarray,
    outputs: np.ndarray,
    point: tuple[float, float],
    mode: Mode,
    span: tuple[float, float] = (0.0, 1.0),
) -> alt.LayerChart:
    """Draw the output over two inputs, the line where it is halfway, and what it is at four corners.

    Parameters
    ----------
    field : (side, side) the output at cell centers, row 0 lowest.
    corners, outputs : (4, 2) and (4,).
    point : the input of the moment.
    span : the outputs drawn white and in full green.
    """
    p, frames = palette(mode), field[None]
    x, y = axes(extent, INPUTS, mode)
    table = plane_pictures(pack(frames, *span, STEPS - 1), extent, ramp(sequential(mode, "prediction", FADE)))
    layers = [plane_layer(table, x, y), contour_layer(frames, extent, sum(span) / 2, p["text"], x, y)]
    rows = pd.DataFrame({"x": corners[:, 0], "y": corners[:, 1], "words": [minus(f"{v:z.2f}") for v in outputs]})
    dots = alt.Chart(rows).encode(x=x, y=y)
    layers.append(dots.mark_point(filled=True, size=110, color=p["text"], opacity=1))
    layers.append(dots.mark_text(dy=-15, fontSize=14, fontWeight=600, color=p["text"]).encode(text=alt.Text("words:N")))
    here = alt.Chart(pd.DataFrame({"x": [point[0]], "y": [point[1]]})).encode(x=x, y=y)
    layers.append(here.mark_point(size=330, stroke=p["input"], strokeWidth=3, opacity=1, clip=True))
    follow = alt.param(name="height", expr="width")
    shades = f"pale {span[0]:z.1f} or less, deep green {span[1]:z.1f} or more"
    key = [minus(shades), minus(f"line: {sum(span) / 2:z.1f}   ○ this input")]
    return finish(layers, mode, "The output everywhere", key, params=[still(), follow])


def response_plane_text(corners: np.ndarray, outputs: np.ndarray) -> str:
    """Return the text twin of `response_plane`."""
    each = ", ".join(f"({x:g}, {y:g}) gives {v:z.2f}" for (x, y), v in zip(corners, outputs, strict=True))
    return f"The output over the plane of two inputs. At the corners: {each}."
