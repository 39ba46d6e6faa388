"""No number is typed into a text: it is measured, or set by the same sentence, or worked out here once more.

A text's numbers may be

- places that the lesson's study fills, such as ``{epochs}``;
- what the experiment beside the text sets (`Try.values`);
- 0, 1, 2 and 100 %, numbers of layers or lessons, years of papers;
- those of ``tests/lessons/<slug>/numbers.py``, which computes each of them (an exercise's givens are listed there too).
"""

import ast
import importlib
import re
from dataclasses import fields, is_dataclass
from importlib.util import find_spec
from operator import add, mul, sub, truediv

import pytest

from core.ui.lessons import LESSONS
from core.ui.words import Try

SLUGS = [lesson.slug for lesson in LESSONS]
PLACE = re.compile(r"\{[^{}]*\}")
YEAR = re.compile(r"\(?\b(19|20)\d\d\b\)?|arXiv \d{4}\.\d{5}|\b\d{4}\.\d{5}\b")
SETS = re.compile(r"\]\(\?[^)]*\)")
"""What a phrase sets (core/ui/phrases.py)."""
NAME = re.compile(r"\b(?:layer|lesson|hidden|step|class|L|R|x|h|w)[ _]?\d\b", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?:e[-−]?\d+)?(?![\w])")
ALWAYS = {"0", "1", "2", "100"}


def texts(value, settings=()):
    """All strings inside a module's value, each with the settings of the experiment that it belongs to."""
    if isinstance(value, str):
        yield value, settings
    elif isinstance(value, Try):
        yield value.look, tuple(value.values.values())
        yield value.label, tuple(value.values.values())
    elif is_dataclass(value) and not isinstance(value, type):
        for f in fields(value):
            yield from texts(getattr(value, f.name), settings)
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one, settings)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one, settings)


def numbers_in(text):
    """The numbers that are written in a text, as they are written."""
    for pattern in (SETS, PLACE, YEAR, NAME):
        text = pattern.sub(" ", text)
    return NUMBER.findall(text)


def is_written(token, value):
    """Whether a value, rounded to the token's decimals, is what the token says."""
    if isinstance(value, str):
        return token == value
    plain = token.replace(",", "").replace("−", "-")
    if "e" in plain:
        return float(plain) == float(f"{value:.{len(plain.split('e')[0].partition('.')[2])}e}")
    return abs(float(plain) - value) <= 0.5001 * 10.0 ** -len(plain.partition(".")[2])


def is_setting(token, settings):
    flat = [n for v in settings for n in (v if isinstance(v, tuple | list) else (v,))]
    said = {str(v) for v in flat} | {f"{abs(v):g}" for v in flat if isinstance(v, int | float)}
    said |= {f"{100 * v:g}" for v in flat if isinstance(v, float)}
    return token in said or any(token in str(v).split("-") for v in flat)


@pytest.mark.claims
@pytest.mark.parametrize("slug", SLUGS)
def test_every_number_in_the_words_is_computed(slug):
    words = importlib.import_module(f"core.lessons.{slug}.words")
    known = {}
    if find_spec(f"tests.lessons.{slug}.numbers"):
        known = importlib.import_module(f"tests.lessons.{slug}.numbers").numbers()
    wrong, used = [], set()
    public = {name: v for name, v in vars(words).items() if name.isupper()}
    for name, value in public.items():
        for text, settings in texts(value):
            for token in numbers_in(text):
                if token in known:
                    used.add(token)
                    ok = is_written(token, known[token])
                else:
                    ok = token in ALWAYS or is_setting(token, settings)
                if not ok:
                    wrong.append(f"{name}: {token} in “{text[:60]}…”")
    assert not wrong, "\n".join(dict.fromkeys(wrong))
    assert not set(known) - used, f"no text says these: {sorted(set(known) - used)}"


SIDE = r"[-−+(]*\d[\d,.]*(?: ?[-−+×/·()] ?\(?[-−]?\d[\d,.]*\)*)*"
EQUATION = re.compile(rf"(?<![\w.}}])({SIDE})(?: = ({SIDE}))+(?![\w{{])")


def worked_out(side):
    """The value of a line such as ``2 × (−1.5) − 3``."""
    parsed = ast.parse(side.strip(" .").replace(",", "").translate(str.maketrans("×·−", "**-")), mode="eval")
    return work(parsed.body)


def work(node):
    operations = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.Div: truediv}
    if isinstance(node, ast.BinOp):
        return operations[type(node.op)](work(node.left), work(node.right))
    if isinstance(node, ast.UnaryOp):
        return -work(node.operand) if isinstance(node.op, ast.USub) else work(node.operand)
    assert isinstance(node, ast.Constant)
    return node.value


def equations(text):
    """The equations between numbers in a text, as lists of their sides."""
    return [match.group(0).split(" = ") for match in EQUATION.finditer(text)]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_equation_in_the_words_is_true(slug):
    words = importlib.import_module(f"core.lessons.{slug}.words")
    for text, _ in texts([v for name, v in vars(words).items() if name.isupper()]):
        for first, *others in equations(text):
            for other in others:
                assert is_written(other.strip(" .()+"), worked_out(first)) or worked_out(other) == worked_out(first), (
                    text
                )


def test_the_reader_of_equations_reads_them():
    assert equations("There z = 2 × (−1.5) − 3 = −6. The turn is at 3/2 = 1.5.") == [
        ["2 × (−1.5) − 3", "−6."],
        ["3/2", "1.5."],
    ]
    assert worked_out("2 × (−1.5) − 3") == worked_out("−6.") == -6
    assert equations("no {w} = 3 here, w = 2") == []


def test_the_rule_sees_a_changed_number():
    assert numbers_in("the curve is flat at 0.5498 for {n} epochs (Guo et al. 2017), layer 3: 73,534") == [
        "0.5498",
        "73,534",
    ]
    assert is_written("0.5498", 0.54983)
    assert not is_written("0.5598", 0.54983)
    assert is_written("73,534", 73534)
    assert not is_written("73,534", 73535)
    assert is_setting("0.501", (0.501, "sgd"))
    assert not is_setting("0.5", (0.501, "sgd"))
