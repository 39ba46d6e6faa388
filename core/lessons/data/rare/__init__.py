"""The view on a rare class: its numbers, its words, and what it shows."""
