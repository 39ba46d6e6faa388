"""The view on digits that come differently in use: its numbers, its words, and what it shows."""
