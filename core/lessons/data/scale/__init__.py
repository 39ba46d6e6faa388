"""The view on measurements of very different size: its numbers, its words, and what it shows."""
