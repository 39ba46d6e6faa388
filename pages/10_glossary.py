"""glossary."""

from core.ui import frame

lesson = frame.begin("glossary")
frame.heading(lesson)
frame.end("glossary")
