"""A handwritten digit to draw on: its pixels answer a click or a tap."""

import zlib

import altair as alt
import numpy as np
import pandas as pd

from core.charts.choosing import chosen
from core.charts.theme import Mode, finish, palette

SIDE = 8


def paper(picture: np.ndarray, mode: Mode, title: str, widest: int = 2000) -> alt.LayerChart:
    """Draw 8 x 8 pixels that can be clicked: the selection ``pixel`` holds ``row``, ``column`` and ``turn``.

    ``turn`` differs between pictures, so that the same pixel can be clicked twice. The sheet is as wide as its place,
    but at most ``widest``.
    """
    p = palette(mode)
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    table = pd.DataFrame({"row": rows, "column": columns, "ink": np.asarray(picture, float)})
    table["turn"] = f"{zlib.crc32(np.asarray(picture, float).tobytes()):x}"
    ends = alt.Scale(domain=[0, 1], range=[p["background"], p["text"]], interpolate="rgb")
    pixel = chosen("pixel", ["row", "column", "turn"])
    side = f"min(width, {widest})"
    across = alt.Scale(domain=[0, SIDE], range=[0, alt.ExprRef(side)], nice=False)
    down = alt.Scale(domain=[0, SIDE], range=[0, alt.ExprRef(side)], nice=False)
    table["right"], table["bottom"] = table["column"] + 1, table["row"] + 1
    cells = alt.Chart(table).mark_rect(stroke=p["grid"], strokeWidth=1, cursor="pointer", tooltip=None)
    cells = cells.encode(
        x=alt.X("column:Q", axis=None, scale=across),
        x2=alt.X2("right:Q"),
        y=alt.Y("row:Q", axis=None, scale=down),
        y2=alt.Y2("bottom:Q"),
        color=alt.Color("ink:Q", scale=ends, legend=None),
    ).add_params(pixel)
    return finish([cells], mode, title, "choose a pixel to switch it", params=[alt.param(name="height", expr=side)])


def paper_text(picture: np.ndarray) -> str:
    """Return the text twin of `paper`: the picture, row by row, # for ink and . for paper."""
    dark = np.asarray(picture, float).reshape(SIDE, SIDE) >= 0.5
    return "Picture of 8 by 8 pixels, row by row: " + " / ".join("".join("#" if v else "." for v in r) for r in dark)
