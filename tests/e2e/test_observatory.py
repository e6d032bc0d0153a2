"""An observatory as a newcomer makes it: from the commands and what they say, and the site that comes of it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import free_port
from tests.e2e.test_commands import demand_one_line, entraide

pytestmark = pytest.mark.slow

NAMES = ("--organisation", "fr=Observatoire de la coopération policière")


def test_an_observatory_is_made_and_served_from_the_commands_alone(tmp_path: Path) -> None:
    """Made, checked, an editor entered, served; the public reads it, and the exchange answers with one sentence."""
    home, port = tmp_path / "watch", free_port()
    origin = f"http://127.0.0.1:{port}"
    made = entraide(
        "init", str(home), "--edition", "observatory", "--name", "watch", "--state", "FR", *NAMES, "--origin", origin
    )
    assert made.returncode == 0, made.stderr
    next_command = made.stdout.splitlines()[-1].split()
    assert next_command[:3] == ["entraide", "user", "create"]
    words = re.findall(r'"[^"]*"|\S+', made.stdout.splitlines()[-1])[1:]
    opened = entraide(*[word.strip('"') for word in words], "--password-stdin", home=home, given="Sentier-lumineux-9\n")
    assert opened.returncode == 0, opened.stderr
    checked = entraide("doctor", home=home)
    said = checked.stdout.splitlines()
    assert said[0] == "Edition: observatory (the public register alone; nothing is exchanged)."
    assert said[-1] == "All is well."
    demand_one_line(entraide("worker", home=home), exit_code=5, code="cli.nothing_to_deliver")
    approver = ("user", "create", "x.y", "--role", "approver", "--post", "X", "--password-stdin")
    refused = entraide(*approver, home=home, given="Sentier-lumineux-9\n")
    demand_one_line(refused, exit_code=2, code="access.role_of_nodes_only")
    visit_served(home, port)
    # The thread that stands in for the worker has closed the log behind the editor's account.
    assert "Every log verifies." in entraide("verify", home=home).stdout


def visit_served(home: Path, port: int) -> None:
    """Serve the home, read what it says and what its pages answer, and end it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "ENTRAIDE"))}
    command = [sys.executable, "-m", "entraide.cli.command", "serve", "--port", str(port)]
    with subprocess.Popen(  # noqa: S603 - our own command
        command,
        env=kept | {"ENTRAIDE_HOME": str(home), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline(), process.stdout.readline()]
            assert f"127.0.0.1:{port}" in said[0]
            assert "Edition: observatory" in said[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as visitor:
                assert "this edition exchanges nothing" in visitor.get("/").text
                for path in ("/requests/", "/pairing/", "/plans/"):
                    answer = visitor.get(path)
                    assert (answer.status_code, "This site is an observatory" in answer.text) == (404, True)
                knocked = visitor.post("/peer/v1/pairing", content=b"{}")
                assert (knocked.status_code, knocked.json()["code"]) == (404, "web.not_in_this_edition")
            time.sleep(2)  # housekeeping passes once a second
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def test_one_command_shows_an_observatory(tmp_path: Path) -> None:
    """`entraide demo --help` names the edition; played, the samples are in the register and the four wait."""
    assert "--edition" in entraide("demo", "--help").stdout
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "ENTRAIDE"))}
    command = [sys.executable, "-m", "entraide.cli.command", "demo", "--edition", "observatory", "--json"]
    command += ["--home", str(tmp_path / "demo"), "--ports", str(free_port()), str(free_port())]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, timeout=400, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)["read"]
    assert set(json.loads(done.stdout)) == {"read"}
    assert (read["facts_before"], read["left_for_the_visitor"]) == (0, 4)
    assert read["meetings"] > 40
    home = tmp_path / "demo" / "observatory"
    exported = entraide("export", "--kind", "meetings", "--format", "jsonl", home=home)
    assert exported.returncode == 0, exported.stderr
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    cited = [row["sample_data"] for row in rows if row.get("cited_sources")]
    assert cited
    assert all(cited)
