"""Gradients as curves: how they fade over layers, how good a nudge is, and what the loss looks like around a place."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import Ruler, spread, styles
from core.charts.naming import spoken
from core.charts.theme import ON_TOP, POWERS_OF_TEN, Mode, axis, finish, palette

FLOOR = 1e-16


def log_lines(
    x: np.ndarray,
    series: Mapping[str, np.ndarray],
    mode: Mode,
    title: str,
    x_title: str,
    y_title: str,
    *,
    log_x: bool = False,
    at: float | None = None,
    height: int = 300,
) -> alt.LayerChart:
    """Draw curves over a logarithmic vertical axis, each with its name at its right end.

    Parameters
    ----------
    x, series : (n,) and name -> (n,); values at or below 1e-16 are drawn there.
    at : where a vertical line marks the choice of the moment.
    """
    p, looks = palette(mode), styles(list(series), mode)
    clean = {name: np.maximum(np.asarray(v, float), FLOOR) for name, v in series.items()}
    low, high = min(v.min() for v in clean.values()) / 2, max(v.max() for v in clean.values()) * 2
    ruler = Ruler(float(low), float(high), True, height)
    table = pd.concat([pd.DataFrame({"x": x, "y": v, "name": name}) for name, v in clean.items()])
    kind: Any = "log" if log_x else "linear"
    if log_x:
        tens = 10.0 ** np.arange(np.ceil(np.log10(x[0])), np.floor(np.log10(x[-1])) + 1, 2)
        x_axis = axis(x_title, mode, labelExpr=POWERS_OF_TEN, values=tens.tolist())
    else:
        x_axis = axis(x_title, mode, format="d", tickCount=len(x))
    across = alt.X("x:Q", scale=alt.Scale(type=kind, domain=[float(x[0]), float(x[-1])], nice=False), axis=x_axis)
    powers = [v for v in ruler.ticks() or [] if round(np.log10(v)) % 2 == 0 or high / low < 1e6]
    y_axis = axis(y_title, mode, grid=True, labelExpr=POWERS_OF_TEN, values=powers, **ON_TOP)
    up = alt.Y("y:Q", scale=alt.Scale(type="log", domain=[low, high], nice=False), axis=y_axis)
    inks = alt.Scale(domain=list(clean), range=[s.color for s in looks.values()])
    dashes = alt.Scale(domain=list(clean), range=[s.dash for s in looks.values()])
    color = alt.Color("name:N", scale=inks, legend=None)
    lines = alt.Chart(table).mark_line(strokeWidth=2.4, point={"filled": True, "size": 36})
    ends = pd.DataFrame({"name": list(clean), "x": float(x[-1])})
    ends["y"] = ruler.values(spread(ruler.pixels(np.array([v[-1] for v in clean.values()])), 16))
    names = alt.Chart(ends).mark_text(align="left", dx=9, fontSize=13, fontWeight=600)
    layers = [
        lines.encode(x=across, y=up, color=color, strokeDash=alt.StrokeDash("name:N", scale=dashes, legend=None)),
        names.encode(x=across, y=up, text=alt.Text("name:N"), color=color),
    ]
    if at is not None:
        rule = alt.Chart(pd.DataFrame({"x": [at]})).mark_rule(color=p["muted"], strokeDash=[4, 3])
        layers.append(rule.encode(x=across))
    return finish(layers, mode, title, height=height, right=8)  # the names beyond the curves make their own room


def log_lines_text(x: np.ndarray, series: Mapping[str, np.ndarray], what: str) -> str:
    """Return the text twin of `log_lines`."""
    each = "; ".join(
        f"{name} from {spoken(v[0], 2)} to {spoken(v[-1], 2)}, lowest {spoken(v.min(), 2)}"
        for name, v in series.items()
    )
    return f"{what}, over {spoken(x[0])} to {spoken(x[-1])}: {each}."


def profile_chart(t: np.ndarray, curves: Mapping[str, np.ndarray], slope: float, mode: Mode) -> alt.LayerChart:
    """Draw the loss around a place, along one direction or two, with the place and the way downhill.

    Parameters
    ----------
    t, curves : steps along the direction (n,), and the losses there.
    slope : the gradient along the first direction; the violet arrow goes against it.
    """
    p = palette(mode)
    everything = np.concatenate(list(curves.values()))
    pad = 0.12 * (float(np.ptp(everything)) or 1.0)
    low, high = float(everything.min()) - pad, float(everything.max()) + pad
    across = alt.X(
        "t:Q", scale=alt.Scale(domain=[float(t[0]), float(t[-1])], nice=False), axis=axis("step from here", mode)
    )
    up = alt.Y("y:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis("loss", mode, grid=True, **ON_TOP))
    table = pd.concat([pd.DataFrame({"t": t, "y": v, "name": name}) for name, v in curves.items()])
    dashes = alt.Scale(domain=list(curves), range=[[1, 0], [6, 4]][: len(curves)])
    dash = alt.StrokeDash("name:N", scale=dashes, legend=None)
    line = alt.Chart(table).mark_line(color=p["loss"], strokeWidth=3, clip=True)
    here = float(np.interp(0.0, t, next(iter(curves.values()))))
    dot = alt.Chart(pd.DataFrame({"t": [0.0], "y": [here]}))
    layers = [line.encode(x=across, y=up, strokeDash=dash)]
    layers.append(dot.mark_point(filled=True, size=190, color=p["text"], opacity=1).encode(x=across, y=up))
    reach = 0.22 * float(t[-1])
    way = -np.sign(slope) * reach if abs(slope) > 1e-6 else 0.0
    arrow = pd.DataFrame({"t": [0.0], "t2": [way], "y": [here], "on": [int(way != 0)]})
    opacity = alt.OpacityValue(0, condition={"test": "datum.on", "value": 1})
    base = alt.Chart(arrow)
    layers.append(
        base.mark_rule(color=p["gradient"], strokeWidth=3).encode(x=across, x2=alt.X2("t2:Q"), y=up, opacity=opacity)
    )
    head = base.mark_point(
        shape="triangle-right" if way > 0 else "triangle-left", filled=True, size=170, color=p["gradient"]
    )
    layers.append(head.encode(x=alt.X("t2:Q"), y=up, opacity=opacity))
    if len(curves) > 1:
        ends = pd.DataFrame({"t": float(t[-1]), "y": [v[-1] for v in curves.values()], "name": list(curves)})
        words = alt.Chart(ends).mark_text(align="right", dx=-16, dy=-14, fontSize=13, fontWeight=600, color=p["loss"])
        layers.append(words.encode(x=across, y=up, text=alt.Text("name:N")))
    return finish(
        layers, mode, "The loss around this place", "● here   violet arrow: where the update goes", height=260
    )


def profile_text(t: np.ndarray, curves: Mapping[str, np.ndarray], slope: float) -> str:
    """Return the text twin of `profile_chart`."""
    each = "; ".join(
        f"{name}: {v[0]:z.2f} at {t[0]:g}, {float(np.interp(0, t, v)):z.2f} here, {v[-1]:z.2f} at {t[-1]:g}"
        for name, v in curves.items()
    )
    return f"The loss around this place. {each}. The gradient here is {slope:.2g}."
