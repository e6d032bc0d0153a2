"""Settings of the tests: several databases, so that as many real nodes meet in one process."""

import os

from entraide.config.node_file import database_settings, sqlite_settings
from entraide.config.settings import *  # noqa: F403 - the product's settings with the databases of the tests

# A run makes those that its tests name.
_ALIASES = ("default", "partner", "third", "fourth")
_url = os.environ.get("ENTRAIDE_TEST_DATABASE_URL")
if _url:
    from pathlib import Path

    DATABASES = {alias: database_settings(f"{_url}_{alias}", Path()) for alias in _ALIASES}
else:
    # Said outright, or test runners that work side by side would make files with strange names.
    DATABASES = {alias: {**sqlite_settings(":memory:"), "TEST": {"NAME": ":memory:"}} for alias in _ALIASES}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RATE_LIMITS = None  # tests of the limits set their own
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
