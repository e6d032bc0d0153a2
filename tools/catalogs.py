"""The message catalogs, made without the gettext programs: English is the message id, the other languages are kept.

Each language has two: `django.po` with the texts of modules and templates, `vocabulary.po` with the labels of the
vocabularies (`*/vocabulary/labels.yaml`). `extract` prints how many messages the sources hold; `update` takes new ones
into src/entraide/locale and drops those that are gone; `compile` writes the binary catalogs in place; `check` fails
when a catalog is not what `update` would write, lacks a translation, differs in its placeholders, or breaks the
language's typography. Files carry no dates and no line numbers, so that two people who change different texts do not
collide.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from entraide.kernel import labels
from entraide.kernel.languages import SOURCE, SPOKEN
from entraide.kernel.yaml_text import parse_yaml
from tools.pipes import end_with_the_reader

PACKAGE: Final = Path("src/entraide")
LOCALE: Final = PACKAGE / "locale"
LANGUAGES: Final = tuple(code for code in SPOKEN if code != SOURCE)
PLURAL_FUNCTIONS: Final = frozenset({"ngettext", "ngettext_lazy", "NN_"})
CONTEXT_FUNCTIONS: Final = frozenset({"pgettext", "pgettext_lazy"})
BOTH_FUNCTIONS: Final = frozenset({"npgettext", "npgettext_lazy"})
KEYWORDS: Final = (
    frozenset({"_", "N_", "gettext", "gettext_lazy", "gettext_noop"})
    | PLURAL_FUNCTIONS
    | CONTEXT_FUNCTIONS
    | BOTH_FUNCTIONS
)
LITERAL: Final = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
# Most modules mark no text; to look for a call is a hundred times as fast as to take the module apart.
MARKED: Final = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(KEYWORDS))})\s*\(".encode())
# templatize writes calls into a text that is not Python otherwise.
CALL: Final = re.compile(rf"(?<!\w)(?:n?p?gettext|_)\(\s*{LITERAL}\s*(?:,\s*(?:{LITERAL}|\w+)\s*)*\)")
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# What a reader of the language would stumble over; the first group is shown.
TYPOGRAPHY: Final = {
    "fr": (
        (re.compile(r"(\S{0,12} [:;?!»])"), "a breaking space before high punctuation"),
        (re.compile(r"(« \S{0,12})"), "a breaking space after a guillemet"),
        (re.compile(r"(\w+'\w+)"), "a straight apostrophe"),
        (re.compile(r'(\w{0,8}"\w{0,8})'), "straight quotation marks"),
        (re.compile(r"(\w+[;?!»])"), "no space before high punctuation"),
    ),
    "vi": ((re.compile(r'(\w{0,8}"\w{0,8})'), "straight quotation marks"),),
}

Key = tuple[str | tuple[str, ...], str | None]


def main() -> None:
    """Run the asked command."""
    end_with_the_reader()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["extract", "update", "compile", "check"])
    command = parser.parse_args().command
    if command == "compile":
        compile_catalogs()
        return
    templates = {domain: extract(PACKAGE) for domain, extract in DOMAINS.items()}
    if command == "extract":
        print(", ".join(f"{domain}: {len(template)} messages" for domain, template in templates.items()))
    elif command == "update":
        for domain, template in templates.items():
            update_catalogs(domain, template)
    else:
        problems = [
            problem
            for domain, template in templates.items()
            for language in LANGUAGES
            for problem in check_catalog(language, domain, template)
        ]
        for problem in problems:
            print(problem)
        if problems:
            sys.exit(
                f"{len(problems)} problems in the catalogs; `make catalogs` takes up new texts, "
                "what is not translated is filled in there by hand."
            )


def extract_messages(package: Path) -> list[Key]:
    """Return the messages of all modules, templates and declared kinds below `package`, each once, in a fixed order."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    keys: set[Key] = set()
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            keys.update(_extract(path.read_bytes()))
    for path in sorted(package.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            calls = CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path)))
            keys.update(_extract("\n".join(calls).encode()))
    for path in sorted(package.rglob("vocabulary/kinds/*.yaml")):
        keys.update((text, None) for text in declared_texts(parse_yaml(path.read_text(encoding="utf-8"))))
    return _sorted(keys)


def declared_texts(kind: Mapping[str, Any]) -> Iterator[str]:
    """Yield what pages show of a declared kind of fact in English alone; texts with their languages need no catalog."""
    shown = [kind.get("one"), kind.get("many"), kind.get("proposed")]
    for field in (*(kind.get("fields") or ()), *(kind.get("proposal") or ())):
        if isinstance(field, str):
            continue
        codes = field.get("codes")
        shown += [
            field.get("label"),
            field.get("every"),
            field.get("told"),
            *(codes.values() if isinstance(codes, dict) else ()),
        ]
    apart = kind.get("apart") or {}
    shown += [apart.get("label"), apart.get("many")]
    signs = (kind.get("resembles") or {}).get("signs") or {}
    shown += [sign.get("reason") for sign in signs.values()]
    yield from (text for text in shown if isinstance(text, str))


def extract_labels(package: Path) -> list[Key]:
    """Return the labels of all vocabularies below `package` with their contexts, in the order of the files."""
    keys: list[Key] = []
    for path in sorted(package.glob("*/vocabulary/labels.yaml")):
        tree = parse_yaml(path.read_text(encoding="utf-8"))
        keys += [(text, way) for way, text in labels.list_labels(tree, path.parts[-3])]
    return keys


DOMAINS: Final[dict[str, Callable[[Path], list[Key]]]] = {"django": extract_messages, labels.DOMAIN: extract_labels}
"""Each catalog with what its messages are taken from."""


def update_catalogs(domain: str, template: list[Key]) -> None:
    """Write each catalog with exactly the messages of `template`, keeping the translations that still apply."""
    for language in LANGUAGES:
        path = _path(language, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = _renewed(language, template, _read(language, domain))
        path.write_text(_text(language, catalog), encoding="utf-8")
        missing = sum(not _is_complete(message) for message in catalog if message.id)
        print(f"{path}: {len(template)} messages, {missing} without a translation")


def compile_catalogs() -> None:
    """Write the binary catalog beside every text, also beside those kept by hand for a library (web/locale)."""
    for path in PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"):
        with path.open("rb") as file, path.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(file, locale=path.parts[-3]))


def check_catalog(language: str, domain: str, template: list[Key]) -> Iterator[str]:
    """Yield what is wrong with the catalog of `language` and `domain` for the messages of the sources."""
    catalog = _read(language, domain)
    known = {_key(message) for message in catalog if message.id}
    named = f"{language}/{domain}"
    yield from (f"{named}: not in the catalog: {_shown(key)}" for key in template if key not in known)
    yield from (f"{named}: no longer in the sources: {_shown(key)}" for key in _sorted(known - set(template)))
    for message in catalog:
        if message.id:
            yield from (f"{named}: {problem}: {_shown(_key(message))}" for problem in find_faults(language, message))
    if known == set(template) and _path(language, domain).read_text(encoding="utf-8") != _text(
        language, _renewed(language, template, catalog)
    ):
        yield f"{named}: the file is not in the form that `update` writes"


def find_faults(language: str, message: Message) -> Iterator[str]:
    """Yield the faults of one translation: missing, other placeholders, other ends, bad typography."""
    if not _is_complete(message):
        yield "not translated"
        return
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = set(PLACEHOLDER.findall(ids[-1]))
    if set(PLACEHOLDER.findall(texts[-1])) != wanted or any(set(PLACEHOLDER.findall(text)) - wanted for text in texts):
        yield "other placeholders than the message"
    for text in texts:
        if (ids[-1] != ids[-1].strip()) != (text != text.strip()):
            yield "begins or ends with other white space than the message"
        bare = PLACEHOLDER.sub("x", text)
        for pattern, fault in TYPOGRAPHY.get(language, ()):
            if found := pattern.search(bare):
                yield f"{fault} ({found.group(1)})"


def _extract(source: bytes) -> Iterator[Key]:
    if not MARKED.search(source):
        return
    for _, function, messages, _ in extract_python(BytesIO(source), list(KEYWORDS), [], {}):
        texts = messages if isinstance(messages, tuple) else (messages,)
        key = _key_of(str(function), [text for text in texts if isinstance(text, str)])
        if key is not None:
            yield key


def _key_of(function: str, texts: list[str]) -> Key | None:
    """Return the message of a call, or None when its text is not a constant (a variable that was marked elsewhere)."""
    if function in BOTH_FUNCTIONS:
        return ((texts[1], texts[2]), texts[0]) if len(texts) >= 3 else None
    if function in PLURAL_FUNCTIONS:
        return ((texts[0], texts[1]), None) if len(texts) >= 2 else None
    if function in CONTEXT_FUNCTIONS:
        return (texts[1], texts[0]) if len(texts) >= 2 else None
    return (texts[0], None) if texts and texts[0] else None


def _renewed(language: str, template: list[Key], old: Catalog) -> Catalog:
    kept = {_key(message): message.string for message in old if message.id}
    catalog = Catalog(locale=language, fuzzy=False)
    for text, context in template:
        catalog.add(text, kept.get((text, context)), context=context)
    return catalog


def _text(language: str, catalog: Catalog) -> str:
    output = BytesIO()
    write_po(output, catalog, omit_header=True, no_location=True, width=110)
    header = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {catalog.plural_forms}\\n"',
    ]
    return "\n".join(header) + "\n\n" + output.getvalue().decode().strip() + "\n"


def _read(language: str, domain: str) -> Catalog:
    path = _path(language, domain)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _path(language: str, domain: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def _key(message: Message) -> Key:
    return (tuple(message.id) if isinstance(message.id, list | tuple) else message.id, message.context)


def _is_complete(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(texts) and all(texts) and not message.fuzzy


def _sorted(keys: set[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: (key[0] if isinstance(key[0], str) else key[0][0], str(key[0]), key[1] or ""))


def _shown(key: Key) -> str:
    text = key[0] if isinstance(key[0], str) else key[0][0]
    return repr(text if len(text) <= 90 else f"{text[:87]}...")


if __name__ == "__main__":
    main()
