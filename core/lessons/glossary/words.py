"""The words of the glossary page; the terms themselves stand in each lesson's terms.txt."""

from core.ui.words import Words

SEARCH = "Find a term"
PLACEHOLDER = "such as gradient"
NOTHING = "No entry speaks of this:"
NEAR, ALL = "Did you mean", "All entries"

LESSON = Words()
