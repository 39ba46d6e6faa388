"""Lesson on predictions."""
