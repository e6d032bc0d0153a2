"""A tool whose output is cut short (`| head`) ends as a program of the system does: at once and without a trace."""

import signal


def end_with_the_reader() -> None:
    """Let the process end when nobody reads its output any more; for a tool's `main`, not for what tests import."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
