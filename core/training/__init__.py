"""An experiment is its link, and training is a pure function of it.

parsing.py     read numbers and names out of a link, where anybody may have written anything
settings.py    the one table of settings, and the one reader of links
experiment.py  everything that decides a training run, and its link
building.py    what an experiment's names stand for, as objects
recipe.py      how to train, as one value
examples.py    examples as a step reads them
steps.py       gradient, penalty, update: recorded once, replayed on every batch
deciding.py    from answers to classes: one rule for ties
epochs.py      shuffle, deal out batches, take steps
judge.py       loss and accuracy on fixed examples
loop.py        fit: shuffle, step, look at the loss after every epoch
history.py     what a run leaves behind, and a network that can be asked at any epoch
advice.py      what a learner should know about settings that cannot do what they say
engine.py      train(experiment) -> History
planes.py      planes through weights, and the loss all over them
curvature.py   how strongly a loss bends: its largest second derivative
studies.py     many runs beside one another: other seeds, or one setting swept
noisy.py       descent through noise, where everything can be worked out
finder.py      one short run whose rate grows, to see which rates are worth trying
shapes.py      shapes of equal size on two spirals
one_step.py    one step of a run, opened
signals.py     what travels through a network's layers: values forward, the gradient back
frames.py      what a player shows, and what each unit says over a plane
"""
