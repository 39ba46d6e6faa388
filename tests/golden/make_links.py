"""Write links.json: forty links as teachers shared them, and the numbers that their pages showed.

Run it from the root of a checkout: ``PYTHONPATH=. python path/to/make_links.py``. The file here was made on commit
de81517, the last one before pages and lessons moved into their present rooms; the script runs on both layouts, so the
same forty links can be asked of any commit. `tests/test_old_links.py` holds today's code to the file.

A link's record is the address to which its page brings it (a lawful link's own), and numbers: of a training run its
losses and accuracies at the end and three predictions; of a lesson what its metrics and tables hold. All runs are ones
that settle: past the largest stable rate the seventh digit of a processor's sums decides the end.
"""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import numpy as np
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core.training.engine import train
from core.training.experiment import Experiment

LINKS = """
home
home?data=moons&net=one&step=350&seed=7&v=1
home?data=xor&seed=3&epoch=40&v=1
neuron?f=tanh&x=-1.25&w=2.5&b=-0.75&v=1
neuron?view=two&w1=-0.65&w2=1.3&b2=0.4&gate=or&f=relu&v=1
forward?x1=-1.5&step=2&unit=2&h3=4&f=tanh&seed=77&bias=1&v=1
forward?net=xor&x1=1&x2=0&step=2&v=1
forward?inputs=2&h1=4&h2=0&f=sigmoid&out=brier&x1=3&x2=-4.5&seed=5&v=1
loss?yhat=0.31&y=0.62&loss=huber&v=1
loss?view=many&w=0.85&b=0.4&wrong=1&loss=mae&v=1
loss?view=classes&start=3.5&rate=0.4&z0=-1.2&z1=0.7&z2=4&true=1&v=1
backprop?weight=3&rate=1.7&updates=12&step=4&v=1
backprop?net=deep&f=sigmoid&loss=bce&target=0&x1=-1.1&h=5&v=1
backprop?weight=99&rate=-4&step=two&place=below&v=1
learning_rate?rate=0.45&L=6.5&v=1
learning_rate?view=network&r1=0.1&r2=0.3&r3=0.03&v=1
learning_rate?view=range&finder=adam&opt=momentum&batch=32&scale=10&v=1
build?net=4-16-8-3&f=relu&batch=128&v=1
takeaways
takeaways?seed=4321&v=1
training
training?dataset=circles&noise=0.1&samples=400&hidden=16-8&activation=relu&optimizer=sgd&lr=0.1&epoch=30&v=1
training?dataset=xor&noise=0.1&features=x1,x2,x1x2&hidden=none&optimizer=momentum&momentum=0.8&lr=0.05&log=1&v=1
training?dataset=blobs4&noise=0.8&optimizer=nesterov&lr=0.03&schedule=step&batch=64&label_noise=0.1&v=1
training?dataset=spirals2&noise=0.05&features=x1,x2,sinx1,sinx2&optimizer=adagrad&lr=0.1&schedule=exponential&epochs=60&v=1
training?dataset=gauss&optimizer=rmsprop&lr=0.005&schedule=cosine&epochs=50&init=lecun_normal&activation=elu&v=1
training?dataset=iris&optimizer=adamw&lr=0.01&schedule=warmup_cosine&view=inputs&ax=2&ay=3&epochs=60&v=1
training?dataset=wine&batchnorm=1&hidden=12&activation=leaky_relu&schedule=one_cycle&lr=0.01&epochs=40&v=1
training?dataset=breast_cancer&residual=1&hidden=10-10-10&activation=gelu&lr=0.003&epochs=15&batch=128&v=1
training?dataset=sine&samples=120&noise=0.1&activation=silu&optimizer=adam&lr=0.01&epochs=60&loss=huber&v=1
training?dataset=diabetes&hidden=16&l2=0.1&lr=0.003&epochs=40&loss=mae&init=he_uniform&v=1
training?dataset=bump&noise=0.1&l1=0.001&test=0.5&data=5&seed=9&epochs=50&lr=0.005&v=1
training?dropout=0.2&hidden=24&lr=0.005&epochs=40&batch=16&loss=hinge&v=1
training?learning_rate=0.01&batch_size=64&epochs=60&data_seed=3&test_share=0.4&init_scale=0.3&init=normal&v=1
training?dataset=nothing&samples=1e9&noise=-3&lr=nan&hidden=8-999&epochs=20&optimizer=Adam&v=9
training?hidden=16&patience=5&lr=0.01&epochs=60&v=1
training?dataset=circles&noise=0.1&hidden=12&optimizer=sgd&lr=0.1&schedule=plateau&epochs=60&v=1
predict?dataset=blobs3&noise=1&px=-4&py=2.5&zoom=10&epochs=50&v=1
predict?dataset=digits&samples=600&hidden=24&lr=0.005&epochs=12&batch=64&row=17&v=1
predict?dataset=curve&samples=100&noise=0.1&px=1.5&lr=0.01&epochs=60&loss=mse&v=1
""".split()  # noqa: SIM905 (one a line, as in an address bar)

HERE = Path(__file__).resolve().parent
RUNS = ("training", "predict")
DIGITS, ROWS = 6, 12
SETTLED = 5  # so many of the smallest rates end the same everywhere
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def parts(link):
    """Return a link's page and its query."""
    page, _, query = link.partition("?")
    return page, {k: v[-1] for k, v in parse_qs(query).items()}


def rounded(value):
    """Return a number with six digits; what is no number as None."""
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None


def open_page(page, query):
    """Open a page as its link does, every prediction skipped."""
    at = AppTest.from_file(str(Path("streamlit_app.py").resolve()), default_timeout=300)
    if page != "home":
        at._page_hash = calc_hash(page)
    names = [f"{page}{view}.prediction" for view in ("", ".one", ".two", ".many", ".classes", ".network", ".range")]
    try:
        from core.ui.words import words_of

        names += [words_of(page).question(page, view) for view in words_of(page).views]
    except ImportError:
        pass
    at.session_state["teaching.answers"] = dict.fromkeys(names, -1)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    return at


def page_numbers(at):
    """Return what a page's metrics and tables hold: of each column of numbers its first entries."""
    columns = {f"metric {m.label}": [float(n) for n in NUMBER.findall(m.value.replace(",", ""))] for m in at.metric}
    for table in at.dataframe:
        for name in table.value.select_dtypes("number"):
            columns[str(name)] = [rounded(v) for v in table.value[name].to_numpy(float)[:ROWS]]
    cards = [s.value for s in at.subheader if s.value[0].isdigit()]
    return columns | {f"card {k}": [float(n) for n in NUMBER.findall(card)] for k, card in enumerate(cards)}


def run_numbers(experiment):
    """Return how a run ends and what its network says of the first three examples."""
    h = train(experiment)
    curves = "train_loss", "test_loss", "train_accuracy", "test_accuracy"
    says = h.predict(h.data.data.X[:3])
    return {c: [rounded(getattr(h, c)[-1])] for c in curves} | {
        "epochs": [h.epochs], "predictions": [rounded(v) for v in np.ravel(says)]}  # fmt: skip


def range_numbers(query):
    """Return the losses that lesson 5 compares, medians over ten seeds (the page took ten, and takes twenty now)."""
    try:
        from core.lessons.learning_rate import rates
    except ImportError:
        from core.training import rates
    final = rates.final_losses(query["opt"], int(query["batch"]), float(query["scale"]), 10)
    return {"median of ten": [rounded(v) for v in np.median(final, axis=0)[:SETTLED]]}


def record(link):
    """Return a link's address and numbers, as the code in this folder has them."""
    page, query = parts(link)
    at = open_page(page, query)
    address = {k: str(v) for k, v in at.session_state["link.here"]["address"].items()}
    if page in RUNS:
        numbers = run_numbers(Experiment.from_query(address)[0])
    else:
        numbers = range_numbers(query) if query.get("view") == "range" else page_numbers(at)
    return {"link": link, "address": urlencode(address), "numbers": numbers}


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(record(link)) for link in LINKS)
    (HERE / "links.json").write_text(f"[\n{lines}\n]\n")
