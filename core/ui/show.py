"""Draw a chart, building it only when something that it depends on has changed.

To build a chart of many frames takes tens of milliseconds. What is kept as a plain Vega-Lite description still takes
several: Streamlit writes it as JSON, reads that again and searches it. So the message that was sent is kept as well,
and sent again as it is. A chart that answers a click is a widget, which Streamlit can't repeat: it's written each time.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import altair as alt
import streamlit as st

from core.charts.described import describe
from core.charts.naming import minus

KNOWN = "show.known"
T = TypeVar("T")


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
    text = minus(text)
    if "on_select" in options:
        return st.vega_lite_chart(None, _description(key, depends, build), key=key, alt=text, **options)
    return _drawn(key, depends, text, options, build)


def computed(depends: Hashable, compute: Callable[[], T], *columns: Any) -> tuple[T, list[Any]]:
    """Compute what may take long, and return it with a place in each column for what is drawn from it.

    When a learner asks for it the first time, the places are emptied before: what was drawn from other settings must
    not stand there as if it were the answer. The first one holds what ``compute`` says while it's at work.
    """
    known: set[Hashable] = st.session_state.setdefault(KNOWN, set())
    places = [(column if depends in known else column.empty()).container() for column in columns]
    with places[0]:
        found = compute()
    known.add(depends)
    return found, places


@st.cache_data(max_entries=200, show_spinner=False)
def _drawn(
    key: str, depends: tuple[Any, ...], text: str, options: dict[str, Any], _build: Callable[[], alt.LayerChart]
) -> None:
    st.vega_lite_chart(None, _description(key, depends, _build), key=key, alt=text, **options)


@st.cache_data(max_entries=200, show_spinner=False)
def _description(key: str, depends: tuple[Any, ...], _build: Callable[[], alt.LayerChart]) -> dict[str, Any]:
    return describe(_build())
