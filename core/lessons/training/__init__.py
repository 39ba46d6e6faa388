"""The training simulator's words."""
