import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training import parsing

HOSTILE = [
    *(
        "",
        " ",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "१२",
        "１２",
        "1_000",
        "0x10",
        "1e",
        "e5",
        "+",
        "-",
        ".",
        "1,5",
    ),
    *(
        "9999999-1",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "\x00",
        "\n",
        "\u202e",
        "😀",
        "1 2",
        "--1",
        "1e1e1",
    ),
    *("1" * 31, "9" * 100_000, "null", "None", "[1]", "{}", "%00", "![x](http://x)", "1\u00a02", "²", "½", "1e1234"),
]
text = st.one_of(st.text(), st.sampled_from(HOSTILE), st.from_regex(r"[+-]?[0-9]{1,4}(\.[0-9]*)?(e[+-]?[0-9]{1,4})?"))


def harmless(said, longest=200):
    """A sentence that a page can show: short, on one line, and nothing of the link in it but plain ASCII."""
    quoted = said.partition("“")[2].rpartition("”")[0]
    return len(said) <= longest and said.isprintable() and not set("<>&[](){}*`$\\|#!\"'") & set(quoted)


@given(text)
def test_any_text_gives_a_number_within_its_bounds(text):
    value, said = parsing.number("Rate", text, 1e-5, 100.0, 0.02)
    assert 1e-5 <= value <= 100
    assert harmless(said)
    whole, said = parsing.whole("Count", text, 1, 2000, 300)
    assert type(whole) is int
    assert 1 <= whole <= 2000
    assert harmless(said)


@given(text)
def test_any_text_gives_one_of_the_options(text):
    value, said = parsing.choice("Color", text, ("red", "blue"), "red")
    assert value in ("red", "blue")
    assert harmless(said)
    value, said = parsing.switch("Light", text, False)
    assert type(value) is bool
    assert harmless(said)
    value, said = parsing.several("Inputs", text, ("a", "b", "c"), ("a",))
    assert value
    assert set(value) <= {"a", "b", "c"}
    assert harmless(said)


@given(text)
def test_any_text_gives_widths_within_their_bounds(text):
    value, said = parsing.widths("Hidden", text, 6, 128, (8, 8))
    assert len(value) <= 6
    assert all(type(width) is int and 1 <= width <= 128 for width in value)
    assert harmless(said)


@given(st.floats(-1e6, 1e6))
def test_a_number_survives_being_written(value):
    assert parsing.number("Rate", repr(value), -1e6, 1e6, 0.5) == (value, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_ascii_numeral_is_no_number(text):
    value, said = parsing.number("Rate", text, -1e9, 1e9, 0.5)
    assert value == 0.5
    assert said.startswith("Rate: ")
    assert said.endswith(" is not a number, so it is 0.5.")


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), (" 3 ", 3), ("+3", 3), ("-.5", -0.5), ("3.", 3), ("1e-3", 0.001), ("1E2", 100), ("007", 7)],
)
def test_plain_numerals_are_numbers(text, value):
    assert parsing.number("Rate", text, -1000, 1000, 0.5) == (value, "")


@pytest.mark.parametrize(
    ("text", "kept"), [("1e400", 9), ("-1e400", -9), ("1e999", 9), ("9.0001", 9), ("-10", -9), ("9" * 30, 9)]
)
def test_a_number_out_of_range_comes_to_the_nearest_bound(text, kept):
    value, said = parsing.number("Rate", text, -9, 9, 0.5)
    assert value == kept
    assert f"is out of range, so it is {kept}." in said


def test_bounds_are_written_as_people_write_them():
    assert parsing.number("Rate", "0", 1e-05, 1, 0.5)[1] == "Rate: “0” is out of range, so it is 0.00001."
    assert parsing.number("x", "1e999", -1e9, 1e9, 0.5)[1] == "x: “1e999” is out of range, so it is 1000000000."


def test_whole_numbers():
    assert parsing.whole("Count", "12", 1, 20, 5) == (12, "")
    assert parsing.whole("Count", "12.0", 1, 20, 5) == (12, "")
    assert parsing.whole("Count", "12.7", 1, 20, 5) == (13, "Count: “12.7” is not a whole number, so it is 13.")
    assert parsing.whole("Count", "1e2", 1, 20, 5) == (20, "Count: “1e2” is out of range, so it is 20.")
    assert parsing.whole("Seed", "-1", 0, 20, 5)[0] == 0
    assert parsing.whole("Seed", str(2**32 - 1), 0, 2**32 - 1, 5) == (2**32 - 1, "")


def test_choices_and_switches_ignore_case_and_space():
    assert parsing.choice("Color", " Red ", ("red", "blue"), "blue") == ("red", "")
    assert parsing.choice("Color", "green", ("red", "blue"), "blue") == (
        "blue",
        "Color: there is no “green”, so it is blue.",
    )
    assert parsing.switch("Light", " ON ", False) == (True, "")
    assert parsing.switch("Light", "0", True) == (False, "")
    assert parsing.switch("Light", "2", False) == (False, "Light: “2” is neither 1 nor 0, so it is 0.")


@pytest.mark.parametrize("text", ["none", "None", "0", "", " "])
def test_no_hidden_layer_can_be_asked_for(text):
    assert parsing.widths("Hidden", text, 6, 128, (8, 8)) == ((), "")


def test_widths():
    assert parsing.widths("Hidden", "16-4", 6, 128, (8,)) == ((16, 4), "")
    for text in ("16,4", "16 x 4", "16 4", " 16 – 4"):
        assert parsing.widths("Hidden", text, 6, 128, (8,)) == ((16, 4), "")
    bounded = "Hidden: at most 6 layers of 1 to 128 units, so it is 128-1."
    assert parsing.widths("Hidden", "9999999-1", 6, 128, (8,)) == ((128, 1), bounded)
    assert parsing.widths("Hidden", "1-1-1-1-1-1-1", 6, 128, (8,))[0] == (1,) * 6
    for text in ("8,,8", "8--8", "-8", "8-", "٨-٨", "8-x", "1" * 10):
        assert parsing.widths("Hidden", text, 6, 128, (8, 4)) == (
            (8, 4),
            f"Hidden: {parsing.quoted(text)} is not a list of widths such as 8-8, so it is 8-4.",
        )


def test_several_come_in_their_own_order_each_once():
    names = ("x1", "x2", "x1x2")
    assert parsing.several("Inputs", "x1x2-x1", names, ("x1",)) == (("x1", "x1x2"), "")
    assert parsing.several("Inputs", "x1-y", names, ("x2",))[0] == ("x1",)
    assert parsing.several("Inputs", "y", names, ("x2",))[0] == ("x2",)
    assert parsing.several("Inputs", "x1-x1", names, ("x2",))[0] == ("x1",)
    assert all(parsing.several("Inputs", text, names, ("x2",))[1] for text in ("x1-y", "y", "x1-x1", ""))


def test_what_is_shown_of_a_link_is_short_and_plain():
    assert parsing.quoted("a b.c,d+e-f_g=h") == "“a b.c,d+e-f_g=h”"
    assert parsing.quoted("<b>é\n😀") == "“?b????”"
    assert parsing.quoted("x" * 100_000) == f"“{'x' * 24}…”"


@pytest.mark.parametrize("text", ["1e400", "-0", "0.1"])
def test_numbers_are_finite(text):
    assert math.isfinite(parsing.number("Rate", text, 0, 1, 0.5)[0])
