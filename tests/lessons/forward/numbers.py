"""The numbers that lesson 2's texts speak of."""


def numbers():
    units, inputs = 4, 3
    return {"4": units, "3": inputs, "7": units + inputs, "12": units * inputs, "16": units * inputs + units}
