"""A learner's table: what its columns are good for, words as inputs, rows with empty cells, and what is refused."""

import numpy as np
import pytest

from core.data import own
from core.data.datasets import load
from core.data.names import harmless
from core.data.table import MAX_CLASSES, TableError, dataset, read_dataset, read_points, read_table, unused

COLORS = ["red", "blue", "green"]


def table(rows, header="id,size,color,name,kind"):
    return read_table("\n".join([header, *rows]).encode())


def mixed(count=24):
    return [f"{k + 1},{k / 4},{COLORS[k % 3]},item {k},{'yes' if k % 2 else 'no'}" for k in range(count)]


def test_each_column_is_known_for_what_it_is():
    found = table(mixed())
    assert [(c.name, c.kind, c.count) for c in found.columns] == [
        ("id", "counter", 24), ("size", "numbers", 24), ("color", "words", 3), ("name", "names", 24),
        ("kind", "words", 2),
    ]  # fmt: skip
    assert found.inputs_for(4) == [1, 2]
    assert [c.name for c in found.columns if c.may_be_target] == ["id", "size", "color", "kind"]
    assert unused(found, 4) == [
        "Column “id” counts the rows and was left out.",
        "Column “name” holds 24 different texts and was left out: at most 8 can become inputs.",
    ]


def test_words_become_inputs_as_scikit_learn_makes_them():
    from sklearn.preprocessing import OneHotEncoder

    data, notes = dataset(table(mixed()), 4, [1, 2])
    assert data.features == ("size", "color = blue", "color = green", "color = red")
    encoder = OneHotEncoder(sparse_output=False)
    assert np.array_equal(data.X[:, 1:], encoder.fit_transform(np.array([COLORS[k % 3] for k in range(24)])[:, None]))
    assert notes == ["“color” holds words. Each became an input that is 1 or 0: “blue”, “green”, “red”."]
    assert data.classes == ("no", "yes")
    assert dataset(table(mixed()), 4, [2, 1])[0].features[-1] == "size"


def test_few_different_numbers_are_classes_or_amounts_as_one_likes():
    rows = [f"{k / 7},{k % 3 / 2}" for k in range(12)]
    found = table(rows, "x,y")
    assert found.columns[1].either
    assert dataset(found, 1, [0])[0].task == "regression"
    assert dataset(found, 1, [0], as_classes=True)[0].classes == ("0", "0.5", "1")
    whole = table([f"{k / 7},{k % 3}" for k in range(12)], "x,y")
    assert dataset(whole, 1, [0])[0].classes == ("0", "1", "2")
    assert dataset(whole, 1, [0], as_classes=False)[0].task == "regression"
    with pytest.raises(TableError, match="12 different numbers; at most 10 can be classes"):
        dataset(found, 0, [1], as_classes=True)


def test_rows_with_an_empty_cell_are_left_out_however_many_and_said_at_once():
    rows = [f"{k},{'' if k % 3 else k},{k % 2}" for k in range(60)]
    data, notes = dataset(table(rows, "a,age,y"), 2, [0, 1])
    assert len(data.y) == 20
    assert notes == [
        "40 of 60 rows have an empty cell and were left out: “age” in 40. Without such a column, its rows can stay."
    ]
    assert len(dataset(table(rows, "a,age,y"), 2, [0])[0].y) == 60
    few = [f"{k},{'NA' if k == 7 else k},{k % 2}" for k in range(60)]
    assert dataset(table(few, "a,age,y"), 2, [0, 1])[1] == [
        "Row 9, column “age” holds “NA”, which stands for a missing value.", "Rows left out: 1."
    ]  # fmt: skip


def test_empty_words_are_missing_too():
    rows = [f"{k},{'' if k == 3 else COLORS[k % 2]},{k % 2}" for k in range(20)]
    data, notes = dataset(table(rows, "a,color,y"), 2, [0, 1])
    assert len(data.y) == 19
    assert "Row 5, column “color” is empty." in notes


def test_cells_that_are_wrong_are_no_empty_cells():
    rows = [f"{k},{'abc' if k % 3 == 1 else k},{k % 2}" for k in range(60)]
    with pytest.raises(TableError, match="20 of 60 rows cannot be used"):
        dataset(table(rows, "a,age,y"), 2, [0, 1])


@pytest.mark.parametrize(("count", "fits"), [(MAX_CLASSES, True), (MAX_CLASSES + 1, False)])
def test_ten_classes_are_the_most(count, fits):
    found = table([f"{k},class {k % count}" for k in range(40)], "x,y")
    assert found.columns[1].may_be_target is fits
    if not fits:
        with pytest.raises(TableError, match="11 different words; at most 10 can be classes"):
            dataset(found, 1, [0])


def test_inputs_are_counted_with_those_that_words_make():
    header = ",".join([*(f"c{k}" for k in range(60)), "color", "y"])
    rows = [",".join([*["1.5"] * 60, "abcdef"[k % 6], str(k % 2)]) for k in range(12)]
    with pytest.raises(TableError, match="66 inputs, with one for each word,; at most 64"):
        dataset(table(rows, header), 61, list(range(61)))


def test_what_the_page_wrote_beside_its_data_is_no_input():
    rows = [f"{k / 3},{k % 2},{'train' if k % 3 else 'test'}" for k in range(24)]
    data, notes = read_dataset("\n".join(["x1,class,part", *rows]).encode(), "class")
    assert data.features == ("x1",)
    assert notes == ["Column “part” says which part a row went to and was left out."]


def test_names_from_a_file_do_no_harm():
    header = "![a](http://a.b/c),=SUM(1),$x$,:red[k]"
    rows = [f"{k},{k * 2},{k * 3},{'<b>' if k % 2 else '`c`'}" for k in range(240)]
    data, _ = read_dataset("\n".join([header, *rows]).encode())
    found = own.data_of(own.name_of(data))
    assert found.features == ("a (http //a.b/c)", "SUM(1)", "x")
    assert found.classes == ("＜b＞", "c")
    assert found.target == "red k"


@pytest.mark.parametrize(("text", "plain"), [
    ("a_b", "a_b"), ("_a_ b_", "a b"), ("Größe (cm)", "Größe (cm)"), ("身長", "身長"), ("नाम", "नाम"), ("x₁²", "x₁²"),
    ("www.a.com", "www a.com"), ("a@b.c", "a b.c"), ("x~y|z", "x y z"), ("{}", ""), ("-1", "1"), ("\u202egnp", "gnp"),
])  # fmt: skip
def test_harmless_names(text, plain):
    assert harmless(text) == plain
    assert harmless(plain) == plain


def test_the_real_tables_come_back_as_they_are():
    for name in ("iris", "wine", "breast_cancer"):
        data = load(name, 60, 0, 0)
        lines = [",".join([*map(repr, row.tolist()), data.classes[k]]) for row, k in zip(data.X, data.y, strict=True)]
        names = ",".join(f"f{k}" for k in range(data.X.shape[1]))
        found, _ = read_dataset("\n".join([f"{names},kind", *lines]).encode())
        assert np.array_equal(found.X, data.X)
        assert [found.classes[k] for k in found.y] == [data.classes[k] for k in data.y]


def test_new_examples_bring_words_as_the_table_did():
    columns = ["size", "color = blue", "color = red"]
    found, notes = read_points(b"size,color\n1,red\n2,pink\n3,\n", columns)
    assert found.to_numpy().tolist() == [[1, 0, 1], [2, 0, 0]]
    assert notes[0] == (
        "“color” holds words that the network has never seen: “pink” (row 3). They count as none of the words that it "
        "knows."
    )
    assert notes[-1] == "Rows left out: 1."
    _, notes = read_points(b"number,color,size\n7,red,1\n", columns)
    assert notes[-1] == "Not used: “number”."
    back, _ = read_points(b"size,color = blue,color = red\n1,0,1\n", columns)
    assert back.to_numpy().tolist() == [[1, 0, 1]]
