"""The pictures of each view, with the words under them."""

from collections.abc import Mapping

import numpy as np

from core.lessons.inside import mistakes, study, words
from core.lessons.inside.charts import Panel
from core.lessons.inside.looking import METHODS, Looked, data, in_words, trained
from core.nn.tape import Array


def of_digit(one: Looked, answered: str = words.ANSWERED) -> Panel:
    """Return the digit and what the network says, in ``answered``."""
    return Panel(one.picture, "the digit", answered.format(answer=one.answer, sure=one.sure))


def of_methods(one: Looked, found: Mapping[str, Array], waiting: bool, ringed: tuple[int, ...] = ()) -> list[Panel]:
    """Return the digit and its maps with their strongest pixels framed; before the question is answered only one.

    ``ringed`` are the pixels that the worked line speaks of.
    """
    top = {name: study.top(found[name]) for name in METHODS}
    panels = [of_digit(one)]
    for name in METHODS[:1] if waiting else METHODS:
        shared = words.SHARED.format(n=int((top[name] & top["occlusion"]).sum()), top=int(top[name].sum()))
        sentence = "" if waiting or name == "occlusion" or not top["occlusion"].any() else shared
        panels.append(Panel(found[name], words.NAMES[name], sentence, "sign", top[name], ringed))
    return panels


def of_networks(
    picture: Array, rows: Mapping[str, Mapping[str, Array]], count: str, ringed: tuple[int, ...] = ()
) -> list[Panel]:
    """Return the maps of one or two networks, a row each; what isn't compared is left out.

    ``ringed`` are the pixels that the worked line speaks of.
    """
    kind, seen = "sign" if count == "signed" else "strength", (picture > 0) | (count != "ink")
    return [
        Panel(np.where(seen, found[name], 0), words.NAMES[name], who, kind, ringed=ringed)
        for who, found in rows.items()
        for name in METHODS
    ]


def of_mistakes(m: int, kind: str, side: int) -> tuple[list[Panel], int]:
    """Return a network's worst mistakes, or right answers, after a patch is erased, and how many are right then."""
    found, theta = mistakes.gallery(m, kind), trained()[m]
    rows, asked = data()["X_test"][found["row"]], found["answer"][None]
    pages, now = mistakes.erased(theta, rows, asked, side)
    marks, panels = mistakes.culprits(theta, rows, asked, side), []
    for k, page in enumerate(pages):
        truth, answer = int(found["truth"][k]), int(found["answer"][k])
        then = (words.FINE if now[k] == truth else words.NOW).format(answer=now[k])
        sentence = then if side else in_words(float(found["sure"][k]))
        panels.append(Panel(page, words.FIRST.format(truth=truth, answer=answer), sentence, "ink", marks[k]))
    return panels, int((now == found["truth"]).sum())


def of_line(picture: Array, product: Array, count: str) -> tuple[int, ...]:
    """Return the pixels whose numbers are written in the third view: what is compared; none if all are alike.

    Of all pixels one without ink and one with the most; of those with ink the one with least and with most; with the
    sign the one that speaks most for the answer and the one most against it.
    """
    if picture.min() == picture.max():
        return ()
    if count == "signed":
        return int(np.argmax(product)), int(np.argmin(product))
    least = np.where(picture > 0, picture, np.inf) if count == "ink" else picture
    return int(np.argmin(least)), int(np.argmax(picture))
