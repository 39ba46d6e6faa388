"""One neuron seen: its curve over one input, or the line that it draws through a plane."""

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import minus
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import FADE, INPUTS, axes
from core.charts.playing import pack, still
from core.charts.rim import rimmed
from core.charts.theme import Mode, axis, diverging, finish, palette

HEIGHT = 300


def neuron_curve(
    x: np.ndarray, a: np.ndarray, point: tuple[float, float], turn: float | None, mode: Mode, digits: int = 4
) -> alt.LayerChart:
    """Draw the activation over one input, with the point where the neuron is now and its turning point.

    Parameters
    ----------
    x, a : (n,) input and activation.
    point : the current input and activation.
    turn : where z = 0, or None.
    """
    p = palette(mode)
    low, high = min(-0.05, float(a.min())), max(1.05, float(a.max()))
    across = alt.X("x:Q", scale=alt.Scale(domain=[float(x[0]), float(x[-1])], nice=False), axis=axis("input x", mode))
    up = alt.Y(
        "a:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=axis("activation a", mode, titleAngle=0, titleY=-8, titleX=0, titleAlign="left", grid=True),
    )
    curve = alt.Chart(pd.DataFrame({"x": x, "a": a})).mark_line(color=p["activation"], strokeWidth=3, clip=True)
    now = alt.Chart(pd.DataFrame({"x": [point[0]], "a": [point[1]], "words": [f"a = {point[1]:z.{digits}f}"]}))
    layers = [curve.encode(x=across, y=up)]
    if turn is not None and x[0] <= turn <= x[-1]:
        at = alt.Chart(pd.DataFrame({"x": [turn], "words": [minus(f"z = 0 at x = {turn:z.2f}")]})).encode(x=across)
        layers.append(at.mark_rule(color=p["z"], strokeDash=[5, 4]))
        before = a[-1] > a[0]  # a curve that rises leaves room above, before the turn, and below, behind it
        high_up = turn > x[0] + 0.25 * (x[-1] - x[0]) if before else turn < x[-1] - 0.25 * (x[-1] - x[0])
        left = before == high_up
        words = at.mark_text(
            align="right" if left else "left", dx=-6 if left else 6, dy=8 if high_up else -8, color=p["z"], fontSize=13,
            y=0 if high_up else HEIGHT,
        )  # fmt: skip
        layers.append(words.encode(text=alt.Text("words:N")))
    stem = alt.Chart(pd.DataFrame({"x": [point[0]], "a": [point[1]], "zero": [low]}))
    layers.append(stem.mark_rule(color=p["input"], strokeWidth=2).encode(x=across, y=up, y2=alt.Y2("zero:Q")))
    layers.append(now.mark_point(filled=True, size=170, color=p["activation"], opacity=1).encode(x=across, y=up))
    far = point[0] > float(x[-1]) * 0.5
    words = now.mark_text(align="right" if far else "left", dx=-14 if far else 14, dy=16, fontSize=15, fontWeight=600)
    layers.append(words.encode(x=across, y=up, text=alt.Text("words:N"), color=alt.value(p["activation"])))
    return finish(layers, mode, "What the neuron answers to every input", height=HEIGHT, params=[])


def neuron_curve_text(point: tuple[float, float], turn: float | None, low: float, high: float) -> str:
    """Return the text twin of `neuron_curve`."""
    where = "z is the same everywhere" if turn is None else f"z = 0 at x = {turn:z.2f}"
    return (
        f"The neuron's activation over inputs from -3 to 3, between {low:z.2f} and {high:z.2f}. {where}. "
        f"At input {point[0]:z.2f} the activation is {point[1]:z.4f}."
    )


def neuron_plane(
    field: np.ndarray,
    line: np.ndarray | None,
    extent: Extent,
    corners: np.ndarray,
    answers: np.ndarray,
    outputs: np.ndarray,
    right: np.ndarray,
    mode: Mode,
    title: str,
    span: tuple[float, float] = (0.0, 1.0),
) -> alt.LayerChart:
    """Draw the activation over two inputs, the line where z = 0, and four corners with what they should be.

    Parameters
    ----------
    field : (side, side) the activation at cell centers, row 0 lowest.
    line : (2, 2) two points of the line, beyond the plane's edges, or None.
    corners : (4, 2); answers : what each should be; outputs : (4,) the activations there.
    right : (4,) whether each lies on its own side of the line.
    span : activations that are drawn in the full colors of class 0 and class 1.
    """
    x, y = axes(extent, INPUTS, mode)
    p, frames = palette(mode), field[None]
    table = plane_pictures(pack(frames, *span, STEPS - 1), extent, ramp(diverging(mode, FADE)))
    layers = [plane_layer(table, x, y)]
    if line is not None:
        ends = alt.Chart(pd.DataFrame(line, columns=["x", "y"]))
        layers.append(ends.mark_line(color=p["text"], strokeWidth=1.6, clip=True).encode(x=x, y=y))
    rows = pd.DataFrame({"x": corners[:, 0], "y": corners[:, 1], "target": list(answers)})
    rows["words"] = [f"{a:z.2f}" + ("" if ok else " ✗") for a, ok in zip(outputs, right, strict=True)]
    scale = alt.Scale(domain=[0, 1], range=[p["class0"], p["class1"]])
    shape = alt.Scale(domain=[0, 1], range=["square", "circle"])
    dots = alt.Chart(rows).encode(x=x, y=y)
    layers.append(
        dots.mark_point(filled=True, size=260, opacity=1, stroke=p["background"], strokeWidth=2).encode(
            color=alt.Color("target:N", scale=scale, legend=None), shape=alt.Shape("target:N", scale=shape, legend=None)
        )
    )
    layers += rimmed(dots.encode(text=alt.Text("words:N")), mode, dy=-20, fontSize=14, fontWeight=600)
    key = ["■ should be 0   ● should be 1   ✗ wrong side", "line: z = 0; numbers: the output a"]
    follow = alt.param(name="height", expr="width")
    return finish(layers, mode, title, key, params=[still(), follow])


def neuron_plane_text(corners: np.ndarray, outputs: np.ndarray, right: np.ndarray) -> str:
    """Return the text twin of `neuron_plane`."""
    each = ", ".join(f"({x:g}, {y:g}) gives {a:z.2f}" for (x, y), a in zip(corners, outputs, strict=True))
    good = sum(right)
    return (
        f"The neuron's activation over two inputs. At the corners: {each}. On the right side of its line: {good} of 4."
    )
