"""How long does Python take to answer a click that asks for nothing new?

    uv run python tests/benchmarks/reruns.py [--against FOLDER]

Every page is opened in-process, without a browser, and run again five times; the simulator also with each of its
presets. Printed are the milliseconds of the first run and the median of the others. With ``--against``, the same is
measured in another folder (an older state of the app), and printed is this one over that one: on a busy machine only
such ratios mean something.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
slug, query = sys.argv[2], json.loads(sys.argv[3])
at = AppTest.from_file(sys.argv[1] + "/streamlit_app.py", default_timeout=120)
if slug != "home":
    at._page_hash = calc_hash(slug)
at.session_state["teaching.answers"] = {f"{slug}.prediction": -1}
for name, value in query.items():
    at.query_params[name] = value
took = []
for _ in range(6):
    began = time.perf_counter()
    at.run()
    took.append(1000 * (time.perf_counter() - began))
assert not at.exception, at.exception
print(json.dumps(took))
"""


def measure(folder: Path, slug: str, query: dict[str, str]) -> tuple[float, float]:
    """Open a page of the app in a process of its own; return the milliseconds of its first run and of a rerun."""
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(folder), slug, json.dumps(query)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    took = json.loads(done.stdout.splitlines()[-1])
    return took[0], statistics.median(took[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, help="a folder with another state of the app")
    against = parser.parse_args().against
    sys.path.insert(0, str(ROOT))
    from core.ui.lessons import LESSONS
    from core.workshop.presets import PRESETS

    works = [(lesson.slug, lesson.slug, {}) for lesson in LESSONS]
    works += [(f"training: {preset.slug}", "training", preset.experiment.to_query()) for preset in PRESETS]
    for name, slug, query in works:
        first, again = measure(ROOT, slug, query)
        line = f"{name:22} first {first:6.0f} ms, again {again:5.0f} ms"
        if against:
            old = measure(against.resolve(), slug, query)
            line += f", this over that {first / old[0]:.2f} and {again / old[1]:.2f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
