"""The numbers that the lesson's exercises and answers speak of, each computed or given."""


def numbers():
    inputs, units = 10, 4
    return {
        "10": inputs,
        "4": units,
        "14": inputs + units,
        "40": inputs * units,
        "44": units * (inputs + 1),
        "1,000": 1000,
        "6": 2 * (1 + 2),  # multiply and add, once forward and twice back
        "3": "3",  # GPT-3
    }
