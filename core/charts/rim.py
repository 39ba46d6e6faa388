"""Words over lines and bars: a rim in the color of the background keeps them readable."""

from typing import Any

import altair as alt

from core.charts.theme import Mode, palette


def rimmed(chart: alt.Chart, mode: Mode, *, color: str = "", rim: float = 4, **look: Any) -> list[alt.Chart]:
    """Return the layers of a chart's words: the rim first, the words over it.

    Parameters
    ----------
    chart : with everything encoded but the mark.
    color : of the words; the text's own where none is given.
    rim : its width in pixels, half of it outside.
    look : whatever `altair.Chart.mark_text` takes.
    """
    p = palette(mode)
    below = chart.mark_text(stroke=p["background"], strokeWidth=rim, strokeJoin="round", **look)
    return [below, chart.mark_text(color=color or p["text"], **look)]
