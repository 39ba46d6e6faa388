"""The words of the glossary page; the terms themselves stand in core/ui/terms.py."""

SEARCH = "Find a term"
PLACEHOLDER = "such as gradient"
NOTHING = "No entry speaks of this:"
