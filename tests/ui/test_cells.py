"""A table of numbers to be typed over reads what it can, and says what it can't."""

import json

import numpy as np
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.ui.cells import typed


def test_a_pixel_is_a_whole_number_or_stays():
    base = np.arange(64.0).reshape(8, 8) % 17
    st.session_state["cells"] = {"edited_rows": {0: {"0": "16", "1": "1,5", "2": "abc"}, 1: {"7": "17", "6": ""}}}
    cells, problems = typed(base, "cells", 0, 16, 0, "pixel")
    changed = base.copy()
    changed.ravel()[[0, 14]] = 16, 0
    np.testing.assert_array_equal(cells, changed)
    assert [p.split(":")[0] for p in problems] == ["Row 1, column 1", "Row 1, column 2", "Row 2, column 7"]
    assert "1.5 is not a whole number. The pixel stays as it was." in problems[0]


def test_a_weight_has_one_decimal_and_its_columns_have_names():
    st.session_state["weights"] = {"edited_rows": {2: {"right": "−0,5", "left": "0.25"}}}
    cells, problems = typed(np.ones((3, 3)), "weights", -4, 4, 1, "weight", ["left", "middle", "right"])
    np.testing.assert_array_equal(cells, [[1, 1, 1], [1, 1, 1], [1, 1, -0.5]])
    assert problems == ["Row 3, column left: 0.25 has too many decimals. The weight stays as it was."]


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
    cells, notes = typed(np.ones((1, 2)), "weights", -2000, 2000, 1, "weight")
    np.testing.assert_array_equal(cells, [[0.5, 1000]])
    assert [note.startswith(f"Row 1, column {k}: ") and "stays" not in note for k, note in enumerate(notes)] == [
        True
    ] * 2
