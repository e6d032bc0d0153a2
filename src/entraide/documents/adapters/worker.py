"""The process in which files other than plain text are taken apart: little memory, little time, no network, no file.

Run as a module by `bounded.Extractor`. It reads jobs from standard input and answers on standard output; a job is a
line of JSON (`form`, `file`, `size`) and then that many bytes, an answer is a line of JSON (`size`, and for an error
`code` and `params`) and then that many bytes of JSON: the tree (`packing`) and its `encoding`. Standard error is
closed: libraries complain to nobody.
"""

import json
import logging
import resource
import sys
import warnings
from typing import BinaryIO

from entraide.documents.adapters.extracting import extract_guarded
from entraide.documents.adapters.sniffing import Format
from entraide.documents.domain.errors import BadFile, TooMuchMemory
from entraide.documents.domain.packing import tree_to_json

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
SECONDS = 20
"""Of the processor, for each file."""
_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
)


def main() -> None:
    """Serve jobs until standard input ends."""
    shut_off()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints does not speak into an answer
    while line := source.readline():
        job = json.loads(line)
        _allow_seconds()
        _answer(target, source.read(job["size"]), Format(job["form"]), job["file"])


def shut_off() -> None:
    """Bound the memory of this process, and let it write no file, reach no network and start no program."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: object) -> None:
    """Stop a library that would reach the network or start a program: none needs to."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _allow_seconds() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS + 1)


def _limit(kind: int, most: int) -> None:
    """Set the soft limit, which the machine's own hard one may be below; the hard one stays, so that it can move."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(target: BinaryIO, data: bytes, form: Format, file: str) -> None:
    header: dict[str, object] = {}
    content = b""
    try:
        found = extract_guarded(data, form=form, file=file)
        values = {**tree_to_json(found.tree), "encoding": found.encoding}
        content = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    except MemoryError:
        header = {"code": TooMuchMemory.code, "params": {"file": file, "format": form.value}}
    except BadFile as error:
        header = {"code": error.code, "params": error.params}
    target.write(json.dumps({"size": len(content), **header}).encode() + b"\n" + content)
    target.flush()


if __name__ == "__main__":
    main()
