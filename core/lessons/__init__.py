"""What one lesson alone needs, a folder a lesson: its words and terms, its numbers, its pictures.

Lessons never import each other: what a second one needs moves down to the lowest room that can hold it.
"""
