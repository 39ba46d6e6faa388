"""A chart as a plain Vega-Lite description."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

SCROLLS = {"defaults": {"allow": ["wheel", "touchstart", "touchmove"]}}
"""What a chart leaves to the page: otherwise Vega would hold back every swipe over a chart that answers a tap."""


def describe(chart: alt.LayerChart) -> dict[str, Any]:
    """What ``chart.to_dict()`` says, some times sooner: Altair would look at every single value of every table.

    So it gets the chart without its tables, and they are put in afterwards: each once, in the layer that needs it
    first, under a name by which the others find it.
    """
    tables: list[pd.DataFrame] = []
    bare = chart.copy(deep=False)
    bare.layer = [_without_table(layer, tables) for layer in chart.layer]
    spec = _without_table(bare, tables).to_dict()
    if "data" in spec and any(_holds_lists(table) for table in tables):
        # Streamlit packs the whole chart's own table, and a packed list is none to Vega: nothing would be seen
        shared = spec.pop("data")
        for layer in spec["layer"]:
            layer.setdefault("data", dict(shared))
    spec["config"] = spec.get("config", {}) | {"events": SCROLLS}  # Altair does not know of events
    unread = {f"table{k}": table for k, table in enumerate(tables)}  # other names are the chart's own datasets
    for part in (spec, *spec["layer"]):
        if (table := unread.pop(part.get("data", {}).get("name"), None)) is not None:
            part["data"]["values"] = _rows(table)
    return spec


def _without_table(part: Any, tables: list[pd.DataFrame]) -> Any:
    """The chart or layer with the name of its table among the ``tables`` in the table's stead."""
    if not isinstance(part.data, pd.DataFrame):
        return part
    known = [k for k, table in enumerate(tables) if table is part.data]
    if not known:
        tables.append(part.data)
    bare = part.copy(deep=False)
    bare.data = alt.NamedData(name=f"table{known[0] if known else len(tables) - 1}")
    return bare


def _holds_lists(table: pd.DataFrame) -> bool:
    """Whether a row holds all frames of something."""
    return any(isinstance(value, list) for value in table.head(1).to_numpy().ravel())


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as JSON can say them: what is not a finite number is nothing."""
    columns = [_told(table[name]) for name in table]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _told(column: pd.Series) -> list[Any]:
    values: list[Any] = column.tolist()
    known = np.isfinite(column.to_numpy()) if column.dtype.kind == "f" else column.notna().to_numpy()
    return values if known.all() else [value if there else None for value, there in zip(values, known, strict=True)]
