"""The view on one point that is moved: its numbers, its words, and what it shows."""
