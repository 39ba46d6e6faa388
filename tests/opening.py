"""Open any page of the course in-process, the way a link opens it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.ui.lessons import BY_SLUG
from core.ui.words import words_of

ROOT = Path(__file__).parents[1]
SKIPPED = -1


@pytest.fixture
def open_app() -> Callable[..., AppTest]:
    """Return ``open_app(slug, commit=True, **query)``: a page, run once, through the router.

    With ``commit`` every prediction counts as skipped, so that everything behind it is shown. The query is what the
    address bar would hold; a list is a repeated key. Underscores in names stay as they are.
    """

    def opened(slug: str, commit: bool = True, **query: Any) -> AppTest:
        lesson = BY_SLUG[slug]
        at = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60)
        if slug != "home":
            # AppTest.switch_page wants a first run on the home page; a visitor with a link has had none
            at._page_hash = _page_hash(slug)
        if commit:
            words = words_of(slug)
            at.session_state["teaching.answers"] = {words.question(slug, view): SKIPPED for view in words.views} | {
                "takeaways.prediction": SKIPPED
            }
        for name, value in query.items():
            at.query_params[name] = [str(v) for v in value] if isinstance(value, list | tuple) else str(value)
        at.run()
        assert (at.title and at.title[0].value in (lesson.title, lesson.numbered)) or at.exception, f"no page {slug}"
        return at

    return opened


def views_of(slug: str) -> list[dict[str, str]]:
    """What the links to a page's views say: the first one's nothing, the others' their name or their example."""
    examples = {
        "glossary": [{}],
        "build": [{}],  # its second question stands on the same page
        "forward": [{}, {"net": "xor"}],
        "predict": [{}, {"dataset": "digits", "epochs": "5"}, {"dataset": "bump", "epochs": "5"}, {"view": "number"}],
    }
    return examples.get(slug) or [{}, *({"view": name} for name in list(words_of(slug).views)[1:])]


def _page_hash(slug: str) -> str:
    """The name that Streamlit's messages give to the page with this path."""
    return calc_hash(slug)
