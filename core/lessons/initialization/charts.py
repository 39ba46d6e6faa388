"""The weights of each unit as numbers, while they train."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import written
from core.charts.playing import epoch_param, now
from core.charts.theme import Mode, finish, palette

COLUMNS = ("unit", "w₁", "w₂", "w₂/w₁", "bias", "to output")
ROW = 24


def unit_table(weights: np.ndarray, epochs: Sequence[int], mode: Mode, title: str, start: int) -> alt.LayerChart:
    """Draw a row of numbers for each unit; they move with the player. Equal rows have one color.

    Parameters
    ----------
    weights : (F, units, 4).
    epochs : the epoch of each frame.
    """
    p, count = palette(mode), weights.shape[1]
    rows = []
    for unit in range(count):
        same = [same_as_first(weights[f], unit) for f in range(len(epochs))]
        rows.append(
            {
                "column": 0,
                "row": unit,
                "words": [f"{unit + 1} =" if equal else f"{unit + 1}" for equal in same],
                "same": same,
            }
        )
        columns = zip(*(cells(weights[f, unit]) for f in range(len(epochs))), strict=True)
        rows += [{"column": k, "row": unit, "words": list(words), "same": same} for k, words in enumerate(columns, 1)]
    heads = pd.DataFrame([{"column": k, "row": -1, "words": name} for k, name in enumerate(COLUMNS)])
    x = alt.X("column:Q", axis=None, scale=alt.Scale(domain=[-0.2, len(COLUMNS)], nice=False))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[-1.6, count - 0.4], reverse=True, nice=False))
    text = alt.Chart(pd.DataFrame(rows)).transform_calculate(now=now("words"), equal=now("same"))
    ink = alt.condition("datum.equal", alt.value(p["loss"]), alt.value(p["text"]))
    layers = [
        alt.Chart(heads).mark_text(align="left", fontSize=12, color=p["muted"]).encode(x=x, y=y, text="words:N"),
        text.mark_text(align="left", fontSize=14).encode(x=x, y=y, text=alt.Text("now:N"), color=ink),
    ]
    key = "red and =: equal to unit 1, to three decimals"
    return finish(layers, mode, title, key, params=[epoch_param(len(epochs), start)], height=ROW * (count + 1))


def cells(weights: np.ndarray) -> list[str]:
    """Write a unit's four weights, and after the first two the second over the first.

    >>> cells(np.array([0.5, -0.6, 0.0, 1.0]))
    ['0.500', '−0.600', '−1.20', '0.000', '1.000']
    """
    w1, w2, *more = (float(v) for v in weights)
    ratio = written(w2 / w1, ".2f") if w1 else "–"
    return [*(written(v, ".3f") for v in (w1, w2)), ratio, *(written(v, ".3f") for v in more)]


def same_as_first(weights: np.ndarray, unit: int) -> bool:
    """Return whether a unit's numbers are those of the first one, as they are written (the first itself: if any is)."""
    rounded = np.round(weights, 3)
    return bool(
        (rounded[unit] == np.delete(rounded, unit, 0) if unit == 0 else rounded[unit] == rounded[:1]).all(1).any()
    )


def unit_table_text(weights: np.ndarray, title: str) -> str:
    """The text twin of ``unit_table`` at one frame, ``(units, 4)``."""
    rows = ("; ".join(written(float(v), ".3f") for v in row) for row in weights)
    return f"{title}. " + " ".join(f"Unit {k}: {row}." for k, row in enumerate(rows, 1))
