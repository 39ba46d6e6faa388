"""Your own points: a sheet to paint on, the same as a table for the keyboard, and points by a formula."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.charts.pictures import Extent, png, ramp
from core.charts.plane import FADE, LEVELS, winners
from core.charts.theme import diverging
from core.data import carried, own
from core.data.drawn import FormulaError, above
from core.data.faults import TableError
from core.data.points import read_typed
from core.data.spec import Data
from core.training.building import prepare_experiment
from core.training.experiment import Experiment
from core.ui import frame
from core.ui.mirror import AGAIN
from core.workshop import cache
from core.workshop.painter import painter, sheet_of

MOST_KINDS = 6
"""More classes than this have no shapes of their own to be painted with."""
CURVES = ("sin(2*x1)", "x1^2 - 1", "0.5*x1", "x1*x2", "x1^2 + x2^2 - 2")


def points_editor(page: str, name: str, e: Experiment | None, take: Callable[[str], None]) -> None:
    """Show points in the plane to be painted, typed, or drawn by a formula.

    Parameters
    ----------
    page : str
        Begins the keys of the widgets.
    name : str
        The name of the points.
    e : Experiment or None
        The experiment on them, whose answers color the sheet; None where nothing can be learned from them.
    take : callable
        Takes the name of what they have become; called in callbacks.
    """
    data, key = own.data_of(name), f"{page}.sheet"

    def become(X: np.ndarray, y: np.ndarray, classes: tuple[str, ...] = data.classes) -> str:
        changed = replace(data, X=np.asarray(X, dtype=float), y=np.asarray(y, dtype=np.int64), classes=classes)
        called = own.name_of(changed, own.POINTS)
        take(called)
        return called

    sheet, beside = st.columns([1.15, 1], gap="large")
    with sheet:
        test = prepare_experiment(e).test.tolist() if e else []
        picture = _picture(e, sheet_of(key, name, data).extent, len(data.classes)) if e else ""
        painter(key, name, data, test, picture, become)
        if e:
            st.caption("The sheet's colors: what the network answers at the end of its run.")
    with beside:
        _classes(page, data, become)
        _by_formula(page, take)
        with st.expander("The same points as a table", key=f"{page}.typed", on_change="rerun") as drawer:
            if drawer.open:
                _typed(page, name, data, become)


def _picture(e: Experiment, extent: Extent, classes: int) -> str:
    """Return what the trained network answers on the sheet, as the address of a picture."""
    with st.spinner(f"Training {e.epochs} epochs …", show_time=True):
        answers, sure = cache.answers_over(cache.query_of(e), extent)
    mode = frame.mode()
    if sure is None:
        index, colors = np.rint(answers * (LEVELS - 1)).astype(int), ramp(diverging(mode, FADE), LEVELS)
    else:
        index, colors = winners(answers, sure, classes, mode)
    return png(index[::-1].astype(np.uint8), colors)


def _classes(page: str, data: Data, become: Callable[..., str]) -> None:
    """Offer more classes, or fewer if the last ones have no points."""
    used = int(data.y.max(initial=1)) + 1
    key = f"{page}.kinds{AGAIN}{len(data.classes)}"

    def change() -> None:
        count = st.session_state[key]
        if count:
            become(data.X, data.y, carried.usual_classes(count))

    st.segmented_control(
        "Classes", range(max(2, used), MOST_KINDS + 1), default=len(data.classes), key=key, on_change=change, wrap=True,
        help="A class that has points can't be taken away; erase its points first.",
    )  # fmt: skip


def _by_formula(page: str, take: Callable[[str], None]) -> None:
    """Offer points by a formula: those above its curve are class 1."""
    state, problem = st.session_state, f"{page}.formula.problem"

    def make() -> None:
        turn = state.get(f"{page}.formula.turn", 0)
        try:
            drawn = above(state[f"{page}.formula"], state[f"{page}.count"], state[f"{page}.wrong"] / 100, turn)
        except FormulaError as fault:
            state[problem] = str(fault)
            return
        state[problem], state[f"{page}.formula.turn"] = "", turn + 1
        take(own.name_of(drawn, own.POINTS))

    with st.expander("Points by a formula", key=f"{page}.by_formula"):
        st.text_input(
            "Class 1 lies above x₂ =", CURVES[0], key=f"{page}.formula", max_chars=80,
            help="Such as " + ", ".join(f"`{curve}`" for curve in CURVES[:3]) + ". A formula that names x2, such as "
            f"`{CURVES[4]}`, makes class 1 where its value is above 0.",
        )  # fmt: skip
        st.slider("Points", 20, carried.MOST_ROWS, 100, step=10, key=f"{page}.count")
        st.slider("Wrong labels", 0, 40, 0, step=5, format="%d%%", key=f"{page}.wrong")
        st.button("Make these points", icon=":material/function:", on_click=make, key=f"{page}.make")
        if problem_text := state.get(problem):
            st.text(problem_text)


def _typed(page: str, name: str, data: Data, become: Callable[..., str]) -> None:
    """Show the points as a table of text: what is typed, added or deleted there is on the sheet at once."""
    state, base = st.session_state, f"{page}.table.base"
    names = list(data.features)
    held = state.get(base)
    if held is None or held["now"] != name:  # changed elsewhere: a new table, which knows of no changes
        before = held or {"turn": 0}
        held = {"now": name, "turn": before["turn"] + 1, "start": _written(data), "notes": before.get("refused", [])}
        state[base] = held
    key = f"{page}.table.{held['turn']}"
    columns = {n: st.column_config.TextColumn(n, alignment="right") for n in names}
    columns[data.target] = st.column_config.SelectboxColumn(data.target, options=list(data.classes), required=True)
    table = held["start"]

    def changed() -> None:
        cells = after(table, state[key])
        X, y, notes = _read(cells, _rows(table), data)
        if X is not None and y is not None:
            if far := _too_far(X, y, data):
                held["now"], held["refused"] = "", [far]  # the table is written anew, as the points are
            else:
                held["now"] = become(X, y)
        held["notes"] = notes

    st.data_editor(
        table, num_rows="dynamic", hide_index=True, key=key, on_change=changed, column_config=columns, height=300,
        alt="Your points: coordinates and class",
    )  # fmt: skip
    for note in held.get("notes", []):
        st.text(note)


def _too_far(X: np.ndarray, y: np.ndarray, data: Data) -> str:
    """Say which point is so far from the others that these, in a link, would fall together; "" where none is."""
    carried_on = own.data_of(own.name_of(replace(data, X=X, y=y), own.POINTS)).X
    spread = np.subtract(*np.quantile(X, (0.75, 0.25), axis=0)) if len(X) else np.ones(2)
    if not (np.abs(carried_on - X) > 0.05 * np.where(spread > 0, spread, np.inf)).any():
        return ""
    row, column = np.unravel_index(np.argmax(np.abs(X - np.median(X, axis=0))), X.shape)
    return (
        f"Row {row + 1}: {X[row, column]:.10g} is too far from the other points to be kept with them. They stay as "
        "they were."
    )


def _written(data: Data) -> pd.DataFrame:
    table = pd.DataFrame({n: [f"{v:.10g}" for v in column] for n, column in zip(data.features, data.X.T, strict=True)})
    table[data.target] = [data.classes[k] for k in data.y]
    return table.astype(object)


def _rows(table: pd.DataFrame) -> list[list[Any]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in table.to_numpy(dtype=object)]


def after(table: pd.DataFrame, changes: Any) -> list[list[Any]]:
    """Return the rows of a table after what an editor's state says was changed, added and deleted.

    >>> changes = {"edited_rows": {0: {"a": "3"}}, "added_rows": [{}], "deleted_rows": [1]}
    >>> after(pd.DataFrame({"a": ["1", "2"]}), changes)
    [['3'], [None]]
    """
    names, rows = list(table.columns), _rows(table)
    for row, cells in changes.get("edited_rows", {}).items():
        for column, value in cells.items():
            if column in names and 0 <= int(row) < len(rows):
                rows[int(row)][names.index(column)] = value
    deleted = set(changes.get("deleted_rows", []))
    added = [[row.get(column) for column in names] for row in changes.get("added_rows", [])]
    return [row for k, row in enumerate(rows) if k not in deleted] + added


def _read(
    cells: list[list[Any]], ours: list[list[Any]], data: Data
) -> tuple[np.ndarray | None, np.ndarray | None, list[str]]:
    """Read typed points; a row whose class is not chosen yet is of the first class."""
    cells = [row for row in cells if any(row[:-1])]
    if len(cells) > carried.MOST_ROWS:
        return None, None, [f"{carried.MOST_ROWS} points are the most; a longer table can be chosen as a file."]
    try:
        points, notes = read_typed([row[:-1] for row in cells], data.features, [row[:-1] for row in ours])
    except TableError as fault:
        return None, None, [str(fault)]
    labels = [data.classes.index(c) if (c := cells[number - 1][-1]) in data.classes else 0 for number in points.index]
    return points.to_numpy(dtype=float), np.array(labels, dtype=np.int64), notes
