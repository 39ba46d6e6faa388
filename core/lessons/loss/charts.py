"""Losses seen: a curve over the prediction with its area, several examples with theirs, and a map over (w, b)."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.contour import HALF, paths
from core.charts.lines import spread
from core.charts.pictures import STEPS, Extent, plane_layer, plane_pictures, ramp
from core.charts.playing import pack, still
from core.charts.rim import rimmed
from core.charts.theme import ON_TOP, Mode, axis, finish, mix, palette

ONE_SPAN = (0.0, 1.4)
ONE_TOP = 1.02
NAMES = {"mse": "squared", "mae": "absolute", "huber": "Huber"}
AREAS = {
    "mse": "red square: as wide and high as the error; area = loss",
    "mae": "red strip: as wide as the error, 1 high; area = loss",
    "huber": "red shape: as wide as the error; area = loss",
}
PLANE: Extent = (0.0, 4.0, 0.0, 4.0)


def area_of(loss: str, error: float) -> np.ndarray:
    """The shape whose area is the loss of an error: corners as (share of the way along, height), (4, 2).

    Squared error is a square; absolute error a strip of width 1; Huber's the square's lower half up to an error of 1,
    and what a strip of width 1 leaves of it beyond. Along is measured from the target.
    """
    size = abs(error)
    if loss == "mse":
        return np.array([[0, size], [size, size]])
    if loss == "mae":
        return np.array([[0, 1.0], [size, 1.0]])
    near = min(size, 1.0)
    return np.array([[0, 0.0], [near, near], [size, near]])


def one_example(
    x: np.ndarray, curves: Mapping[str, np.ndarray], loss: str, prediction: float, target: float, value: float,
    slope: float, mode: Mode,
) -> alt.LayerChart:  # fmt: skip
    """Draw the loss of one example over the prediction, the chosen loss thick, with the shape whose area it is.

    One unit is as long across as it is high, so that the square is a square.

    Parameters
    ----------
    x : (n,) predictions; curves : name in the core -> (n,) losses; none before the learner has predicted.
    prediction, target : where the example is; value, slope : the chosen loss and its derivative there.
    """
    p = palette(mode)
    across = alt.X("x:Q", scale=alt.Scale(domain=list(ONE_SPAN), nice=False), axis=axis("prediction", mode))
    heights = axis("loss", mode, grid=True, **ON_TOP) if curves else None  # before, the square's area alone is the loss
    up = alt.Y("y:Q", scale=alt.Scale(domain=[0, ONE_TOP], nice=False), axis=heights)
    layers: list[alt.Chart] = []
    shape = area_of(loss, prediction - target)
    side = 1 if prediction >= target else -1
    layers += _area(target, side, shape, value, p, across, up)
    for name, values in curves.items():
        chosen = name == loss
        table = pd.DataFrame({"x": x, "y": values})
        table = table[table["y"] <= ONE_TOP]
        line = alt.Chart(table).mark_line(
            color=p["loss"] if chosen else p["muted"], strokeWidth=3.5 if chosen else 1.2, clip=True,
            strokeDash=[1, 0] if chosen else [3, 3],
        )  # fmt: skip
        layers.append(line.encode(x=across, y=up))
    if curves:
        layers += _curve_names(curves, loss, x, p, across, up)
        layers += _tangent(prediction, value, slope, p, across, up)
    marks = pd.DataFrame({"x": [prediction], "y": [0.0], "top": [value]})
    layers.append(
        alt.Chart(marks).mark_rule(color=p["prediction"], strokeWidth=2).encode(x=across, y=up, y2=alt.Y2("top:Q"))
    )
    layers.append(
        alt.Chart(marks).mark_point(filled=True, size=150, color=p["prediction"], opacity=1).encode(x=across, y=up)
    )
    goal = pd.DataFrame({"x": [target], "y": [0.0], "words": ["target"]})
    ring = alt.Chart(goal).mark_point(size=190, color=p["target"], strokeWidth=2.5, opacity=1, fill=p["background"])
    layers.append(ring.encode(x=across, y=up))
    dot = pd.DataFrame({"x": [prediction], "y": [value]})
    if curves:
        layers.append(
            alt.Chart(dot).mark_point(filled=True, size=170, color=p["loss"], opacity=1).encode(x=across, y=up)
        )
    key = ["● prediction ŷ   ○ target y" + "   violet: slope of the loss" * bool(curves), AREAS[loss]]
    follow = alt.param(name="height", expr=f"width * {ONE_TOP / (ONE_SPAN[1] - ONE_SPAN[0])}")
    title = "The loss of one example" + ", for every prediction" * bool(curves)
    return finish(layers, mode, title, key, params=[follow], right=8)


def _area(
    target: float, side: int, shape: np.ndarray, value: float, p: Mapping[str, str], across: alt.X, up: alt.Y
) -> list[alt.Chart]:
    """The shape whose area is the loss, its outline, and the number on top of it."""
    x, y = target + side * shape[:, 0], np.minimum(shape[:, 1], ONE_TOP)
    fill = alt.Chart(pd.DataFrame({"x": x, "y": y})).mark_area(color=p["loss"], opacity=0.22)
    ring = pd.DataFrame({"x": [x[0], *x, x[-1]], "y": [0.0, *y, 0.0], "order": range(len(x) + 2)})
    edge = (
        alt.Chart(ring).mark_line(color=p["loss"], strokeWidth=1.2).encode(x=across, y=up, order=alt.Order("order:Q"))
    )
    high = float(y.max()) > 0.85 * ONE_TOP
    words = pd.DataFrame(
        {"x": [(x[0] + x[-1]) / 2], "y": [float(y.max())], "words": [f"area {value:.4f}" if value >= 0.00005 else ""]}
    )
    text = alt.Chart(words).mark_text(dy=16 if high else -12, fontSize=16, fontWeight=600, color=p["loss"])
    area = fill.encode(x=across, y=up, y2=alt.Y2Datum(0))  # from 0: two corners at one place aren't stacked
    return [area, edge, text.encode(x=across, y=up, text=alt.Text("words:N"))]


def _curve_names(
    curves: Mapping[str, np.ndarray], loss: str, x: np.ndarray, p: Mapping[str, str], across: alt.X, up: alt.Y
) -> list[alt.Chart]:
    """Each curve's name beyond its right end, kept apart."""
    ends = np.array([min(float(v[-1]), ONE_TOP - 0.03) for v in curves.values()])
    table = pd.DataFrame({"x": float(x[-1]), "y": spread(ends * 320, 18) / 320, "words": [NAMES[n] for n in curves]})
    chosen = np.array([name == loss for name in curves])
    kinds: Any = ((table[chosen], p["loss"], 600), (table[~chosen], p["muted"], 400))
    return [
        alt.Chart(rows)
        .mark_text(align="left", dx=7, fontSize=13, color=color, fontWeight=weight)
        .encode(x=across, y=up, text=alt.Text("words:N"))
        for rows, color, weight in kinds
    ]


def _tangent(
    prediction: float, value: float, slope: float, p: Mapping[str, str], across: alt.X, up: alt.Y
) -> list[alt.Chart]:
    """A piece of the line that touches the curve at the prediction."""
    reach = 0.16 / np.hypot(1, slope)
    ends = np.array([prediction - reach, prediction + reach])
    table = pd.DataFrame({"x": ends, "y": value + slope * (ends - prediction)})
    line = alt.Chart(table).mark_line(color=p["gradient"], strokeWidth=2.5, clip=True).encode(x=across, y=up)
    return [line]


def one_example_text(loss: str, prediction: float, target: float, value: float, slope: float) -> str:
    """The text twin of ``one_example``."""
    return (
        f"The {NAMES[loss]} loss over predictions from 0 to 1.4, lowest at the target {target:z.2f}. At the prediction "
        f"{prediction:z.2f} it is {value:z.4f}, drawn as an area of that size, and its slope is {slope:z.2f}."
    )


def fitted_line(
    x: np.ndarray, y: np.ndarray, w: float, b: float, loss: str, values: np.ndarray, mode: Mode,
    best: tuple[float, float] | None = None, wrong: int | None = None,
) -> alt.LayerChart:  # fmt: skip
    """Draw examples, a line, and for each example the shape whose area is its loss.

    Parameters
    ----------
    x, y : (n,) examples; w, b : the line; values : (n,) the loss of each; best : slope and intercept of the line with
    the lowest mean loss, drawn dashed; wrong : the place of the example that was typed in wrongly.
    """
    p = palette(mode)
    shapes_at = _shapes(x, y, w * x + b, loss)
    ends, heights = _room(shapes_at)
    across = alt.X("x:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis("input x", mode))
    up = alt.Y("y:Q", scale=alt.Scale(domain=heights, nice=False), axis=axis("target y", mode, grid=True, **ON_TOP))
    line = pd.DataFrame({"x": ends, "y": [w * v + b for v in ends]})
    dots = pd.DataFrame({"x": x, "y": y, "foot": w * x + b, "words": [f"{v:z.2f}" for v in values]})
    shapes = alt.Chart(shapes_at).mark_area(
        color=p["loss"], fillOpacity=0.2, stroke=p["loss"], strokeWidth=1, clip=True
    )
    points = alt.Chart(dots)
    layers = [
        shapes.encode(x=across, y=up, y2=alt.Y2("top:Q"), detail=alt.Detail("which:N")),
        points.mark_rule(color=p["loss"], strokeWidth=2, clip=True).encode(x=across, y=up, y2=alt.Y2("foot:Q")),
        alt.Chart(line).mark_line(color=p["prediction"], strokeWidth=3, clip=True).encode(x=across, y=up),
        points.mark_point(size=60, color=p["target"], strokeWidth=2.5, opacity=1, fill=p["background"]).encode(
            x=across, y=up
        ),
        *_losses_beside(dots, heights[0], p["loss"], across, up),
    ]
    if best is not None:
        lowest = pd.DataFrame({"x": ends, "y": [best[0] * v + best[1] for v in ends]})
        dashed = alt.Chart(lowest).mark_line(color=p["text"], strokeWidth=2, strokeDash=[6, 4], clip=True)
        layers.append(dashed.encode(x=across, y=up))
    if wrong is not None:
        at = alt.Chart(dots.iloc[[wrong]]).mark_text(align="right", dx=-8, dy=-9, fontSize=13, color=p["text"])
        layers.append(at.encode(x=across, y=up, text=alt.value("wrong")))
    follow = alt.param(name="height", expr="width")
    key = ["○ example   red area and number: its loss", *(["dashed: the best line"] if best is not None else [])]
    return finish(layers, mode, "The line and its errors", key, params=[follow])


def _losses_beside(dots: pd.DataFrame, floor: float, color: str, across: alt.X, up: alt.Y) -> list[alt.Chart]:
    """Each example's loss in figures, above or below, where its area isn't; over the area if the floor is too near."""
    above, low = dots["y"] > dots["foot"], dots["y"] - floor < 0.5
    dots, above = dots.assign(y=dots["y"].where(above | ~low, dots["foot"])), above | low
    return [
        alt.Chart(rows)
        .mark_text(dy=dy, fontSize=13, fontWeight=600, color=color, clip=True)
        .encode(x=across, y=up, text=alt.Text("words:N"))
        for rows, dy in ((dots[above], -14), (dots[~above], 15))
    ]


def _room(shapes: pd.DataFrame) -> tuple[list[float], list[float]]:
    """Ends of both axes that hold the plane and every shape whole; equally long, so that a square is a square."""
    low = np.minimum([PLANE[0], PLANE[2]], [shapes["x"].min(), shapes["y"].min()])
    high = np.maximum([PLANE[1], PLANE[3]], [shapes["x"].max(), shapes["top"].max()])
    low, high = np.floor(low * 2) / 2, np.ceil(high * 2) / 2
    more = (high - low).max() - (high - low)
    (left, bottom), (right, top) = low - more / 2, high + more / 2
    return [float(left), float(right)], [float(bottom), float(top)]


def _shapes(x: np.ndarray, y: np.ndarray, answers: np.ndarray, loss: str) -> pd.DataFrame:
    """Corners of each example's shape: it stands on the error's upright, to the side where there is room."""
    rows = []
    for k, (at, target, answer) in enumerate(zip(x, y, answers, strict=True)):
        low, high = min(target, answer), max(target, answer)
        size, way = high - low, 1 if target > answer else -1
        room = 1 if way > 0 else -1
        if loss == "huber":
            near = min(size, 1.0)
            far = (answer, answer + way * (size - near))
            rows += [(k, at, low, high), (k, at + room * near, min(far), max(far))]
        else:
            wide = size if loss == "mse" else 1.0
            rows += [(k, at, low, high), (k, at + room * wide, low, high)]
    return pd.DataFrame(rows, columns=["which", "x", "y", "top"])


def fitted_line_text(w: float, b: float, values: np.ndarray, mean: float) -> str:
    """The text twin of ``fitted_line``."""
    each = ", ".join(f"{v:z.2f}" for v in values)
    line = f"A line of slope {w:z.2f} and intercept {b:z.2f} through {len(values)} examples."
    return f"{line} Losses: {each}; mean {mean:z.4f}."


def loss_map(
    field: np.ndarray, extent: Extent, here: tuple[float, float], best: tuple[float, float], mean: float, mode: Mode
) -> alt.LayerChart:
    """Draw the mean loss over slope and intercept, as shade and height lines, with the line's place and the lowest.

    Parameters
    ----------
    field : (side, side) mean losses at cell centers, row 0 lowest.
    extent : (w low, w high, b low, b high).
    """
    p = palette(mode)
    titles = ("slope w", "intercept b")
    x = alt.X("x:Q", scale=alt.Scale(domain=list(extent[:2]), nice=False, zero=False), axis=axis(titles[0], mode))
    y = alt.Y("y:Q", scale=alt.Scale(domain=list(extent[2:]), nice=False, zero=False),
              axis=axis(titles[1], mode, **ON_TOP))  # fmt: skip
    height = np.sqrt(field)
    low, high = float(height.min()), float(np.quantile(height, 0.97))
    colors = ramp([p["background"], mix(p["background"], p["loss"], 0.75)])
    layers = [plane_layer(plane_pictures(pack(height[None], low, high, STEPS - 1), extent, colors), x, y)]
    lines = "".join(paths(height[None], float(level))[0] for level in np.linspace(low, high, 8)[1:-1])
    middle = pd.DataFrame({"x": [sum(extent[:2]) / 2], "y": [sum(extent[2:]) / 2], "path": [lines]})
    contours = alt.Chart(middle).mark_point(
        filled=False, color=mix(p["background"], p["loss"], 0.9), strokeWidth=1.3, tooltip=None,
        size=alt.expr(f"width * height / {HALF * HALF}"),
    )  # fmt: skip
    layers.append(contours.encode(x=x, y=y, shape=alt.Shape("path:N", scale=None)))
    ring = pd.DataFrame({"x": [best[0]], "y": [best[1]]})
    layers.append(alt.Chart(ring).mark_point(size=170, color=p["text"], strokeWidth=2.5, opacity=1).encode(x=x, y=y))
    dot = pd.DataFrame({"x": [here[0]], "y": [here[1]], "words": [f"{mean:z.3f}"]})
    layers.append(
        alt.Chart(dot)
        .mark_point(filled=True, size=170, color=p["prediction"], opacity=1, stroke=p["background"], strokeWidth=2)
        .encode(x=x, y=y)
    )
    words = alt.Chart(dot).encode(x=x, y=y, text=alt.Text("words:N"))
    layers += rimmed(words, mode, dy=-16, fontSize=14, fontWeight=600)
    follow = alt.param(name="height", expr="width")
    key = ["● this line   ○ lowest   redder = higher loss"]
    return finish(layers, mode, "The mean loss of every line", key, params=[still(), follow])


def loss_map_text(here: tuple[float, float], best: tuple[float, float], mean: float, least: float) -> str:
    """The text twin of ``loss_map``."""
    return (
        f"Mean loss over slope and intercept: a bowl. The line at ({here[0]:z.2f}, {here[1]:z.2f}) has {mean:z.4f}; "
        f"the lowest, {least:z.4f}, is at ({best[0]:z.2f}, {best[1]:z.2f})."
    )
