"""A network before it is trained: every parameter as a line, and bars for what it costs and what it buys."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.theme import ON_TOP, Mode, axis, finish, mix, palette

MOST_DRAWN, PITCH, TALL, HEAD, UNIT, FOOT = 8, 34, 270, 44, 420, 24
"""Units drawn of a layer; pixels between two at least; a small network's height; room for names; a unit's area; room
for sums."""


def layer_titles(n: int) -> list[str]:
    """Return what stands over the columns of n layers; short where there are many."""
    if n > 5:
        return ["in", *(f"h{k}" for k in range(1, n - 1)), "out"]
    return ["inputs", *([f"hidden {k}" for k in range(1, n - 1)] if n > 3 else ["hidden"] * (n - 2)), "outputs"]


def _nodes(sizes: Sequence[int]) -> tuple[pd.DataFrame, float]:
    """One row for each drawn unit and each constant 1, with its place, and the picture's height."""
    last = len(sizes) - 1
    slots = [min(n, MOST_DRAWN) + (k < last) + (n > MOST_DRAWN) for k, n in enumerate(sizes)]
    pitch = min(max(PITCH, TALL / max(slots)), 2 * PITCH)
    height, rows = HEAD + max(slots) * pitch, []
    for k, n in enumerate(sizes):
        drawn, kind = min(n, MOST_DRAWN), "input" if k == 0 else "output" if k == last else "hidden"
        top = HEAD + (height - HEAD - slots[k] * pitch) / 2 + pitch / 2
        rows += [(k, u, kind, top + u * pitch) for u in range(drawn)]
        if n > MOST_DRAWN:
            rows.append((k, -2, "more", top + drawn * pitch))
        if k < last:
            rows.append((k, -1, "one", top + (slots[k] - 1) * pitch))
    return pd.DataFrame(rows, columns=["layer", "unit", "kind", "y"]), height


def _lines(nodes: pd.DataFrame, layers: int) -> pd.DataFrame:
    """One row for each drawn parameter: from every unit and the 1 to every unit of the next layer."""
    from_, to = nodes[nodes["kind"] != "more"], nodes[nodes["unit"] >= 0]
    pairs = [
        from_[from_["layer"] == k].merge(to[to["layer"] == k + 1], how="cross", suffixes=("", "2"))
        for k in range(layers - 1)
    ]
    table = pd.concat(pairs, ignore_index=True)
    return pd.DataFrame({"x": table["layer"], "x2": table["layer2"], "y": table["y"], "y2": table["y2"],
                         "bias": table["kind"] == "one"})  # fmt: skip


def architecture(sizes: Sequence[int], mode: Mode, title: str = "Every line is one parameter") -> alt.LayerChart:
    """Draw a network of any size: units in columns, between them a line for each weight and bias, and how many.

    Parameters
    ----------
    sizes : units of every layer, inputs first; of each the first eight are drawn.
    """
    p, n = palette(mode), len(sizes)
    nodes, height = _nodes(sizes)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.35, n - 1 + 0.35], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height + FOOT, 0], nice=False, zero=False))
    lines = _lines(nodes, n)
    faint = 0.9 if len(lines) < 60 else 0.55 if len(lines) < 200 else 0.35
    layers = []
    for bias, ink, dash in ((False, p["z"], [1, 0]), (True, p["text"], [1, 3])):
        part = alt.Chart(lines[lines["bias"] == bias])
        part = part.mark_rule(opacity=faint, strokeWidth=1.4, color=ink, strokeDash=dash)
        layers.append(part.encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q")))
    nodes = nodes.assign(x=nodes["layer"].astype(float))
    inks = {"input": p["input"], "hidden": p["activation"], "output": p["prediction"]}
    units = nodes[nodes["unit"] >= 0]
    color = alt.Color("kind:N", scale=alt.Scale(domain=list(inks), range=list(inks.values())), legend=None)
    ring: dict[str, Any] = {"stroke": p["background"], "strokeWidth": 2, "opacity": 1}
    layers.append(alt.Chart(units).mark_circle(size=UNIT, **ring).encode(x=x, y=y, color=color))
    layers += _ones(nodes[nodes["kind"] == "one"], x, y, p)
    layers += _captions(sizes, nodes, x, y, p)
    layers.append(_sums(sizes, height, x, y, p))
    key = ["solid: a weight", "dotted, from the constant 1: a bias"]
    key += [f"drawn: at most {MOST_DRAWN} units a layer"] * (max(sizes) > MOST_DRAWN)
    return finish(layers, mode, title, key, height=round(height + FOOT))


def drawn(sizes: Sequence[int]) -> int:
    """Return how many parameters `architecture` draws."""
    return len(_lines(_nodes(sizes)[0], len(sizes)))


def _sums(sizes: Sequence[int], height: float, x: alt.X, y: alt.Y, p: Mapping[str, str]) -> alt.Chart:
    """How many parameters lie between two layers, under their lines."""
    sums = [f"{(a + 1) * b:,}" for a, b in pairwise(sizes)]
    table = pd.DataFrame({"x": np.arange(len(sums)) + 0.5, "y": height + 0.6 * FOOT, "words": sums})
    text = alt.Chart(table).mark_text(fontSize=13, fontWeight=600, color=p["z"])
    return text.encode(x=x, y=y, text=alt.Text("words:N"))


def _ones(ones: pd.DataFrame, x: alt.X, y: alt.Y, p: Mapping[str, str]) -> list[alt.Chart]:
    """The constant 1 of each layer, from which the biases of the next come."""
    base = alt.Chart(ones).encode(x=x, y=y)
    box = base.mark_square(size=UNIT, opacity=1, fill=p["background"], stroke=p["text"], strokeWidth=1.5)
    return [box, base.mark_text(text="1", fontSize=12, color=p["text"])]


def _captions(sizes: Sequence[int], nodes: pd.DataFrame, x: alt.X, y: alt.Y, p: Mapping[str, str]) -> list[alt.Chart]:
    """The layers' names and sizes, and how many units are not drawn."""
    at = np.arange(len(sizes), dtype=float)
    heads = pd.DataFrame({"x": at, "y": 8.0, "words": layer_titles(len(sizes))})
    counts = pd.DataFrame({"x": at, "y": 25.0, "words": [f"{n:,}" for n in sizes]})
    more = nodes[nodes["kind"] == "more"]
    rest = more.assign(words=[f"+ {sizes[k] - MOST_DRAWN:,}" for k in more["layer"]])[["x", "y", "words"]]
    quiet = pd.concat([heads, rest]).reset_index(drop=True)
    halo: dict[str, Any] = {"stroke": p["background"], "strokeWidth": 5, "strokeJoin": "round"}
    return [
        alt.Chart(rest).mark_text(fontSize=12, **halo).encode(x=x, y=y, text=alt.Text("words:N")),
        alt.Chart(quiet).mark_text(fontSize=12, color=p["muted"]).encode(x=x, y=y, text=alt.Text("words:N")),
        alt.Chart(counts)
        .mark_text(fontSize=14, fontWeight=600, color=p["text"])
        .encode(x=x, y=y, text=alt.Text("words:N")),
    ]


def architecture_text(sizes: Sequence[int], parameters: int) -> str:
    """Return the text twin of `architecture`."""
    names = [f"hidden layer {k}" for k in range(1, len(sizes) - 1)]
    layers = ", ".join(f"{name} {n:,}" for name, n in zip(["inputs", *names, "outputs"], sizes, strict=True))
    hidden = "" if max(sizes) <= MOST_DRAWN else f" Of each layer the first {MOST_DRAWN} units are drawn."
    return f"A network drawn from left to right: {layers}. Every line is a parameter; there are {parameters:,}.{hidden}"


def cost_bars(labels: Sequence[str], values: Sequence[int], mode: Mode, title: str, chosen: int = -1) -> alt.LayerChart:
    """Draw amounts as bars under their own words, so that long arithmetic has room.

    Parameters
    ----------
    labels, values : what each bar says, and how long it is.
    chosen : the bar that stands out, if any.
    """
    p, each = palette(mode), 46
    table = pd.DataFrame({"label": list(labels), "value": list(values), "row": np.arange(len(values)) * each + 16.0})
    table["end"], table["chosen"] = table["row"] + 16, np.arange(len(values)) == chosen
    table["middle"] = table["row"] + 8
    most = max([*values, 1])
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=None)
    room = len(values) * each
    scale = alt.Scale(domain=[room, 0], nice=False, zero=False)
    chosen_ink, ink = alt.value(p["activation"]), alt.value(mix(p["background"], p["z"], 0.55))
    bars = alt.Chart(table.assign(start=0)).mark_rect(cornerRadius=2)
    bars = bars.encode(
        x=x,
        x2=alt.X2("start:Q"),
        y=alt.Y("row:Q", scale=scale, axis=None),
        y2=alt.Y2("end:Q"),
        color=alt.condition("datum.chosen", chosen_ink, ink),
    )
    words = alt.Chart(table).mark_text(align="left", baseline="bottom", fontSize=13, color=p["text"], dy=-11)
    layers = [
        bars,
        words.encode(x=alt.XValue(0), y=alt.Y("middle:Q", scale=scale, axis=None), text=alt.Text("label:N")),
    ]
    return finish(layers, mode, title, height=room)


def cost_bars_text(labels: Sequence[str], title: str) -> str:
    """Return the text twin of `cost_bars`."""
    return f"{title}: {'; '.join(labels)}."


def solved(
    units: Sequence[int], shares: Sequence[float], ranges: Sequence[tuple[float, float]], seeds: int, mode: Mode
) -> alt.LayerChart:
    """Draw the share of seeds that solved a problem by the number of hidden units, with its likely range.

    Parameters
    ----------
    units, shares, ranges : hidden units, the share that succeeded, and where the true share lies with 95 %.
    """
    p = palette(mode)
    table = pd.DataFrame({"units": [str(u) for u in units], "share": list(shares)})
    table[["low", "high"]] = list(ranges)
    table["words"] = [f"{s:.0%}" for s in shares]
    x = alt.X("units:O", sort=None, axis=axis("hidden units", mode, labelAngle=0, labelFontSize=14))
    scale = alt.Scale(domain=[0, 1.08], nice=False)
    percent = axis("share of seeds", mode, format=".0%", grid=True, values=[0, 0.25, 0.5, 0.75, 1], **ON_TOP)
    y = alt.Y("share:Q", scale=scale, axis=percent)
    base = alt.Chart(table).encode(x=x)
    bar = base.mark_bar(color=mix(p["background"], p["activation"], 0.55), width=44).encode(y=y)
    span = base.mark_rule(color=p["text"], strokeWidth=1.5).encode(y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q"))
    halo: dict[str, Any] = {"stroke": p["background"], "strokeWidth": 4, "strokeJoin": "round"}
    words: dict[str, Any] = {"fontSize": 14, "fontWeight": 600, "dx": 26, "dy": -9, "align": "center"}
    label = [
        base.mark_text(**words, **more).encode(y=y, text=alt.Text("words:N")) for more in (halo, {"color": p["text"]})
    ]
    key = [f"bar: the share of {seeds} seeds", "line: the likely share of all seeds (95% confidence)"]
    return finish([bar, span, *label], mode, "Which share of starts solves XOR", key, height=230)


def solved_text(units: Sequence[int], shares: Sequence[float], seeds: int) -> str:
    """Return the text twin of `solved`."""
    each = ", ".join(f"{u} hidden: {s:.0%}" for u, s in zip(units, shares, strict=True))
    return f"Share of {seeds} seeds whose network gets all four corners of XOR right: {each}."
