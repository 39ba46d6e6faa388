"""What a file, a name or a link from outside may not do: take minutes, change its meaning, or end in an exception."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.charts.naming import BROKEN
from core.charts.plane import boundary_text, winners
from core.data import own
from core.data.decoding import decode
from core.data.faults import TableError
from core.data.names import harmless
from core.data.one_hot import input_name
from core.data.points import read_points, read_typed
from core.data.reach import reach
from core.data.spec import Data
from core.data.table import read_dataset, read_table
from core.training.building import prepare_experiment
from core.training.experiment import Experiment
from core.training.frames import around, plane_of
from core.ui import formula

ROOT = Path(__file__).parents[2]
SLOW = """
from core.data.decoding import decode
from core.data.faults import describe
from core.data.names import key, parts
decode(b"%" * 100_000 + b"\\nx,y\\n1,2\\n")
key("a" + " " * 100_000 + "b")
parts("a" + " " * 100_000 + "b")
describe("1" * 100_000)
describe("O" * 100_000 + "1")
"""


def test_no_cell_keeps_the_server_for_minutes():
    """A pattern that goes back and forth would take hours for one of these."""
    subprocess.run([sys.executable, "-c", SLOW], cwd=ROOT, check=True, timeout=120)


def test_a_file_of_weka_is_still_known():
    with pytest.raises(TableError, match="ARFF"):
        decode(b"% a remark\n%\n\n  % another\n@RELATION iris\n")


WORDS = {
    "comparisons": ("group", ["<40", ">40", "40", "<=40"]),
    "signs": ("g", ["+", "−"]),
    "a long column": ("What is your favourite kind of fruit", ["apple", "pear", "plum"]),
    "words that are cut": ("How do you get to work", ["xxxxxxxxxxxxx", "xxxxxxxxxxxxx_and more"]),
    "alike when cut": (
        "pet",
        ["a very very very very very long one indeed", "a very very very very very long one and"],
    ),
}


@pytest.mark.parametrize(("column", "words"), WORDS.values(), ids=WORDS)
def test_the_file_that_a_network_learned_from_is_read_back_as_it_was(column, words):
    rows = [f"{words[k % len(words)]},{30 + k},{'ab'[k % 2]}" for k in range(16)]
    raw = "\n".join([f"{column},age,ill", *rows]).encode()
    data = own.data_of(own.name_of(read_dataset(raw)[0]))
    points, notes = read_points(raw, data.features)
    np.testing.assert_array_equal(points.to_numpy(), data.X)
    assert notes == ["Not used: “ill”."]


def test_a_link_of_before_still_reads_files_with_long_names():
    old = ("What is your favourite fruit = apple", "What is your favourite fruit = pear", "age")
    points, notes = read_points(b"What is your favourite fruit,age\npear,3\nplum,4\n", old)
    assert points.to_numpy().tolist() == [[0, 1, 3], [0, 0, 4]]
    assert "“plum” (row 3)" in notes[0]


def test_columns_of_words_that_begin_alike_are_not_mixed_up():
    names = "How satisfied are you with service,How satisfied are you with food,ill"
    raw = "\n".join([names, *(f"{'yn'[k % 2]},{'yn'[k % 3 > 0]},{'ab'[k % 2]}" for k in range(12))]).encode()
    data = own.data_of(own.name_of(read_dataset(raw)[0]))
    with pytest.raises(TableError, match="Several columns begin with “How satisfied are y”"):
        read_points(raw, data.features)


def test_the_input_of_a_word_is_named_as_it_is_shown():
    for column, words in WORDS.values():
        for word in words:
            made = input_name(column, word)
            assert harmless(made) == made


@pytest.mark.parametrize(
    "text", ["<=50K", ">50K", "+", "-", "a_b", "a" * 39 + "_b", "＝1+1", "x  _y", "=" * 50, "a<b>c"]
)
def test_a_name_that_is_harmless_stays_as_it_is(text):
    assert harmless(harmless(text)) == harmless(text)


def test_classes_keep_their_meaning():
    assert own.spec_of(own.name_of(two("<=50K", ">50K"))).make(9, 0, 0).classes == ("≤50K", "＞50K")
    assert own.data_of(own.name_of(two("+", "-"))).classes == ("plus", "minus")


def two(*classes: str) -> Data:
    X = np.arange(10.0)[:, None] * [1, 2]
    return Data(X, np.arange(10) % 2, "classification", classes, ("x₁", "x₂"), "class")


def test_a_target_is_never_called_as_an_input():
    data = own.data_of(own.name_of(Data(np.arange(10.0)[:, None], np.arange(10.0), "regression", (), ("a?",), "a!")))
    assert (data.features, data.target) == (("a",), "a (2)")
    assert own.data_of("points.1~a~0_0_1~a~n~0_0_1~1122334455").target == "a (2)"


def test_our_own_download_comes_back_with_what_it_predicts():
    rows = "\n".join(f"{k},{k % 3},{'ab'[k % 2]},{'train' if k % 4 else 'test'}" for k in range(20))
    table = read_table(f"x1,x2,class,part\n{rows}".encode())
    assert [c.name for c in table.columns if c.may_be_target][-1] == "class"


def test_x_that_counts_is_an_input_where_there_is_no_other():
    rows = "\n".join(f"{k},{k * k}" for k in range(1, 16))
    data, _ = read_dataset(f"x,y\n{rows}".encode())
    assert (data.features, data.target) == (("x",), "y")
    rows = "\n".join(f"{k},{k % 5},{k * k}" for k in range(1, 16))
    assert read_dataset(f"id,x1,y\n{rows}".encode())[0].features == ("x1",)


def test_long_names_that_end_otherwise_are_two_columns():
    start = "How satisfied are you with the quality of "
    rows = "\n".join(f"{k},{k % 5},{k * k}" for k in range(1, 16))
    data, _ = read_dataset(f"{start}service,{start}food,y\n{rows}".encode())
    assert len(set(data.features)) == 2
    with pytest.raises(TableError, match="Two columns are called"):
        read_table(f"{start}food,{start}food,y\n{rows}".encode())


def test_a_decimal_comma_may_be_typed_where_rows_were_deleted():
    ours = [["0.5", "1.5"], ["2.5", "3.5"]]
    assert read_typed([["2.5", "3.5"], ["0,7", "1"]], ("x1", "x2"), ours)[0].to_numpy().tolist() == [
        [2.5, 3.5],
        [0.7, 1],
    ]


def test_inputs_of_other_sizes_have_their_own_range_though_their_names_differ_by_a_number():
    known = np.array([[0.0, 0.0], [1.0, 1000.0]])
    assert reach(np.array([[500.0, 500.0]]), known, ["x₁", "x₂"]).far == 1
    pixels = np.array([[0.0, 0.0, 0.0], [16.0, 14.0, 1.0]])
    assert reach(np.array([[8.0, 8.0, 8.0]]), pixels, ["pixel 0", "pixel 1", "pixel 2"]).far == 0


@pytest.mark.parametrize("query", [
    {"dataset": "table.3~~1_0_1~~1_0_1~~3_0_1~~2~~~0100101145402261", "test": "0.5", "patience": "5", "epochs": "3"},
    {"dataset": "table.3~~1_0_1~~1_0_1~~3_0_1~~2~~~" + "000" + "0" + "0001" * 9},
])  # fmt: skip
def test_a_picture_of_data_that_spread_nowhere(query):
    experiment, problems = Experiment.from_query(query)
    assert problems == []
    plane = plane_of(prepare_experiment(experiment), 5)
    assert np.isfinite(plane.points).all()
    assert "nan" not in plane.note + "".join(plane.titles)


def test_a_plane_has_an_extent_however_large_a_constant_column_is():
    x_low, x_high, y_low, y_high = around(np.array([[5e11, 0.0], [5e11, 1.0]]))
    assert x_low < 5e11 < x_high
    assert y_low < 0 < 1 < y_high


def test_a_run_that_broke_down_is_said_to_have():
    nothing = np.full((1, 4, 4), np.nan)
    points = (np.zeros((1, 2)), np.zeros(1))
    assert boundary_text(nothing, (0, 1, 0, 1), points) == BROKEN
    index, _ = winners(np.zeros((1, 4, 4)), nothing, 3, "light")
    assert (index == 0).all()  # as faint as can be


def test_a_class_from_outside_is_text_in_a_formula():
    assert formula.name("R&D_50%") == r"\text{R\&D\_50\%}"
