"""The training simulator.

presets.py       experiments worth starting from, each with what it teaches
controls.py      each setting of an experiment as a control that its link restores
sentences.py     what is said of a run beside its pictures
own_session.py   what a session holds of its learner's own data
own_data.py      the editor of own data, of one kind or the other:
own_points.py    points to be painted, typed, or drawn by a formula
own_table.py     a table from a file, or pasted
painter.py       the sheet to paint points on
painter_page.py  its page, its clothes and its script in the browser
cache.py         runs computed once, by their link, as plain arrays
turns.py         trainings take turns, epoch by epoch
sending.py       the way from a lesson into the simulator, on the lesson's own run
simulator.py     the pictures of a run, side by side over one player
"""
