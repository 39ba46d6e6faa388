"""The one table of colors, and the quiet clothes every chart wears.

One quantity has one color everywhere: in the formula, the diagram, the chart and the table. The colors of ``COLORS``
reach a contrast of 4.5 against their background, so they may be used for text as well as for marks. Color never stands
alone: the last column says what else tells the quantity apart.
"""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import numpy as np
from altair.utils import schemapi

Mode = Literal["light", "dark"]

schemapi.disable_debug_mode()  # not every piece of a chart is checked as it is made; the tests check whole charts

BACKGROUND = {"light": "#FFFFFF", "dark": "#14161C"}

COLORS: dict[str, tuple[str, str, str]] = {
    "input": ("#0B7285", "#3BC9DB", ""),
    "positive": ("#1D5FBF", "#74A9FF", "solid"),
    "negative": ("#B85C00", "#FFB066", "dashed"),
    "class1": ("#1D5FBF", "#74A9FF", "circle"),
    "class0": ("#B85C00", "#FFB066", "square"),
    "train": ("#1F2328", "#E6E9EE", "solid"),
    "test": ("#626A76", "#9AA3AF", "dashed"),
    "z": ("#5C6370", "#AEB6C2", ""),
    "activation": ("#287F39", "#69DB7C", ""),
    "prediction": ("#287F39", "#69DB7C", ""),
    "target": ("#2F2F2F", "#F1F3F5", "ring"),
    "loss": ("#C92A2A", "#FF8787", "thick"),
    "gradient": ("#8B2FC9", "#D6A3FF", "arrow"),
    "text": ("#1F2328", "#E6E9EE", ""),
    "muted": ("#626A76", "#9AA3AF", ""),
}
"""Quantity -> (color on the light page, color on the dark page, what else marks it)."""

SURFACES = {"grid": ("#E6E8EC", "#2A2E37"), "background": (BACKGROUND["light"], BACKGROUND["dark"])}
"""Colors that never carry text or a quantity."""

CLASS_COLORS = {
    "light": ("#B85C00", "#1D5FBF", "#0A7A5C", "#8E1A72", "#1B1F27", "#4A3D00"),
    "dark": ("#FFB066", "#74A9FF", "#3FD6AE", "#E04FA0", "#F1F3F5", "#FF6B6B"),
}
"""Colors of classes 0 to 5, apart also for eyes that lack red or green cones."""

MORE_COLORS = {
    "light": ("#6B4FBB", "#A0522D", "#007C89", "#5B6B00"),
    "dark": ("#B39DFF", "#E0A87E", "#4DD0E1", "#C5D94E"),
}
"""Colors of classes 6 to 9. So many classes cannot be told apart by color or shape: their points are their names."""

SHAPES = ("square", "circle", "triangle-up", "diamond", "triangle-down", "cross")
GLYPHS = ("■", "●", "▲", "◆", "▼", "✚")
DASHES: tuple[list[int], ...] = ([1, 0], [6, 4], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2])

PRECISION = {
    "loss": ".3f",
    "accuracy": ".3f",
    "weight": "+.2f",
    "activation": ".2f",
    "probability": ".2f",
    "coordinate": ".1f",
    "rate": ".1e",
    "share": ".0%",
}
"""Number formats with a fixed count of decimals, so that nothing jumps while a run plays."""


PLAIN = ".6~g"
"""How an axis writes its numbers. Without the 6, Vega would choose how many digits, and write 50 as 5e+1."""

ON_TOP: dict[str, Any] = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -10, "titleX": -30}
"""Axis options: a vertical axis's title, lying above the axis where it can be read."""


def palette(mode: Mode) -> dict[str, str]:
    """Every named color of one page mode.

    Parameters
    ----------
    mode : {"light", "dark"}
        The page's appearance.

    Returns
    -------
    dict of str to str
        Quantity, or ``background`` and ``grid``, to a color like ``"#1D5FBF"``.
    """
    column = 0 if mode == "light" else 1
    rows: list[tuple[str, tuple[str, ...]]] = [*COLORS.items(), *SURFACES.items()]
    return {name: row[column] for name, row in rows}


def mix(color: str, other: str, share: float) -> str:
    """The color that lies ``share`` of the way from ``color`` to ``other``, in sRGB."""
    a, b = (np.array([int(c[k : k + 2], 16) for k in (1, 3, 5)]) for c in (color, other))
    return "#" + "".join(f"{v:02X}" for v in np.rint(a + (b - a) * share).astype(int))


def diverging(mode: Mode, strength: float = 1.0) -> list[str]:
    """Class 0's orange, the page's own background, class 1's blue.

    A probability of one half has the background's color: the boundary is where color fades.

    Parameters
    ----------
    mode : {"light", "dark"}
        The page's appearance.
    strength : float
        How far the ends go from the background to the full class color.

    Returns
    -------
    list of str
        Three colors, for the low end, the middle and the high end of a scale.
    """
    p = palette(mode)
    ends = [mix(p["background"], p[name], strength) for name in ("class0", "class1")]
    return [ends[0], p["background"], ends[1]]


def sequential(mode: Mode, quantity: str, strength: float = 1.0) -> list[str]:
    """From the page's background to a quantity's color: two colors, low to high."""
    p = palette(mode)
    return [p["background"], mix(p["background"], p[quantity], strength)]


def class_colors(mode: Mode, count: int) -> list[str]:
    """Return the colors of so many classes, up to ten."""
    return [*CLASS_COLORS[mode], *MORE_COLORS[mode]][:count]


def contrast(color: str, background: str) -> float:
    """WCAG 2 contrast ratio of two colors, 1 (equal) to 21 (black on white)."""

    def luminance(c: str) -> float:
        rgb = np.array([int(c[k : k + 2], 16) for k in (1, 3, 5)]) / 255
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    high, low = sorted((luminance(color), luminance(background)), reverse=True)
    return (high + 0.05) / (low + 0.05)


_EXPONENT, _RAISED = "round(log(datum.value) / LN10)", "['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']"
POWERS_OF_TEN = (
    f"datum.value == 1 ? '1' : '10' + ({_EXPONENT} < 0 ? '⁻' : '')"
    f" + (abs({_EXPONENT}) > 99 ? {_RAISED}[floor(abs({_EXPONENT}) / 100)] : '')"
    f" + (abs({_EXPONENT}) > 9 ? {_RAISED}[floor(abs({_EXPONENT}) / 10) % 10] : '') + {_RAISED}[abs({_EXPONENT}) % 10]"
)
"""How an axis whose values are powers of ten writes them, as Vega's expression: 10⁻⁶."""


def axis(title: str, mode: Mode, **options: Any) -> alt.Axis:
    """A quiet axis: no domain line, no ticks, labels in muted gray, its title in words with units."""
    p = palette(mode)
    count = len(options["values"]) if isinstance(options.get("values"), list | tuple) else 5  # else Vega drops some
    quiet: dict[str, Any] = {"grid": False, "domain": False, "ticks": False, "labelColor": p["muted"]}
    more = {"titleColor": p["muted"], "titleFontWeight": "normal", "gridColor": p["grid"], "tickCount": count}
    sizes = {"labelFontSize": 12, "titleFontSize": 12, "labelPadding": 6, "titlePadding": 8, "labelFlush": False}
    return alt.Axis(title=title, **(quiet | more | sizes | options))


class Picture(alt.LayerChart):
    """A layered chart that does not check itself against Vega-Lite's schema on every rerun: the tests do that once."""

    def to_dict(self, validate: bool = False, **options: Any) -> dict[str, Any]:
        """The chart as Vega-Lite, five times sooner than with validation."""
        return super().to_dict(validate=validate, **options)

    def copy(self, deep: Any = True, ignore: list[str] | None = None) -> "Picture":
        """A copy; a shallow one does not arrange the layers anew, as Altair's would."""
        if deep:
            return super().copy(deep, ignore)
        twin = object.__new__(type(self))
        object.__setattr__(twin, "_args", self._args)
        object.__setattr__(twin, "_kwds", dict(self._kwds))
        return twin


def finish(
    layers: Sequence[alt.Chart],
    mode: Mode,
    title: str,
    key: str | list[str] = "",
    *,
    params: Sequence[alt.Parameter] = (),
    width: int | None = None,
    height: int | None = None,
    right: int = 5,
) -> Picture:
    """Lay the layers over each other and give them a title, a canvas and a quiet frame.

    Parameters
    ----------
    layers : sequence of alt.Chart
        The lowest first.
    mode : {"light", "dark"}
        The page's appearance.
    title : str
        What is seen.
    key : str or list of str
        The key to the marks, in small print under the title; a list gives one line each.
    params : sequence of alt.Parameter
        Such as ``playing.epoch_param``.
    width, height : int, optional
        Pixels; without a width the chart takes that of its place.
    right : int
        Pixels kept free at the right for labels at the ends of lines.

    Returns
    -------
    Picture
    """
    p = palette(mode)
    heading = alt.TitleParams(
        title,
        subtitle=key or alt.Undefined,
        anchor="start",
        frame="bounds",
        offset=14,
        color=p["text"],
        fontSize=14,
        fontWeight=600,
        subtitleColor=p["muted"],
        subtitleFontSize=12,
        subtitlePadding=4,
        subtitleLineHeight=16,
    )
    sizes: dict[str, Any] = {name: value for name, value in (("width", width), ("height", height)) if value}
    numbers: list[Any] = [parameter.param for parameter in params]
    return Picture(
        layer=list(layers),
        params=numbers or alt.Undefined,
        title=heading,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 0, "top": 4, "right": right, "bottom": 4},
        # A canvas has nobody to describe marks to; where the mouse rests, only what a layer names is said.
        config=alt.Config(view=alt.ViewConfig(stroke=None), aria=False, mark=alt.MarkConfig(tooltip=None)),
        usermeta={"embedOptions": {"renderer": "canvas"}},
        **sizes,
    )
