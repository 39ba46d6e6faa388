"""Finds the controls of a page by itself, moves each the way a person would, and sees whether the screen answers.

No control is named here: whatever stands on the page is found, so that a new one cannot be forgotten.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, TimeoutError

from core.ui.mirror import AGAIN
from tests.browser.driving import let_pass, pick, skip_prediction, tap, wait_until_settled

KINDS = [
    "stSlider",
    "stButtonGroup",
    "stCheckbox",
    "stNumberInput",
    "stTextInput",
    "stSelectbox",
    "stButton",
    "stRadio",
]
PATIENCE = 6.0  # seconds
_FIND = """kinds => [...document.querySelectorAll('[data-testid="stMain"] [data-testid]')]
  .filter(e => kinds.includes(e.dataset.testid) && e.checkVisibility()).map(e => {
    const own = e.closest('[data-testid="stElementContainer"]');
    const label = e.querySelector('[data-testid="stWidgetLabel"]')
      ?? e.querySelector('[data-testid="stMarkdownContainer"]') ?? e;
    return {kind: e.dataset.testid, key: [...own.classList].find(c => c.startsWith('st-key-')) ?? '',
      label: label.innerText.trim(),
      off: ![...e.querySelectorAll('button, input')].some(part => !part.disabled)};
  })"""
# Drawers with a control in them, and those that are filled when they are opened.
_DRAWERS = """kinds => [...document.querySelectorAll('[data-testid="stMain"] details')].filter(e => e.checkVisibility())
  .map(e => {
    const within = [...e.querySelectorAll('[data-testid]')].map(part => part.dataset.testid);
    const known = !within.includes('stElementContainer') || within.some(id => kinds.includes(id));
    return [e.querySelector('summary p').innerText.split(':')[0], e.open, known];
  })"""
# What a person sees of the page without scrolling: words, formulas and pictures, but not the control itself.
_SIGHT = """own => {
  const main = document.querySelector('[data-testid="stMain"]'), words = [], pictures = [];
  const pixels = canvas => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Uint32Array(data.buffer).reduce((hash, pixel) => Math.imul(hash ^ pixel, 16777619), 2166136261);
  };
  const inSight = r => r.height > 0 && r.bottom > 0 && r.top < innerHeight;
  const left = '[data-testid="stSpinner"], [data-testid="stSkeleton"], .katex-mathml';
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (own?.contains(e) || e.closest(left) || !e.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (inSight(range.getBoundingClientRect())) words.push(walker.currentNode.textContent);
  }
  for (const canvas of main.querySelectorAll('[data-testid="stVegaLiteChart"] canvas'))
    if (canvas.width && canvas.checkVisibility() && inSight(canvas.getBoundingClientRect()))
      pictures.push(pixels(canvas));
  return [words.join('\\n'), pictures.join('\\n')];
}"""

# As a person does: from the top, until the drawer is open before them, and the control not at the window's edge.
_SCROLL = """e => {
  document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
  e.closest('details')?.scrollIntoView({block: 'nearest'});
  const {top, bottom} = e.getBoundingClientRect();
  if (top < 100 || bottom > innerHeight - 100) e.scrollIntoView({block: 'center'});
}"""


@dataclass(frozen=True)
class Control:
    """One control of a page: its kind, the key that its page gave it, and its label."""

    kind: str
    key: str
    label: str
    off: bool

    @property
    def name(self) -> str:
        """What tells it from the others: its key, or else its label without numbers, which may be counting."""
        own = re.sub(f"{AGAIN}\\d+$", "", self.key.removeprefix("st-key-"))
        named = own or re.sub(r"\d+", "#", self.label)
        return f"{named} {self.label}" if "-try-" in named else named  # each view has experiments of its own

    def on(self, page: Page) -> Locator:
        """Return the control itself."""
        main = page.get_by_test_id("stMain")
        if self.key:
            return main.locator(f".{self.key}").get_by_test_id(self.kind).first
        return main.get_by_test_id(self.kind).filter(has_text=self.label, visible=True).first


@dataclass
class Found:
    """What moving the controls showed.

    What answered to each, which did not change the link, which closed a drawer, and which drawers hold none.
    """

    moved: dict[str, str]
    unlinked: set[str]
    closed: list[str]
    empty: set[str]


def move_each(
    page: Page, texts: Mapping[str, str], known: set[str], views: str = "-view$", elsewhere: str = "(?!)",
    questions: str = "(?!)",
) -> Found:  # fmt: skip
    """Move every control that is not ``known`` yet: first those in the open, then drawer after drawer, the view last.

    A drawer that is ``known`` by its title stays closed.

    ``texts`` says what to type into a text field, ``views`` which controls' names choose a view, ``elsewhere`` which
    are moved on another page, ``questions`` which are asked, so that no link holds their answers.
    """
    found = Found({}, set(), [], set())
    _close_all(page)
    _move_those_in_sight(page, texts, known, found, f"{views}|{elsewhere}", questions)
    visited = set(known)
    while titles := [title for title, _, good in _drawers(page) if good and title not in visited]:
        visited.add(titles[0])
        _turn(page, titles[0])
        found.empty |= {title for title, _, good in _drawers(page) if title == titles[0] and not good}
        _move_those_in_sight(page, texts, known, found, f"{views}|{elsewhere}", questions)
        if titles[0] in _opened(page):
            _turn(page, titles[0])
    _move_those_in_sight(page, texts, known, found, elsewhere, questions)
    return found


def _move_those_in_sight(
    page: Page, texts: Mapping[str, str], known: set[str], found: Found, later: str, questions: str
) -> None:
    """Move what can be seen, from top to bottom, also what appears meanwhile; not what is for ``later``."""
    while todo := [
        control
        for control in (Control(**one) for one in page.evaluate(_FIND, KINDS))
        if control.name not in known | found.moved.keys() and not control.off and not re.search(later, control.name)
    ]:
        control = todo[0]
        opened, link = _opened(page), page.url
        found.moved[control.name] = answer_to(page, control, texts.get(control.name, ""))
        if not re.search(questions, control.name) and not _goes_on_to_another(page, link):
            found.unlinked.add(control.name)
        found.closed += [
            f"{control.name} closed “{d}”" for d, is_open, _ in _drawers(page) if d in opened and not is_open
        ]
        skip_prediction(page)  # a view may ask something of its own


def _goes_on_to_another(page: Page, link: str) -> bool:
    """Return whether the page's link is, or soon becomes, another: a stepper that plays answers with its next stage."""
    try:
        page.wait_for_function("link => location.href !== link", arg=link, timeout=2_000)
    except TimeoutError:
        return False
    return True


def answer_to(page: Page, control: Control, text: str = "") -> str:
    """Move the control; return what else in sight is different when the page is at rest: "picture", "words" or ""."""
    control.on(page).evaluate(_SCROLL)
    before = in_sight(page, control)
    _MOVES[control.kind](page, control.on(page), text)
    deadline = time.monotonic() + PATIENCE
    while (now := in_sight(wait_until_settled(page), control)) == before and time.monotonic() < deadline:
        let_pass(page, 12)  # what plays takes its first step a while after it was told to
    if now == before:
        return ""
    return "picture" if now[1] != before[1] else "words"


def in_sight(page: Page, control: Control) -> tuple[str, str]:
    """Return the words and the pictures that can be seen now, without the control."""
    own = control.on(page).element_handles()
    words, pictures = page.evaluate(_SIGHT, own[0] if own else None)
    return words, pictures


def _drawers(page: Page) -> list[tuple[str, bool, bool]]:
    return [tuple(one) for one in page.evaluate(_DRAWERS, KINDS)]


def _opened(page: Page) -> list[str]:
    return [title for title, is_open, _ in _drawers(page) if is_open]


def _turn(page: Page, title: str) -> None:
    """Open or close a drawer."""
    was_open, place = title in _opened(page), [one for one, _, _ in _drawers(page)].index(title)
    drawers = page.get_by_test_id("stMain").locator("details").locator("visible=true")
    tap(drawers.nth(place).locator("summary").first)
    wait_until_settled(page)
    assert (title in _opened(page)) != was_open, f"the drawer “{title}” did not move"


def _close_all(page: Page) -> None:
    for title in _opened(page):
        _turn(page, title)


def _slide(page: Page, control: Locator, text: str) -> None:
    thumb = control.get_by_role("slider").first
    at_its_end = thumb.evaluate("input => +input.value >= +input.max")
    for _ in range(2):
        thumb.press("ArrowLeft" if at_its_end else "ArrowRight")


def _choose(page: Page, control: Locator, text: str) -> None:
    tap(control.locator('button[data-variant]:not([aria-checked="true"]):not([aria-pressed="true"])').first)


def _select(page: Page, control: Locator, text: str) -> None:
    menu = control.get_by_role("combobox")
    pick(page, menu, page.get_by_role("option").filter(has_not_text=menu.input_value() or "nothing").first)


def _type(page: Page, control: Locator, text: str) -> None:
    control.locator("input").fill(text)
    page.keyboard.press("Enter")


def _count(page: Page, control: Locator, text: str) -> None:
    control.get_by_role("spinbutton").press("ArrowUp")
    page.keyboard.press("Enter")


_MOVES = {
    "stSlider": _slide,
    "stButtonGroup": _choose,
    "stSelectbox": _select,
    "stTextInput": _type,
    "stNumberInput": _count,
    "stCheckbox": lambda page, control, text: tap(control.locator("label")),
    "stRadio": lambda page, control, text: tap(control.locator("label:has(input)").first),
    "stButton": lambda page, control, text: tap(control.get_by_role("button").filter(visible=True)),
}
