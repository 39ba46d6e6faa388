"""A window may have any width: charts that arrange themselves by it come to rest."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["inside", "inside?view=real&v=1", "inside?view=worst&v=1"])
def test_charts_that_choose_their_columns_come_to_rest_at_every_width(visit, path):
    page = visit(path)
    for width in (1000, 860, 790, 768, 740, 700, 660, 560, 480, 430, 390, 330, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)  # each width is drawn, also those that are only passed
    assert page.problems == []
