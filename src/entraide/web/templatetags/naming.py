"""Names in the reader's language for templates; `{{ x|in_post }}` carries `lang` and the original beside it."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from entraide.directory.api import Organisation, Post
from entraide.programme.api import InstrumentView, MeetingView, PersonInPost, SeriesView
from entraide.programme.domain.facts import Party
from entraide.web import naming
from entraide.web.language import reader_language
from entraide.web.naming import Named

register = template.Library()


@register.filter
def in_post(person: PersonInPost) -> Named:
    """Return the post of a person in the reader's language."""
    return naming.name_persons_post(person)


@register.filter
def body_name(body: Organisation | Party) -> Named:
    """Return the name of an organisation, or of the organisation that is party to a mechanism."""
    if isinstance(body, Organisation):
        return naming.name_organisation(body)
    return naming.name_body(body.names, body.state)


@register.filter
def post_name(post: Post, state: str) -> Named:
    """Return the title of a post of `state`."""
    return naming.name_post(post, state)


@register.filter
def place_name(place: str) -> Named:
    """Return a place by its one name in the reader's language."""
    return naming.name_town(place) if place else Named("", "")


@register.filter
def instrument_title(instrument: InstrumentView) -> str:
    """Return an instrument's title in the reader's language; `original` gives the one of its source."""
    return naming.name_instrument(instrument).text


@register.filter
def original(fact: InstrumentView | MeetingView | SeriesView) -> SafeString:
    """Return the name that a source gives a fact where the page calls it otherwise, marked up; else nothing."""
    if isinstance(fact, InstrumentView):
        return naming.name_instrument(fact).beside
    if isinstance(fact, SeriesView):
        return naming.name_series(fact).beside
    return naming.name_meeting(fact).beside


@register.filter
def in_its_tongue(words: str) -> SafeString:
    """Return words of which nobody said the language, each part of the line marked with the one that it tells."""
    return naming.in_their_tongues(words) if words else SafeString("")


@register.filter
def post_words(title: str, state: str) -> Named:
    """Return a post of which only the words are recorded: by the catalogs, composed, or in its own language."""
    said = gettext(title) if title else ""
    return Named(said, reader_language()) if said != title else naming.name_words(title, state)


@register.filter
def body_words(name: str, state: str) -> Named:
    """Return a body of which only the name is recorded: composed, or in its own language."""
    return naming.name_body_words(name, state)
