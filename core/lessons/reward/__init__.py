"""Lesson 28: learning from rewards, by a table of values and by a network that says how likely each move is."""
