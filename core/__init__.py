"""The course's engine. Read the rooms in this order, and in each the files in the order that it lists.

nn/        the network and how it learns, in NumPy alone
data/      datasets, engineered inputs, splits, scaling, a learner's own table
charts/    the vocabulary of pictures: arrays in, pictures out
training/  an experiment is its link; training is a pure function of it
ui/        the furniture that every page shares
workshop/  the training simulator
lessons/   what one lesson alone needs, a folder a lesson

``nn``, ``data`` and ``charts`` know nothing of one another; each later room may use the earlier ones. A lesson never
imports another: what two of them need lies in the lowest room that can hold it.
"""
