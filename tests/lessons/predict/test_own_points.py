"""Lesson 8: a learner's own points, as typed, pasted and uploaded, and what the app writes itself."""

import numpy as np
import pandas as pd
import pytest
import streamlit as st

from core.data.reach import reach
from core.data.writing import csv_bytes
from core.lessons.predict import fields, networks, own_points, words
from core.training.experiment import Experiment
from core.workshop import simulator
from tests.runs import trained

DIGITS = words.DIGITS.to_query()
IRIS = networks.NETWORKS["iris"][1].to_query()


@pytest.fixture
def typing(monkeypatch):
    """Return ``typing(*rows)``: from then on the typed table holds these rows."""
    real = st.data_editor

    def typed(*rows):
        def edited(table, **settings):
            real(table, **settings)
            if not settings["key"].startswith("predict.typed"):
                return table
            return pd.DataFrame(list(rows), columns=table.columns)

        monkeypatch.setattr(st, "data_editor", edited)

    return typed


def answers(at):
    """The last table of predictions on the page, or None."""
    tables = [d.value for d in at.dataframe if "prediction" in d.value and "distance" in d.value]
    return tables[-1] if tables else None


def sentences(at):
    return "\n".join(t.value for t in at.text)


def give(at, raw, name="mine.csv"):
    at.file_uploader(key="predict.file").set_value((name, raw, "text/plain")).run()
    assert not at.exception
    return at


def test_the_typed_table_keeps_decimal_commas(open_app, typing):
    typing(["0,5", "1,25"], ["−1,5", "2"])
    at = open_app("predict")
    assert answers(at)[["x₁", "x₂"]].to_numpy().tolist() == [[0.5, 1.25], [-1.5, 2]]
    assert "The comma is the decimal sign: “0,5” is 0.5." in sentences(at)


def test_the_typed_table_names_what_it_cannot_read(open_app, typing):
    typing(["0.5", "1"], ["abc", "2"], ["9", None], [None, None])
    at = open_app("predict")
    assert answers(at)[["x₁", "x₂"]].to_numpy().tolist() == [[0.5, 1]]
    assert "Row 2, column “x₁” holds “abc”, which is not a number." in sentences(at)
    assert "Row 3, column “x₂” is empty." in sentences(at)
    typing(["1,065", "14.23"], ["0,5", "2.25"])
    at.run()
    assert answers(at) is None
    assert "a number only with a decimal comma" in sentences(at)
    typing([None, None])
    at.run()
    assert not at.exception
    assert answers(at) is None


def test_the_numbers_of_the_page_do_not_vote(open_app, typing):
    h = trained(Experiment())
    ours = [[f"{v:.4g}" for v in row] for row in h.data.data.X[h.data.test][:4].round(2)]
    typing(["0,5", ours[0][1]], *ours[1:])
    table = answers(open_app("predict"))
    assert table.iloc[0, 0] == 0.5
    np.testing.assert_allclose(table.iloc[1:, :2], h.data.data.X[h.data.test][1:4].round(2))


@pytest.mark.parametrize(
    ("text", "value", "sentence"),
    [
        ("1,5", 1.5, ""), ("−1.5", -1.5, ""), (" 2e1 ", 20, ""), ("1 000", 1000, "between groups of digits"),
        ("1,065", 2, "could be 1.065 or 1065"), ("abc", 2, "which is not a number"), ("2000000", 2, "is not between"),
    ],
)  # fmt: skip
def test_a_field_reads_or_says_why_not(open_app, text, value, sentence):
    at = open_app("predict")
    at.text_input(key="predict.px.typed").set_value(text).run()
    assert not at.exception
    assert at.session_state["predict.px"] == value
    assert at.text_input(key="predict.px.typed").value == f"{value:.10g}".replace("-", "−")
    assert (sentence in sentences(at)) if sentence else not any("1" in t.value and "field" in t.value for t in at.text)
    at.text_input(key="predict.px.typed").set_value("3").run()
    assert at.query_params["px"] == "3"
    assert not sentence or sentence not in sentences(at)


@pytest.mark.parametrize("name", ["mine.csv", "mine.tsv", "mine.txt"])
def test_files_under_their_usual_names(open_app, name):
    at = give(open_app("predict"), b"x1\tx2\n0.5\t1.5\n", name)
    assert answers(at)[["x₁", "x₂"]].to_numpy().tolist() == [[0.5, 1.5]]


def test_what_lesson_8_writes_it_reads(open_app):
    h = trained(Experiment())
    points = pd.DataFrame([[0.5, 1.25], [-1, 2]], columns=["x₁", "x₂"], index=pd.Index([2, 3], name="row"))
    raw = csv_bytes(fields.predictions(h, points).reset_index())
    assert raw.splitlines()[0] == b"row,x1,x2,prediction,confidence,distance"
    at = give(open_app("predict"), raw)
    assert answers(at)[["x₁", "x₂"]].to_numpy().tolist() == points.to_numpy().tolist()
    assert "Not used: “row”, “prediction”, “confidence”, “distance”." in sentences(at)


def test_the_digits_of_lesson_7_are_read_by_lesson_8(open_app):
    shown = simulator.run(words.DIGITS, ("spread", 0, 1))
    raw = csv_bytes(simulator.examples(shown))
    at = give(open_app("predict", **DIGITS), raw)
    assert len(answers(at)) == words.DIGITS.samples
    assert "Not used: “digit”, “part”." in sentences(at)
    own = csv_bytes(answers(at).reset_index())
    at = give(at, own, "again.csv")
    assert len(answers(at)) == words.DIGITS.samples


def test_inputs_far_from_the_training_data_are_warned_of(open_app):
    h = trained(words.DIGITS)
    X = h.data.data.X[h.data.test][:10]
    raw = csv_bytes(pd.DataFrame(X * 16, columns=list(h.data.data.features)))
    at = give(open_app("predict", **DIGITS), raw)
    assert any(w.value == "Far from the training data" for w in at.warning)
    assert "10 of 10 rows lie far outside what this network was trained on" in sentences(at)
    assert "These numbers run from 0 to 16; divided by 16 they fit." in sentences(at)
    next(t for t in at.toggle if t.label == "Use all inputs divided by 16").set_value(True).run()
    assert not at.exception
    assert not any(w.value == "Far from the training data" for w in at.warning)
    np.testing.assert_allclose(answers(at)[list(h.data.data.features)].to_numpy(), X)
    give(at, csv_bytes(pd.DataFrame(X, columns=list(h.data.data.features))), "near.csv")
    assert not at.toggle
    assert not any("far outside" in t.value for t in at.text)


def test_points_of_the_plane_are_warned_of_without_a_factor(open_app):
    h = trained(Experiment())
    assert reach(np.array([[15.0, 10.0]]), h.data.data.X[h.data.train], ["x₁", "x₂"]).far == 1
    at = give(open_app("predict"), b"x1,x2\n15,10\n0,0.5\n")
    assert "1 of 2 rows lies far outside" in sentences(at)
    assert not at.toggle


def test_flowers_in_millimeters(open_app):
    at = give(
        open_app("predict", **IRIS), b"Sepal.Length,Sepal.Width,Petal.Length,Petal.Width\n51,35,14,2\n67,30,52,23\n"
    )
    assert [t.label for t in at.toggle] == ["Use all inputs divided by 10"]


def test_the_example_file_and_every_download_have_ascii_names(open_app):
    for name, (_, experiment) in networks.NETWORKS.items():
        h = trained(experiment)
        table = pd.DataFrame(h.data.data.X[:3], columns=list(h.data.data.features))
        for frame in (table, fields.predictions(h, table.rename_axis("row")).reset_index()):
            assert csv_bytes(frame).splitlines()[0].isascii(), name


def test_nothing_of_a_file_is_shown_as_markdown(open_app):
    evil = "**bold** <script> [x](http://e.example)"
    at = give(open_app("predict"), f"{evil}\nx1,x2,{evil}\n1,2,3\n{evil},2,3\n".encode())
    assert evil[:10] in sentences(at)
    kinds = ("markdown", "info", "success", "warning", "caption", "error")
    assert not any("script" in str(e.value) for kind in kinds for e in at.get(kind))


def test_the_types_of_files():
    assert set(own_points.FILE_TYPES) >= {"csv", "tsv", "txt"}
