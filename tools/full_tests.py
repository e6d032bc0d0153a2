"""The tests with coverage, then those that need processes, a browser and PostgreSQL.

What cannot be had is said, never skipped in silence.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.postgresql import find_binaries, temporary_server

PYTEST = [sys.executable, "-m", "pytest", "-q", "-ra"]
FUZZED_SECONDS = "25"
LEAST_COVERED = 93
"""Per cent of lines and branches that run in the tests' own processes; what servers and browsers run is not counted."""
NOT_FUZZED = 2
FOREIGN = ("radicale", "vdirsyncer", "soffice", "java", "node")
"""Programs of others that the tests open our files with."""


def main() -> None:
    """Run the rest of the tests on SQLite, then those of the database on PostgreSQL; exit non-zero on a failure."""
    notes = []
    if not shutil.which("chromium"):
        notes.append("SKIPPED: the browser tests, for there is no `chromium` on the path.")
    if not Path("../shared/communiques").is_dir():
        notes.append("SKIPPED: the tests on real articles, for ../shared/communiques is not here.")
    if importlib.util.find_spec("atheris") is None:
        notes.append("SKIPPED: the fuzzing of the reader, for atheris has no build for this Python or system.")
    missing = [name for name in FOREIGN if not shutil.which(name)]
    if missing:
        notes.append(f"SKIPPED: checks of what is published with {', '.join(missing)}: not on the path.")
    if not Path("tests/integration/clients/node/node_modules").is_dir():
        notes.append("SKIPPED: the checkers of HTML and OpenAPI: no `npm ci` in tests/integration/clients/node.")
    measured = [*PYTEST, "-n", "2", "--cov", "--cov-report="]
    failed = (
        subprocess.run([*measured, "tests/unit", "tests/integration", "tests/conformance"], check=False).returncode != 0
    )
    # The kinds of fact that only tests declare need settings of their own; what is general is covered by them alone.
    kinds = [*PYTEST, "--cov", "--cov-append", "--cov-report=", "tests/kinds"]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.kinds.settings"}
    failed |= subprocess.run(kinds, check=False, env=settings).returncode != 0
    print(f"== of lines and branches, {LEAST_COVERED} per cent at least are tested in process", flush=True)
    report = [
        sys.executable,
        "-m",
        "coverage",
        "report",
        "--skip-covered",
        "--sort=cover",
        f"--fail-under={LEAST_COVERED}",
    ]
    failed |= subprocess.run(report, check=False).returncode != 0
    # One at a time: each of these has two processes and a browser of its own.
    failed |= subprocess.run([*PYTEST, "tests/e2e"], check=False).returncode != 0
    print(f"== the reader is fuzzed for {FUZZED_SECONDS} seconds", flush=True)
    fuzzed = subprocess.run([sys.executable, "-m", "tests.fuzz.fuzz_reader", "--seconds", FUZZED_SECONDS], check=False)
    failed |= fuzzed.returncode not in {0, NOT_FUZZED}
    binaries = find_binaries()
    if binaries is None:
        notes.append("SKIPPED: the database tests on PostgreSQL, for no server is installed.")
    else:
        print("== again on PostgreSQL", flush=True)
        with temporary_server(binaries) as url:
            environment = {**os.environ, "ENTRAIDE_TEST_DATABASE_URL": url}
            # Tests of reading and of languages ask no database, and what others open is the same files: not again.
            command = [
                *PYTEST,
                "-n",
                "2",
                "tests/integration",
                "--ignore=tests/integration/reader",
                "--ignore=tests/integration/documents",
                "--ignore=tests/integration/languages",
                "--ignore=tests/integration/clients",
            ]
            failed |= subprocess.run(command, check=False, env=environment).returncode != 0
    for note in notes:
        print(note)
    sys.exit(failed)


if __name__ == "__main__":
    main()
