"""Lesson 29: which pixels and units an answer depends on, whether such a map is real, and the worst answers."""
