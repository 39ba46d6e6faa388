"""The glossary: every technical term of the lessons, with a search that a link can hold."""

from itertools import groupby

import streamlit as st

from core.lessons.glossary import words
from core.lessons.glossary.entry import entry
from core.training.settings import text
from core.ui import frame
from core.ui.link import Link
from core.ui.terms import TERMS, near, search

link = Link("glossary", [text("term", lambda asked: bool(search(asked) or near(asked)), "Term")])
lesson = frame.begin("glossary", link)
frame.heading(lesson)

st.text_input(words.SEARCH, key=link.key("term"), placeholder=words.PLACEHOLDER, type="search", max_chars=60, live=True)
asked = link["term"].strip()
found = search(asked)

alike = near(asked) if asked and not found else []
if asked and not found:
    st.text(f"{words.NOTHING} {asked}")
if alike:
    st.subheader(words.NEAR, anchor=False)
    for place, term in enumerate(alike):
        entry(term, first=place == 0)
    st.subheader(words.ALL, anchor=False)
for place, term in enumerate(found if asked else ()):
    entry(term, first=place == 0)
for letter, group in groupby(() if asked and found else TERMS, key=lambda term: term.name[0].upper()):
    st.subheader(letter, anchor=False)
    for term in group:
        entry(term)
frame.end("glossary", link)
