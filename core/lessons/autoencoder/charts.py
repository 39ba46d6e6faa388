"""The map of two numbers, what is drawn from each of its places, and what gets lost by the size of the code."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import spots
from core.charts.gallery import BELOW, SIDE, TOP, gallery
from core.charts.lines import Ruler
from core.charts.naming import minus
from core.charts.pictures import Extent, plane_layer, plane_pictures, ramp
from core.charts.plane import axes
from core.charts.playing import epoch_param, now, pack
from core.charts.theme import ON_TOP, PLAIN, Mode, axis, class_colors, finish, palette

INK = 17
CELLS = 48
"""Places along each edge of the map that can be chosen."""
WIDE = 88
"""Pixels of a picture from edge to edge."""
EDGES = (0.002, 0.1)
"""The fixed ends of the axis of errors."""


def code_map(
    codes: np.ndarray, labels: np.ndarray, drawn: np.ndarray | None, extent: Extent, place: Sequence[float] | None,
    mode: Mode, title: str, start: int,
) -> alt.LayerChart:  # fmt: skip
    """Draw where pictures lie on the map of two numbers, or what the decoder draws at its places; both play.

    Parameters
    ----------
    codes : (F, N, 2), labels : (N,) digits.
    drawn : (F, rows, rows) ink from 0 to 1, row 0 at the lower edge; None: the codes are drawn instead.
    place : the place that was chosen; without one, none can be.
    """
    p = palette(mode)
    x, y = axes(extent, ("first number", "second number"), mode)
    if drawn is None:
        layers = [_glyphs(codes, labels, mode, x, y)]
        key = ["each figure is a test picture of that digit"]
    else:
        sheet = plane_pictures(pack(drawn, 0, 1, INK - 1), extent, ramp([p["background"], p["text"]], INK))
        layers, key = [plane_layer(sheet, x, y)], ["what the decoder draws from each place"]
    follows = alt.param(name="height", expr="min(width, 400)")
    params = [epoch_param(len(codes), start), follows]
    if place is None:
        return finish(layers, mode, title, key, params=params)
    ring = alt.Chart(pd.DataFrame([{"x": place[0], "y": place[1]}]))
    for color, wide in ((p["background"], 8), (p["text"], 3)):  # a halo, so that it's seen on figures, too
        layers.append(ring.mark_point(size=330, strokeWidth=wide, color=color, opacity=1, clip=True).encode(x=x, y=y))
    layers.append(spots(extent, x, y, CELLS))
    key.append("ring: the chosen place; tap or click another")
    return finish(layers, mode, title, key, params=params)


def _glyphs(codes: np.ndarray, labels: np.ndarray, mode: Mode, x: alt.X, y: alt.Y) -> alt.Chart:
    places = codes.round(3)
    table = pd.DataFrame(
        {
            "digit": labels.astype("int8"),
            "xs": places[:, :, 0].T.tolist(),
            "ys": places[:, :, 1].T.tolist(),
        }
    )
    ink = alt.Color("digit:N", scale=alt.Scale(domain=list(range(10)), range=class_colors(mode, 10)), legend=None)
    base = alt.Chart(table).transform_calculate(x=now("xs"), y=now("ys"))
    return base.mark_text(fontSize=13, fontWeight=700, clip=True).encode(x=x, y=y, text=alt.Text("digit:N"), color=ink)


def code_map_text(codes: np.ndarray, labels: np.ndarray, place: Sequence[float] | None) -> str:
    """Return the text twin of `code_map` at one moment, codes ``(N, 2)``: where the middle of each digit lies."""

    def at(x: float, y: float) -> str:
        return minus(f"({x:z.2f}, {y:z.2f})")

    middles = [f"{digit} at {at(*codes[labels == digit].mean(0))}" for digit in range(10)]
    chosen = f" Chosen place: {at(*place)}." if place else ""
    return f"Map of two numbers; the middle of each digit: {', '.join(middles)}.{chosen}"


def compared(
    pictures: np.ndarray, captions: Sequence[str], mode: Mode, title: str, pixel: int, framed: Sequence[int]
) -> alt.LayerChart:
    """Draw pictures (n, 64) beside each other, with a frame around one pixel of those that are ``framed``."""
    picture, each = gallery(pictures, captions, mode, title, len(pictures), WIDE), WIDE / SIDE
    row, column = divmod(pixel, SIDE)
    table = pd.DataFrame({"x": np.array(framed) + 0.5, "y": WIDE / 2 + TOP + (row - (SIDE - 1) / 2) * each})
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, len(pictures)], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[WIDE + BELOW, 0], nice=False))
    frame = alt.Chart(table).mark_point(
        shape="square", size=each**2, strokeWidth=2.5, color=palette(mode)["loss"], opacity=1,
        xOffset=(column - (SIDE - 1) / 2) * each,
    )  # fmt: skip
    picture.layer = [*picture.layer, frame.encode(x=x, y=y)]
    return picture


def errors(
    sizes: Sequence[int], network: Sequence[float], components: Sequence[float], size: int, mode: Mode, title: str,
    key: list[str], band: np.ndarray | None = None,
) -> alt.LayerChart:  # fmt: skip
    """Draw the error by the size of the code, of the network and of principal components, with one size opened.

    A ``band`` is (2, sizes): the errors between which most networks end.
    """
    p, ruler = palette(mode), Ruler(*EDGES, True, 300)
    table = pd.DataFrame(
        {
            "size": [*sizes, *sizes],
            "error": [*network, *components],
            "name": ["network"] * len(sizes) + ["principal components"] * len(sizes),
        }
    )
    table = table[np.isfinite(table["error"])]  # before the prediction the network's line is not there
    names = alt.Scale(domain=["network", "principal components"], range=[p["prediction"], p["z"]])
    color = alt.Color("name:N", scale=names, legend=None)
    dash = alt.StrokeDash("name:N", scale=alt.Scale(domain=names["domain"], range=[[1, 0], [6, 4]]), legend=None)
    x = alt.X(
        "size:Q", scale=alt.Scale(type="log", base=2, domain=[0.9, 36], nice=False),
        axis=axis("numbers in the code", mode, values=list(sizes), format="d"),
    )  # fmt: skip
    y = alt.Y(
        "error:Q", scale=alt.Scale(type="log", domain=list(EDGES), nice=False),
        axis=axis("error a pixel", mode, grid=True, format=PLAIN, values=ruler.ticks(), **ON_TOP),
    )  # fmt: skip
    base = alt.Chart(table)
    lines = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=color, strokeDash=dash)
    dots = base.mark_point(filled=True, size=50, opacity=1).encode(x=x, y=y, color=color)
    opened = table[table["size"] == size]
    words = opened.assign(dash=np.where(opened["name"] == "network", "—", "- -"), row=[268, 288][-len(opened) :])
    words["words"] = [
        f"{d} {name} {v:.4f}" for d, name, v in zip(words["dash"], words["name"], words["error"], strict=True)
    ]
    label = alt.Chart(words).mark_text(align="left", baseline="bottom", fontWeight=600, fontSize=13)
    label = label.encode(x=alt.value(14), y=alt.Y("row:Q", scale=None), text=alt.Text("words:N"), color=color)
    rings = alt.Chart(opened).mark_point(size=190, strokeWidth=2.5, opacity=1).encode(x=x, y=y, color=color)
    layers = [lines, dots, rings, label]
    if band is not None:
        around = alt.Chart(pd.DataFrame({"size": sizes, "low": band[0], "high": band[1]}))
        ends = alt.Y("low:Q", scale=y["scale"], axis=y["axis"])
        area = around.mark_area(color=p["prediction"], opacity=0.25)
        layers.insert(0, area.encode(x=x, y=ends, y2=alt.Y2("high:Q")))
    return finish(layers, mode, title, key, height=300)


def errors_text(
    sizes: Sequence[int], network: Sequence[float], components: Sequence[float], band: np.ndarray | None = None
) -> str:
    """Return the text twin of `errors`."""
    both = zip(sizes, network, components, strict=True)
    each = [f"{k}: {f'{a:.4f}' if np.isfinite(a) else 'still to come'} and {b:.4f}" for k, a, b in both]
    most = [] if band is None else [f"{k}: {a:.4f} to {b:.4f}" for k, a, b in zip(sizes, *band, strict=True)]
    starts = f" Most other starts end between: {'; '.join(most)}." if most else ""
    return f"Error of the network and of principal components by the numbers in the code: {'; '.join(each)}.{starts}"
