"""Lesson on loss functions."""
