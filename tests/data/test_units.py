"""Numbers with a unit in a learner's file: read where the whole column has the same one, and said."""

import pytest

from core.data.one_hot import input_name
from core.data.points import read_points
from core.data.table import TableError, read_dataset


def rows(write, head="size,b,kind", count=24):
    return "\n".join([head, *(write(k) for k in range(count))]).encode()


@pytest.mark.parametrize(
    ("write", "unit", "head"),
    [
        (lambda k: f"{10.5 + k}cm,{k % 7},{'xy'[k % 2]}", "cm", "size,b,kind"),
        (lambda k: f"{10.5 + k} cm,{k % 7},{'xy'[k % 2]}", "cm", "size,b,kind"),
        (lambda k: f"${10.5 + k},{k % 7},{'xy'[k % 2]}", "$", "size,b,kind"),
        (lambda k: f"{10 + k},5 €;{k % 7};{'xy'[k % 2]}", "€", "size;b;kind"),
        (lambda k: f"CHF {10.5 + k};{k % 7};{'xy'[k % 2]}", "CHF", "size;b;kind"),
        (lambda k: f"{10.5 + k} °C\t{k % 7}\t{'xy'[k % 2]}", "°C", "size\tb\tkind"),
        (lambda k: f"{10.5 + k} km/h|{k % 7}|{'xy'[k % 2]}", "km/h", "size|b|kind"),
    ],
)
def test_a_unit_that_the_whole_column_has_is_left_out_aloud(write, unit, head):
    data, notes = read_dataset(rows(write, head))
    assert data.features == ("size", "b")
    assert data.X[:, 0].tolist() == [10.5 + k for k in range(24)]
    assert f"Column “size”: the unit “{unit}” was left out." in notes


def test_thousands_with_a_currency_are_read_and_both_are_said():
    data, notes = read_dataset(rows(lambda k: f'"${k + 1},234.50",{k % 7},{"xy"[k % 2]}'))
    assert data.X[1, 0] == 2234.5
    assert notes == [
        "Column “size”: the unit “$” was left out.",
        "Marks between groups of digits are left out: “1,234.50” is 1234.5.",
    ]


def test_an_empty_cell_among_units_stays_empty():
    text = rows(lambda k: f"{'NA' if k == 3 else f'{k} cm'},{k % 7},{'xy'[k % 2]}")
    data, notes = read_dataset(text)
    assert len(data.y) == 23
    assert "Row 5, column “size” holds “NA”, which stands for a missing value." in notes


@pytest.mark.parametrize(
    ("other", "has"), [("7", "with and without a unit"), ("7 mm", "in “cm”, “mm”"), ("$7", "in “$”, “cm”")]
)
def test_one_amount_in_another_unit_keeps_the_column_from_being_read(other, has):
    """Without a unit, or with another, a number may be another amount."""
    data, notes = read_dataset(rows(lambda k: f"{other if k == 3 else f'{k} cm'},{k % 7},{'xy'[k % 2]}"))
    assert data.features == ("b",)
    assert notes[0] == f"Column “size” was not read as numbers: it has some {has}."
    assert notes[1].startswith("Column “size” holds 24 different texts")


def test_one_unit_among_bare_numbers_is_named():
    _, notes = read_dataset(rows(lambda k: f"{'7 cm' if k == 3 else k},{k % 7},{'xy'[k % 2]}"))
    assert "Row 5, column “size” holds “7 cm”, which is not a number: beside the digits stands “cm”." in notes


@pytest.mark.parametrize("word", ["item 3", "p3", "A3", "3-4", "12:30", "2024-01-03", "~3", "<3", "3/4", "Q3"])
def test_what_is_no_amount_stays_a_word(word):
    made = [word.replace("3", str(k % 3)) for k in range(24)]
    data, _ = read_dataset(rows(lambda k: f"{made[k]},{k % 7},{'xy'[k % 2]}"))
    assert data.features == (*(input_name("size", w) for w in sorted(set(made))), "b")


def test_points_to_predict_may_have_units_too():
    table, notes = read_points(b"x1,x2\n0.5 cm,2\n1.5 cm,3\n", ("x1", "x2"))
    assert table.to_numpy().tolist() == [[0.5, 2.0], [1.5, 3.0]]
    assert "Column “x1”: the unit “cm” was left out." in notes


def test_words_that_differ_only_in_capitals_are_named():
    data, notes = read_dataset(rows(lambda k: f"{k},{k % 7},{['Cat', 'cat', 'dog'][k % 3]}"))
    assert data.classes == ("Cat", "cat", "dog")
    assert notes[-1] == (
        "In column “kind”, “Cat”, “cat” differ only in capitals or blanks. They count as different words."
    )


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"@relation iris\n@attribute a numeric\n@data\n1,x\n", "This is an ARFF file"),
        (b"% a remark\n\n@RELATION iris\n@data\n1,x\n", "This is an ARFF file"),
        (b"1 1:0.5 2:0.3\n-1 1:0.2 2:0.1\n1 1:0.7\n", "This is a sparse table"),
    ],
)
def test_other_forms_of_tables_are_named(raw, says):
    with pytest.raises(TableError, match=says):
        read_dataset(raw)
