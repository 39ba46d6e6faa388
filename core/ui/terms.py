"""The words of the trade, each in one or two sentences, with the lessons that use it.

Each lesson brings the terms that it is the first to use, in ``core/lessons/<slug>/terms.txt``: plain text, so that it
can be read and mended as such. A line ``name / other names | lessons | preset`` (the preset, of
core/workshop/presets.py, shows the thing in the simulator; most have none), then the definition, indented.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import quote_plus

LESSONS = Path(__file__).parents[1] / "lessons"


@dataclass(frozen=True)
class Term:
    """One entry: what it is called, what it means, where it is used, its other names, a preset that shows it."""

    name: str
    says: str
    lessons: tuple[str, ...]
    also: tuple[str, ...] = ()
    preset: str = ""


def term_link(name: str, text: str = "") -> str:
    """Return the Markdown link from a word to its entry; it opens beside the page, which is kept as it is.

    >>> term_link("gradient")
    '[gradient](glossary?term=gradient)'
    >>> term_link("learning rate", "rate")
    '[rate](glossary?term=learning+rate)'
    """
    return f"[{text or name}](glossary?term={quote_plus(BY_NAME[name].name)})"


def search(asked: str) -> list[Term]:
    """Return the terms that an inquiry may mean, the likeliest first; all of them, in order, when it is empty.

    >>> [term.name for term in search("gradient")][:2]
    ['gradient', 'gradient check']
    """
    wanted = " ".join(asked.lower().split())
    ranked = [(rank, k) for k, term in enumerate(TERMS) if (rank := _rank(term, wanted)) < _NO_MATCH]
    return [TERMS[k] for _, k in sorted(ranked)]


def near(asked: str) -> list[Term]:
    """Return the terms whose names are nearly what was asked, the nearest first: a letter too many or too few.

    >>> [term.name for term in near("overfiting")][:1]
    ['overfitting']
    """
    names = {name.lower(): term for name, term in BY_NAME.items()}
    alike = get_close_matches(" ".join(asked.lower().split()), names, n=3, cutoff=0.75)
    return list({names[name].name: names[name] for name in alike}.values())


_NO_MATCH = 4


def _rank(term: Term, wanted: str) -> int:
    names = [name.lower() for name in (term.name, *term.also)]
    tests = (
        wanted in names,
        any(name.startswith(wanted) for name in names),
        any(wanted in name for name in names),
        wanted in term.says.lower(),
    )
    return next((rank for rank, found in enumerate(tests) if found), _NO_MATCH)


def _read(table: str) -> list[Term]:
    """Read a table: a line at the margin begins an entry, indented lines are its definition."""
    found: list[Term] = []
    for block in table.replace("\n  ", "\t").splitlines():
        head, *says = block.split("\t")
        names, lessons, preset = [part.strip() for part in f"{head}||".split("|")][:3]
        name, *also = names.split(" / ")
        found.append(Term(name, " ".join(says), tuple(lessons.split()), tuple(also), preset))
    return found


def _all() -> tuple[Term, ...]:
    """Return the terms of all lessons, in alphabetical order."""
    tables = [file.read_text(encoding="utf-8") for file in LESSONS.glob("*/terms.txt")]
    return tuple(sorted((term for table in tables for term in _read(table)), key=lambda term: term.name.lower()))


TERMS: tuple[Term, ...] = _all()
BY_NAME: dict[str, Term] = {name: term for term in TERMS for name in (*term.also, term.name)}
