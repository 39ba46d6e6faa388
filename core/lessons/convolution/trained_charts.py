"""Kernels that learn, each with its feature map of one digit and what pooling leaves of it; and the answer."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.playing import epoch_param, frame_table, now, pack
from core.charts.theme import Mode, diverging, finish, palette, sequential
from core.lessons.convolution.kernel import SIDE, SIZE
from core.lessons.convolution.kernel_charts import own_colors

WIDE, WIDEST, NARROW = 56.0, 760, 440
TILE, ROW = 14.0, 8.6
"""The room of each kernel with its maps."""


def _either(narrow: float, wide: float) -> str:
    """What holds in a narrow place, such as a telephone's, and what in a wide one: the browser chooses."""
    return f"(width < {NARROW} ? {narrow} : {wide})"


EACH_ROW = _either(2, 4)
TOP = 12.0
LEFT, GAP = _either(10.5, 16.0), _either(1.7, 3.2)
"""The ten answers: where they begin and how far apart they are."""
FLOOR, HIGH = 9.0, 6.5
"""Their floor, and how high a sure one is."""
UNIT = f"min(width, {WIDEST}) / {_either(WIDE / 2, WIDE)}"


def learning(
    picture: np.ndarray,
    found: Mapping[str, np.ndarray],
    accuracy: np.ndarray | None,
    mode: Mode,
    title: str,
    start: int,
) -> alt.LayerChart:
    """Draw a digit, what a network answers to it, and its kernels with their maps, for every frame of its training.

    Parameters
    ----------
    picture : (64,) from 0 to 1.
    found : what `study.seen` returns.
    accuracy : (F,) of right answers on all test digits; None while that is what is asked.
    """
    p, kernels = palette(mode), found["kernels"]
    frames, count = kernels.shape[:2]
    heaviest, brightest = float(np.abs(kernels).max()), float(max(found["maps"].max(), 1e-9))
    ink = _still(picture.reshape(SIDE, SIDE), (0, 2), [p["background"], p["text"]], mode)
    signed, active = diverging(mode), sequential(mode, "activation")
    parts = [
        _playing(kernels, (0, 0), (-heaviest, heaviest), signed, mode),
        _playing(found["maps"], (4, 0), (0, brightest), active, mode),
        _playing(found["pooled"], (0, 4), (0, brightest), active, mode),
    ]
    layers = [ink, *parts, *_answers(found["chances"], mode)]
    if accuracy is not None:
        words = [f"{a:.0%} of all test digits right" for a in accuracy]
        layers.append(_words(pd.DataFrame({"y": [0.8], "words": [words]}), f"{LEFT} - 0.4", p["text"], weight=600))
    layers.append(_words(pd.DataFrame({"y": [0.8], "words": ["this digit"]}), "0", p["muted"]))
    key = ["each: kernel, the feature map on its right,", "and the pooled map under it"]
    tall = f"({TOP} + {ROW} * ceil({count} / {EACH_ROW})) * {UNIT}"
    canvas = [epoch_param(frames, start), alt.param(name="height", expr=tall)]
    return own_colors(finish(layers, mode, title, key, params=canvas))


def _axes(x: str = "x:Q", y: str = "y:Q") -> tuple[alt.X, alt.Y]:
    """Scales on which both a step across and one down are a unit of the picture."""
    end: Any = alt.ExprRef(f"{WIDE} * {UNIT}")
    scale = alt.Scale(domain=[0, WIDE], range=[0, end], nice=False, zero=False)
    return alt.X(x, axis=None, scale=scale), alt.Y(y, axis=None, scale=scale)


def _corners(shape: tuple[int, ...], place: tuple[float, float], count: int = 1) -> pd.DataFrame:
    """Squares of side 1 for ``count`` grids (rows, columns), each with its number k and where it lies in its tile."""
    row, column = np.divmod(np.arange(shape[0] * shape[1]), shape[1])
    k = np.repeat(np.arange(count), len(row))
    return pd.DataFrame({"k": k, "left": place[0] + np.tile(column, count), "top": place[1] + np.tile(row, count)})


def _still(values: np.ndarray, place: tuple[float, float], colors: list[str], mode: Mode) -> alt.Chart:
    table = _corners(values.shape, place).assign(value=values.ravel())
    chart = alt.Chart(table).transform_calculate(x="datum.left", y="datum.top")
    return _marks(chart, colors, (0, 1), mode)


def _playing(
    values: np.ndarray, place: tuple[float, float], ends: tuple[float, float], colors: list[str], mode: Mode
) -> alt.Chart:
    """Grids of values (F, K, rows, columns) whose colors play, each at its place in its kernel's tile."""
    packed = pack(values.reshape(len(values), -1), *ends)
    table = frame_table(_corners(values.shape[2:], place, values.shape[1]), packed)
    chart = alt.Chart(table).transform_calculate(
        value=now("p"),
        x=f"datum.left + {TILE} * (datum.k % {EACH_ROW})",
        y=f"{TOP} + datum.top + {ROW} * floor(datum.k / {EACH_ROW})",
    )
    return _marks(chart, colors, (0, 255), mode)


def _marks(chart: alt.Chart, colors: list[str], ends: tuple[float, float], mode: Mode) -> alt.Chart:
    """Squares of side 1 at (x, y)."""
    x, y = _axes()
    chart = chart.transform_calculate(x2="datum.x + 1", y2="datum.y + 1")
    scale = alt.Scale(domain=np.linspace(*ends, len(colors)).tolist(), range=colors, interpolate="rgb")
    mark = chart.mark_rect(stroke=palette(mode)["grid"], strokeWidth=0.6)
    return mark.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("value:Q", scale=scale, legend=None))


def _answers(chances: np.ndarray, mode: Mode) -> list[alt.Chart]:
    """A bar for each of the ten answers, (F, 10)."""
    p, count = palette(mode), chances.shape[1]
    table = frame_table(pd.DataFrame({"k": np.arange(count), "y": FLOOR}), pack(chances, 0, 1))
    x, y = _axes()
    bars = alt.Chart(table).transform_calculate(
        x=f"{LEFT} + {GAP} * datum.k", x2=f"{LEFT} + {GAP} * (datum.k + 0.7)", y2=f"{FLOOR} - {HIGH} * {now('p')} / 255"
    )
    names = pd.DataFrame({"k": np.arange(count), "y": FLOOR + 1.1, "words": [str(k) for k in range(count)]})
    ground = alt.Chart(pd.DataFrame({"y": [FLOOR]})).transform_calculate(x=LEFT, x2=f"{LEFT} + {GAP} * {count}")
    return [
        ground.mark_rule(color=p["muted"]).encode(x=x, x2="x2:Q", y=y),
        bars.mark_rect(color=p["prediction"]).encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        _words(names, f"{LEFT} + {GAP} * (datum.k + 0.35)", p["text"], "center"),
    ]


def _words(table: pd.DataFrame, at: str, color: str, align: Any = "left", weight: Any = 400) -> alt.Chart:
    """Words of a table with their y, at an expression for x; a list of them plays."""
    plays = isinstance(table["words"].iloc[0], list)
    chart = alt.Chart(table).transform_calculate(x=at)
    if plays:
        chart = chart.transform_calculate(current=now("words"))  # another name, or the list would be gone after a frame
    x, y = _axes()
    size: Any = alt.ExprRef(f"max(10, min(15, 1.5 * {UNIT}))")
    mark = chart.mark_text(align=align, baseline="middle", color=color, fontSize=size, fontWeight=weight)
    return mark.encode(x=x, y=y, text=alt.Text("current:N" if plays else "words:N"))


def learning_text(found: Mapping[str, np.ndarray], accuracy: np.ndarray | None, at: int) -> str:
    """Return the text twin of `learning` at one frame."""
    chances, count = found["chances"][at], found["kernels"].shape[1]
    first = "; ".join(" ".join(f"{v:.1f}" for v in row) for row in found["kernels"][at, 0].reshape(SIZE, SIZE))
    right = "" if accuracy is None else f"{accuracy[at]:.0%} of all test digits are right. "
    return (
        f"{count} kernels and their feature maps. It answers {int(chances.argmax())} with {chances.max():.0%}. "
        f"{right}Kernel 1, row by row: {first}."
    )
