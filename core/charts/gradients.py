"""The length of each layer's gradient on a logarithmic axis, playing over a run: absolute, so that runs compare."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.charts.band import quantiles
from core.charts.lines import Ruler, brief
from core.charts.naming import median_of, spoken
from core.charts.playing import epoch_param, now, still
from core.charts.theme import ON_TOP, POWERS_OF_TEN, Mode, axis, finish, palette


def domain_of(norms: np.ndarray) -> tuple[float, float]:
    """Return the powers of ten that hold all norms, and at least those from a thousandth to one."""
    known = norms[np.isfinite(norms) & (norms > 0)]
    low, high = (np.log10(known.min()), np.log10(known.max())) if known.size else (-3.0, 0.0)
    return 10.0 ** max(min(np.floor(low), -3), -300), 10.0 ** min(max(np.ceil(high), 0), 300)


def gradient_norms(
    norms: np.ndarray,
    names: Sequence[str],
    mode: Mode,
    *,
    title: str,
    y_title: str = "norm of the gradient",
    key: str | list[str] = "",
    domain: tuple[float, float] | None = None,
    start: int = 0,
    height: int = 260,
) -> alt.LayerChart:
    """Draw a line over the layers: the median of the runs and the band that holds the middle eight tenths.

    Parameters
    ----------
    norms : ndarray, (F, S, D)
        The norm of each layer's gradient, for S runs at F moments. What is 0 lies at the foot.
    names : sequence of D str
        The layers, the first one first.
    mode : {"light", "dark"}
        The page's appearance.
    title, y_title : str
        What is seen, and what its size is called.
    key : str or list of str
        Small print under the title.
    domain : (low, high), optional
        Fixed ends of the vertical axis.
    start : int
        The moment seen first.
    height : int
        Pixels.
    """
    p, (frames, runs, layers) = palette(mode), norms.shape
    ruler = Ruler(*(domain or domain_of(norms)), True, height)
    low, middle, high = np.clip([quantiles(frame) for frame in norms], ruler.low, ruler.high).swapaxes(0, 1)
    at = pd.DataFrame({"layer": np.arange(1, layers + 1)})  # a table a layer: one that all share would lose its lists
    edges = at.assign(lows=_lists(low), highs=_lists(high))
    medians = at.assign(middles=_lists(middle))
    named = medians.assign(name=list(names))
    x_scale = alt.Scale(domain=[0.5, layers + 0.5], nice=False, zero=False)
    x = alt.X("layer:Q", scale=x_scale, axis=axis("layer", mode, values=_some(layers), format="d"))
    y_scale = alt.Scale(type="log", domain=[ruler.low, ruler.high], nice=False)
    y_axis = axis(y_title, mode, grid=True, labelExpr=POWERS_OF_TEN, **ON_TOP, values=_powers(ruler))
    y = alt.Y("middle:Q", scale=y_scale, axis=y_axis)
    ink = p["gradient"]
    strip = alt.Chart(edges).transform_calculate(low=now("lows"), high=now("highs"))
    line, points = (alt.Chart(each).transform_calculate(middle=now("middles")) for each in (medians, named))
    drawn = [
        strip.mark_area(opacity=0.2, color=ink).encode(x=x, y=alt.Y("low:Q", scale=y_scale), y2=alt.Y2("high:Q")),
        line.mark_line(strokeWidth=2.5, color=ink).encode(x=x, y=y),
        points.mark_point(filled=True, size=45, opacity=1, color=ink).encode(x=x, y=y),
    ]
    lines = drawn if runs > 1 else drawn[1:]
    frame = epoch_param(frames, start) if frames > 1 else still()
    return finish(lines, mode, title, key, params=[frame], height=height)


def _lists(values: np.ndarray) -> pd.Series:
    """A list of all moments for each layer, out of (F, D)."""
    return pd.Series([brief(column).tolist() for column in values.T], dtype=object)


def _powers(ruler: Ruler) -> list[float]:
    """Powers of ten for the axis, at most eight of them."""
    low, high = round(np.log10(ruler.low)), round(np.log10(ruler.high))
    return [10.0**k for k in range(low, high + 1, max(1, -(-(high - low) // 7)))]


def _some(layers: int) -> list[int]:
    """Layers to name on the axis: all of ten, else every fifth."""
    return [k for k in range(1, layers + 1) if layers <= 10 or k in {1, layers} or k % 5 == 0]


def gradient_norms_text(norms: np.ndarray, names: Sequence[str], *, title: str) -> str:
    """The text twin of ``gradient_norms`` at one moment, (S, D)."""
    middle = quantiles(norms)[1]
    listing = ", ".join(f"{name} {spoken(value, 2)}" for name, value in zip(names, middle, strict=True))
    return f"{title}, {median_of(len(norms))}: {listing}."
