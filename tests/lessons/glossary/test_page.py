"""The glossary: its entries, its search, and the links that lessons set."""

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from core.ui.lessons import BY_SLUG
from core.ui.terms import BY_NAME, TERMS, search, term_link
from core.workshop.presets import BY_SLUG as PRESETS
from tests.lessons.test_words import texts

ROOT = Path(__file__).parents[3]
LESSONS = ROOT / "core" / "lessons"
LINK = re.compile(r"\]\((glossary\?[^)]*)\)")


def entries(at) -> list[str]:
    """The names on the page, in order."""
    bold = [re.match(r"\*\*(.+?)\*\*", m.value) for m in at.markdown]
    return [m.group(1) for m in bold if m and m.group(1) in BY_NAME]


def test_all_terms_are_there_in_alphabetical_order(open_app):
    at = open_app("glossary")
    names = [term.name for term in TERMS]
    assert len(names) >= 50
    assert names == sorted(names, key=str.lower)
    assert entries(at) == names
    assert [s.value for s in at.subheader[1:]] == sorted({name[0].upper() for name in names})


def test_each_entry_is_short_and_leads_somewhere():
    every = [name.lower() for term in TERMS for name in (term.name, *term.also)]
    assert len(every) == len(set(every)), "two entries share a name"
    for term in TERMS:
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", term.says)) <= 2, term
        assert term.says[-1] == "."
        assert len(term.says.split()) <= 45, term
        assert term.lessons
        assert set(term.lessons) <= set(BY_SLUG)
        assert not term.preset or term.preset in PRESETS


@pytest.mark.parametrize("asked", ["gradient", "Gradient", "  gradient ", "GRADIENT"])
def test_a_link_opens_its_term_first(open_app, asked):
    at = open_app("glossary", term=asked)
    assert entries(at)[0] == "gradient"
    assert "exploding gradient" in entries(at)
    assert len(entries(at)) < len(TERMS)


def test_every_name_finds_its_own_entry_first():
    for term in TERMS:
        for name in (term.name, *term.also):
            assert search(name)[0].name == term.name


def test_typing_searches_and_the_link_follows(open_app):
    at = open_app("glossary")
    at.text_input[0].set_value("step size").run()
    assert entries(at)[0] == "learning rate"
    assert at.query_params == {"term": "step size", "v": "1"}
    at.text_input[0].set_value("").run()
    assert len(entries(at)) == len(TERMS)
    assert at.query_params == {}


def test_what_is_not_there_is_said_and_everything_shown(open_app):
    at = open_app("glossary")
    at.text_input[0].set_value("**qwerty**").run()
    assert "**qwerty**" in at.text[0].value  # as plain text
    assert len(entries(at)) == len(TERMS)


@pytest.mark.parametrize(("asked", "meant"), [("overfiting", "overfitting"), ("regularisation", "regularization")])
def test_a_misspelt_word_finds_what_was_meant(open_app, asked, meant):
    at = open_app("glossary", term=asked)
    assert entries(at)[0] == meant
    assert asked in at.text[0].value


def test_an_entry_leads_to_each_lesson_that_links_to_it():
    """So whoever comes from lesson 20 finds the way back to it, and not to the simulator alone."""
    linked = re.compile(r"""term_link\(\s*['"]([^'"]+)['"]""")
    for path in LESSONS.rglob("*.py"):
        slug = path.relative_to(LESSONS).parts[0]
        if BY_SLUG.get(slug) and BY_SLUG[slug].number:
            for name in linked.findall(path.read_text(encoding="utf-8")):
                assert slug in BY_NAME[name].lessons, (name, slug)


@pytest.mark.parametrize(
    ("name", "lessons"),
    [
        ("overfitting", {"overfitting"}), ("regularization", {"regularization"}), ("L1", {"regularization"}),
        ("L2 penalty", {"regularization"}), ("dropout", {"regularization"}), ("noise", {"overfitting"}),
        ("early stopping", {"overfitting", "regularization"}), ("validation set", {"overfitting", "validation"}),
        ("Adam", {"descent"}), ("momentum", {"descent"}), ("optimizer", {"descent"}), ("λ", {"regularization"}),
        ("loss landscape", {"landscape"}),
    ],
)  # fmt: skip
def test_a_subject_leads_to_the_lesson_that_teaches_it(name, lessons):
    assert lessons <= set(search(name)[0].lessons)


def test_lessons_stand_in_the_order_of_the_course():
    for term in TERMS:
        numbers = [BY_SLUG[slug].number for slug in term.lessons]
        assert numbers == sorted(numbers), term.name


def test_a_link_to_an_unknown_term_says_so(open_app):
    at = open_app("glossary", term="qwerty")
    assert at.warning
    assert "qwerty" in at.text[0].value
    assert len(entries(at)) == len(TERMS)


def test_a_preset_link_holds_the_experiment(open_app):
    at = open_app("glossary", term="overfitting")
    assert entries(at)[0] == "overfitting"
    query = next(link.proto.query_string for link in at.main.get("page_link") if link.value == "See it")
    assert {k: v[0] for k, v in parse_qs(query).items()} == PRESETS["overfit"].experiment.to_query()


def test_a_term_link_leads_to_its_term():
    for term in TERMS:
        (address,) = LINK.findall(term_link(term.name))
        assert parse_qs(urlsplit(address).query) == {"term": [term.name]}
    assert term_link("loss") == "[loss](glossary?term=loss+function)"
    with pytest.raises(KeyError):
        term_link("qwerty")


def test_the_links_in_the_words_of_the_lessons_are_known():
    found = []
    for path in LESSONS.rglob("words.py"):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        public = [value for name, value in vars(module).items() if name.isupper()]
        found += [address for value in public for text, _ in texts(value) for address in LINK.findall(text)]
    assert found, "lesson 1 links its terms"
    for address in found:
        (term,) = parse_qs(urlsplit(address).query)["term"]
        assert term in BY_NAME
