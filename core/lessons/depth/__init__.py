"""Lesson 18: what depth buys, by folding and in races at equal size."""
