"""Lesson on recurrence: what a network remembers of a sequence, and how far back its gradient reaches."""
