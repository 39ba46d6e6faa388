"""Streamlit furniture that every page shares.

lessons.py   the table of lessons, from which everything that counts them derives
server.py    what the server does when it starts, before the first visitor
frame.py     the way in, the question at the top, the way on at the bottom
link.py      the address holds the page's whole state
sliders.py   sliders that show the value of their link as it is
teaching.py  predict first, then look, then be asked again
terms.py     the glossary, fed by the lessons
show.py      draw a chart, building it only when it has changed
player.py    the transport bar that plays every chart in the browser
stepper.py   back, play and step through the stages of a computation
formula.py   formulas with the numbers of the moment in their colors
working.py   the arithmetic of small networks as formulas
theme_watch.py  draws the page anew when the theme changes
ring.py      the learning loop with the numbers of one step
"""
