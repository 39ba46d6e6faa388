"""The training simulator.

presets.py    experiments worth starting from, each with what it teaches
controls.py   each setting of an experiment as a control that its link restores
sentences.py  what is said of a run beside its pictures
cache.py      runs computed once, by their link, as plain arrays
turns.py      trainings take turns, epoch by epoch
sending.py    the way from a lesson into the simulator, on the lesson's own run
simulator.py  the pictures of a run, side by side over one player
"""
