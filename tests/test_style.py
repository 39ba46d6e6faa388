"""What must not occur in the source, and examples in docstrings that must be true."""

import ast
import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import numpy as np

from tests.each import each, failure

ROOT = Path(__file__).parents[1]
FOUND = [*ROOT.glob("core/**/*.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("streamlit_app.py")]
FILES = sorted(path.relative_to(ROOT) for path in FOUND)
TESTS = sorted(path.relative_to(ROOT) for path in ROOT.glob("tests/**/*.py") if path != Path(__file__))
DANGEROUS = ("unsafe_allow_html", "unsafe_allow_javascript", "components.v1", "allow_pickle")
"""The first two run whatever HTML and script they are given; the third is on its way out; pickles run code."""
FORBIDDEN_MODULES = {"pickle", "joblib", "shelve", "marshal", "dill", "cloudpickle"}
CACHES = {"cache_data", "cache_resource"}
PACKAGES = ("core",)
each_file = each(FILES)


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def imported(parsed):
    for node in ast.walk(parsed):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def unbounded_caches(parsed):
    """Lines on which a Streamlit cache is used without ``max_entries``."""
    uses = {node for node in ast.walk(parsed) if _name(node) in CACHES}
    fine = {node.value for node in ast.walk(parsed) if isinstance(node, ast.Attribute)}  # such as cache_data.clear
    for node in ast.walk(parsed):
        if isinstance(node, ast.Call) and any(word.arg == "max_entries" for word in node.keywords):
            fine.add(node.func)
    return sorted(node.lineno for node in uses - fine)


def _name(node):
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@each_file
def test_nothing_dangerous_is_written(path):
    assert [words for words in DANGEROUS if words in text(path)] == []


@each_file
def test_nothing_that_runs_code_from_data_is_used(path):
    parsed = ast.parse(text(path))
    assert not FORBIDDEN_MODULES & set(imported(parsed))
    called = {
        node.func.id for node in ast.walk(parsed) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not {"eval", "exec", "compile", "__import__"} & called
    assert not re.search(r"\bnp\.load\(", text(path))


@each(FILES + TESTS)
def test_nothing_is_left_for_later(path):
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text(path))


@each_file
def test_every_cache_is_bounded(path):
    assert unbounded_caches(ast.parse(text(path))) == []


def test_an_unbounded_cache_is_found():
    fine = "@st.cache_data(max_entries=3, show_spinner=False)\ndef f(): ...\nst.cache_data.clear()\n"
    assert unbounded_caches(ast.parse(fine)) == []
    for bad in ("@st.cache_data\ndef f(): ...", "@st.cache_resource(ttl=3)\ndef f(): ...", "keep = st.cache_data"):
        assert unbounded_caches(ast.parse(bad)) == [1]
    assert unbounded_caches(ast.parse("from streamlit import cache_data\n@cache_data\ndef f(): ...")) == [2]


def modules():
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield from (module.name for module in pkgutil.walk_packages(package.__path__, f"{name}."))


@each(sorted(modules()))
def test_examples_in_docstrings_are_true(name):
    with np.printoptions(precision=8, threshold=1000, linewidth=75, suppress=False, legacy=False):
        failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples_in_docstrings():
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [t for name in modules() for t in finder.find(importlib.import_module(name)) if t.examples]
    assert len(examples) >= 8


@each_file
def test_numbers_with_decimals_are_read_by_our_own_reader(path):
    """Streamlit's number fields and number cells drop a decimal comma without a word: 1,5 becomes 15."""
    calls = [node for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.Call)]
    assert not [node.lineno for node in calls if _name(node.func) == "NumberColumn"]
    fields = [node for node in calls if _name(node.func) == "number_input"]
    parts = [(node.lineno, part) for node in fields for part in ast.walk(node)]
    assert not [line for line, part in parts if isinstance(part, ast.Constant) and isinstance(part.value, float)]


@each_file
def test_tables_go_out_through_one_function(path):
    if path.as_posix() != "core/data/writing.py":
        assert not re.search(r"\bto_csv\(", text(path)), "use core.data.writing.csv_bytes"


def test_choices_in_a_row_wrap_where_the_row_is_short():
    """Otherwise their names are cut off at the row's end, with nothing to say that there are more."""
    found = []
    for path in [*(ROOT / "pages").rglob("*.py"), *(ROOT / "core").rglob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("st.segmented_control", "st.pills"):
                found += [f"{path.name}: {call.lineno}"] * ("wrap" not in {key.arg for key in call.keywords})
    assert found == []


@each_file
def test_a_links_choices_in_a_row_come_from_one_function(path):
    if path.as_posix() != "core/ui/buttons.py":
        for call in ast.walk(ast.parse(text(path))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.segmented_control":
                keys = [ast.unparse(one.value) for one in call.keywords if one.arg == "key"]
                assert not any(key.startswith("link.key(") for key in keys), "use core.ui.buttons.buttons"


def subjects(style: str) -> list[str]:
    """What the rules of a style sheet are about: the last part of each selector."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    selectors = re.findall(r"(?<=[{};])([^@{};]+)\{", ";" + style)
    inside = re.compile(r"[\s,>~+](?=[^()]*(?:\([^()]*\)[^()]*)*\))")  # what stands between brackets is one part
    parts = [part.split() for selector in selectors for part in inside.sub("_", selector).split(",")]
    return [words[-1] for words in parts]


def test_no_rule_of_the_frame_is_about_everything():
    """Whatever changed on a page, the browser would look at all of it anew: a fifth of its work after each click."""
    assert "*" in subjects("/* a, b */ p { q > * { top: 0; } }")
    found = subjects(text("core/ui/frame.css"))
    assert len(found) > 30
    assert [subject for subject in found if not re.match(r"\w|&|\[|:is\((\w|\[data-testid)", subject)] == []


def test_a_rule_about_many_names_whatever_breaks_it():
    def short(word):
        assert len(word) < 3

    each(["a", "bb"])(short)()
    assert "ccc: assert 3 < 3" in failure(lambda _: each(["a", "ccc"])(short)(), "")
