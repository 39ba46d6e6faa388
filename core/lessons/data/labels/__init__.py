"""The view on wrong labels: its numbers, its words, and what it shows."""
