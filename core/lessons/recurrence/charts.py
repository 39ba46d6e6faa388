"""The network unrolled over its sequence, and how far back the loss pulls on what is remembered."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import quantiles
from core.charts.lines import Ruler, Style, brief, spread
from core.charts.naming import minus, spoken
from core.charts.playing import epoch_param, now
from core.charts.theme import ON_TOP, POWERS_OF_TEN, Mode, axis, diverging, finish, palette
from core.lessons.recurrence.unrolled import Unrolled
from core.nn.tape import Array

LOW, HIGH, HEIGHT = 1e-12, 10.0, 300
CELL = 38
KEY = ["dotted: before training", "once it's learned, the loss is nearly 0 and pulls weakly"]


def unrolled(run: Unrolled, at: int, unit: int, mode: Mode, title: str, key: str) -> alt.LayerChart:
    """Draw a column for each symbol: what is read, what is remembered after it, what the answer would be.

    Parameters
    ----------
    at : how many symbols have been read; what comes later is left empty.
    unit : the memory whose arithmetic is shown, counted from 0.
    """
    p, cells = palette(mode), _cells(run, at, unit)
    order = alt.Y("row:N", sort=_rows(run, unit), axis=axis("", mode, labelLimit=90, labelColor=p["text"]))
    across = alt.X("step:O", axis=axis("symbol", mode, labelAngle=0))
    base = alt.Chart(cells).encode(x=across, y=order, tooltip=alt.Tooltip("says:N", title=" "))
    ink = alt.Color(
        "value:Q",
        scale=alt.Scale(domain=[-1, 0, 1], range=diverging(mode, 0.6), clamp=True, interpolate="rgb"),
        legend=None,
    )
    size = alt.expr("bandwidth('x') < 30 ? 10 : 13")
    chosen = pd.DataFrame([{"step": at, "row": f"memory {unit + 1}"}]) if at else cells[:0][["step", "row"]]
    layers = [
        base.transform_filter("datum.memory").mark_rect(stroke=p["background"], strokeWidth=3).encode(color=ink),
        base.transform_filter("!datum.memory").mark_rect(opacity=0).encode(),
        base.mark_text(fontSize=size, fontWeight=600, color=p["text"]).encode(text="words:N"),
        alt.Chart(chosen).mark_rect(filled=False, stroke=p["text"], strokeWidth=2).encode(x=across, y=order),
    ]
    return finish(layers, mode, title, key, height=CELL * len(_rows(run, unit)))


def _rows(run: Unrolled, unit: int) -> list[str]:
    gates = [_gate(run, unit)] if run.parts else []
    return ["reads", *(f"memory {k + 1}" for k in range(len(run.memory))), *gates, "would say"]


def _gate(run: Unrolled, unit: int) -> str:
    return f"{'forget gate' if 'let in' in run.parts else 'gate'} {unit + 1}"


def _cells(run: Unrolled, at: int, unit: int) -> pd.DataFrame:
    rows = []
    for t, symbol in enumerate(run.symbols):
        read, step = t < at, t + 1
        bit = f"{int(symbol > 0)}"
        rows.append((step, "reads", bit, 0.0, False, f"symbol {step} is {bit}"))
        for k, value in enumerate(run.memory[:, step]):
            words = minus(f"{value:z.1f}")
            tip = f"memory {k + 1} after symbol {step}: {minus(f'{value:z.2f}')}"
            rows.append((step, f"memory {k + 1}", words if read else "", float(value) if read else 0.0, True,
                         tip if read else "not read yet"))  # fmt: skip
        if run.parts:
            share, name = float(run.parts["keep"][t, unit]), _gate(run, unit)
            tip = f"{name} at symbol {step} keeps {share:.0%} of the old memory"
            rows.append((step, name, f"{share:.2f}" if read else "", share if read else 0.0, True,
                         tip if read else "not read yet"))  # fmt: skip
        sure = f"{run.says[t]:.0%}"
        rows.append((step, "would say", f"{int(run.says[t] > 0.5)}" if read else "", 0.0, False,
                     f"after symbol {step}: first symbol was a 1 with {sure}" if read else "not read yet"))  # fmt: skip
    return pd.DataFrame(rows, columns=["step", "row", "words", "value", "memory", "says"])


def unrolled_text(run: Unrolled, at: int, unit: int) -> str:
    """Return the text twin of `unrolled`."""
    read = "".join(str(int(s > 0)) for s in run.symbols[:at]) or "nothing"
    held = ", ".join(minus(f"{v:z.2f}") for v in run.memory[:, at])
    guess = f"; it would say {int(run.says[at - 1] > 0.5)}" if at else ""
    gate = f"; {_gate(run, unit)} is {run.parts['keep'][at - 1, unit]:.2f}" if at and run.parts else ""
    return f"Read so far: {read}. In memory: {held}{gate}{guess}."


def looks(names: list[str], mode: Mode) -> dict[str, Style]:
    """Return how the networks' lines look: the plain one dashed and gray, another one in the gradient's color."""
    p = palette(mode)
    drawn = {name: Style(p["gradient"], [1, 0]) for name in names}
    return drawn | ({"plain": Style(p["z"], [6, 4])} if len(names) > 1 else {})


def reach(pulls: Mapping[str, Array], mode: Mode, title: str) -> alt.LayerChart:
    """Draw how strongly the loss pulls on the memory, by steps back, playing over the moments of training.

    Parameters
    ----------
    pulls : by network (F, S, T): F moments, S starts, T steps back.
    """
    names = list(pulls)
    frames, length = len(pulls[names[0]]), pulls[names[0]].shape[-1]
    ruler, look = Ruler(LOW, HIGH, True, HEIGHT), looks(names, mode)
    bands = {name: np.clip([quantiles(f) for f in v], LOW, HIGH).swapaxes(0, 1) for name, v in pulls.items()}
    x_scale = alt.Scale(domain=[0, length - 1], nice=False)
    x = alt.X("back:Q", scale=x_scale, axis=axis("steps back", mode, tickMinStep=1, format="d"))
    y_scale = alt.Scale(type="log", domain=[LOW, HIGH], nice=False)
    powers = [10.0**k for k in range(-12, 1, 3)]
    y = alt.Y("middle:Q", scale=y_scale,
              axis=axis("pull on the memory", mode, grid=True, labelExpr=POWERS_OF_TEN, values=powers,
                        **ON_TOP))  # fmt: skip
    layers: list[alt.Chart] = []
    for name in names:
        low, middle, high = bands[name]
        at = pd.DataFrame({"back": np.arange(length)})
        edges = at.assign(lows=_lists(low), highs=_lists(high))
        first = alt.Chart(at.assign(middle=brief(middle[0]))).transform_filter(f"datum.middle > {LOW}")
        line = alt.Chart(at.assign(middles=_lists(middle))).transform_calculate(middle=now("middles"))
        area = alt.Chart(edges).transform_calculate(low=now("lows"), high=now("highs"))
        layers += [
            first.mark_line(strokeWidth=1.5, color=look[name].color, strokeDash=[1, 3]).encode(x=x, y=y),
            area.mark_area(opacity=0.18, color=look[name].color).encode(
                x=x, y=alt.Y("low:Q", scale=y_scale), y2=alt.Y2("high:Q")
            ),
            line.mark_line(strokeWidth=2.6, color=look[name].color, strokeDash=look[name].dash).encode(x=x, y=y),
        ]
    heights = np.array([ruler.values(spread(ruler.pixels(np.array([bands[n][1][f, -1] for n in names])), 16, 6))
                        for f in range(frames)])  # fmt: skip
    for k, name in enumerate(names):
        where = pd.DataFrame([{"back": length - 1, "heights": brief(heights[:, k]).tolist(), "name": name}])
        labels = alt.Chart(where).transform_calculate(middle=now("heights"))
        text = labels.mark_text(align="left", dx=8, fontSize=13, fontWeight=600, color=look[name].color)
        layers.append(text.encode(x=x, y=y, text="name:N"))
    key = [f"line: median of {pulls[names[0]].shape[1]} starts, band: the middle 80%", *KEY]
    return finish(layers, mode, title, key, params=[epoch_param(frames)], height=HEIGHT, right=8)


def _lists(values: Array) -> pd.Series:
    return pd.Series([brief(column).tolist() for column in values.T], dtype=object)


def reach_text(pulls: Mapping[str, Array], at: int) -> str:
    """Return the text twin of `reach` at one moment."""
    parts = []
    for name, values in pulls.items():
        middle = np.median(values[at], axis=0)
        near, far = (spoken(value, 2) for value in middle[[0, -1]])
        parts.append(f"{name}: {near} at the last symbol, {far} at {len(middle) - 1} steps back")
    return f"Pull of the loss on the memory, median of the starts. {'; '.join(parts)}."
