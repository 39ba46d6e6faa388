"""Lesson 8 in a real browser: clicks in the plane, pixels, and the keyboard."""

import re

import pytest

from tests.browser.driving import CHART

pytestmark = pytest.mark.browser
DIGITS = "predict?dataset=digits&samples=800&hidden=32&activation=relu&lr=0.01&epochs=20"


def click_in(page, x, y):
    """Click at shares x, y of the first chart's canvas."""
    box = page.locator(f"{CHART} canvas").first.bounding_box()
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


_HOLDS = "text => document.activeElement?.value === text"  # the keyboard's field


def type_in_cell(page, text):
    """Type into the table's chosen cell, whose field opens with the first key."""
    page.keyboard.press(text[0])
    field = page.locator("#portal").locator("input, textarea").first
    field.wait_for()
    page.wait_for_function(_HOLDS, arg=text[0])
    page.keyboard.type(text[1:])
    page.wait_for_function(_HOLDS, arg=text)
    page.keyboard.press("Enter")
    field.wait_for(state="detached")


def test_a_click_in_the_plane_moves_the_point(visit, settle, picture):
    page = visit("predict")
    before = picture(page, CHART)
    click_in(page, 0.3, 0.7)
    settle(page)
    assert "px=" in page.url
    assert picture(page, CHART) != before
    first = page.url
    click_in(page, 0.7, 0.3)
    settle(page)
    assert page.url != first
    assert page.problems == [], page.problems


def test_typed_point_and_width(visit, settle, picture):
    page = visit("predict")
    last = picture(page, CHART)
    field = page.get_by_label("x₁", exact=True)
    field.fill("-1")
    field.press("Enter")
    settle(page)
    assert (now := picture(page, CHART)) != last
    page.locator("summary").filter(has_text="Look farther").click()
    page.get_by_role("slider").first.press("ArrowRight")
    settle(page)
    assert "zoom=3" in page.url
    assert picture(page, CHART) != now
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert "?" not in page.url
    assert page.problems == [], page.problems


def test_the_same_pixel_can_be_turned_twice(visit, settle):
    page = visit(DIGITS)
    inks = []
    for _ in range(2):
        click_in(page, 0.06, 0.9)
        settle(page)
        inks.append(re.search(r"ink=(\w+)", page.url)[1])
    assert len(inks[0]) == 64
    assert sum(a != b for a, b in zip(*inks, strict=True)) == 1
    for name in ("Turn by 90°", "Noise", "Empty page"):
        before = page.url
        page.get_by_role("button", name=name, exact=True).click()
        settle(page)
        assert page.url != before, name
    page.get_by_role("button", name="Another digit").click()
    settle(page)
    assert "row=1" in page.url
    assert page.problems == [], page.problems


def test_a_digit_can_be_drawn_with_the_keyboard(visit, settle):
    page = visit(DIGITS)
    page.locator("summary", has_text="Draw with the keyboard").click()
    settle(page)
    table = page.locator('[data-testid="stDataFrame"] canvas').first
    for row in range(2):
        before = page.url
        for _ in range(5):  # a table that was just drawn may miss the first click
            table.scroll_into_view_if_needed()
            box = table.bounding_box()  # what was drawn meanwhile may have moved it
            page.mouse.click(box["x"] + 20, box["y"] + 50 + 35 * row)
            settle(page)
            type_in_cell(page, "16")
            if settle(page).url != before:
                break
        assert page.url != before
    assert "ink=" in page.url
    ink = re.search(r"ink=(\w+)", page.url)[1]
    assert ink[0] == ink[8] == "g"
    assert page.problems == [], page.problems


@pytest.mark.parametrize(
    ("text", "says"),
    [("5", "5 is not between"), ("", "The field is empty."), ("1,25", "1.25 has more than 1 decimal.")],
)
def test_a_typed_place_outlives_one_that_is_refused(visit, settle, text, says):
    page = visit("data")
    page.locator("summary", has_text="The points as a table").click()
    settle(page)
    table = page.locator('[data-testid="stDataFrame"] canvas').first

    def put(text, done):
        for _ in range(5):  # a table that was just drawn may miss the first click
            table.scroll_into_view_if_needed()
            box = table.bounding_box()
            page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 50)
            settle(page)
            if text:
                type_in_cell(page, text)
            else:
                page.keyboard.press("Delete")
            settle(page)
            if done():
                return page.url
        raise AssertionError(f"“{text}” was not answered")

    typed = put("0,5", lambda: "points=a35" in page.url)
    note = page.get_by_text(f"Row 1, column x₁: {says}")
    assert put(text, note.count) == typed
    assert note.bounding_box()["y"] < table.bounding_box()["y"]  # above the table, where it is in sight
    assert page.problems == [], page.problems


def test_the_simulator_leads_here_and_back(visit, settle):
    page = visit("predict?hidden=4&epochs=20")
    page.get_by_role("link", name="Open in the simulator").click()
    settle(page)
    assert "/training" in page.url
    assert "hidden=4" in page.url
    page.get_by_role("link", name="Ask this network about new data").click()
    page.wait_for_url("**/predict?**")
    settle(page)
    assert "/predict" in page.url
    assert "hidden=4" in page.url


def test_a_typed_table_and_a_file_are_answered(visit, settle, tmp_path):
    page = visit("predict")
    page.locator("summary").filter(has_text="Ask about a table").click()
    tables = page.locator(".st-key-predict-many").get_by_test_id("stDataFrame")
    settle(page)
    before = tables.nth(1).locator("canvas").first.screenshot()
    tables.nth(0).scroll_into_view_if_needed()
    box = tables.nth(0).bounding_box()
    page.mouse.click(box["x"] + 100, box["y"] + 52)
    settle(page)
    type_in_cell(page, "9")
    settle(page)
    assert tables.nth(1).locator("canvas").first.screenshot() != before
    file = tmp_path / "mine.csv"
    file.write_text("x₁,x₂\n0.5,-0.25\n2,1\nten,1\n")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Predictions (CSV)").wait_for()
    assert page.get_by_text("Row 4, column “x₁” holds “ten”, which is not a number.").is_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Predictions (CSV)").click()
    taken.value.save_as(tmp_path / "answers.csv")
    answers = (tmp_path / "answers.csv").read_text().splitlines()
    assert len(answers) == 3  # names, and the two rows of numbers
    assert "prediction" in answers[0]
    assert page.problems == [], page.problems


def test_decimal_commas_are_pasted_and_typed_as_they_are_meant(visit, settle):
    page = visit("predict")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("summary").filter(has_text="Ask about a table").click()
    tables = page.locator(".st-key-predict-many").get_by_test_id("stDataFrame")
    settle(page)
    tables.nth(0).scroll_into_view_if_needed()
    box = tables.nth(0).bounding_box()
    page.mouse.click(box["x"] + 100, box["y"] + 52)  # once: another click would open the cell
    page.evaluate("text => navigator.clipboard.writeText(text)", "9\t")  # nothing ends the line
    page.keyboard.press("Control+V")
    page.get_by_text("Row 1, column “x₂” is empty.").wait_for()
    settle(page)
    page.evaluate("text => navigator.clipboard.writeText(text)", "0,5\t1,25\n−1,5\tabc\n")
    page.keyboard.press("Control+V")
    page.get_by_text("The comma is the decimal sign: “0,5” is 0.5.").wait_for()
    assert page.get_by_text("Row 2, column “x₂” holds “abc”, which is not a number.").is_visible()
    field = page.get_by_label("x₁", exact=True)
    for text, value in (("1,5", "px=1.5"), ("−1.5", "px=-1.5")):
        field.fill(text)
        field.press("Enter")
        page.wait_for_url(f"**{value}**")
        settle(page)
    field.fill("1,065")
    field.press("Enter")
    page.get_by_text("The field holds “1,065”, which could be 1.065 or 1065.").wait_for()
    assert "px=-1.5" in page.url
    assert field.input_value() == "−1.5"
    assert page.problems == [], page.problems
