"""The house rules, read from the source: who may import whom, and how large things may grow."""

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

from tests.each import each

ROOT = Path(__file__).parents[1]
SHARED = ("core.nn", "core.data", "core.charts", "core.training", "core.ui", "core.workshop")
ARROWS = {
    "core.nn": (),
    "core.data": (),
    "core.charts": (),
    "core.training": ("core.nn", "core.data"),
    "core.ui": ("core.nn", "core.data", "core.charts", "core.training"),
    "core.workshop": ("core.nn", "core.data", "core.charts", "core.training", "core.ui"),
    "core.lessons": SHARED,
    "pages": (*SHARED, "core.lessons"),
    "streamlit_app": ("core.ui",),
}
"""Which rooms each room may look into, beside itself. Of the lessons, each file sees its own folder alone."""
ONLY_IN = {
    "streamlit": ("core.ui", "core.workshop", "core.lessons", "pages", "streamlit_app"),
    "altair": ("core.charts",),
    "sklearn": ("core.data",),
}
EXCEPT = {
    ("core/ui/show.py", "altair"),  # turns a finished chart into the description that is kept
}
OWN_DATA = ("own_data", "own_points", "own_table", "painter", "painter_page")
LIBRARY = ("core.data", "core.nn.gradcheck", *(f"core.workshop.{name}" for name in OWN_DATA))
"""Things to choose from and to check with, and the editor of own data: these may wait for their second lesson."""
IMPORTED_AS = {"scikit-learn": "sklearn"}
LONGEST_MODULE, LONGEST_FUNCTION = 300, 60
"""Bounds on lines (of a function: without its docstring); 250 and 25 are the habit."""


def source_files():
    found = [*ROOT.glob("core/**/*.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("streamlit_app.py")]
    return sorted(path.relative_to(ROOT) for path in found)


FILES = source_files()
CORE = [path for path in FILES if path.parts[0] == "core"]
each_file = each(FILES)


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


def room(name):
    """The room that a module lies in: "core.nn", "core.lessons.loss", "pages"; "" for strangers."""
    if name.startswith("core.lessons."):
        return ".".join(name.split(".")[:3])
    return next((home for home in ARROWS if name == home or name.startswith(f"{home}.")), "")


def may_see(path, name):
    """Whether a file may import a module."""
    here, there = room(module_name(path)), room(name)
    if here.startswith("core.lessons."):
        return there == here or there in SHARED
    if here == "pages" and there.startswith("core.lessons."):
        return there == f"core.lessons.{path.stem}"
    return there == here or there in ARROWS.get(here, ())


def seen_by():
    """Every module of the house, with the modules that import it."""
    names = {module_name(path) for path in FILES}
    found = {name: set() for name in names}
    for path in FILES:
        for name in set(imports(path)) & names:
            found[name].add(module_name(path))
    return found


def test_there_is_something_to_look_at():
    assert {"core/nn/tape.py", "core/training/loop.py"} <= {path.as_posix() for path in FILES}


def test_the_reader_of_imports_sees_every_kind():
    code = "import a.b\nfrom c import d\ndef f():\n    from .e import g\n    from . import h\n"
    seen = set(imports(Path("core/nn/x.py"), list(ast.walk(ast.parse(code)))))
    assert seen == {"a.b", "c", "c.d", "core.nn.e", "core.nn.e.g", "core.nn", "core.nn.h"}


@each_file
def test_imports_follow_the_arrows(path):
    wrong = {name for name in imports(path) if room(name) and not may_see(path, name)}
    assert not wrong, f"{path} imports {sorted(wrong)}"


def test_a_wrong_arrow_is_found():
    assert not may_see(Path("core/charts/theme.py"), "core.nn.tape")
    assert not may_see(Path("core/lessons/loss/charts.py"), "core.lessons.neuron.charts")
    assert not may_see(Path("pages/loss.py"), "core.lessons.neuron.words")
    assert not may_see(Path("core/ui/frame.py"), "core.workshop.cache")
    assert may_see(Path("pages/loss.py"), "core.lessons.loss.words")


def lesson_of(name):
    """The lesson that a page or a lesson's own module belongs to; "" for shared rooms."""
    inside = room(name)
    return inside.split(".")[2] if inside.startswith("core.lessons.") else name[6:] if inside == "pages" else ""


def users_of(name, above):
    """Every module that needs a module, directly or through others."""
    users, queue = set(), [name]
    while queue:
        for user in above[queue.pop()] - users:
            users.add(user)
            queue.append(user)
    return users


def test_no_modules_import_each_other():
    above = seen_by()
    circular = [name for name in above if name in users_of(name, above)]
    assert not circular


def test_a_shared_room_holds_only_what_is_shared():
    above, alone = seen_by(), {}
    for name in above:
        if room(name) in SHARED and room(name) not in LIBRARY and name not in LIBRARY:
            lessons = {lesson_of(user) for user in users_of(name, above)} - {""}
            if len(lessons) == 1:
                alone[name] = lessons
    assert not alone, f"one lesson alone needs these: {alone}"


@each_file
def test_every_library_has_its_place(path):
    here, used = module_name(path), {name.split(".")[0] for name in imports(path)}
    for library in used & set(ONLY_IN):
        at_home = any(here == home or here.startswith(f"{home}.") for home in ONLY_IN[library])
        if library == "altair":  # a lesson's own pictures
            at_home = at_home or (here.startswith("core.lessons.") and here.endswith("charts"))
        assert at_home or (path.as_posix(), library) in EXCEPT, f"{path} imports {library}"


@each([path for path in CORE if path.parts[1] == "nn"])
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


@each_file
def test_a_download_needs_no_rerun_and_is_there_before_the_click(path):
    # A rerun invalidates what a callable would make: a click while the page works would get nothing.
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button"):
            given = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert given.get("on_click") == "'ignore'", f"{path}:{node.lineno}"
            assert not isinstance(node.args[1], ast.Lambda), f"{path}:{node.lineno}"


@each(CORE)
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


@each(["core", *(home.replace(".", "/") for home in SHARED)])
def test_a_package_lists_what_it_holds(package):
    listed = re.findall(
        r"^([\w/]+\.py|\w+/) {2,}\S", ast.get_docstring(tree(Path(package, "__init__.py"))), re.MULTILINE
    )
    inside = [path for path in (ROOT / package).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    holds = {path.name + "/" * path.is_dir() for path in inside} - {"__init__.py"}
    assert sorted(listed) == sorted(holds)
