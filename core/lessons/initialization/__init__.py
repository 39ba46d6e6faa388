"""Lesson on first weights: where training starts from."""
