"""Taking files apart in a process that may die: the one way by which bytes of a stranger reach a parser.

A parser of HTML, PDF, DOCX and the like is large, and a file can be made to keep it busy for hours or to fill the
memory. It runs in a process of its own with a limit of memory and of time, so that such a file costs one line and not
the node. The process serves one file after the other, and is started anew when one has ended it.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NoReturn, Self

import entraide
from entraide.documents.adapters.extracting import Extract, extract_guarded
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.errors import BAD_FILES, TooMuchMemory, TooSlow
from entraide.documents.domain.packing import tree_from_json

SECONDS = 30
"""From giving a file to having its tree; a busy machine may not reach the worker's own limit in that time."""
_WORKER = "entraide.documents.adapters.worker"
_PIECE = 65536
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME")


class _Ended(Exception):
    """The process ended, or its time did, before the answer was whole."""


class _OutOfTime(_Ended):
    """It was the time."""


class Extractor:
    """Gives the trees of files' bytes; a context manager, because a process may stand behind it."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start nothing yet: a folder of plain texts needs no process."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End the process, if there is one."""
        self._end()

    def extract(self, data: bytes, *, form: Format, file: str) -> Extract:
        """Return the tree of `data`, the content of `file`; raises a `BadFile`. Plain text is decoded here."""
        if form is Format.TEXT:
            return extract_guarded(data, form=form, file=file)
        job = json.dumps({"form": form.value, "file": file, "size": len(data)}).encode() + b"\n"
        process = self._ready()
        try:
            header, content = _Wire(process, time.monotonic() + self._seconds).exchange(job + data)
        except _OutOfTime:
            self._end()
            raise TooSlow(file=file, format=form.value, seconds=round(self._seconds)) from None
        except _Ended:
            self._end()
            raise TooMuchMemory(file=file, format=form.value) from None
        except BaseException:
            self._end()  # an answer that nobody took would be taken for that of the next file
            raise
        if "code" in header:
            error = BAD_FILES[header["code"]](**header["params"])
            if isinstance(error, TooMuchMemory):
                self._end()  # what is left of it may be too little for the next file
            raise error
        values = json.loads(content)
        return Extract(tree_from_json(values), values["encoding"])

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self._end()  # it ended while it had nothing to do: no fault of the next file
        if self._process is None:
            self._process = _start()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class _Wire:
    """One exchange over both pipes of the process: writing and reading side by side, so that neither waits for ever."""

    def __init__(self, process: "subprocess.Popen[bytes]", deadline: float) -> None:
        self._process, self._deadline = process, deadline
        self._answer = bytearray()

    def exchange(self, job: bytes) -> tuple[dict[str, Any], bytes]:
        """Send a job and return the header and the content of its answer; raises `_Ended`."""
        left = memoryview(job)
        source, target = _pipe(self._process.stdout), _pipe(self._process.stdin)
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            selector.register(target, selectors.EVENT_WRITE)
            while (whole := self._whole()) is None:
                ready = {key.fd for key, _ in selector.select(max(self._deadline - time.monotonic(), 0))}
                if not ready:
                    raise _OutOfTime
                if target in ready and left:
                    left = left[self._write(target, left) :]
                    if not left:
                        selector.unregister(target)
                if source in ready:
                    self._read(source)
        return whole

    def _whole(self) -> tuple[dict[str, Any], bytes] | None:
        end = self._answer.find(b"\n")
        if end < 0:
            return None
        header: dict[str, Any] = json.loads(self._answer[:end])
        if len(self._answer) < end + 1 + header["size"]:
            return None
        return header, bytes(self._answer[end + 1 :])

    def _read(self, source: int) -> None:
        piece = os.read(source, _PIECE)
        if not piece:
            self._ended()
        self._answer += piece

    def _write(self, target: int, left: memoryview) -> int:
        try:
            return os.write(target, left[:_PIECE])
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            self._ended()

    def _ended(self) -> NoReturn:
        raise _OutOfTime if self._process.wait() == -signal.SIGXCPU else _Ended


def _pipe(pipe: IO[bytes] | None) -> int:
    assert pipe is not None  # noqa: S101 - both are asked for below
    return pipe.fileno()


def _start() -> "subprocess.Popen[bytes]":
    """Start the worker: the same program, nothing of our environment, a session of its own (Ctrl-C is not for it)."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    root = Path(entraide.__file__).parent.parent
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={**environment, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    os.set_blocking(_pipe(process.stdin), False)
    return process
