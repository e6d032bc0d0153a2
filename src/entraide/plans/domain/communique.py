"""A short communiqué from the recorded outcome: plain prose in the order in which ministries write it.

Who chaired what, when and where; what was reviewed and what was done, in counts that expose no person; what was
signed; what will be strengthened, domain by domain; the digest of the signed text. Nothing is said that the register
does not hold, so that a reader of the communiqué finds the same facts again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.domain.facts import PersonInPost
from entraide.programme.domain.places import name_place
from entraide.programme.domain.wording import Wording, sentence

GENERAL = "general"
MOST_IN_A_SENTENCE = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """Requests of the reviewed period in the plan's domains: answered in time, answered late, still open."""

    in_time: int = 0
    late: int = 0
    still_open: int = 0

    @property
    def total(self) -> int:
        """All requests counted."""
        return self.in_time + self.late + self.still_open


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a communiqué tells. `organisations` are state and names; domains are codes, in the order of the plan."""

    organisations: tuple[tuple[str, dict[str, str]], ...]
    signed_period: str
    digest: str
    date: PartialDate | None = None
    place: str = ""
    series: str = ""
    ordinal: int | None = None
    chairs: tuple[PersonInPost, ...] = ()
    reviewed_period: str = ""
    done: tuple[str, ...] = ()
    counts: Counts = Counts()
    pledged: tuple[str, ...] = ()


def compose_communique(outcome: Outcome, wording: Wording) -> str:
    """Return the communiqué as paragraphs separated by empty lines, in the language of `wording`."""
    paragraphs = [_opening(outcome, wording), _review(outcome, wording), _signature(outcome, wording)]
    paragraphs.append(_pledges(outcome, wording))
    if outcome.digest:
        paragraphs.append(wording.fill("digest", digest=outcome.digest))
    return "\n\n".join(sentence(paragraph) for paragraph in paragraphs if paragraph) + "\n"


def _opening(outcome: Outcome, wording: Wording) -> str:
    if outcome.date is None and not outcome.place and not outcome.chairs:
        return ""
    organisations = wording.join([wording.organisation(state, names) for state, names in outcome.organisations])
    name = outcome.series or wording.templates["conference"]
    meeting = wording.definite(name)
    if outcome.ordinal is not None:
        meeting = wording.fill("numbered", ordinal=wording.numerals.ordinal(outcome.ordinal), name=wording.bare(name))
    return wording.fill(
        "chairs" if outcome.chairs else "held",
        date_place=_date_place(outcome, wording),
        people=_people(outcome, wording),
        meeting=meeting,
        organisations=organisations,
    )


def _date_place(outcome: Outcome, wording: Wording) -> str:
    place = name_place(outcome.place, wording.language).text
    parts = {"date": wording.numerals.day(outcome.date) if outcome.date else "", "place": place}
    if outcome.date is None:
        return wording.fill("place_only", **parts) if outcome.place else ""
    # Several days say "from … to …" themselves.
    begin = "date" if outcome.date.start == outcome.date.end else "days"
    return wording.fill(f"{begin}_place" if outcome.place else f"{begin}_only", **parts)


def _people(outcome: Outcome, wording: Wording) -> str:
    people = []
    for chair in outcome.chairs:
        state = wording.state_of(chair.state)
        post = chair.post if state and chair.post.endswith(state) else f"{chair.post} {state}"
        people.append(wording.fill("person", post=_with_article(post, wording), state="", name=chair.name))
    return wording.join([" ".join(person.split()).replace(" ,", ",") for person in people])


def _with_article(post: str, wording: Wording) -> str:
    if wording.language != "fr" or post.startswith(("le ", "la ", "l’", "l'")):
        return post
    return f"l’{post}" if post[:1].casefold() in "aeéèiouyh" else f"le {post}"


def _review(outcome: Outcome, wording: Wording) -> str:
    if not outcome.reviewed_period:
        return ""
    sentences = [wording.fill("reviewed", period=outcome.reviewed_period)]
    if outcome.done:
        sentences.append(wording.fill("done_sentence", domains=_domains(outcome.done, wording)))
    if outcome.counts.total:
        sentences.append(_counted(outcome.counts, wording))
    return " ".join(sentence(text) for text in sentences)


def _signature(outcome: Outcome, wording: Wording) -> str:
    if not outcome.signed_period:
        return ""
    if outcome.chairs:
        return wording.fill(
            "signed", people=wording.join([chair.name for chair in outcome.chairs]), period=outcome.signed_period
        )
    return wording.fill("signed_plain", period=outcome.signed_period)


def _counted(counts: Counts, wording: Wording) -> str:
    numbers = (("in_time", counts.in_time), ("late", counts.late), ("open", counts.still_open))
    parts = [wording.count(name, number) for name, number in numbers if number]
    return wording.fill("counts", total=wording.count("requests", counts.total), parts=wording.join(parts))


def _pledges(outcome: Outcome, wording: Wording) -> str:
    """Return what will be strengthened, in sentences of a few domains each so that they stay readable."""
    codes = _named(outcome.pledged)
    runs = [codes[start : start + MOST_IN_A_SENTENCE] for start in range(0, len(codes), MOST_IN_A_SENTENCE)]
    return " ".join(
        wording.fill("pledged_more" if index else "pledged", domains=_domains(run, wording))
        for index, run in enumerate(runs)
    )


def _named(codes: Sequence[str]) -> tuple[str, ...]:
    """Return each domain once; cooperation in general goes without saying beside a named domain."""
    unique = tuple(dict.fromkeys(codes))
    return tuple(code for code in unique if code != GENERAL) or unique


def _domains(codes: Sequence[str], wording: Wording) -> str:
    return wording.join([wording.phrases.get(code, code) for code in _named(codes)])
