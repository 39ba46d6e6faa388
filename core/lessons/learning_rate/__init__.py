"""Lesson on the learning rate."""
