"""Streamlit furniture that every page shares.

lessons.py   the table of lessons, from which everything that counts them derives
server.py    what the server does when it starts, before the first visitor
ways.py      the pages as Streamlit knows them
frame.py     the way in, the question at the top, the way on at the bottom
fault.py     what a learner reads where a page breaks
sidebar.py   the course in the sidebar: folded parts, ticks, room for the link
link.py      the address holds the page's whole state
typed.py     a field for a number, read as files are read
cells.py     a small table of numbers to be typed over
drawing.py   a sheet on which a digit is drawn by finger, mouse or key
mirror.py    a widget that shows what other widgets change as well
buttons.py   one of a few, in a row of buttons
sliders.py   sliders that show the value of their link as it is
words.py     what a lesson asks, each question with its answers
phrases.py   a phrase of an explanation sets the controls that it speaks of
teaching.py  predict first, then look, then be asked again
terms.py     the glossary, fed by the lessons
memory.py    answers that outlive a reload, in the browser's own storage
browser.py   keeps the keyboard's place, says when the connection is lost
show.py      draw a chart, building it only when it has changed
player.py    the transport bar that plays every chart in the browser
player_page.py  the bar's page, its clothes and its script
stepper.py   back, play and step through the stages of a computation
formula.py   formulas with the numbers of the moment in their colors
working.py   the arithmetic of small networks as formulas
theme_watch.py  draws the page anew when the theme changes
line.py      pages stand in line, so that a class is answered sooner
ring.py      the learning loop with the numbers of one step
"""
