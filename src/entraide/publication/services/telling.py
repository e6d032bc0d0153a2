"""A text of a page as readers see it: names and figures filled into the default ones."""

from babel.numbers import format_decimal

from entraide.kernel.languages import choose_text, fallbacks_of
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_numerals
from entraide.publication.adapters.defaults import load_figures
from entraide.publication.domain.about import AboutPage, AboutText
from entraide.publication.domain.error_reports import CONTACT_KEPT
from entraide.publication.models import OwnText
from entraide.publication.services.about import get_about_text
from entraide.tables.api import LICENCES


def tell_about(node: Node, page: AboutPage, language: str) -> AboutText:
    """Return the text of a page for a reader of `language`, filled in.

    How to reach the publisher is told in another language where it is told in that alone. Raises `NotALanguageOfPages`.
    """
    found = get_about_text(node, page, language)
    if not found.own and page is AboutPage.CONTACT:
        found = _contact_elsewhere(node, language) or found
    if found.own:
        return found
    return AboutText(page, found.language, fill_default(node, found.text, language), own=False)


def fill_default(node: Node, text: str, language: str) -> str:
    """Return a default text with the publisher, the licence and the figures of the reader in words of `language`."""
    figures, settings = load_figures(), node.settings
    title, address = LICENCES[settings.licence]
    # Found values are told of a hundred, which needs no knowledge of measures.
    told = {**figures.numbers, "recall": str(round(100 * float(figures.numbers["recall"])))}
    numbers = {name: format_decimal(value, locale=language) for name, value in told.items()}
    return text.format(
        publisher=choose_text(settings.organisation, language).text or settings.name,
        origin=settings.origin,
        licence=title,
        licence_url=address,
        contact_days=CONTACT_KEPT.days,
        measured_on=load_numerals(language).day(PartialDate(figures.measured_on.isoformat())),
        **numbers,
    )


def _contact_elsewhere(node: Node, language: str) -> AboutText | None:
    with node.active():
        written = list(OwnText.objects.filter(page=AboutPage.CONTACT).order_by("language"))
    order = {code: number for number, code in enumerate(fallbacks_of(language))}
    row = min(written, key=lambda item: order.get(item.language, len(order)), default=None)
    if row is None:
        return None
    return AboutText(AboutPage.CONTACT, row.language, row.text, own=True, changed_at=row.changed_at, id=row.id)
