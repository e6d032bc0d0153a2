"""Names in the reader's language, with the original beside: posts, bodies, places, meetings, instruments.

A name is the one that a source gives in the reader's language; else it is composed from reviewed parts or from what the
register knows of the fact; else it stands in its own language, and says which.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Self

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from entraide.directory.api import Organisation, Party, Post, body_in, load_portfolios, load_titles, title_in
from entraide.kernel.languages import SPOKEN, ChosenText
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.tongues import language_of
from entraide.programme.api import (
    InstrumentView,
    MeetingKind,
    MeetingView,
    PersonInPost,
    SeriesView,
    load_entitling,
    name_place,
)
from entraide.programme.domain.entitling import kind_of_name
from entraide.programme.domain.terms import ActionKind
from entraide.web.language import reader_language

NOTHING = ChosenText("", "")
BETWEEN = " · "
"""What parts of a line stand between."""


class Named(str):
    """A name as it is shown, its language (empty: not known), and the original where the name is not that itself.

    Printed in a page it carries its `lang` and the original beside it; `text` alone is for titles and attributes. It is
    a text, because a template asks only texts how they are marked up.
    """

    __slots__ = ("language", "original")
    language: str
    original: ChosenText

    def __new__(cls, text: str, language: str, original: ChosenText = NOTHING) -> Self:
        """Return `text` with what is known of it."""
        self = super().__new__(cls, text)
        self.language, self.original = language, original
        return self

    @property
    def text(self) -> str:
        """The name alone."""
        return "".join(self)

    def __html__(self) -> SafeString:
        """Return the name marked up for a page in the reader's language."""
        shown = self.alone
        return format_html("{} {}", shown, self.beside) if self.original.text else shown

    @property
    def alone(self) -> SafeString:
        """The name with its `lang` where it is not the reader's language, without the original."""
        return tongued(self.text, self.language)

    @property
    def capital(self) -> SafeString:
        """The name alone as it begins a line."""
        return tongued(self[:1].upper() + self[1:], self.language)

    @property
    def beside(self) -> SafeString:
        """The original, marked up; empty where there is none to show."""
        if not self.original.text:
            return SafeString("")
        return format_html('<span class="original">({})</span>', tongued(self.original.text, self.original.language))


def tongued(text: str, language: str) -> SafeString:
    """Return a text with its `lang` where that is another language than the reader's."""
    if not text or not language or language == reader_language():
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', language, text)


def name_post(post: Post, state: str) -> Named:
    """Return how a post is called."""
    return _named(post.titles, state, composed_title)


def name_organisation(organisation: Organisation) -> Named:
    """Return how an organisation is called."""
    return _named(organisation.names, organisation.state, composed_body)


def name_body(names: Mapping[str, str], state: str) -> Named:
    """Return how a body with `names` by language is called, as the party of a mechanism has them."""
    return _named(names, state, composed_body)


def name_party(party: Party) -> Named:
    """Return how a party's organisation is called."""
    return _named(party.organisation, party.state, composed_body)


def name_persons_post(person: PersonInPost) -> Named:
    """Return the post of a person as a source prints it that day."""
    return name_words(person.post, person.state)


def name_words(title: str, state: str) -> Named:
    """Return a post of which only the words are known; their language is told by the words."""
    own = language_of(title)
    if not title or own in ("", reader_language()):
        return Named(title, own)
    composed = composed_title(title, state, reader_language())
    return Named(composed, reader_language(), ChosenText(title, own)) if composed else Named(title, own)


def name_body_words(name: str, state: str) -> Named:
    """Return a body of which only the name is known, as `name_words` does for a post."""
    own = language_of(name)
    if not name or own in ("", reader_language()):
        return Named(name, own)
    composed = composed_body(name, state, reader_language())
    return Named(composed, reader_language(), ChosenText(name, own)) if composed else Named(name, own)


def name_town(place: str) -> Named:
    """Return a place by its one name in the reader's language; the spelling of the source beside it on request."""
    chosen = name_place(place, reader_language())
    if not chosen.language:
        own = language_of(place)
        return Named(place, own if own == "vi" else "")
    return Named(chosen.text, chosen.language)


def name_series(series: SeriesView) -> Named:
    """Return what a series is called: its name, or the kind and level of its meetings."""
    language = reader_language()
    if series.names.get(language):
        return Named(series.names[language], language)
    own, name = _first(series.names)
    if not name:
        return Named("", language)
    entitling = load_entitling(language)
    kind = kind_of_name((load_entitling(code) for code in SPOKEN), name)
    return Named(entitling.meeting(kind, series.level), language, ChosenText(name, own))


def name_meeting(meeting: MeetingView, *, plain: bool = False) -> Named:
    """Return what a meeting is called, without its number; `plain`: its own name says no more than a kind."""
    language = reader_language()
    own = "" if plain else meeting.name
    if own and language_of(own) in ("", language) and not (meeting.ordinal and meeting.series):
        return Named(own, language)
    series = name_series(meeting.series) if meeting.series else None
    if series:
        return series
    composed = load_entitling(language).meeting(_kind(meeting), meeting.level)
    if not own or language_of(own) in ("", language):
        return Named(own or composed, language)
    return Named(composed, language, ChosenText(own, language_of(own)))


def name_instrument(instrument: InstrumentView) -> Named:
    """Return what an instrument is called: its title, or its kind with its period or the day of its first action."""
    language = reader_language()
    if instrument.titles.get(language):
        return Named(instrument.titles[language], language)
    own, title = _first(instrument.titles)
    composed = load_entitling(language).instrument(instrument.kind, instrument.period, _made_on(instrument))
    return Named(composed[:1].upper() + composed[1:], language, ChosenText(title, own))


def _made_on(instrument: InstrumentView) -> PartialDate | None:
    """Return the day of the action by which an instrument is known best: its signature, else its first one."""
    dated = [action for action in instrument.actions if action.date is not None]
    signed = [action for action in dated if action.kind is ActionKind.SIGNED]
    return next((action.date for action in (*signed, *dated)), None)


def _kind(meeting: MeetingView) -> MeetingKind:
    if meeting.kind is not MeetingKind.OTHER:
        return meeting.kind
    return kind_of_name((load_entitling(code) for code in SPOKEN), meeting.name)


def _named(texts: Mapping[str, str], state: str, compose: Callable[[str, str, str], str]) -> Named:
    language = reader_language()
    if texts.get(language):
        return Named(texts[language], language)
    for own, text in texts.items():
        composed = compose(text, state, language)
        if composed:
            return Named(composed, language, ChosenText(text, own))
    own, text = _first(texts)
    return Named(text, own)


def _first(texts: Mapping[str, str]) -> tuple[str, str]:
    """Return a text with its language: the English one, else the first there is."""
    found = {language: text for language, text in texts.items() if text}
    own = "en" if "en" in found else next(iter(found), "")
    return own, found.get(own, "")


@lru_cache(maxsize=4096)
def composed_title(title: str, state: str, language: str) -> str:
    """Return a post's title composed in `language`, kept for the pages that follow; empty where it cannot be."""
    return title_in(load_titles(), load_portfolios(), title, state, language)


@lru_cache(maxsize=4096)
def composed_body(name: str, state: str, language: str) -> str:
    """Return a body's name composed in `language`, as `composed_title` does."""
    return body_in(load_titles(), load_portfolios(), name, state, language)


def in_their_tongues(line: str) -> SafeString:
    """Return a line of words parted by dots, each part that is in another language than the reader's with its `lang`.

    For lines that are put together of what was recorded: a kind, a title as a source has it, a day.
    """
    parts = line.split(BETWEEN)
    return format_html_join(BETWEEN, "{}", ((tongued(part, language_of(part)),) for part in parts))
