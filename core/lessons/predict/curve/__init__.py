"""A network that answers with a number: its curve, within the data and far outside them."""
