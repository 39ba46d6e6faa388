"""Curves over the epochs of a run, drawn up to the current frame, the rest of the run faint behind a veil."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.charts.lines import Ruler, Style, brief, finite_until, spread, styles, thin, value_domain
from core.charts.naming import written
from core.charts.playing import epoch_param, now
from core.charts.theme import ON_TOP, PLAIN, PRECISION, Mode, axis, finish, palette

VEIL = 0.8


def _lines(epochs: np.ndarray, series: Mapping[str, np.ndarray], ruler: Ruler) -> pd.DataFrame:
    """Thinned points of all curves, each up to where it is finite."""
    parts = []
    for name, values in series.items():
        stop = finite_until(values)
        indices = thin(stop)
        y = np.maximum(brief(values[indices]), ruler.low) if ruler.log else brief(values[indices])
        parts.append(pd.DataFrame({"name": name, "at": epochs[indices], "y": y}))
    return pd.concat(parts, ignore_index=True)


def _now(
    epochs: np.ndarray, frame_epochs: np.ndarray, series: Mapping[str, np.ndarray], ruler: Ruler, digits: str
) -> pd.DataFrame:
    """One row for each curve, with lists of all frames: its dot, and its value in words at a height that is free."""
    nearest = np.clip(np.searchsorted(epochs, frame_epochs), 0, len(epochs) - 1)
    late = frame_epochs > epochs[0] + 0.72 * (epochs[-1] - epochs[0])
    ways: dict[str, dict[str, list[Any]]] = {name: {"ys": [], "texts_y": [], "labels": []} for name in series}
    for k in nearest:
        there = [(name, float(v[k])) for name, v in series.items() if k < finite_until(v)]
        pixels = ruler.pixels(np.array([v for _, v in there]))
        wanted = pixels + np.where(pixels >= pixels.max(), 11, -11) if len(there) else pixels
        free, labels = brief(ruler.values(spread(wanted, 15, 7))), brief(ruler.values(pixels))
        found = {name: row for (name, _), *row in zip(there, labels.tolist(), free.tolist(), strict=True)}
        for name, way in ways.items():
            value = float(series[name][k])
            way["ys"].append(found[name][0] if name in found else None)
            way["texts_y"].append(found[name][1] if name in found else None)
            way["labels"].append(written(value, digits))
    shared = {"ats": frame_epochs.tolist(), "lates": late.tolist()}
    return pd.DataFrame([{"name": name} | shared | way for name, way in ways.items()])


def _ends(lines: pd.DataFrame, series: Mapping[str, np.ndarray], epochs: np.ndarray, ruler: Ruler) -> pd.DataFrame:
    """The curves' names at their right ends, and where one stops being a number."""
    last = lines.groupby("name", sort=False).tail(1).set_index("name").reindex(list(series))
    heights = ruler.pixels(last["y"].fillna(ruler.high).to_numpy(float))
    stops = [finite_until(v) for v in series.values()]
    broken = [int(s < len(epochs)) for s in stops]
    at = [float(epochs[min(max(s, 1), len(epochs)) - 1]) for s in stops]
    free = ruler.values(spread(heights, 15))
    return pd.DataFrame({"name": list(series), "at": float(epochs[-1]), "y": free, "stop": at, "broken": broken})


def _key(epochs: np.ndarray, series: Mapping[str, np.ndarray], ruler: Ruler, digits: str) -> list[str]:
    """What the picture cannot show: where runs break, and how far curves go beyond its edges."""
    names: dict[int, list[str]] = {}
    for name, values in series.items():
        names.setdefault(finite_until(values), []).append(name)
    notes = [f"✕ {' and '.join(n)}: not finite from {epochs[s]:g}" for s, n in sorted(names.items()) if s < len(epochs)]
    seen = np.concatenate([v[: finite_until(v)] for v in series.values()])
    if len(seen) and seen.max() > ruler.high:
        notes.append(f"beyond the upper edge: up to {written(float(seen.max()), digits)}")
    if len(seen) and not ruler.log and seen.min() < ruler.low:
        notes.append(f"beyond the lower edge: down to {written(float(seen.min()), digits)}")
    return notes


def _moving(frames: np.ndarray, end: float, p: dict[str, str], x: alt.X) -> list[alt.Chart]:
    """What moves with the frame: the veil over the epochs to come, the rule, and a dot on each curve."""
    rows = alt.Chart(pd.DataFrame([{"ats": frames.tolist(), "end": end}])).transform_calculate(at=now("ats"))
    veil = rows.mark_rect(color=p["background"], opacity=VEIL).encode(x=x, x2=alt.X2("end:Q"))
    rule = rows.mark_rule(color=p["muted"], strokeWidth=1).encode(x=x)
    return [veil, rule]


def _words(dots_at: pd.DataFrame, ends: pd.DataFrame, p: dict[str, str], x: alt.X, color: alt.Color) -> list[alt.Chart]:
    """Dots, the values beside them, the curves' names at their ends, and where a run broke."""
    place, free = alt.Y("y:Q"), alt.Y("text_y:Q")
    rows = alt.Chart(dots_at)
    for column, lists in {"at": "ats", "y": "ys", "text_y": "texts_y"}.items():
        rows = rows.transform_calculate(**{column: now(lists)})
    rows = rows.transform_filter("isValid(datum.y)")  # where a run broke, there is nothing to show
    dots = rows.mark_point(filled=True, size=64, opacity=1, stroke=p["background"], strokeWidth=1.5)
    side, gap = alt.expr(f"{now('lates')} ? 'right' : 'left'"), alt.expr(f"{now('lates')} ? -9 : 9")
    text: dict[str, Any] = {
        "text": alt.expr(now("labels")),
        "align": side,
        "dx": gap,
        "fontSize": 12,
        "fontWeight": 600,
    }
    halo = rows.mark_text(**text, stroke=p["background"], strokeWidth=4, strokeJoin="round")
    value = rows.mark_text(**text)
    broken = ends[ends["broken"] == 1]
    names = alt.Chart(ends).mark_text(align="left", dx=8, fontSize=13, fontWeight=600)
    words = [
        dots.encode(x=x, y=place, color=color),
        halo.encode(x=x, y=free),
        value.encode(x=x, y=free, color=color),
        names.encode(x=x, y=place, text=alt.Text("name:N"), color=color),
    ]
    if len(broken):
        cross = alt.Chart(broken).mark_point(shape="cross", angle=45, size=90, filled=True, opacity=1)
        words.append(cross.encode(x=alt.X("stop:Q"), y=alt.YValue(7), color=color))
    return words


def curves(
    epochs: np.ndarray,
    frame_epochs: np.ndarray,
    series: Mapping[str, np.ndarray],
    mode: Mode = "light",
    log: bool = False,
    y_title: str = "loss",
    domain: tuple[float, float] | None = None,
    *,
    start: int = 0,
    height: int = 220,
    digits: str = PRECISION["loss"],
    x_title: str = "epoch",
    title: str = "Loss over the epochs",
    looks: Mapping[str, Style] | None = None,
) -> alt.LayerChart:
    """Curves of a run; the current frame's rule, dots and values move over them.

    Parameters
    ----------
    epochs : ndarray, (E,)
        Where the values were taken, ascending.
    frame_epochs : ndarray, (F,)
        The epoch of each frame.
    series : mapping of str to ndarray, (E,)
        Names and values. Names that begin with train, test or validation have their own look. From the first NaN or
        infinity on a curve is not drawn, and the chart says where that is.
    mode : {"light", "dark"}
        The page's appearance.
    log : bool
        A logarithmic vertical axis; zeros are drawn at its foot.
    y_title, x_title, title : str
        Quantity with its unit, the same for the horizontal axis, and what is seen.
    domain : (low, high), optional
        Fixed ends of the vertical axis.
    start : int
        The frame seen first.
    height : int
        Pixels; the width is that of the chart's place.
    digits : str
        Number format of the values.
    looks : mapping of str to Style, optional
        Color and dash by name.

    Returns
    -------
    alt.LayerChart
    """
    p, at, frames = palette(mode), np.asarray(epochs, float), np.asarray(frame_epochs, float)
    clean = {name: np.asarray(values, dtype=float) for name, values in series.items()}
    ruler = Ruler(*(domain or value_domain(clean, log)), log, height)
    lines = _lines(at, clean, ruler)
    looks = looks or styles(list(clean), mode)
    inks = alt.Scale(domain=list(clean), range=[looks[name].color for name in clean])
    dashes = alt.Scale(domain=list(clean), range=[looks[name].dash for name in clean])
    x_ends = [float(at[0]), float(at[-1]) if at[-1] > at[0] else float(at[0]) + 1]
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=x_ends, nice=False, zero=False),
        axis=axis(x_title, mode, format=PLAIN, tickMinStep=1),
    )
    y_scale = alt.Scale(type="log" if log else "linear", domain=[ruler.low, ruler.high], nice=False, zero=False)
    ticks = {"values": ruler.ticks()} if log else {}
    y_axis = axis(y_title, mode, grid=True, format=PLAIN, **ON_TOP, **ticks)
    y = alt.Y("y:Q", scale=y_scale, axis=y_axis)
    color = alt.Color("name:N", scale=inks, legend=None)
    dash = alt.StrokeDash("name:N", scale=dashes, legend=None)
    run = alt.Chart(lines).mark_line(clip=True, strokeWidth=2.4).encode(x=x, y=y, color=color, strokeDash=dash)
    dots_at = _now(at, frames, clean, ruler, digits)
    words = _words(dots_at, _ends(lines, clean, at, ruler), p, x, color)
    layers = [run, *_moving(frames, x_ends[1], p, x), *words]
    # The names beyond the curves make their own room.
    epoch, key = epoch_param(len(frames), start), _key(at, clean, ruler, digits)
    return finish(layers, mode, title, key, params=[epoch], height=height, right=8)


def curves_text(
    epochs: np.ndarray, series: Mapping[str, np.ndarray], *, y_title: str = "loss", digits: str = PRECISION["loss"]
) -> str:
    """The text twin of ``curves``: for each curve its first, its lowest and its last value, and where it broke."""
    at, parts = np.asarray(epochs, dtype=float), []
    for name, values in series.items():
        v = np.asarray(values, dtype=float)
        stop = finite_until(v)
        if stop == 0:
            parts.append(f"{name}: not finite from the start")
            continue
        low = int(np.argmin(v[:stop]))
        first, last, least = (written(float(v[k]), digits) for k in (0, stop - 1, low))
        sentence = f"{name} from {first} to {last}, lowest {least} at {at[low]:g}"
        parts.append(sentence + (f", not finite from {at[stop]:g}" if stop < len(v) else ""))
    return f"{y_title} over {at[0]:g} to {at[-1]:g}: {'; '.join(parts)}."
