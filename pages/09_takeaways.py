"""takeaways."""

from core.ui import frame

lesson = frame.begin("takeaways")
frame.heading(lesson)
frame.end("takeaways")
