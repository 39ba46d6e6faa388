"""Kernels that learn, each with its feature map of one digit and what pooling leaves of it; and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.playing import epoch_param, frame_table, now, pack
from core.charts.theme import Mode, diverging, finish, palette, sequential
from core.lessons.convolution.kernel import SIDE, SIZE
from core.lessons.convolution.kernel_charts import own_colors

WIDE, WIDEST = 56.0, 760
EACH_ROW, TILE, ROW = 4, 14.0, 8.6
"""Kernels a row, and the room of each."""
TOP = 12.0
BARS = (16.0, 9.0, 3.2, 6.5)
"""The ten answers: where they begin, their floor, how far apart they are, and how high a sure one is."""
UNIT = f"min(width, {WIDEST}) / {WIDE}"


def learning(
    picture: np.ndarray, found: Mapping[str, np.ndarray], accuracy: np.ndarray, mode: Mode, title: str, start: int
) -> alt.LayerChart:
    """Draw a digit, what a network answers to it, and its kernels with their maps, for every frame of its training.

    Parameters
    ----------
    picture : (64,) from 0 to 1.
    found : what `study.seen` returns.
    accuracy : (F,) of right answers on all test digits.
    """
    p, kernels = palette(mode), found["kernels"]
    frames, count = kernels.shape[:2]
    rows = -(-count // EACH_ROW)
    tall = TOP + ROW * rows
    spots = [(TILE * (k % EACH_ROW), TOP + ROW * (k // EACH_ROW)) for k in range(count)]
    heaviest, brightest = float(np.abs(kernels).max()), float(max(found["maps"].max(), 1e-9))
    ink = _still(picture.reshape(SIDE, SIDE), (0, 2), [p["background"], p["text"]], mode, tall)
    signed, active = diverging(mode), sequential(mode, "activation")
    parts = [
        _playing(kernels, [(x, y) for x, y in spots], (-heaviest, heaviest), signed, mode, tall),
        _playing(found["maps"], [(x + 4, y) for x, y in spots], (0, brightest), active, mode, tall),
        _playing(found["pooled"], [(x, y + 4) for x, y in spots], (0, brightest), active, mode, tall),
    ]
    layers = [ink, *parts, *_answers(found["chances"], mode, tall)]
    words = [f"{a:.0%} of all test digits right" for a in accuracy]
    layers.append(_words([(BARS[0] - 0.4, 0.8, words)], p["text"], tall, weight=600))
    layers.append(_words([(0.0, 0.8, "this digit")], p["muted"], tall))
    key = ["each: kernel, the feature map on its right,", "and the pooled map under it"]
    canvas = [epoch_param(frames, start), alt.param(name="height", expr=f"{tall} * {UNIT}")]
    return own_colors(finish(layers, mode, title, key, params=canvas))


def _axes(tall: float, x: str = "x:Q", y: str = "y:Q") -> tuple[alt.X, alt.Y]:
    right: Any = alt.ExprRef(f"min(width, {WIDEST})")
    across = alt.Scale(domain=[0, WIDE], range=[0, right], nice=False, zero=False)
    down = alt.Scale(domain=[0, tall], range=[0, alt.ExprRef(f"{tall} * {UNIT}")], nice=False, zero=False)
    return alt.X(x, axis=None, scale=across), alt.Y(y, axis=None, scale=down)


def _corners(shape: tuple[int, ...], places: list[tuple[float, float]]) -> pd.DataFrame:
    """Squares of side 1 for each of the grids (rows, columns) that begin at the places, grid by grid."""
    row, column = np.divmod(np.arange(shape[0] * shape[1]), shape[1])
    x = np.concatenate([left + column for left, _ in places])
    y = np.concatenate([top + row for _, top in places])
    return pd.DataFrame({"x": x, "x2": x + 1, "y": y, "y2": y + 1})


def _still(values: np.ndarray, place: tuple[float, float], colors: list[str], mode: Mode, tall: float) -> alt.Chart:
    table = _corners(values.shape, [place]).assign(value=values.ravel())
    return _marks(alt.Chart(table), colors, (0, 1), mode, tall)


def _playing(
    values: np.ndarray,
    places: list[tuple[float, float]],
    ends: tuple[float, float],
    colors: list[str],
    mode: Mode,
    tall: float,
) -> alt.Chart:
    """Grids of values (F, K, rows, columns) whose colors play."""
    packed = pack(values.reshape(len(values), -1), *ends)
    table = frame_table(_corners(values.shape[2:], places), packed)
    return _marks(alt.Chart(table).transform_calculate(value=now("p")), colors, (0, 255), mode, tall)


def _marks(chart: alt.Chart, colors: list[str], ends: tuple[float, float], mode: Mode, tall: float) -> alt.Chart:
    x, y = _axes(tall)
    scale = alt.Scale(domain=np.linspace(*ends, len(colors)).tolist(), range=colors, interpolate="rgb")
    mark = chart.mark_rect(stroke=palette(mode)["grid"], strokeWidth=0.6)
    return mark.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("value:Q", scale=scale, legend=None))


def _answers(chances: np.ndarray, mode: Mode, tall: float) -> list[alt.Chart]:
    """A bar for each of the ten answers, (F, 10)."""
    p, (left, floor, gap, high) = palette(mode), BARS
    at = left + gap * np.arange(chances.shape[1])
    table = frame_table(pd.DataFrame({"x": at, "x2": at + 0.7 * gap, "y": floor}), pack(chances, 0, 1))
    x, y = _axes(tall)
    bars = alt.Chart(table).transform_calculate(y2=f"{floor} - {high} * {now('p')} / 255")
    names = [(float(v) + 0.35 * gap, floor + 1.1, str(k)) for k, v in enumerate(at)]
    ground = pd.DataFrame({"x": [left], "x2": [left + gap * chances.shape[1]], "y": [floor]})
    return [
        alt.Chart(ground).mark_rule(color=p["muted"]).encode(x=x, x2="x2:Q", y=y),
        bars.mark_rect(color=p["prediction"]).encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        _words(names, p["text"], tall, "center"),
    ]


def _words(
    places: list[tuple[float, float, Any]], color: str, tall: float, align: Any = "left", weight: Any = 400
) -> alt.Chart:
    """Words at places; a list of them plays."""
    plays = isinstance(places[0][2], list)
    chart = alt.Chart(pd.DataFrame(places, columns=["x", "y", "words"]))
    if plays:
        chart = chart.transform_calculate(said=now("words"))  # another name, or the list would be gone after a frame
    x, y = _axes(tall)
    size: Any = alt.ExprRef(f"max(10, min(15, 1.5 * {UNIT}))")
    mark = chart.mark_text(align=align, baseline="middle", color=color, fontSize=size, fontWeight=weight)
    return mark.encode(x=x, y=y, text=alt.Text("said:N" if plays else "words:N"))


def learning_text(found: Mapping[str, np.ndarray], accuracy: np.ndarray, at: int) -> str:
    """Return the text twin of `learning` at one frame."""
    chances, count = found["chances"][at], found["kernels"].shape[1]
    first = "; ".join(" ".join(f"{v:.1f}" for v in row) for row in found["kernels"][at, 0].reshape(SIZE, SIZE))
    return (
        f"{count} kernels and their feature maps. It answers {int(chances.argmax())} with {chances.max():.0%}; "
        f"{accuracy[at]:.0%} of all test digits are right. Kernel 1, row by row: {first}."
    )
