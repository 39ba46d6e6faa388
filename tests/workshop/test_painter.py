"""What a browser says was painted is taken only if it is a stroke on this sheet."""

import numpy as np
import pytest

from core.data.carried import MOST_ROWS
from core.data.numerals import LARGEST
from core.workshop.painter import HALF, Sheet, read_stroke, turn_of

SHEET = Sheet((-300, -300), (300, 300), (2, 2))
STROKE = {"turn": 3, "sheet": str(SHEET), "points": [[-300, 25, 1], [0, 0, 0]]}


def test_a_stroke_is_read():
    turn, steps, classes = read_stroke(STROKE, SHEET, 2)
    assert (turn, steps.tolist(), classes.tolist()) == (3, [[-300, 25], [0, 0]], [1, 0])
    np.testing.assert_array_equal(SHEET.values(steps), [[-3.0, 0.25], [0.0, 0.0]])
    turn, steps, classes = read_stroke(STROKE | {"points": []}, SHEET, 2)
    assert (turn, len(steps), len(classes)) == (3, 0, 0)


@pytest.mark.parametrize(
    "stroke",
    [
        None,
        "stroke",
        [STROKE],
        {},
        *(STROKE | {"turn": turn} for turn in (None, -1, 1.0, True, "3", 10**9)),
        STROKE | {"sheet": str(Sheet((0, 0), (300, 300), (2, 2)))},
        STROKE | {"points": None},
        STROKE | {"points": [[0, 0, 0]] * (MOST_ROWS + 1)},
        *(STROKE | {"points": [point]} for point in ([0, 0], [0, 0, 0, 0], "000", (0, 0, 0), {"0": 0}, 7)),
        *(STROKE | {"points": [[0, value, 0]]} for value in (0.5, True, None, "0", 301, -301, 10**30, [0])),
        *(STROKE | {"points": [[0, 0, label]]} for label in (2, -1, 10**30, 0.0, False)),
    ],
)
def test_nonsense_is_none(stroke):
    assert read_stroke(stroke, SHEET, 2) is None


def test_a_turn_is_a_small_whole_number():
    assert turn_of({"turn": 0}) == 0
    assert [turn_of(x) for x in (None, {}, {"turn": True}, {"turn": -1}, {"turn": 10**9})] == [None] * 5


def test_the_sheet_grows_with_the_points_and_its_edges_are_lawful_numbers():
    assert Sheet.of(np.zeros((0, 2))).extent == Sheet.of(np.array([[0.5, -1.0]])).extent == (-HALF, HALF, -HALF, HALF)
    for far in (3.5, 20.0, 1e-3 + 40, 1e6, LARGEST):
        points = np.array([[far, 0.0], [-far, 1.0]])
        sheet = Sheet.of(points)
        left, right, bottom, top = sheet.extent
        assert left <= -far < far <= right
        assert (bottom, top) == (-HALF, HALF)
        assert np.abs(sheet.values(np.array([sheet.low, sheet.high]))).max() <= LARGEST
        np.testing.assert_allclose(sheet.values(sheet.steps(points)), points, rtol=0.01)
