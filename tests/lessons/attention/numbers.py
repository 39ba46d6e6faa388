"""The numbers that the lesson's exercises and tries speak of, each computed or given."""

from core.lessons.attention import study, words


def numbers():
    published = {n: n for _, _, size, _ in words.MODELS for n in size.split() if n[0].isdigit()}
    return published | {
        "4": study.SHAPES["1x4"][1],  # numbers of one head
        "10": "10", "20": 10 + 10,  # an exercise's places
        "16": "16",  # ViT-L/16
        "3.1": "3.1", "3": "3",  # models' names
    }  # fmt: skip
