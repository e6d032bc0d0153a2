"""The demonstration, run as a visitor runs it, and what it must show."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import free_port

pytestmark = pytest.mark.slow


def run_demo(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run `entraide demo` in a process of its own, with no variable of the tests set."""
    command = [sys.executable, "-m", "entraide.cli.command", "demo", "--home", str(folder / "homes")]
    command += ["--ports", str(free_port()), str(free_port()), *more]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "ENTRAIDE"))}
    return subprocess.run(command, env=kept, capture_output=True, text=True, timeout=400, check=False)  # noqa: S603 - our own command


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The summary of one run on the samples."""
    done = run_demo(tmp_path_factory.mktemp("demo"), "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_enters_the_register_unconfirmed(summary: dict[str, Any]) -> None:
    """Before an officer decides, the register is empty; afterwards it holds meetings and commitments."""
    read = summary["read"]
    assert read["texts"] >= 40
    assert read["facts_before"] == 0
    assert min(read["kept"], read["corrected"], read["rejected"], read["meetings"], read["commitments"]) > 0
    assert read["left_for_the_visitor"] == 4
    assert 4 < read["still_waiting"] < 60, "only what is left for the visitor waits"


def test_the_nodes_pair_by_equal_digits(summary: dict[str, Any]) -> None:
    """Both operators read the same digits."""
    assert summary["pair"] == {"digits_equal": True, "paired": True}


def test_requests_are_stopped_released_and_answered(summary: dict[str, Any]) -> None:
    """An incomplete and a political request never leave; good ones are answered, with equal clocks on both sides."""
    ask = summary["ask"]
    assert len(ask["incomplete_reasons"]) == 2
    assert "R04" in ask["refused_by"]
    assert ask["same_state"] is True
    assert ask["same_clocks"] is True
    assert {"released", "relay_accepted", "delivered", "acknowledged", "answered"} <= set(ask["timeline"])


def test_the_plan_is_identical_and_signed_by_both(summary: dict[str, Any]) -> None:
    """One clause was amended, and both nodes verify the same digest with two signatures."""
    agree = summary["agree"]
    assert agree["identical"] is True
    assert (agree["amended"], agree["signatures"], agree["signed_by"]) == (1, 2, ["VN", "LA"])


def test_answers_are_counted_and_the_communique_reads_back(summary: dict[str, Any]) -> None:
    """Counts stand on a commitment, the shared logs are equal, and our reader reads the communiqué's facts back."""
    prove = summary["prove"]
    assert prove["counted"]["trafficking-in-persons"]["answered_in_time"] == 2
    assert prove["pairs"] == [{"requesting": "vn-mps", "requested": "la-mps", "count": 2}]
    assert (prove["shared_logs"], prove["shared_logs_equal"]) == (2, True)
    assert prove["read_back"] == {"date": True, "signed": True, "reviewed": True}


def test_no_word_of_a_request_is_in_what_the_demonstration_prints(summary: dict[str, Any]) -> None:
    """The summary holds counts and codes, nothing that a request says."""
    assert "Subject A" not in json.dumps(summary)


def test_other_files_are_read_instead_and_a_bad_one_is_named(tmp_path: Path) -> None:
    """Texts of one's own are read; a file that cannot be read gets one line and the story goes on."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "one.txt").write_text(
        "date 2025-01 Hanoï - Le 12 janvier à Hanoï, le ministre de la Sécurité publique du Vietnam et le ministre de "
        "la Sécurité publique du Laos ont signé le plan de coopération 2025 entre les deux ministères. Les deux "
        "parties renforceront la lutte contre la traite des êtres humains.",
        encoding="utf-8",
    )
    (texts / "two.txt").write_bytes(b"\x00\x01\x02")
    done = run_demo(tmp_path, "--once", "--files", str(texts))
    assert done.returncode == 0, done.stderr
    assert "two.txt: holds no text; it is binary or damaged." in " ".join(done.stdout.split())
    assert "Traceback" not in done.stdout + done.stderr
