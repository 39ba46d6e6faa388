import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.data.cells import MAX_BYTES
from core.data.datasets import load
from core.data.prepare import prepare_data
from core.data.table import TableError, read_dataset, read_points

XY = ("x₁", "x₂")


def points(text, columns=XY):
    table, problems = read_points(text.encode(), columns)
    return table.to_numpy().tolist(), problems


def dataset(rows, header="a,b,answer", target=None):
    return read_dataset("\n".join([header, *rows]).encode(), target)


def numbered(answers):
    return [f"{i},{-i},{answer}" for i, answer in enumerate(answers)]


# Reading points


def test_columns_are_found_by_name():
    assert points("X2, x1\n2,1\n4,3\n") == ([[1, 2], [3, 4]], [])


def test_the_frame_keeps_names_and_row_numbers():
    table, _ = read_points(b"x1,x2\n1,2\n\n3,bad\n5,6\n", XY)
    assert list(table.columns) == list(XY)
    assert list(table.index) == [2, 5]
    assert (table.dtypes == np.float64).all()


def test_without_names_the_order_counts():
    values, problems = points("1,2\n3,4")
    assert values == [[1, 2], [3, 4]]
    assert problems == ["The columns were taken in this order: “x₁”, “x₂”."]


def test_other_names_with_the_right_count_are_taken_in_order():
    values, problems = points("width,height\n1,2")
    assert values == [[1, 2]]
    assert "order" in problems[0]


def test_extra_columns_are_ignored_aloud():
    assert points("id,x1,note,x2\n7,1,hello,2") == ([[1, 2]], ["Not used: “id”, “note”."])
    values, problems = points("1,2,3")
    assert values == [[1, 2]]
    assert "first 2 of 3" in problems[1]


@pytest.mark.parametrize("text", ["x1,b\n1,2", "a,b,c\n1,2,3", "x1\n1", "1\n2"])
def test_missing_columns_are_named(text):
    with pytest.raises(TableError, match=r"Missing in the file: .*“x₂”"):
        points(text)


def test_a_name_that_is_there_twice():
    with pytest.raises(TableError, match="Two columns are called “x₁”"):
        points("x1,x2,X1\n1,2,3")


@pytest.mark.parametrize(
    "text",
    [
        "x1;x2\n1,5;−2\n",
        "x1\tx2\n1.5\t-2\n",
        "\ufeffx1,x2\r\n1.5,-2\r\n",
        "\ufeff1.5,-2",
        "x1,x2\r1.5,-2",
        '"x1","x2"\n"1.5","-2"',
        "\n\nx1,x2,,\n+1.5,-2e0,,\n,,,\n",
        "1,5;-2",
        'x2,"x1","a ""quoted""; note\n long"\n-2,1.5,"b\nc"\n',
    ],
)
def test_dialects(text):
    assert points(text)[0] == [[1.5, -2]]


def test_every_feature_of_the_digits_fits_in():
    digits = load("digits", 20, 0.0, 0)
    rows = [",".join(digits.features), *(",".join(map(str, row)) for row in digits.X)]
    table, problems = read_points("\n".join(rows).encode(), digits.features)
    assert problems == []
    np.testing.assert_allclose(table.to_numpy(), digits.X)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "is empty"),
        ("inf", "holds “inf”, which is infinite"),
        ("NaN", "holds “NaN”, which stands for a missing value"),
        ("1e13", "holds “1e13”, which is beyond 1,000,000,000,000"),
        ("१२", "holds “१२”, which is not a number: its digits are not the plain 0 to 9"),
        ("1_000", "holds “1_000”, which is not a number: after “1” stands “_”"),
        ("\u202eabc" + "d" * 90, "holds “abcdddddddddddddddd…”, which is not a number"),
    ],
)
def test_a_bad_cell_is_named_and_its_row_left_out(cell, reason):
    values, problems = points(f"x1,x2\n1,2\n3,{cell}\n5,6")
    assert values == [[1, 2], [5, 6]]
    assert problems == [f"Row 3, column “x2” {reason}.", "Rows left out: 1."]


def test_a_bad_cell_without_names_is_found_by_its_place():
    assert points("1,2\n3,x\n5,6")[1][-2] == "Row 2, column 2 holds “x”, which is not a number."


def test_ragged_rows_are_left_out():
    values, problems = points("x1,x2\n1,2\n3\n4,5,6\n7,8")
    assert values == [[1, 2], [7, 8]]
    assert problems == ["Row 3 has 1 cell instead of 2.", "Row 4 has 3 cells instead of 2.", "Rows left out: 2."]


def test_many_bad_rows_are_an_error_that_shows_a_few():
    with pytest.raises(TableError, match=r"9 of 12 rows .* Row 2, column “x1” .* And 4 more\."):
        points("x1,x2\n" + "a,1\n" * 9 + "1,1\n" * 3)
    with pytest.raises(TableError, match="1 of 1 rows"):
        points("x1,x2\n1,")


# Limits


def test_two_hundred_thousand_equal_names_are_refused():
    raw = b"abc," * 200_000
    for read in (lambda: read_points(raw, XY), lambda: read_dataset(raw)):
        with pytest.raises(TableError, match="200,000 columns"):
            read()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b"\n \n,,\n", "empty"),
        (b"x1,x2\n", "no rows"),
        (b"1" * (MAX_BYTES + 1), "1,000,001 bytes"),
        (b"1" * (2 * MAX_BYTES), "2.0 MB"),
        ("x1,x2\n1,2".encode("utf-16-le"), "UTF-16 without"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
        (b"x1,x2\n" + b"1,2\n" * 5001, "5,000 rows"),
        (b"1,2\n" * 5001, "5,000 rows"),
        (b"1,2\n" * 6000 + b'"not read any more', "5,000 rows"),
        (b"\n" * 900_000 + b"1,2", "5,000 rows"),
        (b"x1,x2\n" + b"1" * 200_000 + b",2", "far too long"),
        (b'x1,x2\n1,"2\n3,4\n', "quotation mark"),
        (b'x1,x2\n1,"2"3\n', "quotation mark"),
    ],
)
def test_what_cannot_be_read_is_refused_kindly(raw, message):
    for read in (lambda: read_points(raw, XY), lambda: read_dataset(raw)):
        with pytest.raises(TableError, match=message):
            read()


def test_columns_are_counted_where_their_names_are_not_those_needed():
    names = ",".join(f"c{k}" for k in range(51))
    with pytest.raises(TableError, match="51 columns; at most 50"):
        points(names + "\n" + ",".join(["1"] * 51))
    with pytest.raises(TableError, match="65 columns of numbers; at most 64"):
        read_dataset((",".join(f"c{k}" for k in range(66)) + "\n" + (",".join(["1"] * 66) + "\n") * 12).encode())
    assert points("x1,x2," + names + "\n" + ",".join(["1"] * 53))[0] == [[1, 1]]


def test_the_limits_themselves_are_allowed():
    values, _ = points("x1,x2\n" + "1,2\n" * 5000)
    assert len(values) == 5000
    wide = ",".join(["x1", "x2", *(f"c{i}" for i in range(48))])
    assert points(wide + "\n" + ",".join(["1"] * 50))[0] == [[1, 1]]


# Reading a data set


def test_words_are_classes():
    data, problems = dataset(numbered(["no", "yes"] * 6))
    assert problems == []
    assert data.task == "classification"
    assert data.classes == ("no", "yes")
    assert data.features == ("a", "b")
    assert data.target == "answer"
    np.testing.assert_array_equal(data.y, [0, 1] * 6)
    np.testing.assert_array_equal(data.X, [[i, -i] for i in range(12)])
    assert data.y.dtype == np.int64


def test_few_whole_numbers_are_classes_in_order_of_size():
    data, _ = dataset(numbered([10, 2, "2.0"] * 4))
    assert data.classes == ("2", "10")
    np.testing.assert_array_equal(data.y, [1, 0, 0] * 4)
    assert dataset(numbered([*range(10)] * 2))[0].task == "classification"


def test_amounts_are_a_regression():
    assert dataset(numbered(range(11)))[0].task == "regression"
    data, _ = dataset(numbered([0.5, 1] * 6))
    assert data.task == "regression"
    assert data.classes == ()
    np.testing.assert_array_equal(data.y, [0.5, 1] * 6)


def test_the_target_can_be_chosen():
    data, _ = dataset(numbered(["no", "yes"] * 6), target="B")
    assert (data.target, data.features, data.task) == ("b", ("a", "answer = no", "answer = yes"), "regression")
    with pytest.raises(TableError, match="no column “c”; there are “a”, “b”, “answer”"):
        dataset(numbered(["no", "yes"] * 6), target="c")


def test_without_names_columns_are_counted():
    data, _ = read_dataset("\n".join(numbered(["no", "yes"] * 6)).encode())
    assert data.features == ("column 1", "column 2")
    assert len(data.y) == 12
    assert data.classes == ("no", "yes")


def test_columns_of_many_words_are_left_out_aloud():
    data, problems = dataset([f"{i},city {i},{i % 2}" for i in range(12)])
    assert data.features == ("a",)
    assert problems == ["Column “b” holds 12 different texts and was left out: at most 8 can become inputs."]


@pytest.mark.parametrize("missing", ["", "NA"])
@pytest.mark.parametrize("answers", [["no", "yes"], [0.5, 7]])
def test_rows_without_an_answer_are_left_out(missing, answers):
    data, problems = dataset([*numbered(answers * 6), f"1,1,{missing}"])
    assert len(data.y) == 12
    assert problems[0].startswith("Row 14, column “answer” ")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (numbered(range(9)), "Rows to learn from: 9"),
        (numbered(["yes"] * 12), "“yes” in every row"),
        (numbered([0.5] * 12), "0.5 in every row"),
        (numbered([f"name {i}" for i in range(21)]), "21 different words"),
        ([f"p{i},q{i},{i}" for i in range(12)], "no column of numbers"),
    ],
)
def test_data_that_teach_nothing(rows, message):
    with pytest.raises(TableError, match=message):
        dataset(rows)


def test_a_single_column_and_equal_names():
    with pytest.raises(TableError, match="one column"):
        read_dataset(b"a\n" + b"1\n" * 12)
    with pytest.raises(TableError, match="Two columns are called “a”"):
        dataset(numbered(range(12)), header="a,A,b")


def test_own_data_can_be_prepared():
    data, _ = dataset([f"{i},{i * i},{'odd' if i % 2 else 'even'}" for i in range(30)])
    ready = prepare_data(data, 0.3, ["x1x2"], 0)
    assert ready.X_train.shape == (21, 1)
    assert np.isfinite(ready.X_train).all()


# Anything at all


def attempt(read, *arguments):
    """The result, or None and the message of the only exception allowed."""
    try:
        return read(*arguments), ""
    except TableError as error:
        return None, str(error)


MARKS = "0123456789-+.eE,;|#% \t\n\r\"'=()"
PARTS = st.sampled_from([*MARKS, "\u202f", "sep=", "x", "0,1\n", "x1", "x2", "nan", "é", "\0", "−", "a"])
NUMBERS = st.sampled_from(["1", "2.5", "-3", "40", "0.1"])
FAULTS = st.sampled_from(["1", "a", "", "1e99", "nan"])


def rows_of(cells, width, **sizes):
    return st.lists(st.lists(cells, min_size=width, max_size=width).map(",".join), **sizes)


POINTS = st.tuples(rows_of(NUMBERS, 2), st.lists(PARTS, max_size=6).map("".join)).map(
    lambda parts: "\n".join(["x1,x2", *parts[0], parts[1]]).encode()
)
TABLE_LIKE = st.one_of(st.lists(PARTS).map(lambda parts: "".join(parts).encode()), POINTS)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.tuples(rows_of(NUMBERS, width, min_size=8, max_size=30), rows_of(FAULTS, width, max_size=6))
)


@given(st.one_of(st.binary(), st.text().map(str.encode), TABLE_LIKE))
@example(b"x1,x2\n" + b'"' + b"a" * 200_000 + b'",1\n')
@example(b"1\x00,2")
@example(b'""\n""\n1,2')
@example(b'""\n1\n""\n""')
@example(b"#\n1,2\n")
def test_any_bytes_give_points_or_a_kind_message(raw):
    result, message = attempt(read_points, raw, XY)
    assert len(message) < 1000
    if result is not None:
        table, problems = result
        assert np.isfinite(table.to_numpy()).all()
        assert len(table) > 0
        assert all(len(problem) < 1000 for problem in problems)


@given(TABLES)
def test_any_table_gives_data_or_a_kind_message(parts):
    rows = parts[0] + parts[1]
    result, message = attempt(read_dataset, "\n".join(rows).encode())
    assert len(message) < 1000
    if result is not None:
        data, _ = result
        assert np.isfinite(data.X).all()
        assert np.isfinite(data.y).all()
        assert data.X.shape == (len(data.y), len(data.features))
        assert len(data.y) >= 10


def test_a_word_above_pairs_of_whole_numbers_may_be_one_column_with_decimal_commas():
    with pytest.raises(TableError, match="If the comma is your decimal sign"):
        read_points(b"x\n0,5\n1,5\n2,25\n", ("x1", "x2"))
    points, problems = read_points(b"My points\n0,5\n1,5\n2,25\n", ("x1", "x2"))
    assert points.to_numpy().tolist() == [[0, 5], [1, 5], [2, 25]]
    assert any("stands above the table" in problem for problem in problems)
