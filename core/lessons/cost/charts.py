"""Amounts over many powers of ten, a neuron's voltage and rate, and what a network decides for two groups."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.naming import often
from core.charts.theme import ON_TOP, POWERS_OF_TEN, Mode, axis, finish, palette

ROW = 26
"""Pixels for one amount of a list."""


def amounts(
    rows: Sequence[tuple[str, float, str]],
    mode: Mode,
    title: str,
    unit: str,
    domain: tuple[float, float],
    *,
    key: str | list[str] = "",
    chosen: str = "",
    hollow: Sequence[str] = (),
    every: int = 3,
    each: int = ROW,
) -> alt.LayerChart:
    """Draw amounts on a logarithmic axis, a row each: a line from the left end to a dot with its number.

    Parameters
    ----------
    rows : name, amount, and the amount as it's written; one at the left end is still open and has no dot.
    domain : ends of the axis; the right one leaves room for the longest number.
    chosen : the row that stands out; with none all do.
    hollow : rows whose dot is a ring.
    every : powers of ten from one number of the axis to the next.
    each : pixels for a row.
    """
    p, names = palette(mode), [name for name, *_ in rows]
    table = pd.DataFrame(rows, columns=["name", "value", "words"])
    table["color"] = [p["text"] if not chosen or name == chosen else p["muted"] for name in names]
    table["fill"] = [p["background"] if name in hollow else c for name, c in zip(names, table["color"], strict=True)]
    low, high = (round(float(np.log10(v))) for v in domain)
    ticks = [10.0**k for k in range(low, high + 1) if k % every == 0]
    across = alt.X("value:Q", scale=alt.Scale(type="log", domain=list(domain), nice=False),
                   axis=axis(unit, mode, values=ticks, grid=True, labelOverlap=False,
                             labelExpr=POWERS_OF_TEN))  # fmt: skip
    up = alt.Y("name:N", sort=None, axis=axis("", mode, labelLimit=170, labelColor=p["text"]))
    table["left"] = domain[0]
    base, known = (alt.Chart(some).encode(x=across, y=up) for some in (table, table[table["value"] > domain[0]]))
    color: dict[str, Any] = {"color": alt.Color("color:N", scale=None)}
    dot = known.mark_point(size=80, opacity=1, strokeWidth=2).encode(
        stroke=alt.Stroke("color:N", scale=None), fill=alt.Fill("fill:N", scale=None)
    )
    layers = [
        known.mark_rule(strokeWidth=2, opacity=0.5).encode(x2="left:Q", **color),
        dot,
        base.mark_text(align="left", dx=9, fontSize=12, fontWeight=600).encode(text="words:N", **color),
    ]
    return finish(layers, mode, title, key, height=each * len(rows) + 14, right=8)


def amounts_text(rows: Sequence[tuple[str, float, str]], title: str) -> str:
    """Return the text twin of `amounts`."""
    return f"{title}: " + ", ".join(f"{name} {words}" for name, _, words in rows) + "."


def bars(values: Mapping[str, int], mode: Mode, title: str, key: str = "") -> alt.LayerChart:
    """Draw the counts of a forward and a backward pass as bars, each with its number."""
    p, names = palette(mode), list(values)
    table = pd.DataFrame({"name": names, "count": list(values.values()), "words": [f"{v:,}" for v in values.values()]})
    inks = alt.Scale(domain=names, range=[p["activation"], p["gradient"]])
    across = alt.X("count:Q", scale=alt.Scale(domain=[0, 1.35 * max(values.values())], nice=False), axis=None)
    up = alt.Y("name:N", sort=None, axis=axis("", mode, labelColor=p["text"]))
    base = alt.Chart(table).encode(x=across, y=up)
    layers = [
        base.mark_bar(height=14).encode(color=alt.Color("name:N", scale=inks, legend=None)),
        base.mark_text(align="left", dx=6, fontSize=12, fontWeight=600, color=p["text"]).encode(text="words:N"),
    ]
    return finish(layers, mode, title, key, height=24 * len(names))


def bars_text(values: Mapping[str, int], title: str) -> str:
    """Return the text twin of `bars`."""
    return f"{title}: " + ", ".join(f"{name} {v:,}" for name, v in values.items()) + "."


def voltage(times: np.ndarray, values: np.ndarray, spikes: np.ndarray, mode: Mode, title: str) -> alt.LayerChart:
    """Draw a neuron's voltage, its threshold and its spikes.

    Parameters
    ----------
    times, values : (n,) seconds and voltage.
    spikes : seconds at which it fires.
    """
    p = palette(mode)
    ends = [0, 1000 * float(times[-1])]
    x = alt.X("ms:Q", scale=alt.Scale(domain=ends, nice=False), axis=axis("milliseconds", mode))
    y = alt.Y(
        "v:Q", scale=alt.Scale(domain=[0, 1.5], nice=False),
        axis=axis("voltage", mode, values=[0, 0.5, 1], format=".2~f", grid=True, **ON_TOP),
    )  # fmt: skip
    thin = max(1, len(times) // 1000)
    line = pd.DataFrame({"ms": (1000 * times[::thin]).round(2), "v": values[::thin].round(4)})
    fired = pd.DataFrame({"ms": (1000 * spikes).round(2), "v": 1.12, "top": 1.4})
    limit = alt.Chart(pd.DataFrame({"v": [1.0]})).mark_rule(color=p["target"], strokeDash=[2, 4]).encode(y=y)
    layers = [limit, alt.Chart(line).mark_line(color=p["z"], strokeWidth=2).encode(x=x, y=y)]
    if len(fired):
        up = alt.Chart(fired).mark_rule(color=p["activation"], strokeWidth=2.5)
        layers.append(up.encode(x=x, y=y, y2="top:Q"))
    return finish(layers, mode, title, "gray: voltage; dotted: threshold; green strokes: spikes", height=230)


def voltage_text(spikes: np.ndarray, seconds: float, current: float) -> str:
    """Return the text twin of `voltage`."""
    first = f", the first after {1000 * spikes[0]:.0f} milliseconds" if len(spikes) else ""
    return f"With an input of {current:g} the neuron fires {often(len(spikes))} in {seconds:g} seconds{first}."


def rates(inputs: np.ndarray, counted: np.ndarray, exact: np.ndarray, at: tuple[float, float], mode: Mode,
          title: str) -> alt.LayerChart:  # fmt: skip
    """Draw spikes a second against the input: counted in simulations as dots, in closed form as a line."""
    p = palette(mode)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, float(inputs[-1])], nice=False), axis=axis("input", mode))
    y = alt.Y(
        "rate:Q", scale=alt.Scale(domain=[0, 360], nice=False, clamp=True),
        axis=axis("spikes a second", mode, values=[0, 100, 200, 300], grid=True, **ON_TOP),
    )  # fmt: skip
    fine = np.linspace(0, float(inputs[-1]), len(exact))
    line = alt.Chart(pd.DataFrame({"x": fine.round(4), "rate": exact.round(2)}))
    dots = alt.Chart(pd.DataFrame({"x": inputs, "rate": counted}))
    here = alt.Chart(pd.DataFrame({"x": [at[0]], "rate": [at[1]]}))
    layers = [
        line.mark_line(color=p["activation"], strokeWidth=2).encode(x=x, y=y),
        dots.mark_point(filled=True, size=26, opacity=1, color=p["activation"]).encode(x=x, y=y),
        here.mark_point(size=130, strokeWidth=2.5, color=p["input"]).encode(x=x, y=y),
    ]
    return finish(layers, mode, title, "dots: counted; line: the formula; ring: your input", height=150)


def rates_text(inputs: np.ndarray, counted: np.ndarray) -> str:
    """Return the text twin of `rates`."""
    some = [f"{x:g}: {r:.0f}" for x, r in zip(inputs[::8], counted[::8], strict=True)]
    return "Spikes a second by input, counted: " + ", ".join(some) + "."


def groups(table: Mapping[str, Sequence[float]], names: Mapping[str, str], mode: Mode, title: str) -> alt.LayerChart:
    """Draw shares of two groups, a row each share: a square for A, a circle for B, and the line between them.

    Parameters
    ----------
    table : for each share its values in groups A and B.
    names : what each share is called.
    """
    p = palette(mode)
    rows = [(names[k], group, table[k][g]) for k in names for g, group in enumerate("AB")]
    dots = pd.DataFrame(rows, columns=["name", "group", "value"])
    dots["words"] = [f"{group} {value:.0%}" for _, group, value in rows]
    spans = pd.DataFrame({"name": [names[k] for k in names], "value": [min(table[k]) for k in names],
                          "high": [max(table[k]) for k in names]})  # fmt: skip
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, 1], nice=False),
              axis=axis("", mode, format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=True))  # fmt: skip
    y = alt.Y("name:N", sort=None, axis=None)
    ink = alt.Color("group:N", scale=alt.Scale(domain=["A", "B"], range=[p["class0"], p["class1"]]), legend=None)
    shape = alt.Shape("group:N", scale=alt.Scale(domain=["A", "B"], range=["square", "circle"]), legend=None)
    base = alt.Chart(dots).encode(x=x, y=y)
    heads = alt.Chart(pd.DataFrame({"name": list(names.values())}))
    layers = [
        alt.Chart(spans).mark_rule(color=p["muted"], strokeWidth=3, opacity=0.5).encode(x=x, x2="high:Q", y=y),
        base.mark_point(filled=True, size=110, opacity=1).encode(color=ink, shape=shape),
        heads.mark_text(align="left", dy=-35, fontSize=13, color=p["text"]).encode(x=alt.value(0), y=y, text="name:N"),
    ]
    for group, side in (("A", -14), ("B", 16)):
        part = alt.Chart(dots[dots["group"] == group]).encode(x=x, y=y, color=ink)
        layers.append(part.mark_text(dy=side, fontSize=12, fontWeight=600).encode(text="words:N"))
    return finish(layers, mode, title, "squares: group A; circles: group B", height=86 * len(names))


def groups_text(table: Mapping[str, Sequence[float]], names: Mapping[str, str]) -> str:
    """Return the text twin of `groups`."""
    each = [f"{names[k]}: A {table[k][0]:.0%}, B {table[k][1]:.0%}" for k in names]
    return "Shares by group. " + "; ".join(each) + "."


def weights(columns: Sequence[str], values: Sequence[float], mode: Mode, title: str) -> alt.LayerChart:
    """Draw the weights of one neuron, a bar a column; in gray, for blue and orange are the groups here."""
    p = palette(mode)
    table = pd.DataFrame({"name": list(columns), "w": list(values)})
    table["words"] = [f"{v:+z.2f}".replace("-", "−") for v in values]
    x = alt.X("w:Q", scale=alt.Scale(domain=[-3.2, 3.6], nice=False), axis=None)
    y = alt.Y("name:N", sort=None, axis=axis("", mode, labelColor=p["text"]))
    base = alt.Chart(table).encode(x=x, y=y)
    label = {"fontSize": 12, "fontWeight": 600, "color": p["text"]}
    layers = [base.mark_bar(height=12, color=p["z"]).encode(x2=alt.datum(0))]
    for side, part in ((1, table[table["w"] >= 0]), (-1, table[table["w"] < 0])):
        if len(part):
            words: Any = {"align": "left" if side > 0 else "right", "dx": 6 * side} | label
            layers.append(alt.Chart(part).mark_text(**words).encode(x=x, y=y, text="words:N"))
    return finish(layers, mode, title, "", height=24 * len(table))


def weights_text(columns: Sequence[str], values: Sequence[float]) -> str:
    """Return the text twin of `weights`."""
    return "Weights: " + ", ".join(f"{name} {v:+z.2f}" for name, v in zip(columns, values, strict=True)) + "."
