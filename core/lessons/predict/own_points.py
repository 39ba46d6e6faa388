"""Asking a network about a learner's own points: a table to type or paste into, and a file.

What comes from outside is shown as plain text only.
"""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.naming import spoken
from core.data.faults import TableError
from core.data.names import free_name
from core.data.points import read_points, read_typed
from core.data.reach import reach, warning
from core.data.writing import csv_bytes
from core.lessons.predict.fields import predictions
from core.nn.tape import Array
from core.training.history import History

MOST_TYPED = 13
"""The most inputs for which there is a table to type into."""
FILE_TYPES = ["csv", "tsv", "txt", "tab"]


def many(h: History, dataset: str, about_table: str, about_file: str) -> None:
    """Answer a table that is typed, and a file."""
    names = list(h.data.data.features)
    if len(names) <= MOST_TYPED:
        st.markdown(about_table)
        _typed(h, dataset)
    listed = ", ".join(names[:3]) + (f" … {names[-1]}" if len(names) > 3 else "")
    file = st.file_uploader(about_file.format(columns=listed), FILE_TYPES, max_upload_size=1, key="predict.file")
    if file is not None:
        _from_file(h, file.getvalue(), file.file_id)
    example = pd.DataFrame(h.data.data.X[h.data.test][:20], columns=names)
    _download("An example file (CSV)", example, "points.csv")


def _typed(h: History, dataset: str) -> None:
    """Show a table of text cells (number cells would drop a decimal comma), and answer what stands in it."""
    names = list(h.data.data.features)
    start = pd.DataFrame(_short(h.data.data.X[h.data.test][:4], h.data.data.X), columns=names)
    cells = st.data_editor(
        start,
        num_rows="dynamic",
        hide_index=True,
        key=f"predict.typed.{dataset}",
        alt="Points to predict",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in names},
    )
    try:
        points, notes = read_typed(_rows(cells), names, _rows(start))
    except TableError as fault:
        _refused("This table cannot be used.", fault)
        return
    for note in notes:
        st.text(note)
    if len(points):
        answered = _answered(h, points, f"predict.typed.{dataset}")
        st.dataframe(answered, alt="Predictions of the typed points")


def _short(rows: Array, X: Array) -> list[list[str]]:
    """Write rows with as many decimals as show three digits of what each input spreads over.

    >>> _short(np.array([[0.00123, 12345.678]]), np.array([[0.001, 8000.0], [0.004, 14000.0]]))
    [['0.00123', '12346']]
    """
    decimals = [int(max(0, 2 - np.floor(np.log10(spread or 1.0)))) for spread in np.ptp(X, axis=0)]
    return [[f"{v:.{d}f}" for v, d in zip(row, decimals, strict=True)] for row in rows]


def _rows(cells: pd.DataFrame) -> list[list[Any]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in cells.to_numpy(dtype=object)]


def _from_file(h: History, raw: bytes, name: str) -> None:
    try:
        points, notes = read_points(raw, h.data.data.features)
    except TableError as fault:
        _refused("This file cannot be used.", fault)
        return
    for note in notes:
        st.text(note)
    answered = _answered(h, points, f"predict.file.{name}")
    st.dataframe(answered, alt="Predictions of the points in the file")
    _download("Predictions (CSV)", answered.reset_index(names=free_name("row", answered.columns)), "predictions.csv")


def _answered(h: History, points: pd.DataFrame, name: str) -> pd.DataFrame:
    """Answer points; warn of those far outside the training data, and offer the likely factor."""
    known = h.data.data.X[h.data.train]
    found = reach(points.to_numpy(), known, list(points.columns))
    factor = found.factor if len(points.columns) > 2 else None  # points in a plane have no unit
    scaled = bool(st.session_state.get(f"{name}.scaled"))
    if factor is not None and scaled:
        points = points / factor
        found = reach(points.to_numpy(), known, list(points.columns))
    X = points.to_numpy()
    if sentence := warning(found, X, list(points.columns), list(points.index)):
        st.warning("Far from the training data", icon=":material/explore_off:")
        st.text(sentence)
    if factor is not None:
        by = f"divided by {factor:g}" if factor > 1 else f"multiplied by {1 / factor:g}"
        if not scaled:
            st.text(f"These numbers run from {spoken(X.min(), 4)} to {spoken(X.max(), 4)}; {by} they fit.")
        st.toggle(f"Use all inputs {by}", key=f"{name}.scaled")
    return predictions(h, points)


def _refused(title: str, fault: TableError) -> None:
    st.warning(title)
    st.text(str(fault))


def _download(label: str, table: pd.DataFrame, name: str) -> None:
    st.download_button(label, csv_bytes(table), name, "text/csv", on_click="ignore", icon=":material/download:")
