"""Lesson on overfitting: how a network's size and the length of its training show on new data."""
