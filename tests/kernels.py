"""Run the tests of what the pages claim under every kernel that this processor has: ``python tests/kernels.py``.

NumPy multiplies matrices with OpenBLAS, which holds one kernel for each family of processors. Their last bits differ,
and training can blow that up to the whole picture. So a claim is tested under each kernel that runs here, and the
oldest stands for an old machine altogether: NumPy then also leaves out its own instructions for newer processors.

The processor's own kernel comes last; ``--others`` leaves it out, where all tests have just run under it. Claims that
take long are left out without ``--weekly``, as a workflow says once a week. What else is said goes to pytest.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen", "SkylakeX", "Cooperlake", "Sapphirerapids",
         "ARMV8", "NeoverseN1", "NeoverseV1")  # fmt: skip
UNKNOWN = "a BLAS other than OpenBLAS"
PROBE = """
import numpy as np
from threadpoolctl import threadpool_info
for kind in (np.float32, np.float64):
    a = np.ones((99, 99), kind)
    assert (a @ a == 99).all()
print(*{i["architecture"] for i in threadpool_info() if i["internal_api"] == "openblas"})
"""


def environment(name: str) -> dict[str, str]:
    """Return the variables that choose a kernel; they count only when they are set before NumPy is imported."""
    chosen = {"OPENBLAS_CORETYPE": name} if name else {}
    if name == NAMES[0]:
        chosen["NPY_DISABLE_CPU_FEATURES"] = " ".join(np.show_config(mode="dicts")["SIMD Extensions"].get("found", []))
    return {key: value for key, value in os.environ.items() if key != "OPENBLAS_CORETYPE"} | chosen


def running(name: str) -> str:
    """Return which kernel really runs when this one is asked for; nothing if the processor cannot run it."""
    probe = subprocess.run([sys.executable, "-c", PROBE], env=environment(name), capture_output=True, text=True)
    return probe.stdout.strip() if probe.returncode == 0 else ""


def kernels() -> dict[str, str]:
    """Return {kernel that runs: name to ask for}, each kernel once, the processor's own last."""
    found: dict[str, str] = {}
    for name in NAMES:
        if kernel := running(name):
            found.setdefault(kernel, name)
    own = running("") or UNKNOWN
    found.pop(own, None)
    return found | {own: ""}


def claiming() -> list[str]:
    """Return the files with claims: reading all the others takes longer than many a claim."""
    files = (ROOT / "tests").rglob("test_*.py")
    return sorted(str(path) for path in files if "mark.claims" in path.read_text())


def main(arguments: list[str]) -> int:
    """Run the claims under each kernel and return how many of them failed."""
    every = kernels()
    names = list(every)[:-1] if "--others" in arguments else list(every)
    which = "claims" if "--weekly" in arguments else "claims and not weekly"
    rest = [argument for argument in arguments if argument not in ("--others", "--weekly")]
    failed = []
    for kernel in names:
        print(f"\n== {kernel} ==", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-m", which, *(rest or claiming())]
        failed += [kernel] * bool(subprocess.run(command, cwd=ROOT, env=environment(every[kernel])).returncode)
        print(f"{kernel}: {time.monotonic() - began:.0f} s", flush=True)
    print(f"\nThe claims were tested under {', '.join(names)}; they failed under {', '.join(failed) or 'none'}.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
