"""A learner's own data in the simulator: painted by mouse, finger and key, typed, drawn by a formula, from a file."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from core.data import own
from core.data.spec import Data
from core.workshop.own_session import first_points
from tests.browser.driving import press, wait_until_settled

pytestmark = pytest.mark.browser
FIRST = f"training?dataset={quote(first_points())}&epochs=5&v=1"
LEFT, TOP, SIDE, WHOLE = 44, 24, 384, 440
"""Where the sheet's paper lies in its picture."""


def points_of(page) -> Data:
    """The points that the address holds."""
    return own.data_of(parse_qs(urlsplit(page.url).query)["dataset"][0])


def sheet(page):
    return page.locator(".painter .sheet")


def spot(page, x, y):
    """Where on the screen a place of the usual sheet, from -3 to 3, is."""
    sheet(page).evaluate("e => e.scrollIntoView({ block: 'center' })")
    box = sheet(page).bounding_box()
    scale = box["width"] / WHOLE
    return box["x"] + (LEFT + (x + 3) / 6 * SIDE) * scale, box["y"] + (TOP + (3 - y) / 6 * SIDE) * scale


def tool(page, name):
    page.locator(".painter [role=radio]", has_text=name).click()


def drawn(page) -> int:
    return page.locator(".painter .points path").count()


def rested(page):
    """Wait until the last stroke is answered."""
    page.wait_for_selector('.painter .sheet[data-waiting="false"]', timeout=45_000)
    return wait_until_settled(page)


def close(found, wanted, far=0.03):
    return abs(found[0] - wanted[0]) < far and abs(found[1] - wanted[1]) < far


def test_points_are_painted_dragged_recolored_erased_and_taken_back_with_the_mouse(visit):
    page = visit(FIRST)
    assert drawn(page) == len(points_of(page).y) == 40
    tool(page, "class 1")
    page.mouse.click(*spot(page, -2.5, -2.5))
    rested(page)
    data = points_of(page)
    assert (len(data.y), data.y[-1]) == (41, 1)
    assert close(data.X[-1], (-2.5, -2.5))

    page.mouse.move(*spot(page, *data.X[-1]))
    page.mouse.down()
    page.mouse.move(*spot(page, -1.5, -2.0), steps=4)
    page.mouse.up()
    rested(page)
    assert len(points_of(page).y) == 41
    assert close(points_of(page).X[-1], (-1.5, -2.0))

    tool(page, "class 0")
    page.mouse.click(*spot(page, *points_of(page).X[-1]))
    rested(page)
    assert (len(points_of(page).y), points_of(page).y[-1]) == (41, 0)

    tool(page, "Erase")
    page.mouse.click(*spot(page, *points_of(page).X[-1]))
    rested(page)
    assert drawn(page) == len(points_of(page).y) == 40
    press(page, "Undo")
    rested(page)
    assert drawn(page) == len(points_of(page).y) == 41


def test_a_stroke_paints_many_and_quick_strokes_lose_none(visit):
    page = visit(FIRST)
    tool(page, "class 0")
    for y in (2.2, 2.6):
        page.mouse.move(*spot(page, -2.8, y))
        page.mouse.down()
        page.mouse.move(*spot(page, 0.0, y), steps=20)
        page.mouse.up()  # and the next stroke begins before the answer comes
    rested(page)
    assert drawn(page) == len(points_of(page).y) > 50


def test_what_is_painted_is_in_the_link_and_survives_a_reload(visit):
    page = visit(FIRST)
    page.mouse.click(*spot(page, 2.5, -2.5))
    rested(page)
    before = page.url
    page.reload()
    rested(page)
    assert page.url == before
    assert drawn(page) == 41


def test_an_empty_sheet_asks_for_points_and_a_few_are_enough(visit):
    page = visit(FIRST)
    press(page, "Clear")
    rested(page)
    assert drawn(page) == 0
    assert page.get_by_text("Paint at least 4 points").is_visible()
    for k, name in enumerate(("class 0", "class 1")):
        tool(page, name)
        for x in (-1, 1):
            page.mouse.click(*spot(page, x, 2 * k - 1))
            rested(page)
    assert not page.get_by_text("Paint at least 4 points").is_visible()
    assert page.locator(".painter .answers").get_attribute("href").startswith("data:image/png")
    assert points_of(page).y.tolist() == [0, 0, 1, 1]


def test_points_are_painted_with_the_keyboard(visit):
    page = visit(FIRST)
    sheet(page).focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    rested(page)
    data = points_of(page)
    assert len(data.y) == 41
    assert close(data.X[-1], (0.6, 1.2), 1e-9)
    page.keyboard.press("Delete")
    rested(page)
    assert len(points_of(page).y) == 40
    tool(page, "Move")
    sheet(page).focus()
    near = points_of(page).X[0]
    for way, far in zip(("Right", "Up"), near, strict=True):
        steps = round(float(far) / 0.12)
        for _ in range(abs(steps)):
            page.keyboard.press(f"Arrow{way}" if steps > 0 else f"Arrow{'Left' if way == 'Right' else 'Down'}")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")
    rested(page)
    moved = points_of(page)
    assert len(moved.y) == 40
    assert (moved.X != own.data_of(first_points()).X).any()


@pytest.mark.parametrize("width", [390, 1024])
def test_a_finger_paints_drags_and_erases(visit, width):
    page = visit(FIRST, width=width, touch=True)
    page.locator(".painter [role=radio]", has_text="class 1").tap()
    page.touchscreen.tap(*spot(page, -2.4, -2.4))
    rested(page)
    assert drawn(page) == len(points_of(page).y) == 41
    assert points_of(page).y[-1] == 1
    page.locator(".painter [role=radio]", has_text="Erase").tap()
    page.touchscreen.tap(*spot(page, *points_of(page).X[-1]))
    rested(page)
    assert len(points_of(page).y) == 40
    page.locator(".painter [role=radio]", has_text="Move").tap()
    start = points_of(page).X[0]
    drag(page, spot(page, *start), spot(page, 2.5, 2.5))
    rested(page)
    assert any(close(p, (2.5, 2.5), 0.1) for p in points_of(page).X)


def drag(page, start, end):
    """Move a finger over the screen."""
    client = page.context.new_cdp_session(page)

    def send(kind, *spots):
        touches = [{"x": x, "y": y} for x, y in spots]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", start)
    for k in range(1, 6):
        send("touchMove", tuple(a + (b - a) * k / 5 for a, b in zip(start, end, strict=True)))
    send("touchEnd")


def test_a_class_that_is_gone_does_not_come_back_by_undo(visit):
    page = visit(FIRST)
    page.get_by_test_id("stButtonGroup").filter(has_text="Classes").get_by_text("3", exact=True).click()
    rested(page)
    tool(page, "class 2")
    page.mouse.click(*spot(page, -2.5, -2.5))
    rested(page)
    assert points_of(page).y.tolist().count(2) == 1
    tool(page, "Erase")
    page.mouse.click(*spot(page, -2.5, -2.5))
    rested(page)
    page.get_by_test_id("stButtonGroup").filter(has_text="Classes").get_by_text("2", exact=True).click()
    rested(page)
    rested(page)
    while page.get_by_role("button", name="Undo", exact=True).is_enabled():
        press(page, "Undo")
        rested(page)
    tool(page, "class 0")
    page.mouse.click(*spot(page, -2.5, -2.5))
    rested(page)
    assert drawn(page) == len(points_of(page).y)
    assert set(points_of(page).y.tolist()) == {0, 1}


def test_a_point_that_was_taken_with_the_keyboard_goes_back_or_is_dropped(visit):
    page = visit(FIRST)
    tool(page, "Move")
    before = points_of(page).X.tolist()

    def take() -> None:
        page.mouse.click(*spot(page, -2.9, -2.9))  # the sheet has the focus, and no point is near
        page.keyboard.press("ArrowRight")
        near = points_of(page).X[0]
        for way, back, far in zip(("Right", "Up"), ("Left", "Down"), near, strict=True):
            steps = round(float(far) / 0.12) - (way == "Right")
            for _ in range(abs(steps)):
                page.keyboard.press(f"Arrow{way if steps > 0 else back}")
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+ArrowUp")

    take()
    page.keyboard.press("Escape")
    wait_until_settled(page)
    assert points_of(page).X.tolist() == before
    take()
    page.keyboard.press("Tab")
    rested(page)
    assert points_of(page).X.tolist() != before
    press(page, "Undo")
    rested(page)
    assert points_of(page).X.tolist() == before


def test_undo_takes_a_formula_back_and_then_the_stroke_before_it(visit):
    page = visit(FIRST)
    page.mouse.click(*spot(page, -2.5, -2.5))
    rested(page)
    painted = points_of(page).X.tolist()
    page.get_by_text("Points by a formula").click()
    wait_until_settled(page)  # a button that is still moving can miss a click
    press(page, "Make these points")
    rested(page)
    assert len(points_of(page).y) == 100
    press(page, "Undo")
    rested(page)
    assert points_of(page).X.tolist() == painted
    press(page, "Undo")
    rested(page)
    assert len(points_of(page).y) == 40
