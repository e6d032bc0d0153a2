"""`check` fails when a model has changed without its migration; `update` writes the missing migrations.

A set DJANGO_SETTINGS_MODULE is kept: settings of tests may hold applications that the product does not have.
"""

import argparse
import os

import django
from django.core.management import call_command


def main() -> None:
    """Run the asked command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["update", "check"])
    command = parser.parse_args().command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")
    django.setup()
    call_command("makemigrations", check_changes=command == "check", dry_run=command == "check")


if __name__ == "__main__":
    main()
