"""A phrase of an explanation sets the page, which comes into sight, instead of opening another one."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.driving import tap, wait_until_settled

pytestmark = pytest.mark.browser
WAYS = {"click": lambda phrase: phrase.click(), "tap": tap, "key": lambda phrase: phrase.press("Enter")}


@pytest.mark.parametrize("way", WAYS)
def test_a_phrase_sets_the_picture_and_shows_it(visit, way):
    page = visit("descent?opt=adam&v=1", width=390 if way == "tap" else 1280)
    phrase = page.get_by_role("link", name="a turned ravine")
    phrase.scroll_into_view_if_needed()
    WAYS[way](phrase)
    page.wait_for_url("**surface=rotated**")
    wait_until_settled(page)
    assert parse_qs(urlsplit(page.url).query) == {"surface": ["rotated"], "opt": ["adam"], "v": ["1"]}
    assert page.get_by_text("Measured:").count() == 1  # what was answered stays answered
    box = page.locator('[data-testid="stMain"] [data-testid="stVegaLiteChart"]').first.bounding_box()
    assert 0 <= box["y"] < 800
    assert len(page.context.pages) == 1


def test_who_asks_for_another_tab_gets_one(visit):
    page = visit("descent?opt=adam&v=1")
    before = page.url
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="a turned ravine").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/descent?surface=rotated**", wait_until="commit")
    opened.value.close()
    assert page.url == before
