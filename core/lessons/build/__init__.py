"""Lesson on the size of a network."""
