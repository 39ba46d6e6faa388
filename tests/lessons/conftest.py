"""What the tests of all lessons share."""

from tests.runs import trained_once  # noqa: F401 (a fixture)
