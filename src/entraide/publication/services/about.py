"""The pages about a register: their texts by language, as the operator wrote them or as they come with the program."""

import hashlib
from uuid import UUID

from entraide.access.api import Actor, Role, require_role
from entraide.journal.api import act, append_entry
from entraide.kernel.ids import new_uuid
from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.publication.adapters.defaults import load_default
from entraide.publication.domain.about import (
    AboutPage,
    AboutText,
    AboutTextChanged,
    clean_about_text,
    require_page_language,
)
from entraide.publication.domain.acts import TEXT_CHANGED
from entraide.publication.models import OwnText


def get_about_text(node: Node, page: AboutPage, language: str) -> AboutText:
    """Return the text of a page in a language: the operator's, else the default one, whose names are to be filled in.

    Raises `NotALanguageOfPages`.
    """
    require_page_language(language)
    with node.active():
        row = OwnText.objects.filter(page=page, language=language).first()
    if row is None:
        return AboutText(page, language, load_default(page, language), own=False)
    return AboutText(page, language, row.text, own=True, changed_at=row.changed_at, id=row.id)


def list_about_texts(node: Node) -> list[AboutText]:
    """Return the texts of all pages in all languages that pages speak."""
    return [get_about_text(node, page, language) for page in AboutPage for language in SPOKEN]


def list_missing(node: Node) -> list[AboutPage]:
    """Return the pages that only the operator can write, and that are not written in any language."""
    with node.active():
        written = set(OwnText.objects.values_list("page", flat=True))
    return [page for page in (AboutPage.CONTACT,) if page not in written]


def write_about_text(
    node: Node, *, actor: Actor | None, page: AboutPage, language: str, text: str, seen: str | None = None
) -> UUID | None:
    """Let the operator's `text` stand on a page in a language, and return its id; None where it stands already.

    `actor` is None at the terminal of the node; `seen` is what stood there when it was written. Raises `RoleMissing`
    (operator), `AboutTextEmpty`, `AboutTextTooLong`, `AboutTextChanged`, `NotALanguageOfPages`.
    """
    _may_write(actor)
    kept = clean_about_text(text)
    with act(node, kind=TEXT_CHANGED, by=actor.user_id if actor else None):
        before = get_about_text(node, page, language)
        if seen is not None and clean_about_text(seen) != clean_about_text(before.text):
            raise AboutTextChanged
        if before.own and before.text == kept:
            return before.id
        row = OwnText.objects.filter(page=page, language=language).first()
        row = row or OwnText(id=new_uuid(node), page=page.value, language=language)
        row.text, row.changed_at = kept, node.clock.now()
        row.save()
        _journal(node, actor, row, hashlib.sha256(kept.encode()).hexdigest())
        return row.id


def drop_about_text(node: Node, *, actor: Actor | None, page: AboutPage, language: str) -> bool:
    """Go back to the text that comes with the program; returns whether the operator had written one.

    Raises `RoleMissing` (operator), `NotALanguageOfPages`.
    """
    _may_write(actor)
    require_page_language(language)
    with act(node, kind=TEXT_CHANGED, by=actor.user_id if actor else None):
        row = OwnText.objects.filter(page=page, language=language).first()
        if row is None:
            return False
        _journal(node, actor, row, "")
        row.delete()
        return True


def _may_write(actor: Actor | None) -> None:
    if actor is not None:
        require_role(actor, Role.operator)


def _journal(node: Node, actor: Actor | None, row: OwnText, digest: str) -> None:
    content = {"page": row.page, "language": row.language, "sha256": digest}
    append_entry(node, kind=TEXT_CHANGED, subject=row.id, content=content, actor=actor.user_id if actor else None)
