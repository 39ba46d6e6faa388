"""Lesson on activations: what the bend is for."""
