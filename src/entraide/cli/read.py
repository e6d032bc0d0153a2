"""`entraide read`: proposals from communiqués, without a database."""

import hashlib
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

from entraide.cli.language import gettext
from entraide.cli.output import complain, describe_error, print_json, say, say_table, tracked
from entraide.documents.api import (
    Document,
    FileReader,
    FileText,
    list_documents,
    list_files,
    normal_form_of,
    printable,
)
from entraide.documents.domain.eras import find_era
from entraide.kernel.errors import BadInput, EntraideError
from entraide.kernel.node import ReaderEndpoint
from entraide.kernel.text import N_
from entraide.reader.api import (
    Detection,
    ReadingReport,
    domain_codes,
    make_endpoint,
    read_source,
    reading_to_json,
    reading_view,
    require_read_language,
)

MANY = 20
"""Files from which a person wants to see how far it is."""

KEY_VARIABLE = "ENTRAIDE_ENDPOINT_KEY"


class BadEndpoint(BadInput):
    """The options do not name an endpoint that can be asked."""

    code = "cli.bad_endpoint"
    message = N_("The endpoint cannot be used: {why}.")
    remedy = N_("Give --endpoint and --model together; docs/operating says what an address may be.")


def read_files(paths: Sequence[Path], asked: ReaderEndpoint | None, *, as_json: bool, with_texts: bool) -> int:
    """Read the files that `paths` name, print what they propose, and return how many could not be read."""
    found = list_files(paths)
    for problem in found.problems:
        complain(describe_error(problem))
    names = name_files(found.files)
    reading = _Run(asked, domain_codes() if asked else (), as_json=as_json, with_texts=with_texts)
    with FileReader() as reader:
        for path in _with_bar(found.files, quiet=not as_json and sys.stdout.isatty()):
            reading.read(reader, path, names[path])
    if as_json:
        print_json(reading.results)
    return len(found.problems) + reading.problems


class _Run:
    """One run over files: what was read so far, and how many files or attachments could not be."""

    def __init__(
        self, asked: ReaderEndpoint | None, domains: Collection[str], *, as_json: bool, with_texts: bool
    ) -> None:
        self._asked, self._domains = asked, domains
        self._as_json, self._with_texts = as_json, with_texts
        self.results: dict[str, Any] = {}
        self.problems = 0

    def read(self, reader: FileReader, path: Path, name: str) -> None:
        """Read a file and what is attached in it, each under its own name."""
        try:
            file = reader.read(path)
        except EntraideError as error:
            self._refuse(error)
            return
        for said in file.tree.left_out:
            complain(_left_out(printable(path), said))
        for document in list_documents(file):
            try:
                language = require_read_language(document.tree.text, file=_shown(path, document))
            except EntraideError as error:
                self._refuse(error)
            else:
                self._document(path, file, document, language, _name_of(document, name, self.results))

    def _document(self, path: Path, file: FileText, document: Document, language: Detection, name: str) -> None:
        tree, stem = document.tree, printable(path.stem)
        report = read_source(tree.text, name=stem, endpoint=self._asked, domains=self._domains, tree=tree)
        _tell(name, report)
        if self._as_json:
            told = _to_json(path, file, document, report, language, with_texts=self._with_texts)
        else:
            told = {}
            _print_reading(name, reading_to_json(report.reading))
        self.results[name] = told

    def _refuse(self, error: EntraideError) -> None:
        self.problems += 1
        complain(describe_error(error))


def _name_of(document: Document, name: str, taken: Collection[str]) -> str:
    """Return the name under which a document is shown: that of its file, an attachment's with its own behind it."""
    if not document.within:
        return name
    own = printable(document.name).replace("/", "_").replace("\\", "_")
    numbered = (f"{name} ({own}, {number})" for number in count(2))
    return next(each for each in chain([f"{name} ({own})"], numbered) if each not in taken)


def _shown(path: Path, document: Document) -> str:
    """Return how a line of an error names a document: its file's path, and its own name where it is attached."""
    return f"{printable(path)} ({printable(document.name)})" if document.within else printable(path)


def _left_out(name: str, said: str) -> str:
    """Return the line that says what of a file was not read."""
    what, colon, which = said.partition(": ")
    return gettext("{name}: not read: {what}.").format(name=name, what=gettext(what) + colon + printable(which))


def name_files(files: Sequence[Path]) -> dict[Path, str]:
    """Return the name under which each file is shown: its own without ending; where that is taken, with it or a number.

    Settled before any file is read, so that a bad file changes nobody else's name; no two files have the same. A name
    is never a path: what stands around the file is nobody's business, and a program may write files of these names.
    """
    names: dict[Path, str] = {}
    for path in files:
        bare, whole = printable(path.stem), printable(path.name)
        numbered = (f"{bare} ({number})" for number in count(2))
        names[path] = next(name for name in chain((bare, whole), numbered) if name not in names.values())
    return names


def endpoint_of(url: str, model: str, timeout: int) -> ReaderEndpoint | None:
    """Return the endpoint that the options name, None without one; raises `BadEndpoint`."""
    if not url and not model:
        return None
    key = KEY_VARIABLE if KEY_VARIABLE in os.environ else ""
    try:
        return make_endpoint(url=url, model=model, key_variable=key, timeout_seconds=timeout)
    except ValueError as error:
        raise BadEndpoint(why=error) from error


def _with_bar(files: Sequence[Path], *, quiet: bool) -> Iterable[Path]:
    """Return `files`, with a bar for a person who waits for many; `quiet` where what is printed tells it."""
    return files if quiet or len(files) < MANY or not sys.stderr.isatty() else tracked(files, gettext("Reading"))


def _tell(name: str, report: ReadingReport) -> None:
    """Say on standard error, a line each, what was too long and what of an endpoint's answer was not used."""
    view = reading_view(report.told)
    for text in view.bounds:
        complain(gettext("{name}: {what}.").format(name=name, what=gettext(text)))
    if view.failure:
        line = gettext("{name}: the endpoint was not used: {why}. These are the proposals of the rules.").format(
            name=name, why=gettext(view.failure)
        )
    elif view.dropped:
        what = ", ".join(f"{count} {gettext(text)}" for text, count in view.dropped)
        line = gettext("{name}: left out of the answer of {model}: {what}.").format(
            name=name, model=printable(view.reader), what=what
        )
    else:
        return
    complain(line)


def _to_json(
    path: Path, file: FileText, document: Document, report: ReadingReport, language: Detection, *, with_texts: bool
) -> dict[str, Any]:
    """Return the reading, how it came about, its file and what is known of it, and, on demand, both texts."""
    text = document.tree.text
    about = {
        "path": printable(path),
        "media_type": document.tree.media_type,
        "sha256": file.sha256,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "format": file.format,
        "encoding": file.encoding or None,
        "normal_form": normal_form_of(text),
        "era": find_era(text),
        "languages": {code: round(share, 2) for code, share in language.shares.items()},
        "attachment": printable(document.name) if document.within else None,
        "left_out": list(document.tree.left_out),
    }
    texts = {"original_text": text, "clean_text": report.reading.clean_text} if with_texts else {}
    return {**reading_to_json(report.reading), "reading": report.told, "file": about, **texts}


def _print_reading(name: str, items: dict[str, Any]) -> None:
    """Print one file's proposals; nothing in them is markup or a code of the terminal."""
    rows = [
        (kind, printable(" · ".join(f"{key}: {_plain(value)}" for key, value in item.items() if _is_shown(key, value))))
        for kind in ("meetings", "instruments", "officials", "commitments", "parties", "references")
        for item in items.get(kind, [])
    ]
    if not rows:
        say(gettext("{name}: nothing found for the register.").format(name=name))
        return
    say_table(name, (gettext("Kind"), gettext("Proposed")), rows)


def _is_shown(key: str, value: object) -> bool:
    return key != "evidence" and value not in (None, "", [])


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
