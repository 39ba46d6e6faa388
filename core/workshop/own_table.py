"""Your own table: a file or a pasted table, which of its columns to predict, and from which."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from core.data import carried, own
from core.data.faults import TableError
from core.data.names import tidy
from core.data.spec import Data
from core.data.table import MAX_USED, Table, dataset, read_table, unused
from core.data.writing import csv_bytes
from core.workshop.own_session import example_rows

FILE_TYPES = ["csv", "tsv", "txt", "tab"]
PRIVATE = "Your table isn't saved to a disk, and nobody else's session can use it."
SHOWN = 200


@dataclass
class Chosen:
    """A table that was read, and what was chosen in it; ``turn`` tells it from others, ``fault`` why it can't be."""

    title: str
    table: Table
    target: int
    inputs: list[int]
    turn: int
    as_classes: bool | None = None
    name: str = ""
    notes: list[str] = field(default_factory=list)
    fault: str = ""


def table_editor(page: str, name: str, take: Callable[[str], None]) -> None:
    """Show where a table comes from, what to predict from what, and what became of it.

    Parameters
    ----------
    page : str
        Begins the keys of the widgets.
    name : str
        The name of the table that is on the page now.
    take : callable
        Takes the name of another one; called in callbacks.
    """
    source, choice = st.columns(2, gap="large")
    with source:
        _source(page, take)
    with choice:
        chosen: Chosen | None = st.session_state.get("own.chosen")
        if chosen and (chosen.name == name or chosen.fault):
            _columns(page, chosen, take)
        _about(page, name, own.data_of(name), chosen if chosen and chosen.name == name else None)


def _source(page: str, take: Callable[[str], None]) -> None:
    """Offer a file and a field to paste into."""
    state = st.session_state
    if f"{page}.file" not in state:  # whoever comes back to the page finds no file in the field
        state["own.fault"] = ""

    def from_file() -> None:
        if (file := state[f"{page}.file"]) is None:
            state["own.fault"] = ""  # it spoke of the file that was taken away
        else:
            _read(file.getvalue(), file.name, take)

    def pasted() -> None:
        _read(state[f"{page}.pasted"].encode(), "what you pasted", take)

    st.file_uploader(
        "A table as text (CSV), with a row for each example", FILE_TYPES, max_upload_size=1, key=f"{page}.file",
        on_change=from_file, help="At most 1 MB and 5,000 rows. Spreadsheets save it as “CSV UTF-8”.",
    )  # fmt: skip
    st.caption(PRIVATE)
    if fault := state.get("own.fault"):
        st.warning("This table can't be used.", icon=":material/block:")
        st.text(fault)
    with st.expander("Paste a table", key=f"{page}.paste"):
        st.text_area("Cells of a spreadsheet, with their names on top", key=f"{page}.pasted", max_chars=200_000)
        st.button("Use what I pasted", icon=":material/content_paste:", on_click=pasted, key=f"{page}.use")
    weight, length, color, kind = example_rows()
    example = pd.DataFrame({"weight (g)": weight, "length (cm)": length, "color": color, "fruit": kind})
    st.download_button(
        "An example file (CSV)", csv_bytes(example), "fruits.csv", "text/csv", on_click="ignore",
        icon=":material/download:", key=f"{page}.example",
    )  # fmt: skip


def _read(raw: bytes, title: str, take: Callable[[str], None]) -> None:
    """Read a table and make a first choice: the last column that can be predicted, from all others that can be used."""
    state = st.session_state
    state["own.fault"] = ""
    try:
        table = read_table(raw)
    except TableError as fault:
        state["own.fault"] = str(fault)
        return
    goals = [k for k, column in enumerate(table.columns) if column.may_be_target and k >= int(table.grid.beside)]
    if not goals:
        state["own.fault"] = "No column can be predicted: each is the same in every row, or has too many words."
        return
    turn = state["own.chosen"].turn + 1 if "own.chosen" in state else 0
    chosen = Chosen(tidy(title), table, goals[-1], _first_inputs(table, goals[-1]), turn)
    _make(chosen, take)
    if chosen.fault and not chosen.inputs:
        state["own.fault"] = chosen.fault
        return
    state["own.chosen"] = chosen


def _first_inputs(table: Table, target: int) -> list[int]:
    """Return the columns that can be learned from, as many from the left as fit."""
    chosen, count = [], 0
    for place in table.inputs_for(target):
        column = table.columns[place]
        count += column.count if column.kind == "words" else 1
        if count <= MAX_USED:
            chosen.append(place)
    return chosen


def _make(chosen: Chosen, take: Callable[[str], None]) -> None:
    """Make the data set of what is chosen, and hand it on; or say why there is none."""
    try:
        data, notes = dataset(chosen.table, chosen.target, chosen.inputs, chosen.as_classes)
    except TableError as fault:
        chosen.fault = str(fault)
        return
    chosen.fault, chosen.name = "", own.name_of(data)
    chosen.notes = [*chosen.table.notes, *unused(chosen.table, chosen.target), *notes, *_rounded(chosen.name, data)]
    take(chosen.name)


def _rounded(name: str, data: Data) -> list[str]:
    """Say that a link's numbers are shorter than the file's."""
    whole = own.data_of(name)
    if not own.goes_into_link(name) or ((whole.X == data.X).all() and (whole.y == data.y).all()):
        return []
    return ["Long numbers were rounded to five digits of their column's range, so that the link can carry them."]


def _columns(page: str, chosen: Chosen, take: Callable[[str], None]) -> None:
    """Offer the columns: what to predict, as classes or as a number, and from what."""
    state, columns, turn = st.session_state, chosen.table.columns, chosen.turn
    goals = [k for k, column in enumerate(columns) if column.may_be_target and k >= int(chosen.table.grid.beside)]
    target, kind, inputs = (f"{page}.{part}.{turn}" for part in ("target", "kind", "inputs"))

    def targeted() -> None:
        chosen.target, chosen.as_classes = state[target], None
        chosen.inputs = _first_inputs(chosen.table, chosen.target)
        state.pop(inputs, None)
        state.pop(kind, None)
        _make(chosen, take)

    def changed() -> None:
        if kind in state:
            chosen.as_classes = state[kind] == "classes"
        chosen.inputs = [k for k in chosen.table.inputs_for(chosen.target) if k in state[inputs]]
        _make(chosen, take)

    def named(place: int) -> str:
        return columns[place].name

    st.text(f"{chosen.title}: {len(chosen.table.grid.rows):,} rows")
    state.setdefault(target, chosen.target)
    state.setdefault(inputs, list(chosen.inputs))
    st.selectbox("Predict", goals, format_func=named, key=target, on_change=targeted)
    if columns[chosen.target].either:
        whole = own.data_of(chosen.name).classes if chosen.name else ()
        state.setdefault(kind, "classes" if whole else "a number")
        st.segmented_control(
            "Its numbers are", ["classes", "a number"], key=kind, on_change=changed, required=True, wrap=True,
            help="Classes have no order: 3 is no more than 1.",
        )  # fmt: skip
    st.multiselect("From", chosen.table.inputs_for(chosen.target), format_func=named, key=inputs, on_change=changed)
    if chosen.fault:
        st.warning("Nothing can be learned from this choice.", icon=":material/block:")
        st.text(chosen.fault)


def _about(page: str, name: str, data: Data, chosen: Chosen | None) -> None:
    """Say what is trained on, what was left out, and whether the link carries it."""
    count = len(data.y)
    asked = f"one of {len(data.classes)} classes" if data.classes else "a number"
    inputs = "1 input" if data.X.shape[1] == 1 else f"{data.X.shape[1]} inputs"
    st.text(f"{count:,} examples · {inputs} → {data.target}, {asked}")
    for note in chosen.notes if chosen else ():
        st.text(note)
    if own.goes_into_link(name):
        st.caption("The link to this page carries these examples.")
    else:
        why = (
            f"It carries at most {carried.MOST_ROWS} examples."
            if count > carried.MOST_ROWS
            else "They have too many columns or digits for it."
        )
        st.info(
            f"The link to this page doesn't carry these examples. {why} Whoever opens it needs the file too, and so "
            "do you after a reload.", icon=":material/link_off:",
        )  # fmt: skip
    with st.expander("The examples", key=f"{page}.rows", on_change="rerun") as drawer:
        if drawer.open:
            table = pd.DataFrame(data.X[:SHOWN], columns=list(data.features))
            table[data.target] = [data.classes[k] for k in data.y[:SHOWN]] if data.classes else data.y[:SHOWN]
            st.dataframe(table, hide_index=True, height=300, alt="The first of your examples")
            if count > SHOWN:
                st.caption(f"The first {SHOWN} of {count:,}.")
