"""Lesson on attention: where a network looks for its answer."""
