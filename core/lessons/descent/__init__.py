"""Lesson on optimizers: seven ways down from the same start."""
