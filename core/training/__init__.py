"""An experiment is its link, and training is a pure function of it."""
