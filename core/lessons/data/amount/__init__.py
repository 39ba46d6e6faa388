"""The view on how many examples there are: its numbers, its words, and what it shows."""
