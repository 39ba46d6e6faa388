"""What is written in any known way is read back as the same numbers, or refused: never as others."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.datasets import DATASETS, load
from core.data.points import read_points, read_typed
from core.data.table import TableError, read_dataset
from core.data.values import read_number
from core.data.writing import csv_bytes, plain

NAMES = ("x₁", "x₂", "x₃")
NUMBERS = st.one_of(
    st.integers(-20, 20).map(float),
    st.integers(-2_000_000, 2_000_000).map(lambda n: n / 1000),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: float(f"{x:.7g}")),
)
GROUPS = {".": ["", ",", " ", "'", "\u202f", "\u00a0"], ",": ["", ".", " ", "’", "\u202f", "\u2009"]}
ROWS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=1, max_size=6)
)
WAYS = st.fixed_dictionaries(
    {
        "separator": st.sampled_from(["\t", ";", "|", ",", " "]),
        "decimal": st.sampled_from([".", ","]),
        "group": st.integers(0, 5),
        "digits": st.sampled_from([None, 2, 3]),
        "minus": st.sampled_from(["-", "−", "–"]),
        "header": st.sampled_from(["names", "ascii", "numbers", "others", "none"]),
        "index": st.sampled_from(["none", "pandas", "R"]),
        "above": st.sampled_from(["", '"A title"\n', "# a remark of many words\n", "\n"]),
        "trailing": st.booleans(),
        "quoted": st.booleans(),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        "end": st.sampled_from(["\n", "\r\n", "\r"]),
    }
)


def written(value, way):
    """A number as a program set to this way writes it."""
    group = GROUPS[way["decimal"]][way["group"]]
    group = "" if way["separator"] == " " and group == " " else group
    text = f"{abs(value):,.{way['digits']}f}" if way["digits"] is not None else f"{abs(value):,}"
    if "e" in text:
        group = ""
    text = text.replace(",", "G").replace(".", way["decimal"]).replace("G", group)
    return (way["minus"] if value < 0 else "") + text


def file_of(rows, way):
    """The file, and the numbers that its cells stand for."""
    separator, width = way["separator"], len(rows[0])
    cells = [[written(value, way) for value in row] for row in rows]
    if way["digits"] is not None:
        rows = [[float(f"{value:.{way['digits']}f}") for value in row] for row in rows]

    def cell(text):
        must = separator in text or way["quoted"]
        return f'"{text}"' if must else text

    header = {
        "names": list(NAMES), "ascii": ["x1", "X_2", "x.3"], "numbers": ["0", "1", "2"], "others": ["a", "b", "c"],
    }.get(way["header"])  # fmt: skip
    lines = [[cell(text) for text in row] for row in cells]
    if way["index"] != "none":
        lines = [
            [f'"{k}"' if way["index"] == "R" else str(k), *line] for k, line in enumerate(lines, way["index"] == "R")
        ]
    if header:
        names = [cell(name) for name in header[:width]]
        lines.insert(0, ['""', *names] if way["index"] == "pandas" else names)
    end = separator if way["trailing"] and separator != " " else ""
    text = way["above"] + "".join(separator.join(line) + end + "\n" for line in lines)
    return text.replace("\n", way["end"]).encode(way["encoding"]), rows, len(lines) - len(rows)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(
    st.integers(1, 3).flatmap(lambda w: st.lists(st.lists(NUMBERS, min_size=w, max_size=w), min_size=1, max_size=6)),
    WAYS,
)
def test_a_file_is_read_as_it_was_meant_or_refused(rows, way):
    raw, rows, above = file_of(rows, way)
    width = len(rows[0])
    try:
        table, notes = read_points(raw, NAMES[:width])
    except TableError:
        return
    first = above + (1 if way["above"] else 0) + 1
    meant = dict(enumerate(rows, start=first))
    if way["header"] != "none":
        assert set(table.index) <= set(meant) | {first - 1}
    for number, values in zip(table.index, table.to_numpy().tolist(), strict=True):
        if number in meant:
            if not any(note.startswith("Only the first") for note in notes):  # a row name may be among those
                np.testing.assert_allclose(values, meant[number], rtol=1e-12)
        elif width > 1 or len(way["above"]) < 2:  # column numbers that were taken for a point
            assert any("If it numbers the columns" in note for note in notes)
    lost = set(meant) - set(table.index)
    assert not lost or any("Rows left out" in note or "was taken for column numbers" in note for note in notes)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.lists(NUMBERS, min_size=2, max_size=2), min_size=1, max_size=5), WAYS)
def test_a_pasted_table_is_read_as_it_was_meant_or_refused(rows, way):
    cells = [[written(value, way) for value in row] for row in rows]
    if way["digits"] is not None:
        rows = [[float(f"{value:.{way['digits']}f}") for value in row] for row in rows]
    ours = [["0.12", "−3.4"]] * 4
    try:
        table, notes = read_typed([*cells, *ours][: max(len(cells), 4)], NAMES[:2], ours)
    except TableError:
        return
    for number, values in zip(table.index, table.to_numpy().tolist(), strict=True):
        if number <= len(rows) and values != rows[number - 1]:  # alone, 1.065 is read as the page writes it, and aloud
            assert any(note.startswith("The point is the decimal sign") for note in notes)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(NUMBERS, WAYS)
def test_a_typed_number_is_read_as_it_was_meant_or_refused(value, way):
    text = written(value, way)
    meant = float(f"{value:.{way['digits']}f}") if way["digits"] is not None else value
    read, sentence = read_number(text)
    if read is None:
        assert sentence
    elif not (text.count(".") == 1 and "," not in text and way["decimal"] == ","):  # the page's own way to write
        assert np.isclose(read, meant, rtol=1e-12)


def test_every_dataset_goes_out_and_comes_back():
    for name, spec in DATASETS.items():
        data = load(name, min(40, spec.max_samples), spec.default_noise, 0)
        table = pd.DataFrame(data.X, columns=list(data.features))
        table[data.target] = data.y
        table["part"] = "test"
        raw = csv_bytes(table)
        assert raw.splitlines()[0].isascii()
        points, notes = read_points(raw, data.features)
        np.testing.assert_array_equal(points.to_numpy(), data.X)
        assert notes == [f"Not used: “{plain(data.target)}”, “part”."]
        own, _ = read_dataset(raw, target=plain(data.target))
        assert own.features == tuple(plain(feature) for feature in data.features)
        np.testing.assert_array_equal(own.X, data.X)


def test_csv_files_are_ascii_or_say_that_they_are_not():
    assert csv_bytes(pd.DataFrame({"x₁": [0.1, -2], "R²": ["−1", "a,b"]})) == b'x1,R2\n0.1,-1\n-2.0,"a,b"\n'
    raw = csv_bytes(pd.DataFrame({"Größe": [1]}))
    assert raw == b"\xef\xbb\xbf" + "Größe\n1\n".encode()
    assert read_points(raw, ["größe"])[0].to_numpy().tolist() == [[1]]
