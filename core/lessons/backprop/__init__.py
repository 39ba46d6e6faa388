"""Lesson on backpropagation."""
