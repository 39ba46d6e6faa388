"""Lesson 17: what one hidden layer can draw, by hand, at best, and by training."""
