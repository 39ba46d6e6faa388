"""A server that was forked is as cold as one that was just started."""

import subprocess
import sys

from tests.browser.nursery import ROOT

ASK = """
import sys
from importlib import import_module
sys.path.insert(0, "tests/browser")
from forking import LIBRARIES
for name in LIBRARIES:
    import_module(name)
from streamlit.runtime.pages_manager import PagesManager
print([name for name in sys.modules if name.split(".")[0] in ("core", "pages", "streamlit_app")])
print(PagesManager.uses_pages_directory)
"""


def test_before_the_fork_nothing_of_the_app_is_imported_and_no_router_has_run():
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked.stdout.split() == ["[]", "None"]
