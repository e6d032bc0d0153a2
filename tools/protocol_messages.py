"""Write the tables of docs/protocol from the declarations of documents and messages (`update`), or say whether they are
current (`check`).

A table stands between two comments, and the first says what it is made of::

    <!-- every message -->              all messages that a node handles, one line each
    <!-- messages plans. -->            the messages whose type begins so, field by field, with their parts
    <!-- documents channel.domain.posts:Receipt, ... -->    documents that are no messages, in this order
    <!-- end -->
"""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from entraide.kernel.wire import Document, Message, describe_document

FOLDER = Path("docs/protocol")
BLOCK = re.compile(
    r"<!-- (every message|(?P<what>messages|documents) (?P<names>[^>]*?)) -->\n.*?<!-- end -->\n", re.DOTALL
)
Messages = Sequence[type[Message]]


def main() -> None:
    """Do what the one argument says; exit code 1 when a table is not current or a message stands in none."""
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command not in {"update", "check"}:
        sys.exit("python -m tools.protocol_messages update | check")
    messages = list_messages()
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
    missing = find_missing(texts.values(), messages)
    if missing:
        sys.exit(f"In no table of {FOLDER}: {', '.join(missing)}")
    stale = {path: wanted for path, text in texts.items() if (wanted := fill_in(text, messages)) != text}
    if command == "update":
        for path, wanted in stale.items():
            path.write_text(wanted, encoding="utf-8")
    elif stale:
        names = ", ".join(path.name for path in stale)
        sys.exit(f"{names}: not current, run python -m tools.protocol_messages update")


def list_messages() -> Messages:
    """Return every class of messages that a node handles, as composition has it."""
    os.environ.pop("ENTRAIDE_HOME", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entraide.config.settings")
    import django  # noqa: PLC0415 - after the settings are named

    django.setup()
    from entraide.config.composition import list_handlers  # noqa: PLC0415 - after Django is set up

    return list_handlers().list_messages()


def find_missing(texts: Iterable[str], messages: Messages) -> list[str]:
    """Return the types of messages that no block of `texts` tells of."""
    prefixes = [
        prefix
        for text in texts
        for block in BLOCK.finditer(text)
        if block["what"] == "messages"
        for prefix in _names(block["names"])
    ]
    return [message.message_type for message in messages if not message.message_type.startswith(tuple(prefixes))]


def fill_in(text: str, messages: Messages) -> str:
    """Return a document with every block made anew."""

    def made(block: re.Match[str]) -> str:
        if block["what"] is None:
            body = _every(messages)
        elif block["what"] == "messages":
            prefixes = tuple(_names(block["names"]))
            body = _of_messages([message for message in messages if message.message_type.startswith(prefixes)])
        else:
            body = _of_documents([_find(name) for name in _names(block["names"])])
        return f"{block[0].splitlines()[0]}\n{body}<!-- end -->\n"

    return BLOCK.sub(made, text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _find(name: str) -> type[Document]:
    module, _, attribute = name.partition(":")
    found: type[Document] = getattr(import_module(f"entraide.{module}"), attribute)
    return found


def _every(messages: Messages) -> str:
    lines = ["| type, version | from | | when it is none |", "|---|---|---|---|"]
    lines += [
        f"| `{message.message_type}`, {message.message_version} | {message.sender} | {_says(message)} "
        f"| `{message.refused_with}` |"
        for message in messages
    ]
    return "\n".join(lines) + "\n"


def _of_messages(messages: Messages) -> str:
    told, parts = [], list[type[Document]]()
    for message in messages:
        title = f"**`{message.message_type}`, version {message.message_version}** (from {message.sender})."
        told.append(f"{title} {' '.join((message.__doc__ or '').split())}\n\n{_table(message, parts)}")
    return "\n".join(told) + _of_parts(parts)


def _of_documents(documents: Iterable[type[Document]]) -> str:
    parts: list[type[Document]] = []
    shown = list(documents)
    told = [f"*{_name(document)}*: {_says(document)}\n\n{_table(document, parts)}" for document in shown]
    return "\n".join(told) + _of_parts([part for part in parts if part not in shown])


def _of_parts(parts: list[type[Document]]) -> str:
    """Return the tables of the parts, and of theirs, each once."""
    told, done = "", list[type[Document]]()
    while parts:
        part = parts.pop(0)
        if part not in done:
            done.append(part)
            told += f"\n*{_name(part)}*: {_says(part)}\n\n{_table(part, parts)}"
    return told


def _table(document: type[Document], parts: list[type[Document]]) -> str:
    lines = ["| field | form | |", "|---|---|---|"]
    for line in describe_document(document):
        lines.append(f"| `{line.name}` | {line.form} | {line.text} |")
        if line.part is not None:
            parts.append(line.part)
    return "\n".join(lines) + "\n"


def _says(document: type[Document]) -> str:
    """Return what the class says of itself, up to the first blank line."""
    return " ".join((document.__doc__ or "").split("\n\n", maxsplit=1)[0].split())


def _name(document: type[Document]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in document.__name__).strip()


if __name__ == "__main__":
    main()
