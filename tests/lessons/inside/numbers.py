"""The numbers that the lesson's texts speak of, each computed."""

from core.charts.band import HIGH, LOW
from core.lessons.inside import looking


def numbers():
    slope, ink = 3, 0
    answer = looking.Looked(looking.data()["X_test"][2], looking.trained()[0]).answer
    return {"5": answer, "3": slope, "6": 2 * slope, "0": slope * ink, "80": 100 * (HIGH - LOW)}
