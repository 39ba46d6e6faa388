"""Text that drives the picture: phrases of the explanations set controls, and only ones that the page has."""

import importlib
import pkgutil
import re
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from core.ui.lessons import LESSONS
from tests.lessons.test_words import texts

ADDRESS = re.compile(r"\]\(\?([^)\s]+)\)")
LATER = [e.slug for e in LESSONS if e.number and e.number > 8]


def phrases(slug: str) -> list[str]:
    """What the phrases of a lesson's words set, as it is written in their addresses."""
    package = importlib.import_module(f"core.lessons.{slug}")
    names = [m.name for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in names if name.rsplit(".")[-1] == "words"]
    found = [text for m in modules for name, v in vars(m).items() if name.isupper() for text, _ in texts(v)]
    return sorted({address for text in found for address in ADDRESS.findall(text)})


@pytest.mark.parametrize("slug", LATER)
def test_each_explanation_drives_the_picture_with_what_the_page_can_set(open_app, slug):
    assert phrases(slug)
    for address in phrases(slug):
        sets = dict(parse_qsl(address))
        at = open_app(slug, commit=False, **sets)
        assert not at.exception
        assert not at.warning, address
        assert set(sets) <= set(at.session_state["link.here"]["values"]), address


def page() -> None:
    import streamlit as st

    from core.training.settings import choice, number
    from core.ui import phrases
    from core.ui.link import Link

    link = Link("one", [choice("view", "a", ("a", "b")), number("rate", 0.1, 0, 1), number("noise", 0.5, 0, 1)]).open()
    st.session_state["one.problem"] = "Rate: what's that?"
    st.session_state[phrases.KEY] = {"said": st.session_state["asked"]}
    phrases._set(link)
    del st.session_state[phrases.KEY]


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("rate=0.5", {"rate": 0.5, "noise": 0.9}),
        ("rate=0.5&view=b", {"rate": 0.5, "noise": 0.9, "view": "b"}),
        ("rate=9", {"rate": 1.0, "noise": 0.9}),  # nobody but the page writes them, and yet
        ("nobody=1", {"rate": 0.1, "noise": 0.9}),
        (None, {"rate": 0.1, "noise": 0.9}),
    ],
)
def test_a_phrase_sets_what_it_names_and_leaves_the_rest(asked, values):
    at = AppTest.from_function(page)
    at.session_state["asked"] = asked
    at.query_params["noise"] = "0.9"
    at.run()
    assert not at.exception
    assert {name: at.session_state[f"one.{name}"] for name in values} == values
    assert "one.problem" not in at.session_state
