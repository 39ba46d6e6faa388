"""Draw a chart, building it only when something that it depends on has changed.

To build a chart of many frames takes tens of milliseconds; to draw one that is kept as a plain Vega-Lite description
takes one or two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import streamlit as st

from core.charts.described import describe


def chart(key: str, depends: tuple[Any, ...], build: Callable[[], alt.LayerChart], text: str, **options: Any) -> Any:
    """Draw the chart that ``build`` makes.

    Parameters
    ----------
    key : the chart's name on its page.
    depends : everything that the chart is made from, in hashable form: two equal tuples make the same chart.
    build : makes the chart; called only when it is not kept already.
    text : what the chart shows, for those who do not see it.
    options : for `st.vega_lite_chart`, such as ``on_select``.
    """
    return st.vega_lite_chart(None, _description(key, depends, build), key=key, alt=text, **options)


@st.cache_data(max_entries=200, show_spinner=False)
def _description(key: str, depends: tuple[Any, ...], _build: Callable[[], alt.LayerChart]) -> dict[str, Any]:
    return describe(_build())
