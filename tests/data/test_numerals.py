"""One number as people write it, and what is said about what is none."""

import pytest

from core.data.faults import describe
from core.data.names import key, listed, tidy
from core.data.numerals import numeral
from core.data.values import read_number

NARROW, THIN, HARD = "\u202f", "\u2009", "\u00a0"


@pytest.mark.parametrize(
    ("cell", "point", "comma"),
    [
        ("5", 5, 5), ("-.25", -0.25, None), ("3.", 3, None), ("1e-3", 0.001, 0.001), ("1,5E−3", None, 0.0015),
        ("−2", -2, -2), ("–2.5", -2.5, None), ("+1", 1, 1), ("- 7", -7, -7), ("‑1", -1, -1),
        ("0,125", None, 0.125), ("1,065", 1065, 1.065), ("1.065", 1.065, 1065), ("0.125", 0.125, None),
        ("12,345.5", 12345.5, None), ("1.234.567,5", None, 1234567.5), ("1,234,567", 1234567, None),
        (f"1{NARROW}234,5", None, 1234.5), (f"1{THIN}234.5", 1234.5, None), (f"12{HARD}345", 12345, 12345),
        ("1 234", 1234, 1234), ("1'234.5", 1234.5, None), ("1’234,5", None, 1234.5), ("12,34,567.5", 1234567.5, None),
        ("12%", 0.12, 0.12), ("12,5 %", None, 0.125), ("1,065e3", None, 1065), ("1.065e3", 1065, None),
        ("1,50", None, 1.5), ("10,0000", None, 10), ("1234,567", None, 1234.567), ("1234.567", 1234.567, None),
        ("-1,234", -1234, -1.234), ("007", 7, 7),
    ],
)  # fmt: skip
def test_both_readings(cell, point, comma):
    n = numeral(cell)
    assert (n.point, n.comma) == (pytest.approx(point), pytest.approx(comma))


@pytest.mark.parametrize(
    "cell",
    ["", "-", ".", ",", "1_000", "१२", "nan", "inf", "0x1F", "1,23,4", "1.2.3", "1 23", "1 2345", "0 125", "1,234 567",
     "--5", "5-", "(5)", "1/2", "½", "5²", "1e", "e5", "1.5.", "1,,5", "1e1234", "%", "5%%", "1O", "l0", "5 cm", "１",
     "1" * 61, "—5", "1 234,567.5"],
)  # fmt: skip
def test_what_is_no_number(cell):
    assert numeral(cell).point is None
    assert numeral(cell).comma is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (f"1{NARROW}23", "holds “1 23”, which is not a number: after “1” stands a narrow no-break space"),
        (f"1{HARD}23", "holds “1 23”, which is not a number: after “1” stands a no-break space"),
        ("1\u200b5", "holds “15”, which is not a number: after “1” stands a zero width space"),
        ("1\u00ad5", "holds “15”, which is not a number: after “1” stands a soft hyphen"),
        ("1O", "holds “1O”, which is not a number: after “1” stands the letter “O”"),
        ("5 cm", "holds “5 cm”, which is not a number: beside the digits stands “cm”"),
        ("€5", "holds “€5”, which is not a number: beside the digits stands “€”"),
        ("1 2", "holds “1 2”, which is not a number: it has a blank in it"),
        ("(5)", "holds “(5)”, which is not a number: if −5 is meant, please write it so"),
        ("5-", "holds “5-”, which is not a number: if −5 is meant, please write it so"),
        ("#DIV/0!", "holds “#DIV/0!”, which is how a spreadsheet reports an error"),
        ("#N/A", "holds “#N/A”, which stands for a missing value"),
        ("\\N", "holds “\\N”, which stands for a missing value"),
        ("–", "holds “–”, which stands for a missing value"),
        ("-Inf", "holds “-Inf”, which is infinite"),
        ("∞", "holds “∞”, which is infinite"),
        ("1e-999", "holds “1e-999”, which is too close to zero to be told from it"),
        ("1e13", "holds “1e13”, which is beyond 1,000,000,000,000"),
        ("2,5", "holds “2,5”, which is not a number where the point is the decimal sign; it has a decimal comma"),
        ("yes", "holds “yes”, which is not a number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(cell, reason):
    assert describe(cell) == reason


@pytest.mark.parametrize("cell", ["01.05.2024", "1. Mai", "Mai 24", "2024-05-01 12:00", "12:30", "1-May", "1/2/24"])
def test_dates_that_spreadsheets_make_of_numbers(cell):
    assert "looks like a date or a time" in describe(cell)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,5", 1.5), (" −1.5 ", -1.5), ("1.065", 1.065), ("1.234,5", 1234.5), ("–3", -3), ("2e1", 20), ("\u200e7", 7)],
)
def test_a_field_reads_what_a_file_may_hold(text, value):
    assert read_number(text)[0] == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,065", "The field holds “1,065”, which could be 1.065 or 1065. Please write it as one of these."),
        ("abc", "The field holds “abc”, which is not a number."),
        ("", "The field is empty."),
        ("1500", "1500 is not between −1000 and 1000."),
        ("nan", "The field holds “nan”, which stands for a missing value."),
    ],
)
def test_a_field_says_what_it_cannot_read(text, sentence):
    assert read_number(text, -1000, 1000) == (None, sentence)


def test_a_field_says_what_it_read_otherwise_than_written():
    assert read_number("12%") == (0.12, "A percent sign divides by 100: “12%” is 0.12.")
    assert read_number("1 234") == (1234, "Marks between groups of digits are left out: “1 234” is 1234.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (" X₁ ", "x1"), ("x_1", "x1"), ("x.1", "x1"), ("x-1", "X 1"), ("$x_{1}$", "x1"), ("x[1]", "x1"),
        ("Sepal.Length", "sepal length (cm)"), ("sepal_length", "sepal length (cm)"),
        ("SepalLength", "sepal length (cm)"),
        ("sepal length [mm]", "sepal length (cm)"), ("sepal length / cm", "sepal length (cm)"),
        ("sepal_length_cm", "sepal length (cm)"), ("sepal length in cm", "sepal length (cm)"),
        ("sepal length\n(cm)", "sepal length (cm)"), ("pixel_0_1", "pixel 0 1"), ("\ufeffx1", "x1"),
        ("body mass index (kg/m2)", "body mass index (kg/m²)"),
    ],
)  # fmt: skip
def test_names_that_are_the_same(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("x1", "x2"), ("pixel_1_0", "pixel10"), ("pixel_1_1", "pixel11"), ("age", "page"), ("(a)", "(b)")],
)
def test_names_that_are_not(one, other):
    assert key(one) != key(other)


def test_text_from_outside_is_tidied():
    assert tidy("a\u202eb\x07\nc") == "abc"
    assert tidy("x" * 99) == "x" * 39 + "…"
    assert tidy(f"1{NARROW}2") == "1 2"
    assert listed("abcdefgh", 2) == "“a”, “b” and 6 more"


def test_what_is_far_beyond_a_fields_ends_is_told_these_ends():
    assert read_number("1e999", -1000, 1000) == (None, "1e999 is not between −1000 and 1000.")
    assert read_number("1e13")[1] == "The field holds “1e13”, which is beyond 1,000,000,000,000."
