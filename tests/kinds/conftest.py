"""These tests run in a process of their own, with two kinds of fact more than the product has: see `settings`."""

import os

from tests.integration.conftest import node, site

__all__ = ["node", "site"]

if os.environ.get("DJANGO_SETTINGS_MODULE") != "tests.kinds.settings":
    collect_ignore_glob = ["test_*.py"]
