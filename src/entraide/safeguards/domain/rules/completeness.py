"""Is the request complete, founded, between the right desks, in a language they accept?"""

from collections.abc import Iterator

from entraide.kernel.decision import Outcome
from entraide.kernel.text import N_
from entraide.safeguards.domain.codes import BasisKind, Channel
from entraide.safeguards.domain.model import Hit, Params, lacking
from entraide.safeguards.domain.request_facts import DataIdentifier, RequestFacts

UNREGISTERED = N_("The authority of {state} is registered neither as central authority nor as 24/7 contact point.")
NOT_FOR_TYPE = N_("The authority of {state} is not competent for this type of request.")
NOT_FOR_INSTRUMENT = N_("The authority of {state} is not competent under this instrument.")


def check_contents(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R01: subject and stage of the proceeding, facts (not for service of documents), assistance, purpose."""
    if not facts.subject_stated:
        yield lacking("R01.subject", N_("The subject of the investigation or proceeding is not stated."))
    if not facts.stage_stated:
        yield lacking("R01.stage", N_("The stage of the proceedings is not stated."))
    if not facts.facts_stated and not facts.is_one_of(params.codes("facts_waived")):
        yield lacking("R01.facts", N_("The facts are not stated: date, place, role, and link to the measure."))
    if not facts.assistance_stated:
        yield lacking("R01.assistance", N_("The assistance asked for is not stated."))
    if not facts.purpose_stated:
        yield lacking("R01.purpose", N_("The purpose is not stated."))
    if facts.is_one_of(params.codes("offence_required")):
        yield from _check_offence(facts)


def _check_offence(facts: RequestFacts) -> Iterator[Hit]:
    if not facts.offence.codes:
        yield lacking("R01.offence", N_("No offence is stated (ICCS code)."))
    if not facts.offence.provision_cited:
        yield lacking("R01.provision", N_("The provision of the requesting State's law is not cited."))


def check_legal_basis(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R02: instrument and article with both States party on the day, or reciprocity with a warning."""
    basis = facts.basis
    if basis.kind is None:
        yield lacking("R02.none", N_("No legal basis is stated."))
    elif basis.kind is BasisKind.RECIPROCITY:
        yield Hit(
            "R02.reciprocity",
            N_("The request rests on reciprocity: the requested State is free to decline."),
            outcome=Outcome.WARN,
        )
    else:
        if not basis.instrument:
            yield lacking("R02.instrument", N_("The instrument is not named."))
        if not basis.article:
            yield lacking("R02.article", N_("The article of the instrument is not named."))
        parties = ((facts.sender.state, basis.requesting_party), (facts.recipient.state, basis.requested_party))
        for state, party in parties:
            if party is not True:
                yield lacking(
                    "R02.not_party",
                    N_("It is not established that {state} is a party to the instrument on this date."),
                    state=state,
                )


def check_authorities(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R03: both ends are registered for this instrument and type; police information is no evidence by itself."""
    for end in (facts.sender, facts.recipient):
        if not end.registered:
            yield lacking("R03.unregistered", UNREGISTERED, state=end.state)
        elif not end.covers_type:
            yield lacking("R03.type", NOT_FOR_TYPE, state=end.state)
        elif facts.basis.kind is BasisKind.INSTRUMENT and not end.covers_basis:
            yield lacking("R03.instrument", NOT_FOR_INSTRUMENT, state=end.state)
    if facts.channel is None:
        yield lacking("R03.channel", N_("The channel is not stated."))
    elif facts.channel is Channel.POLICE and facts.is_one_of(params.codes("formal_types")):
        yield Hit(
            "R03.police_channel",
            N_("What comes through the police channel is not evidence until it is asked for formally."),
            outcome=Outcome.WARN,
        )


def check_preservation(facts: RequestFacts, params: Params) -> Iterator[Hit]:
    """R25: what a preservation request states (Budapest Convention 29(2)), every identifier complete."""
    stated = facts.preservation
    if stated is None:
        yield lacking("R25.none", N_("Nothing is stated about the data to preserve."))
        return
    if not stated.data_described:
        yield lacking("R25.data", N_("The data to preserve is not described."))
    if not stated.link_to_offence:
        yield lacking("R25.link", N_("The link between the data and the offence is not stated."))
    if not stated.custodian_named:
        yield lacking("R25.custodian", N_("Neither the custodian of the data nor its place is stated."))
    if not stated.necessity_stated:
        yield lacking("R25.necessity", N_("The necessity of the preservation is not stated."))
    if stated.intends_request is not True:
        yield lacking("R25.intention", N_("The intention to send a request for assistance is not stated."))
    if not stated.identifiers:
        yield lacking("R25.identifier", N_("No account, address or other identifier of the data is given."))
    yield from _check_identifiers(stated.identifiers, params)


def _check_identifiers(identifiers: tuple[DataIdentifier, ...], params: Params) -> Iterator[Hit]:
    for number, identifier in enumerate(identifiers, start=1):
        if identifier.kind not in params.codes("identifier_kinds"):
            yield lacking("R25.kind", N_("Identifier {number} is of no known kind."), number=str(number))
        elif not identifier.complete:
            yield lacking(
                "R25.incomplete",
                N_("Identifier {number} is incomplete: an IP address needs its port and the moment in UTC."),
                number=str(number),
            )


def check_personal_data(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature
    """R30: role of each person, fact or opinion, strict necessity of sensitive fields, an expiry in the future."""
    if not facts.persons and not facts.concerns_person:
        return
    data = facts.personal_data
    for person in facts.persons:
        if person.role is None:
            yield lacking("R30.role", N_("The role of {reference} is not stated."), reference=person.reference)
    if not data.fact_or_opinion:
        yield lacking("R30.fact_or_opinion", N_("It is not stated what rests on facts and what on opinion."))
    if data.sensitive_fields and not data.sensitive_justified:
        yield lacking("R30.sensitive", N_("Sensitive data is included without a reason of strict necessity."))
    if data.expires_on is None:
        yield lacking("R30.expiry", N_("No date of erasure is set."))
    elif data.expires_on <= facts.on:
        yield lacking("R30.expired", N_("The date of erasure has passed."))


def check_language(facts: RequestFacts, params: Params) -> Iterator[Hit]:  # noqa: ARG001 - one signature for all checks
    """R32: the language of the request, or of an attached translation, is one that the requested authority accepts."""
    if not facts.language:
        yield lacking("R32.none", N_("The language of the request is not stated."))
    elif not facts.recipient.languages & {facts.language, *facts.translations}:
        yield Hit(
            "R32.not_accepted",
            N_("The requested authority accepts {languages}; attach a translation."),
            {"languages": ", ".join(sorted(facts.recipient.languages)) or "?"},
            outcome=Outcome.WARN if facts.urgent else None,
            missing=True,
        )
