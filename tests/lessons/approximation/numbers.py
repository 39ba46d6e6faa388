"""The numbers that lesson 17's exercises speak of, each computed."""


def numbers():
    corners = (1, 2, 3)
    weight, bias = 4, -2
    return {
        "3": len(corners),
        "4": weight,
        "6": weight * 2 + bias,
        "0.5": -bias / weight,
    }
