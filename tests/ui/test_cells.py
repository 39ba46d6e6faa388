"""A table of numbers to be typed over reads what it can, and says what it can't."""

import json

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.ui.cells import Rule, typed


def test_a_pixel_is_a_whole_number_or_stays():
    base = np.arange(64.0).reshape(8, 8) % 17
    st.session_state["cells"] = {"edited_rows": {0: {"0": "16", "1": "1,5", "2": "abc"}, 1: {"7": "17", "6": ""}}}
    cells, problems, again = typed(base, base, "cells", Rule(0, 16, cell="pixel"))
    changed = base.copy()
    changed.ravel()[[0, 14]] = 16, 0
    np.testing.assert_array_equal(cells, changed)
    assert [p.split(":")[0] for p in problems] == ["Row 1, column 1", "Row 1, column 2", "Row 2, column 7"]
    assert "1.5 is not a whole number. The pixel stays as it was." in problems[0]
    assert again  # what was refused shows its number again


def test_what_was_accepted_before_outlives_what_is_refused():
    base, now = np.zeros((1, 2)), np.array([[0.5, 0.0]])
    st.session_state["points"] = {"edited_rows": {0: {"x₁": "5"}}}
    cells, problems, _ = typed(base, now, "points", Rule(-3, 3, 1, "point"), ["x₁", "x₂"])
    np.testing.assert_array_equal(cells, now)
    assert problems == ["Row 1, column x₁: 5 is not between −3 and 3. The point stays as it was."]


@pytest.mark.parametrize("text", ["", None, "  "])
def test_an_emptied_cell_is_zero_only_where_nothing_is_something(text):
    now = np.array([[0.5]])
    st.session_state["one"] = {"edited_rows": {0: {"0": text}}}
    assert typed(now, now, "one", Rule(-3, 3, 1)).cells[0, 0] == 0
    cells, problems, again = typed(now, now, "one", Rule(-3, 3, 1, "point", empty=False))
    assert cells[0, 0] == 0.5
    assert problems == ["Row 1, column 0: The field is empty. The point stays as it was."]
    assert again


def test_a_weight_has_one_decimal_and_its_columns_have_names():
    st.session_state["weights"] = {"edited_rows": {2: {"right": "−0,5", "left": "0.25"}}}
    ones = np.ones((3, 3))
    cells, problems, _ = typed(ones, ones, "weights", Rule(-4, 4, 1, "weight"), ["left", "middle", "right"])
    np.testing.assert_array_equal(cells, [[1, 1, 1], [1, 1, 1], [1, 1, -0.5]])
    assert problems == ["Row 3, column left: 0.25 has more than 1 decimal. The weight stays as it was."]


def test_rows_may_have_names():
    def page():
        import numpy as np

        from core.ui.cells import number_table

        number_table("named", np.array([[1.0, -2.5]]), print, low=-3, high=3, decimals=1, alt="a", rows=["first"])
        number_table("bare", np.array([[1.0, -2.5]]), print, low=-3, high=3, decimals=1, alt="a")

    at = AppTest.from_function(page).run()
    named, bare = (frame.value for frame in at.dataframe)
    assert json.loads(at.dataframe[0].proto.columns)["_index"]["disabled"]
    assert (list(named.index), list(bare.index)) == (["first"], [0])
    assert named.to_numpy().tolist() == [["1", "−2.5"]]


def test_a_number_that_was_read_is_taken_with_its_note():
    st.session_state["weights"] = {"edited_rows": {0: {"0": "50%", "1": "1 000"}}}
    ones = np.ones((1, 2))
    cells, notes, _ = typed(ones, ones, "weights", Rule(-2000, 2000, 1, "weight"))
    np.testing.assert_array_equal(cells, [[0.5, 1000]])
    assert [note.startswith(f"Row 1, column {k}: ") and "stays" not in note for k, note in enumerate(notes)] == [
        True
    ] * 2
