"""What pandas, R, spreadsheets and databases put around a table: known, and said."""

import io

import numpy as np
import pandas as pd
import pytest

from core.data.datasets import load
from core.data.points import read_points, read_typed
from core.data.table import TableError, read_dataset

XY = ("x₁", "x₂")
IRIS = load("iris", 30, 0.0, 0).features
TABLE = pd.DataFrame({"x1": [0.5, 1.5, -0.25], "x2": [0.2, 2.5, 0.75]})
VALUES = TABLE.to_numpy().tolist()
ROW_NAMES = "The first column has no name and was taken for row names: not used."
IN_ORDER = "The columns were taken in this order: “x₁”, “x₂”."


def points(text, columns=XY):
    table, notes = read_points(text if isinstance(text, bytes) else text.encode(), columns)
    return table.to_numpy().tolist(), notes


def refusal(text, columns=XY):
    with pytest.raises(TableError) as fault:
        points(text, columns)
    return str(fault.value)


# Beside the numbers


def test_the_index_of_pandas():
    assert points(TABLE.to_csv()) == (VALUES, [ROW_NAMES])
    twice = pd.read_csv(io.StringIO(TABLE.to_csv())).to_csv()
    assert points(twice) == (VALUES, [ROW_NAMES, "Not used: “Unnamed: 0”."])
    assert points(TABLE.to_csv(header=False)) == (VALUES, ["The first column counts the rows: not used.", IN_ORDER])


@pytest.mark.parametrize("columns", [["a", "b"], [0, 1]])
def test_an_index_beside_other_names(columns):
    values, notes = points(TABLE.set_axis(columns, axis=1).to_csv())
    assert values == VALUES
    assert notes[-2:] == [ROW_NAMES, IN_ORDER]


@pytest.mark.parametrize(
    "text",
    [
        '"x1","x2"\n"1",0.5,0.2\n"2",1.5,2.5\n"3",-0.25,0.75\n',  # write.table(sep = ",")
        '"","x1","x2"\n"1",0.5,0.2\n"2",1.5,2.5\n"3",-0.25,0.75\n',  # write.csv
        '"x1" "x2"\n"1" 0.5 0.2\n"2" 1.5 2.5\n"3" -0.25 0.75\n',  # write.table
        "x1 x2\n1 0.5 0.2\n2 1.5 2.5\n3 -0.25 0.75\n",  # write.table(quote = FALSE)
        "x1\tx2\nMazda RX4\t0.5\t0.2\nb\t1.5\t2.5\nc\t-0.25\t0.75\n",
        '"";"x1";"x2"\n"1";0,5;0,2\n"2";1,5;2,5\n"3";-0,25;0,75\n',  # write.csv2
        "x1,x2\n1,0.5,0.2\n2,1.5,2.5\n3,-0.25,0.75\n",
        "x1,x2\n2,0.5,0.2\n5,1.5,2.5\n9,-0.25,0.75\n",  # of a part of the rows
        "x1\tx2\n2\t0.5\t0.2\n5\t1.5\t2.5\n9\t-0.25\t0.75\n",
    ],
)
def test_the_row_names_of_r(text):
    values, notes = points(text)
    assert values == VALUES
    assert ROW_NAMES in notes


def test_a_named_column_that_counts_the_rows():
    values, notes = points("id,a,b\n1,0.5,0.2\n2,1.5,2.5\n")
    assert values == VALUES[:2]
    assert notes == ["The first column (“id”) counts the rows: not used.", IN_ORDER]


def test_one_input_beside_row_names():
    assert points(",x\n0,0.5\n1,2", ["x"]) == ([[0.5], [2]], [ROW_NAMES])
    assert points('"x"\n"1",0.5\n"2",2', ["x"])[0] == [[0.5], [2]]


def test_a_missing_value_in_a_single_column_is_named():
    raw = pd.DataFrame({"x": [0.5, np.nan, 2]}).to_csv(index=False)
    values, notes = points(raw, ["x"])
    assert values == [[0.5], [2]]
    assert notes == ["Row 3, column “x” is empty.", "Rows left out: 1."]


def test_an_index_is_nothing_to_learn_from():
    rows = "".join(f"{k},{k / 7},{k % 2}\n" for k in range(12))
    for header in (",a,y\n", "Unnamed: 0,a,y\n", "index,a,y\n", "ID,a,y\n", "a,y\n"):  # the last as R has it
        data, notes = read_dataset((header + rows).encode())
        assert data.features == ("a",), header
        assert len(notes) == 1


# Above the numbers


def test_column_numbers_are_no_point():
    assert points("0,1\n0.5,0.2\n1.5,2.5") == (
        VALUES[:2], ["Row 1 (“0”, “1”) was taken for column numbers, not for a point.", IN_ORDER]
    )  # fmt: skip
    assert points("0;1\n0,5;0,2\n1,5;2,5")[0] == VALUES[:2]
    digits = [f"pixel {row} {column}" for row in range(8) for column in range(8)]
    numbered = ",".join(map(str, range(64))) + "\n" + ",".join(["3"] * 64)
    assert points(numbered, digits)[0] == [[3.0] * 64]
    assert points("0\n0.5\n1.5\n2.5", ["x"])[0] == [[0.5], [1.5], [2.5]]


def test_points_that_look_like_column_numbers_stay_aloud():
    values, notes = points("0,1\n5,3")
    assert values == [[0, 1], [5, 3]]
    assert notes[0] == "Row 1 (“0”, “1”) was read as a point. If it numbers the columns, please remove it."
    assert points("1,2\n3,4") == ([[1, 2], [3, 4]], [IN_ORDER])
    assert points("0,0\n0,1\n1,0") == ([[0, 0], [0, 1], [1, 0]], [IN_ORDER])


@pytest.mark.parametrize(
    ("above", "note"),
    [
        ("Points of group 3\n", "Row 1 stands above the table and was skipped: “Points of group 3”."),
        ("Points, group 3, May\n\n", "Row 1 stands above the table and was skipped: “Points group 3 May”."),
        ("Table 1,\n,\n", "Row 1 stands above the table and was skipped: “Table 1”."),
        ("# by me\n# in May\n", "Rows 1 to 2 stand above the table and were skipped: “# by me”, “# in May”."),
        ("sep=,\n", "Row 1 was skipped: it only says what separates the columns (commas)."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("header", ["x1,x2\n", "a,b\n"])
def test_lines_before_the_header(above, note, header):
    table, notes = read_points(f"{above}{header}1.5,2.5\n3,x\n4,5\n".encode(), XY)
    assert table.to_numpy().tolist() == [[1.5, 2.5], [4, 5]]
    assert notes[0] == note
    row = above.count("\n") + 3
    assert any(text.startswith(f"Row {row}, column") for text in notes)


def test_a_title_without_a_header():
    assert points("My points\n1.5,2.5\n3,4")[0] == [[1.5, 2.5], [3, 4]]
    assert points("My points\n0.5\n1.5", ["x"])[0] == [[0.5], [1.5]]


def test_names_behind_a_comment_sign():
    assert points("# x1 x2\n0.5 1.5\n2.5 3.5\n")[0] == [[0.5, 1.5], [2.5, 3.5]]  # NumPy
    assert points("#x1,x2\n0.5,1.5") == ([[0.5, 1.5]], [])


def test_the_line_of_excel():
    values, notes = points('"sep=;"\r\nx1;x2\r\n1,5;2,5\r\n3;4\r\n')
    assert values == [[1.5, 2.5], [3, 4]]
    assert notes[0] == "Row 1 was skipped: it only says what separates the columns (semicolons)."
    assert points("sep=\t\nx1\tx2\n1.5\t2.5")[0] == [[1.5, 2.5]]


# Separators and encodings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x1 x2\n0.5 1.5\n2.5 3.5\n", "blanks"),
        ("   x1    x2\n  0.5   1.5\n  2.5   3.5\n", "blanks"),
        ("x1 x2\n0,5 1,5\n2,5 3,5\n", "blanks"),
        ("x1|x2\n0.5|1.5\n2.5|3.5\n", "upright bars"),
        ("| x1 | x2 |\n|----|:---|\n| 0.5 | 1.5 |\n| 2.5 | 3.5 |\n", "upright bars"),  # Markdown
        ("  x1 | x2 \n-----+-----\n 0.5 | 1.5\n 2.5 | 3.5\n", "upright bars"),  # psql
        ("+-----+-----+\n| x1  | x2  |\n+-----+-----+\n| 0.5 | 1.5 |\n| 2.5 | 3.5 |\n+-----+-----+\n", "upright bars"),
        ("x1, x2\n0.5, 1.5\n2.5, 3.5\n", ""),
        ("x1,x2,note\n0.5,1.5,a;b\n2.5,3.5,c d;e f\n", ""),
        ("x1\tx2\r\n0.5\t1.5\r\n2.5\t3.5\r\n", ""),
    ],
)
def test_separators(text, said):
    values, notes = points(text)
    assert values == [[0.5, 1.5], [2.5, 3.5]]
    assert ([n for n in notes if "separated" in n] or [""])[0] == (
        f"The columns are separated by {said}." if said else ""
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark(encoding):
    assert points("x₁;x₂\n0,5;−1,5\n".encode(encoding))[0] == [[0.5, -1.5]]


def test_utf_16_of_both_orders():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert points(mark + "x1\tx2\n0.5\t1.5\n".encode(encoding)) == ([[0.5, 1.5]], [])
    assert "UTF-16 without the mark" in refusal("x1\tx2\n0.5\t1.5\n".encode("utf-16-le"))
    assert "does not go on so" in refusal(b"\xff\xfex\x001")


def test_text_of_older_windows_programs_is_read_aloud():
    values, notes = points("Größe;x1;x2\n1;0,5;–2\n".encode("cp1252"))
    assert values == [[0.5, -2]]
    assert notes[0].startswith("The file is not UTF-8 text; it was read as older Windows text (line 1 has “ö”).")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"PK\x03\x04" + b"x" * 50, "This is a spreadsheet"), (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'[{"x1": 1}]', "JSON"), (b"\x1f\x8b\x08", "gzip"), (b"\xd0\xcf\x11\xe0", "This is a spreadsheet"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_called_by_its_name(raw, message):
    assert message in refusal(raw)


def test_cells_that_programs_wrap():
    assert points('x1;x2\n“0,5”;\'1,5\'\n="2";"3"\n')[0] == [[0.5, 1.5], [2, 3]]
    assert points('x1,x2\n="0.5",="2"\n')[0] == [[0.5, 2]]


# The decimal sign


def test_cells_that_contradict_each_other_are_named():
    assert refusal("x1\tx2\n1,065\t14.23\n0,5\t2.25") == (
        "Row 2, column “x2” holds “14.23”, a number only with a decimal point; row 3, column “x1” holds “0,5”, a "
        "number only with a decimal comma. Please use one decimal sign in the whole table."
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x1\tx2\n1,065\t14.23", [[1065, 14.23]]),
        ("x1\tx2\n1,065\t0,5", [[1.065, 0.5]]),
        ("x1;x2\n1.065;0,5", [[1065, 0.5]]),
        ("x1;x2\n1.065;0.5", [[1.065, 0.5]]),
        ("x1;x2;other\n1.065;2;0,5", [[1065, 2]]),  # also a column that is not used tells
        ("x1;x2;version\n0,5;2;1.2", [[0.5, 2]]),  # and where no cell could be either it does not matter
        ('x1,x2\n"0,5","1,25"\n"1,5",2', [[0.5, 1.25], [1.5, 2]]),  # Google Sheets in German
        ('x1,x2\n"1,234.5",2', [[1234.5, 2]]),
        ('x1,x2\n"1,065",0.5', [[1065, 0.5]]),
    ],
)
def test_neighbors_decide(text, values):
    assert points(text)[0] == values


@pytest.mark.parametrize("text", ["x1;x2\n1.065;2", "x1\tx2\n1,065\t2", 'x1,x2\n"1,065",2', 'x1,x2\n"1,065",2.125'])
def test_what_nothing_decides_is_refused(text):
    assert "which could be 1.065 or 1065. Please write it as one of these." in refusal(text)


def test_between_commas_a_point_is_decimal_aloud():
    assert points("x1,x2\n1.065,2.125") == ([[1.065, 2.125]], ["The point is the decimal sign: “1.065” is 1.065."])


def test_what_is_read_otherwise_is_said():
    assert points("x1;x2\n1\u202f234,5;12 %\n3;4") == (
        [[1234.5, 0.12], [3, 4]],
        [
            "The comma is the decimal sign: “1 234,5” is 1234.5.",
            "Marks between groups of digits are left out: “1 234,5” is 1234.5.",
            "A percent sign divides by 100: “12 %” is 0.12.",
        ],
    )


def test_a_single_column_with_decimal_commas():
    assert points("x\n0,5\n1,5\n2,25", ["x"])[0] == [[0.5], [1.5], [2.25]]
    assert points("x\n0,5\n3\n−2,25", ["x"])[0] == [[0.5], [3], [-2.25]]
    assert "separate the columns with semicolons" in refusal("x\n1,5\n2,7\n3,9", ["x"])  # or row names
    assert "separate the columns with semicolons" in refusal("0,5\n1,5\n2,25", ["x"])


@pytest.mark.parametrize("text", ["x1,x2\n0,5,1,25\n1,5,2,5", "x1,x2\n0,5,1\n1,5,2\n7,5,3", "0,5,1,25\n1,5,2,5"])
def test_decimal_commas_between_commas_get_a_hint(text):
    assert "If the comma is your decimal sign, separate the columns with semicolons." in refusal(text)


# Names and limits


def test_names_apart_by_case_marks_or_unit():
    values, notes = points("sepal_length,Sepal.Width,PETAL LENGTH,petalwidth (mm),Species\n5.1,3.5,1.4,2,setosa", IRIS)
    assert values == [[5.1, 3.5, 1.4, 2]]
    assert notes == [
        "“petalwidth (mm)” was taken for “petal width (cm)”; no unit is converted.", "Not used: “Species”.",
    ]  # fmt: skip


def test_names_of_the_same_words_in_another_order():
    columns = ("mean radius", "radius error", "worst radius", "mean concave points")
    text = "id,diagnosis,radius_mean,concave points_mean,radius_se,radius_worst\n7,M,1,4,2,3\n8,B,5,8,6,7\n"
    X, notes = points(text, columns)
    np.testing.assert_array_equal(X, [[1, 2, 3, 4], [5, 6, 7, 8]])
    assert "“radius_mean” was taken for “mean radius”. So were 3 others like it." in " ".join(notes)


def test_digits_in_names_keep_their_order():
    assert "Missing in the file: “pixel 1 0”" in refusal(
        "pixel 0 1,pixel 1 1,more\n1,2,3\n", ("pixel 1 0", "pixel 1 1")
    )


def test_a_name_in_percent_is_said():
    assert points("x1 (%),x2\n12,3")[1] == ["“x1 (%)” was taken for “x₁”; no unit is converted."]


def test_of_two_units_the_right_one_is_taken():
    header = "petal width (mm),petal width (cm),sepal length,sepal width,petal length"
    assert points(f"{header}\n2,0.2,5,3,1", IRIS)[0] == [[5, 3, 1, 0.2]]
    assert "Two columns are called" in refusal("x1,x_1,x2\n1,2,3")


def test_columns_that_are_not_used_do_not_count():
    names = ",".join(["x1", *(f"c{k}" for k in range(300)), "x2"])
    values, notes = points(names + "\n" + ",".join(["1"] * 301) + ",2")
    assert values == [[1, 2]]
    assert notes == ["Not used: “c0”, “c1”, “c2”, “c3”, “c4”, “c5” and 294 more."]


# The typed table


def test_a_typed_table_is_read_as_a_file():
    ours = [["0.83", "-0.4"], ["1.065", "2"]]
    typed = [["0,5", "1,25"], ["1.065", "2"], ["−1.5", None], [None, None], ["abc", "2"], ["9", " "], ["3", "4"]]
    with pytest.raises(TableError, match=r"Row 1, column “x₁” holds “0,5”.*row 3, column “x₁” holds “−1.5”"):
        read_typed(typed, XY, ours)
    typed[2] = ["−1,5", "7"]
    table, notes = read_typed(typed, XY, ours)
    assert table.to_numpy().tolist() == [[0.5, 1.25], [1.065, 2], [-1.5, 7], [3, 4]]
    assert notes == [
        "The comma is the decimal sign: “0,5” is 0.5.", "Row 5, column “x₁” holds “abc”, which is not a number.",
        "Row 6, column “x₂” is empty.", "Rows left out: 2.",
    ]  # fmt: skip


def test_a_typed_number_that_could_be_two():
    assert read_typed([["1.065", "2"]], XY)[0].to_numpy().tolist() == [[1.065, 2]]  # the page writes points
    with pytest.raises(TableError, match=r"“1,065”, which could be 1\.065 or 1065"):
        read_typed([["1,065", "2"]], XY)


def test_an_empty_typed_table():
    table, notes = read_typed([[None, ""], [None, None]], XY)
    assert (len(table), notes) == (0, [])
    assert list(table.columns) == list(XY)


def test_a_typed_table_has_its_limit():
    with pytest.raises(TableError, match="5,000 rows"):
        read_typed([["1", "2"]] * 5001, XY)
    assert np.isfinite(read_typed([["1", "2"]] * 5000, XY)[0].to_numpy()).all()
