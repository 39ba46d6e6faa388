"""Lesson on batch norm: what it does to each layer's z, the rates it allows, and the batches that break it."""
