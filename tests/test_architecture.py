"""The house rules, read from the source: who may import whom, and how large things may grow."""

import ast
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("core.nn", "core.data", "core.training", "core.charts", "core.ui", "pages", "streamlit_app")
"""Each may import itself and what stands before it."""
ONLY_IN = {
    "streamlit": ("core.ui", "pages", "streamlit_app"),
    "altair": ("core.charts",),
    "sklearn": ("core.data",),
}
EXCEPT = {
    ("core/ui/frame.py", "sklearn"),  # loads it before the first visitor waits for it
    ("core/ui/show.py", "altair"),  # turns a finished chart into the description that is kept
}
IMPORTED_AS = {"scikit-learn": "sklearn"}
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60
"""Bounds on lines (of a function: without its docstring); 250 and 25 are the habit."""


def source_files():
    found = [*ROOT.glob("core/**/*.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("streamlit_app.py")]
    return sorted(path.relative_to(ROOT) for path in found)


FILES = source_files()
CORE = [path for path in FILES if path.parts[0] == "core"]
each_file = pytest.mark.parametrize("path", FILES, ids=str)


@cache
def tree(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def module_name(path):
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports(path, nodes=None):
    """Every module that a file imports, wherever in the file, by its full name."""
    package = module_name(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    for node in nodes or ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def floor(name):
    """The number of the floor that a module stands on; None for the house itself and for strangers."""
    inside = [i for i, home in enumerate(FLOORS) if name == home or name.startswith(f"{home}.")]
    return inside[0] if inside else None


def test_there_is_something_to_look_at():
    assert {"core/nn/tape.py", "core/training/loop.py"} <= {path.as_posix() for path in FILES}


def test_the_reader_of_imports_sees_every_kind():
    code = "import a.b\nfrom c import d\ndef f():\n    from .e import g\n    from . import h\n"
    seen = set(imports(Path("core/nn/x.py"), list(ast.walk(ast.parse(code)))))
    assert seen == {"a.b", "c", "c.d", "core.nn.e", "core.nn.e.g", "core.nn", "core.nn.h"}


@each_file
def test_imports_run_one_way(path):
    here = floor(module_name(path))
    upward = {
        name for name in imports(path) if floor(name) is not None and floor(name) > (-1 if here is None else here)
    }
    assert not upward, f"{path} imports from a floor above: {sorted(upward)}"


@each_file
def test_every_library_has_its_place(path):
    here, used = module_name(path), {name.split(".")[0] for name in imports(path)}
    for library in used & set(ONLY_IN):
        at_home = any(here == home or here.startswith(f"{home}.") for home in ONLY_IN[library])
        assert at_home or (path.as_posix(), library) in EXCEPT, f"{path} imports {library}"


@pytest.mark.parametrize("path", [p for p in CORE if p.parts[1] == "nn"], ids=str)
def test_the_engine_is_numpy_and_nothing_else(path):
    outside = {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names)
    assert outside <= {"numpy", "core"}


@each_file
def test_only_declared_libraries_are_imported(path):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {line.split(">")[0].split("=")[0].split("<")[0].strip() for line in project["dependencies"]}
    declared = {IMPORTED_AS.get(name, name) for name in names}
    outside = {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"core", "pages"}
    assert outside <= declared


@each_file
def test_modules_stay_short_enough_to_read(path):
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE


@each_file
def test_functions_stay_short_enough_to_read(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            words = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
            assert node.end_lineno - node.lineno + 1 - words <= LONGEST_FUNCTION, f"{path}: {node.name}"


@pytest.mark.parametrize("path", CORE, ids=str)
def test_everything_public_in_core_says_what_it_is(path):
    parsed = tree(path)
    assert ast.get_docstring(parsed) or not parsed.body, f"{path} does not say what it is"
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    silent = [
        node.name
        for node in parsed.body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not silent, f"{path}: {silent}"
