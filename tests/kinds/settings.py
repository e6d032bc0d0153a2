"""Settings of the tests with two kinds of fact more than the product has."""

from tests.settings import *  # noqa: F403 - all of them

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kinds.activity", "tests.kinds.visit"]  # noqa: F405 - of the line above
