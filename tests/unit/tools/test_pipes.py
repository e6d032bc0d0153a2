"""What a tool prints may be cut short."""

import subprocess
import sys


def test_a_tool_whose_reader_leaves_ends_without_a_trace() -> None:
    """`python -m tools.… | head` prints its lines and no traceback."""
    script = "from tools.pipes import end_with_the_reader; end_with_the_reader(); [print(n) for n in range(200_000)]"
    command = f"{sys.executable} -c '{script}' | head -n 2"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own
    assert (done.stdout, done.stderr) == ("0\n1\n", "")
