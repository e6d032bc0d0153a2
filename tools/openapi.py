"""Write docs/api/openapi.json from the code (`update`), or say whether it is current (`check`)."""

import os
import sys
from pathlib import Path

FILE = Path("docs/api/openapi.json")


def main() -> None:
    """Do what the one argument says; exit code 1 when the file is not current."""
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command not in {"update", "check"}:
        sys.exit("python -m tools.openapi update | check")
    wanted = describe()
    if command == "update":
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(wanted, encoding="utf-8")
    elif not FILE.is_file() or FILE.read_text(encoding="utf-8") != wanted:
        sys.exit(f"{FILE} is not current: run python -m tools.openapi update")


def describe() -> str:
    """Return the description of the interface for programs, as a node serves it."""
    os.environ.pop("ENTRAIDE_HOME", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "entraide.config.settings"
    import django  # noqa: PLC0415 - after the settings are named

    django.setup()
    from entraide.rest.openapi import openapi_text  # noqa: PLC0415 - after Django is set up

    return openapi_text()


if __name__ == "__main__":
    main()
