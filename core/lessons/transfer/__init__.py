"""Lesson on transfer: whether old learning helps."""
