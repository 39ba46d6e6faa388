"""One table and one reader for every link: an experiment's and a page's."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.training import settings
from core.training.experiment import KEYS, SETTINGS
from core.training.settings import Setting, choice, nearest, number, read, several, switch, text, whole, widths, write

CORE = Path(__file__).parents[2] / "core"
TABLE = (
    number("lr", 0.1, 0, 1, "Rate"),
    whole("n", 3, 1, 10, "Count"),
    choice("kind", "a", ("a", "b"), "Kind"),
    switch("on", title="Switch"),
    nearest("zoom", 1.0, (1.0, 10.0, 100.0), "Zoom"),
    several("inputs", ("x1",), ("x1", "x2"), "Inputs"),
    widths("hidden", (8,), 3, 16, "Hidden"),
    text("term", lambda asked: asked.startswith("g"), "Term"),
    Setting("shape", (1, 1), "Shape", lambda n, text, default: (default, ""), aliases=("form", "figure")),
)
DEFAULTS = {s.name: s.default for s in TABLE}


def test_an_empty_link_is_the_defaults_and_the_defaults_an_empty_link():
    assert read({}, TABLE) == (DEFAULTS, [])
    assert write(DEFAULTS, TABLE) == {}


def test_what_is_written_is_read_again():
    values = {
        "lr": 0.5, "n": 4, "kind": "b", "on": True, "zoom": 10.0, "inputs": ("x2",), "hidden": (), "term": "gate",
        "shape": (1, 1),
    }  # fmt: skip
    link = write(values, TABLE)
    assert link == {
        "lr": "0.5", "n": "4", "kind": "b", "on": "1", "zoom": "10", "inputs": "x2", "hidden": "none", "term": "gate",
        "v": "1",
    }  # fmt: skip
    assert read(link, TABLE) == (values, [])


@given(st.floats(0, 1))
def test_a_number_is_written_so_that_it_comes_back_to_the_last_bit(value):
    link = write(DEFAULTS | {"lr": value}, TABLE)
    assert read(link, TABLE) == (DEFAULTS | {"lr": value}, [])


@pytest.mark.parametrize(
    ("link", "changed", "problem"),
    [
        ({"lr": "0.2", "v": "2"}, {"lr": 0.2}, settings.OTHER_VERSION),
        ({"lr": ["0.2", "0.3"]}, {"lr": 0.3}, "Rate: the link has it 2 times, so the last one counts."),
        ({"lr": ["0.2"]}, {"lr": 0.2}, ""),
        ({"lr": []}, {}, "Rate: “” is not a number, so it is 0.1."),
        ({"zoom": "31"}, {"zoom": 10.0}, "Zoom: “31” is not one of the steps, so it is 10."),
        ({"zoom": "1e9"}, {"zoom": 100.0}, "Zoom: “1e9” is out of range, so it is 100."),
        ({"term": "<b>"}, {}, "Term: we found nothing about “?b?”, so everything is shown."),
        ({"a": "1", "<b>": "2"}, {}, "The link also contains “a, ?b?”, which this page doesn't know."),
    ],
)
def test_what_the_link_got_otherwise_is_said_once(link, changed, problem):
    assert read(link, TABLE) == (DEFAULTS | changed, [problem] if problem else [])


def test_keys_of_others_are_no_strangers():
    assert read({"epoch": "3"}, TABLE, also=["epoch"])[1] == []
    assert read({"epoch": "3"}, TABLE)[1] != []


def test_aliases_count_and_the_key_itself_wins():
    table = (number("lr", 0.1, 0, 1, "Rate"), Setting("n", 1, "Count", lambda _, t, d: (int(t), ""), aliases=("many",)))
    assert read({"many": "7"}, table) == ({"lr": 0.1, "n": 7}, [])
    assert read({"many": "7", "n": "8"}, table) == ({"lr": 0.1, "n": 8}, [])


def test_the_experiments_table_has_every_key_once_and_every_full_name():
    keys = [key for s in SETTINGS for key in {s.name, *s.aliases}]
    assert len(set(keys)) == len(keys)
    assert {s.name for s in SETTINGS} == set(KEYS.values())
    assert set(KEYS) <= set(keys)


def test_nobody_else_reads_links():
    """One loop over a link's parameters, in one file; a second one would soon say other sentences."""
    readers = []
    for path in [*CORE.rglob("*.py"), *(CORE.parent / "pages").glob("*.py")]:
        names = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        if "query_params" in names:
            readers.append(path.relative_to(CORE.parent).as_posix())
    assert readers == ["core/ui/link.py"]


@pytest.mark.parametrize(("first", "link"), [(20, {"epoch": "100", "v": "1"}), (100, {}), (settings.PLAYING, {})])
def test_a_link_never_speaks_of_the_moment_of_a_film_that_plays(first, link):
    film = [settings.moment("epoch", first, 100, "Epoch")]
    assert write({"epoch": settings.PLAYING}, film) == link
    assert read({"epoch": "-1"}, film) == ({"epoch": settings.PLAYING}, [])  # as links said it once
    assert read({"epoch": "7"}, film) == ({"epoch": 7}, [])
    assert read({"epoch": "-7"}, film) == ({"epoch": 0}, ["Epoch: “-7” is out of range, so it is 0."])
    value, (problem,) = read({"epoch": "?"}, film)
    assert value["epoch"] == first
    assert "so it is -1" not in problem
