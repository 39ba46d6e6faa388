"""A sure and wrong sigmoid under two losses: its way back, and the push that each loss gives it."""

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import spread
from core.charts.naming import counted, minus
from core.charts.theme import CLASS_COLORS, DASHES, ON_TOP, Mode, axis, finish, palette

MOST = 160


def decimals(value: float) -> int:
    """Return how many decimals show three figures of a small number, and four at least.

    >>> decimals(0.017), decimals(0.000045)
    (4, 7)
    """
    return max(4, 2 - math.floor(math.log10(value))) if value > 0 else 4


def looks(names: Mapping[str, np.ndarray], mode: Mode) -> tuple[alt.Scale, alt.Scale]:
    """Color and dash of the two losses: the first dashed orange, the second solid blue."""
    keys = list(names)
    return (
        alt.Scale(domain=keys, range=list(CLASS_COLORS[mode][: len(keys)])),
        alt.Scale(domain=keys, range=[DASHES[1], DASHES[0]][: len(keys)]),
    )


def way_back(runs: Mapping[str, np.ndarray], mode: Mode, most: int) -> alt.LayerChart:
    """Draw the output of the neuron after every epoch, on a logarithmic axis, until it passes one half.

    Parameters
    ----------
    runs : name of the loss -> (epochs + 1,) outputs, entry 0 from before training.
    most : the right end of the axis, in epochs.
    """
    p = palette(mode)
    ink, dash = looks(runs, mode)
    parts, ends = [], []
    for name, outputs in runs.items():
        last = len(outputs) - 1
        indices = np.unique(np.rint(np.geomspace(1, last, MOST)).astype(int)) if last else np.zeros(1, int)
        parts.append(pd.DataFrame({"name": name, "x": indices, "y": outputs[indices]}))
        state = counted(last, "epoch") if outputs[-1] < 0.5 else "not yet"
        ends.append((name, last, float(outputs[-1]), f"{name}: {state}"))
    table = pd.DataFrame(ends, columns=["name", "x", "y", "words"])
    scale = alt.Scale(type="log", domain=[1, most], nice=False)
    ticks = [float(10**k) for k in range(round(np.log10(most)) + 1)]
    x = alt.X(
        "x:Q",
        scale=scale,
        axis=axis("epochs (each mark: 10 times as many)", mode, values=ticks, format=",d", labelOverlap=False),
    )
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0.3, 1.02], nice=False),
              axis=axis("output p", mode, grid=True, **ON_TOP))  # fmt: skip
    color, dashes = alt.Color("name:N", scale=ink, legend=None), alt.StrokeDash("name:N", scale=dash, legend=None)
    lines = alt.Chart(pd.concat(parts)).mark_line(strokeWidth=3).encode(x=x, y=y, color=color, strokeDash=dashes)
    half = alt.Chart(pd.DataFrame({"y": [0.5], "words": ["undecided"]})).encode(y=y)
    stops = alt.Chart(table).mark_point(filled=True, size=130, opacity=1).encode(x=x, y=y, color=color)
    table = table.assign(y=[0.41, 0.36][: len(table)], side=(table["x"] > most**0.55).astype(int))
    words = alt.Chart(table).mark_text(
        align=alt.expr("datum.side ? 'right' : 'left'"), dx=alt.expr("datum.side ? 6 : -6"), fontSize=14, fontWeight=600
    )
    layers = [half.mark_rule(color=p["z"], strokeDash=[5, 4]), lines, stops,
              words.encode(x=x, y=y, text=alt.Text("words:N"), color=color)]  # fmt: skip
    key = "target 0; first point: after one epoch; dots: where each ends"
    return finish(layers, mode, "A sure and wrong neuron on its way back", key,
                  height=270, right=14)  # fmt: skip


def way_back_text(runs: Mapping[str, np.ndarray]) -> str:
    """The text twin of ``way_back``."""
    first = next(iter(runs.values()))[0]
    each = "; ".join(
        f"{name} {'passes one half after' if v[-1] < 0.5 else 'has not passed one half in'} "
        + counted(len(v) - 1, "epoch")
        for name, v in runs.items()
    )
    return f"The output of one neuron that starts at {first:z.4f} with target 0. {each}."


def pushes(
    z: np.ndarray, slopes: Mapping[str, np.ndarray], here: float, now: Mapping[str, float], mode: Mode
) -> alt.LayerChart:
    """Draw each loss's slope by z for target 0: how hard it pushes. Dots: where training begins."""
    p = palette(mode)
    ink, dash = looks(slopes, mode)
    table = pd.concat([pd.DataFrame({"name": n, "z": z, "push": v}) for n, v in slopes.items()])
    x = alt.X("z:Q", scale=alt.Scale(domain=[float(z[0]), float(z[-1])], nice=False), axis=axis("z", mode))
    y = alt.Y("push:Q", scale=alt.Scale(domain=[0, 1.05], nice=False),
              axis=axis("slope dL/dz", mode, grid=True, tickCount=3, **ON_TOP))  # fmt: skip
    color, dashes = alt.Color("name:N", scale=ink, legend=None), alt.StrokeDash("name:N", scale=dash, legend=None)
    lines = alt.Chart(table).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=color, strokeDash=dashes)
    dots = pd.DataFrame({"name": list(now), "z": here, "push": list(now.values())})
    dots["words"] = [f"{v:z.{decimals(v)}f}" for v in now.values()]
    at = alt.Chart(dots).mark_point(filled=True, size=120, opacity=1).encode(x=x, y=y, color=color)
    dots = dots.copy()
    dots["push"] = spread(dots["push"].to_numpy() * 130 + 14, 16, 12) / 130
    at_end = here > z[0] + 0.75 * (z[-1] - z[0])
    rises = dots["push"] == dots["push"].max()  # the curve of the harder push rises on the right of its dot
    dots["left"] = (at_end | (rises & (here < 2.5))).astype(int)
    words = alt.Chart(dots).mark_text(
        align=alt.expr("datum.left ? 'right' : 'left'"), dx=alt.expr("datum.left ? -9 : 9"), fontSize=13, fontWeight=600
    )
    rule = alt.Chart(pd.DataFrame({"z": [here]})).mark_rule(color=p["z"], strokeDash=[2, 3]).encode(x=x)
    layers = [rule, lines, at, words.encode(x=x, y=y, text=alt.Text("words:N"), color=color)]
    return finish(
        layers,
        mode,
        "How hard each loss pushes at z",
        "solid: cross-entropy; dashed: squared error",
        height=150,
        right=14,
    )


def pushes_text(here: float, now: Mapping[str, float]) -> str:
    """The text twin of ``pushes``."""
    return (
        f"At z = {here:z.2f} the slopes are " + ", ".join(f"{v:z.{decimals(v)}f} for {n}" for n, v in now.items()) + "."
    )


def probabilities(p_: np.ndarray, true: int, slopes: np.ndarray, mode: Mode) -> alt.LayerChart:
    """Draw class probabilities as bars with the target as rings, and the slope by each logit in words."""
    p = palette(mode)
    names = [f"class {k}" for k in range(len(p_))]
    table = pd.DataFrame(
        {"name": names, "p": p_, "target": np.eye(len(p_))[true], "slope": [minus(f"{s:+z.3f}") for s in slopes]}
    )
    x = alt.X("name:N", axis=axis("", mode, labelAngle=0), sort=names)
    y = alt.Y("p:Q", scale=alt.Scale(domain=[0, 1.12], nice=False),
              axis=axis("probability", mode, grid=True, values=[0, 0.5, 1], **ON_TOP))  # fmt: skip
    base = alt.Chart(table)
    ring = base.mark_point(size=150, color=p["target"], strokeWidth=2.5, opacity=1).encode(x=x, y=alt.Y("target:Q"))
    layers = [
        base.mark_bar(color=p["prediction"], width=46).encode(x=x, y=y),
        ring,
        base.mark_text(dy=-12, fontSize=13, fontWeight=600, color=p["gradient"]).encode(
            x=x, y=y, text=alt.Text("slope:N")
        ),
    ]
    key = "bar: probability   ○ target   violet: slope"
    return finish(layers, mode, "Probabilities, targets, and slopes", key, height=220)


def probabilities_text(p_: np.ndarray, true: int, slopes: np.ndarray) -> str:
    """The text twin of ``probabilities``."""
    each = ", ".join(f"class {k} {v:z.3f} (slope {s:+z.3f})" for k, (v, s) in enumerate(zip(p_, slopes, strict=True)))
    return f"Probabilities: {each}. The true class is {true}."
