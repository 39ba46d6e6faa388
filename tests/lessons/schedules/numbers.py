"""The numbers that lesson 10's exercises and tries speak of, each computed."""


def numbers():
    return {
        "20": "20",  # moves in the dark room; also steps that the patient plateau waits
    }
