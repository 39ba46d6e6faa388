"""A neural network in NumPy and nothing else."""
