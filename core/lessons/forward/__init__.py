"""Lesson on forward propagation."""
