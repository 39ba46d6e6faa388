"""A kernel on its way over a digit: where it lies, its nine products, and the feature map that they fill."""

from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from core.charts.playing import NAME, epoch_param, now, still
from core.charts.theme import Mode, Picture, diverging, finish, mix, palette
from core.lessons.convolution.kernel import POOL, SIDE, SIZE

WIDE, TALL, LOW = 24.0, 21.4, 11.4
"""The picture in pixels of the digit: its width, its height with the products and without."""
WIDEST = 560
CELL, TOP = 2.2, 12.4
"""How large a cell of the products is, and where they begin."""
GRIDS = {"pixels": 0.0, "kernel": 8.3, "products": 16.6}
ALONE = (12.0, 1.1)
"""Where the kernel lies while its answers are still to be guessed."""
UNIT = f"min(width, {WIDEST}) / {WIDE}"


class Map(NamedTuple):
    """Where a row of squares lies: its left and upper edge, and how many columns it has."""

    left: float
    top: float
    columns: int


def number(value: float) -> str:
    """Write a weight, a pixel or a product as it is, with its minus.

    >>> number(-4.5), number(16.0), number(0.30000000000000004)
    ('−4.5', '16', '0.3')
    """
    return f"{round(float(value), 1) + 0.0:g}".replace("-", "−")


def sliding(
    digit: np.ndarray,
    weights: np.ndarray,
    found: Mapping[str, Any],
    mode: Mode,
    *,
    padding: int,
    stride: int,
    pooling: bool,
    title: str,
    start: int,
    answered: bool = True,
) -> alt.LayerChart:
    """Draw the digit with the kernel's window, the products as numbers, the feature map so far, and the pooled map.

    Parameters
    ----------
    digit : (8, 8) ink, 0 to 16; weights : (3, 3).
    found : what `kernel.slid` returns; a frame a place.
    start : the place seen first.
    answered : without it only the digit and the kernel are drawn.
    """
    p, z = palette(mode), found["z"]
    layers = [_squares(_digit(digit), [p["background"], p["text"]], (0, 16), mode, "ink")]
    if padding:
        layers.append(_ring(p["muted"]))
    heads = [(1.0 - padding, 0.45 - padding, "digit")]
    if answered:
        most = float(max(np.abs(z).max(), 1e-9))
        layers += _maps(z, found["pooled"], most, pooling, mode)
        heads += [(11.0, 0.55, "feature map z")] + ([(20.0, 0.55, "pooled")] if pooling else [])
        layers += [_window(z, padding, stride, p["input"])]
    layers += _numbers(weights, found, mode, answered)
    layers.append(_texts(pd.DataFrame(heads, columns=["x", "y", "words"]), p["muted"], "left", 0.72))
    frames = z.size if answered else 1
    tall = f"{TALL if answered else LOW} * {UNIT}"
    canvas = [epoch_param(frames, start) if frames > 1 else still(), alt.param(name="height", expr=tall)]
    return own_colors(finish(layers, mode, title, "", params=canvas))


def own_colors(chart: Picture) -> Picture:
    """Let each layer have a color scale of its own: ink, weights and answers are not measured alike."""
    chart.resolve = alt.Resolve(scale=alt.ScaleResolveMap(color="independent"))
    return chart


def _axes(x: str = "x:Q", y: str = "y:Q") -> tuple[alt.X, alt.Y]:
    right: Any = alt.ExprRef(f"min(width, {WIDEST})")
    across = alt.Scale(domain=[0, WIDE], range=[0, right], nice=False, zero=False)
    down = alt.Scale(domain=[-1, TALL - 1], range=[0, alt.ExprRef(f"{TALL} * {UNIT}")], nice=False, zero=False)
    return alt.X(x, axis=None, scale=across), alt.Y(y, axis=None, scale=down)


def _squares(table: pd.DataFrame, colors: list[str], ends: tuple[float, float], mode: Mode, tooltip: str) -> alt.Chart:
    """Cells from (x, y) to (x2, y2), colored by ``value``; ``words`` is what a mouse finds there."""
    x, y = _axes()
    scale = alt.Scale(domain=np.linspace(*ends, len(colors)).tolist(), range=colors, interpolate="rgb", clamp=True)
    mark = alt.Chart(table).mark_rect(stroke=palette(mode)["grid"], strokeWidth=1)
    color = alt.Color("value:Q", scale=scale, legend=None)
    return mark.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=color, tooltip=alt.Tooltip("words:N", title=tooltip))


def cells(values: np.ndarray, at: Map, size: float = 1.0) -> pd.DataFrame:
    """Return the squares of a grid of values (rows, columns), row by row."""
    row, column = np.divmod(np.arange(values.size), at.columns)
    x, y = at.left + size * column, at.top + size * row
    table = pd.DataFrame({"x": x, "x2": x + size, "y": y, "y2": y + size, "value": np.ravel(values).astype(float)})
    table["words"] = [
        f"row {r + 1}, column {c + 1}: {number(v)}" for r, c, v in zip(row, column, np.ravel(values), strict=True)
    ]
    return table


def _digit(digit: np.ndarray) -> pd.DataFrame:
    return cells(digit, Map(1, 1, SIDE))


def _ring(color: str) -> alt.Chart:
    """The zeros around the digit."""
    ring = [(c, r) for r, c in product(range(SIDE + 2), repeat=2) if {r, c} & {0, SIDE + 1}]
    table = pd.DataFrame([(c + 0.5, r + 0.5, "0") for c, r in ring], columns=["x", "y", "words"])
    return _texts(table, color, "center", 0.6)


def _window(z: np.ndarray, padding: int, stride: int, color: str) -> alt.Chart:
    """The frame around the nine pixels, and the one around their z: they move with the player."""
    columns = z.shape[1]
    row, column = f"floor({NAME} / {columns})", f"({NAME} % {columns})"
    boxes = pd.DataFrame({"left": [1.0 - padding, 11.0], "step": [float(stride), 1.0], "side": [float(SIZE), 1.0]})
    boxes["top"] = [1.0 - padding, 1.0]
    chart = alt.Chart(boxes).transform_calculate(
        x=f"datum.left + datum.step * {column}", y=f"datum.top + datum.step * {row}"
    )
    chart = chart.transform_calculate(x2="datum.x + datum.side", y2="datum.y + datum.side")
    x, y = _axes()
    return chart.mark_rect(fill=None, stroke=color, strokeWidth=3).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")


def _maps(z: np.ndarray, pools: np.ndarray, most: float, pooling: bool, mode: Mode) -> list[alt.Chart]:
    """The feature map, as far as the kernel has come; and its pooled form, a block as soon as it is whole."""
    signed = diverging(mode)
    made = cells(z, Map(11, 1, z.shape[1])).assign(at=np.arange(z.size))
    layers = [_filled(made, signed, most, mode)]
    if np.ptp(z) == 0:  # without a number, a map of zeros looks like no map
        labels = made.assign(x=made["x"] + 0.5, y=made["y"] + 0.5, words=[number(v) for v in np.ravel(z)])
        texts = _texts(labels, palette(mode)["muted"], "center", 0.6)
        layers.append(texts.encode(opacity=alt.condition(f"datum.at <= {NAME}", alt.value(1), alt.value(0))))
    if pooling:
        row, column = np.divmod(np.arange(pools.size), pools.shape[1])
        whole = (POOL * row + POOL - 1) * z.shape[1] + POOL * column + POOL - 1
        layers.append(_filled(cells(pools, Map(20, 1, pools.shape[1])).assign(at=whole), signed, most, mode))
    return layers


def _filled(table: pd.DataFrame, colors: list[str], most: float, mode: Mode) -> alt.Chart:
    squares = _squares(table, colors, (-most, most), mode, "z")
    return squares.encode(opacity=alt.condition(f"datum.at <= {NAME}", alt.value(1), alt.value(0)))


def _numbers(weights: np.ndarray, found: Mapping[str, Any], mode: Mode, answered: bool) -> list[alt.Chart]:
    """The nine pixels, the nine weights and their nine products, as numbers; under them their sum."""
    p, heaviest = palette(mode), float(max(np.abs(weights).max(), 0.1))
    pale = [p["background"], mix(p["background"], p["text"], 0.35)]
    signed = diverging(mode, 0.45)
    looks: dict[str, tuple[list[str], tuple[float, float]]] = {
        "kernel": (signed, (-heaviest, heaviest)),
        "pixels": (pale, (0, 16)),
        "products": (signed, (-16 * heaviest, 16 * heaviest)),
    }
    frames = {"kernel": weights[None], "pixels": found["patches"], "products": found["products"]}
    layers = []
    places = {name: (left, TOP) for name, left in GRIDS.items()} if answered else {"kernel": ALONE}
    for name, (left, top) in places.items():
        layers += _grid(frames[name], Map(left, top, SIZE), *looks[name], mode)
    heads = [(left, top - 0.55, name) for name, (left, top) in places.items()]
    layers.append(_texts(pd.DataFrame(heads, columns=["x", "y", "words"]), p["muted"], "left", 0.72))
    if answered:
        signs = [(GRIDS["kernel"] - 0.85, TOP + 1.5 * CELL, "×"), (GRIDS["products"] - 0.85, TOP + 1.5 * CELL, "=")]
        layers.append(_texts(pd.DataFrame(signs, columns=["x", "y", "words"]), p["text"], "center", 0.9))
        sums = [f"sum of the nine products: z = {number(v)}" for v in np.ravel(found["z"])]
        table = pd.DataFrame({"x": [WIDE - 0.8], "y": [TOP + 3 * CELL + 0.9], "words": [sums]})
        layers.append(_texts(table, p["text"], "right", 0.85, True, 600))
    return layers


def _grid(frames: np.ndarray, at: Map, colors: list[str], ends: tuple[float, float], mode: Mode) -> list[alt.Chart]:
    """Three by three squares with numbers in them, (F, 3, 3)."""
    flat = np.reshape(frames, (len(frames), -1))
    table = cells(flat[0], at, CELL).drop(columns=["value", "words"])
    table["values"] = [flat[:, k].tolist() for k in range(flat.shape[1])]
    table["texts"] = [[number(v) for v in flat[:, k]] for k in range(flat.shape[1])]
    plays = len(frames) > 1
    x, y = _axes()
    tiles = alt.Chart(table).transform_calculate(
        value=now("values") if plays else "datum.values[0]",
        words=now("texts") if plays else "datum.texts[0]",
        cx=f"datum.x + {CELL / 2}",
        cy=f"datum.y + {CELL / 2}",
    )
    scale = alt.Scale(domain=np.linspace(*ends, len(colors)).tolist(), range=colors, interpolate="rgb", clamp=True)
    squares = tiles.mark_rect(stroke=palette(mode)["grid"], strokeWidth=1).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("value:Q", scale=scale, legend=None)
    )
    cx, cy = _axes("cx:Q", "cy:Q")
    size: Any = alt.ExprRef(f"max(10, min(15, 0.8 * {UNIT}))")
    texts = tiles.mark_text(fontSize=size, baseline="middle", color=palette(mode)["text"])
    return [squares, texts.encode(x=cx, y=cy, text=alt.Text("words:N"))]


def _texts(
    table: pd.DataFrame, color: str, align: Any, size: float, plays: bool = False, weight: Any = 400
) -> alt.Chart:
    x, y = _axes()
    chart = alt.Chart(table)
    if plays:
        chart = chart.transform_calculate(current=now("words"))  # another name, or the list would be gone after a frame
    tall: Any = alt.ExprRef(f"max(10, min(15, {size} * {UNIT}))")
    mark = chart.mark_text(align=align, baseline="middle", color=color, fontSize=tall, fontWeight=weight)
    return mark.encode(x=x, y=y, text=alt.Text("current:N" if plays else "words:N"))


def sliding_text(found: Mapping[str, Any], at: int, answered: bool = True) -> str:
    """Return the text twin of `sliding` at one place."""
    if not answered:
        return "A digit of 8 by 8 pixels and a kernel of three by three weights. Where it answers most is asked first."
    z = found["z"]
    row, column = divmod(at, z.shape[1])
    each = ", ".join(number(v) for v in found["products"][at].ravel())
    largest = np.unravel_index(int(z.argmax()), z.shape)
    return (
        f"Kernel at row {row + 1}, column {column + 1}: products {each}; sum {number(z[row, column])}. "
        f"Feature map of {z.shape[0]} by {z.shape[1]}, largest {number(z.max())} at row {largest[0] + 1}, "
        f"column {largest[1] + 1}, lowest {number(z.min())}."
    )
