"""Typed reads of the directory, in the database of the node that is given."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from django.db import router
from django.db.models import Case, Count, Model, OuterRef, Q, QuerySet, Subquery, When

from entraide.directory.adapters.keys import load_histories, load_history
from entraide.directory.adapters.portfolios import load_portfolios
from entraide.directory.domain.errors import NoSuchAuthority, NoSuchOrganisation, NoSuchPartner, NoSuchParty, NoSuchPost
from entraide.directory.domain.matching import OrganisationMatch, match_names, match_portfolios
from entraide.directory.domain.organisations import (
    Authority,
    AuthorityKind,
    Organisation,
    Partner,
    PartnerStatus,
    Post,
    Tenure,
)
from entraide.directory.domain.parties import (
    Party,
    order_parties,
    organisation_on_paper,
    own_party,
    paper_party,
    paper_party_id,
    party_of,
)
from entraide.directory.domain.portfolios import portfolios_of_post
from entraide.directory.domain.posts import PostMatch, match_post_titles
from entraide.directory.domain.states import parse_state
from entraide.directory.models import Authority as AuthorityRow
from entraide.directory.models import Organisation as OrganisationRow
from entraide.directory.models import OrganisationKey, OrganisationName, PartnerNode
from entraide.directory.models import Post as PostRow
from entraide.directory.models import Tenure as TenureRow
from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.ids import AuthorityId, OrganisationId, PartnerId, PartyId, PersonId, PostId, TenureId
from entraide.kernel.languages import fallbacks_of
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.search.api import fold_name
from entraide.storage.api import find_object

Row = TypeVar("Row", bound=Model)


def find_organisation(node: Node, state: str, name: str) -> Organisation | None:
    """Return the organisation of `state` that `name` is a name or an alias of, or None."""
    with node.active():
        code = parse_state(state) if state else ""
        key = OrganisationKey.objects.filter(state=code, key=fold_name(name)[:300]).first()
        return get_organisation(node, OrganisationId(key.organisation_id)) if key else None


def match_organisations(node: Node, state: str, names: Sequence[str]) -> list[OrganisationMatch]:
    """Return the organisations of `state` that one with these `names` may be, best first: see `domain/matching.py`."""
    with node.active():
        code = parse_state(state) if state else ""
        return match_names(load_portfolios(), list_organisations(node, state=code), code, names)


def match_organisations_of_post(node: Node, state: str, title: str) -> list[OrganisationMatch]:
    """Return the organisations of `state` that a post titled `title` may belong to by its portfolio, best first."""
    with node.active():
        code = parse_state(state) if state else ""
        words = load_portfolios()
        return match_portfolios(
            words, list_organisations(node, state=code), frozenset(portfolios_of_post(words, title, code))
        )


def match_posts(
    node: Node, organisation_id: OrganisationId, *, title: str, language: str, person: str
) -> list[PostMatch]:
    """Return the organisation's posts that `title` may mean, best first: see `domain/posts.py`.

    `language` is the title's, `person` who holds it. Raises `NoSuchOrganisation`.
    """
    with node.active():
        organisation = get_organisation(node, organisation_id)
        holders: dict[PostId, set[str]] = {}
        keys = TenureRow.objects.filter(post__organisation_id=organisation_id)
        for post_id, key in keys.values_list("post_id", "person__names__key"):
            holders.setdefault(PostId(post_id), set()).add(key)
        return match_post_titles(
            load_portfolios(),
            list_posts(node, organisation_id=organisation_id),
            holders,
            state=organisation.state,
            title=title,
            language=language,
            person=person,
        )


def get_organisation(node: Node, organisation_id: OrganisationId) -> Organisation:
    """Return one organisation; raises `NoSuchOrganisation`."""
    with node.active():
        for organisation in _organisations(OrganisationRow.objects.filter(id=organisation_id)):
            return organisation
        raise NoSuchOrganisation


def list_organisations(
    node: Node, *, state: str | None = None, ids: Iterable[UUID] | None = None
) -> list[Organisation]:
    """Return organisations by State, then in the order they were entered; all, one State's, or those of `ids`."""
    with node.active():
        rows = OrganisationRow.objects.order_by("state", "id")
        if state is not None:
            rows = rows.filter(state=parse_state(state) if state else "")
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return list(_organisations(rows))


def page_organisations(
    node: Node, *, state: str | None = None, beyond: UUID | None = None, backwards: bool = False, limit: int = 50
) -> list[Organisation]:
    """Return at most `limit` organisations, as entered, after the one with the id `beyond` (before it, `backwards`)."""
    with node.active():
        rows = OrganisationRow.objects.all()
        if state is not None:
            rows = rows.filter(state=parse_state(state) if state else "")
        return list(_organisations(_beyond(rows, beyond, backwards=backwards)[:limit]))


def count_organisations(node: Node) -> dict[str, int]:
    """Return how many organisations each State has that has one; those of no State under the empty text."""
    with node.active():
        rows = OrganisationRow.objects.order_by().values_list("state").annotate(Count("id"))
        return dict(rows)


def list_organisations_by_name(
    node: Node, states: Sequence[str], language: str, *, offset: int, limit: int
) -> list[Organisation]:
    """Return a stretch of the organisations of `states`, in the order given, then of the names that `name_in` gives.

    Sorted by the database, so that no more names are read than are shown.
    """
    with node.active():
        codes = fallbacks_of(language)
        shown = Case(*[When(language=code, then=rank) for rank, code in enumerate(codes)], default=len(codes))
        names = OrganisationName.objects.filter(organisation=OuterRef("pk"), is_alias=False).order_by(shown, "language")
        rows = OrganisationRow.objects.filter(state__in=states).annotate(
            place=Case(*[When(state=code, then=number) for number, code in enumerate(states)], default=len(states)),
            sort_key=Subquery(names.values("sort_key")[:1]),
        )
        return list(_organisations(rows.order_by("place", "sort_key", "id")[offset : offset + limit]))


def page_posts(
    node: Node,
    *,
    organisation_id: OrganisationId | None = None,
    beyond: UUID | None = None,
    backwards: bool = False,
    limit: int = 50,
) -> list[Post]:
    """Return at most `limit` posts, as entered, after the one with the id `beyond` (before it, `backwards`)."""
    with node.active():
        rows = PostRow.objects.all()
        if organisation_id is not None:
            rows = rows.filter(organisation_id=organisation_id)
        return list(_posts(_beyond(rows, beyond, backwards=backwards)[:limit]))


def get_post(node: Node, post_id: PostId) -> Post:
    """Return one post; raises `NoSuchPost`."""
    with node.active():
        for post in _posts(PostRow.objects.filter(id=post_id)):
            return post
        raise NoSuchPost


def list_posts(
    node: Node, *, organisation_id: OrganisationId | None = None, ids: Iterable[UUID] | None = None
) -> list[Post]:
    """Return posts in the order they were entered; all, one organisation's, or those of `ids`."""
    with node.active():
        rows = PostRow.objects.order_by("id")
        if organisation_id is not None:
            rows = rows.filter(organisation_id=organisation_id)
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return list(_posts(rows))


def list_tenures(
    node: Node,
    *,
    post_id: PostId | None = None,
    post_ids: Iterable[UUID] | None = None,
    ids: Iterable[UUID] | None = None,
    person_id: UUID | None = None,
) -> list[Tenure]:
    """Return who was seen in which post, earliest first; all, one post's or several posts', a person's, or of `ids`."""
    with node.active():
        rows = TenureRow.objects.select_related("person").prefetch_related("person__names").order_by("first_seen", "id")
        if post_id is not None:
            rows = rows.filter(post_id=post_id)
        if post_ids is not None:
            rows = rows.filter(post_id__in=list(post_ids))
        if person_id is not None:
            rows = rows.filter(person_id=person_id)
        if ids is not None:
            rows = rows.filter(id__in=list(ids))
        return [_tenure(row) for row in rows]


def list_authorities(
    node: Node,
    *,
    state: str | None = None,
    request_type: str | None = None,
    own: bool | None = None,
    party_id: PartyId | None = None,
) -> list[Authority]:
    """Return authorities in force by State and name: own or others', of a State or a party, for a request type."""
    with node.active():
        rows = _authorities().filter(withdrawn_at=None)
        if state is not None:
            rows = rows.filter(organisation__state=parse_state(state))
        if own is not None:
            ours = Q(partner__isnull=True, on_paper=False)
            rows = rows.filter(ours if own else ~ours)
        if party_id is not None:
            rows = rows.filter(_of_party(node, party_id))
        found = [_authority(node, row) for row in rows]
        return [authority for authority in found if request_type is None or request_type in authority.request_types]


def get_authority(node: Node, authority_id: AuthorityId) -> Authority:
    """Return one authority, also one that was withdrawn; raises `NoSuchAuthority`."""
    with node.active():
        row = _authorities().filter(id=authority_id).first()
        if row is None:
            raise NoSuchAuthority
        return _authority(node, row)


def find_parties(node: Node, party_ids: Iterable[str]) -> dict[PartyId, Party]:
    """Return the parties of these ids that this node reaches, with few reads for all; an unknown id is left out.

    They are its own ministry, those of partners, and organisations on paper for which it speaks.
    """
    wanted, own = set(party_ids), own_party(node)
    on_paper = {organisation_on_paper(node.settings.name, party_id) for party_id in wanted} - {None}
    with node.active():
        partners = PartnerNode.objects.filter(name__in=wanted - {own.id})
        found = [own] if own.id in wanted else []
        found += [Party(PartyId(row.name), row.state, row.name, row.organisation) for row in partners]
        if on_paper:
            found += [paper_party(node, item) for item in list_organisations(node, ids=filter(None, on_paper))]
    return {party.id: party for party in found}


def get_party(node: Node, party_id: str) -> Party:
    """Return one party; raises `NoSuchParty` when this node does not reach it."""
    found = find_parties(node, [party_id]).get(PartyId(party_id))
    if found is None:
        raise NoSuchParty
    return found


def list_parties_to_ask(node: Node) -> list[Party]:
    """Return whom this node's ministry may ask, by State: partners, and those on paper that have an authority here."""
    with node.active():
        partners = [party_of(partner) for partner in list_partners(node)]
        on_paper = AuthorityRow.objects.filter(on_paper=True, withdrawn_at=None)
        ids = on_paper.values_list("organisation_id", flat=True).distinct()
        organisations = list_organisations(node, ids=ids)
    return list(order_parties([*partners, *(paper_party(node, item) for item in organisations)]))


def get_partner(node: Node, partner_id: PartnerId) -> Partner:
    """Return one partner; raises `NoSuchPartner`."""
    with node.active():
        row = find_object(router.db_for_read(PartnerNode), PartnerNode, where={"id": partner_id})
        if row is None:
            raise NoSuchPartner
        return _partner(row, load_history(row.id))


def find_partner(node: Node, name: str) -> Partner | None:
    """Return the partner whose node is named `name`, or None."""
    with node.active():
        row = find_object(router.db_for_read(PartnerNode), PartnerNode, where={"name": name})
        return _partner(row, load_history(row.id)) if row else None


def list_partners(node: Node, *, status: PartnerStatus | None = None) -> list[Partner]:
    """Return the partners by name; all, or those of one status."""
    with node.active():
        rows = PartnerNode.objects.order_by("name")
        found = list(rows.filter(status=status) if status else rows)
        histories = load_histories([row.id for row in found])
        return [_partner(row, histories[row.id]) for row in found]


def list_signers(node: Node) -> dict[str, KeyHistory]:
    """Return the keys of every partner by the name of its node, as verifying the logs at rest takes them."""
    with node.active():
        return {partner.name: partner.keys for partner in list_partners(node)}


def _beyond(rows: QuerySet[Row], beyond: UUID | None, *, backwards: bool) -> QuerySet[Row]:
    """Return rows in the order of their ids, or in the opposite one, from beyond an id on."""
    if beyond is not None:
        rows = rows.filter(**{"id__lt" if backwards else "id__gt": beyond})
    return rows.order_by("-id" if backwards else "id")


def _organisations(rows: QuerySet[OrganisationRow]) -> Iterable[Organisation]:
    for row in rows.prefetch_related("names"):
        names = sorted(row.names.all(), key=lambda name: (name.language, name.name))
        yield Organisation(
            id=OrganisationId(row.id),
            state=row.state,
            names={name.language: name.name for name in names if not name.is_alias},
            aliases=tuple(name.name for name in names if name.is_alias),
        )


def _posts(rows: QuerySet[PostRow]) -> Iterable[Post]:
    for row in rows.prefetch_related("titles"):
        titles = sorted(row.titles.all(), key=lambda title: (title.language, title.id))
        yield Post(
            id=PostId(row.id),
            organisation_id=OrganisationId(row.organisation_id),
            titles={title.language: title.title for title in titles if not title.is_alias},
            aliases=tuple(title.title for title in titles if title.is_alias),
        )


def _tenure(row: TenureRow) -> Tenure:
    others = sorted(name.name for name in row.person.names.all() if name.name != row.person.name)
    return Tenure(
        id=TenureId(row.id),
        post_id=PostId(row.post_id),
        person_id=PersonId(row.person_id),
        person_name=row.person.name,
        spellings=(row.person.name, *others),
        first_seen=PartialDate(row.first_seen, DateBasis(row.first_basis)),
        last_seen=PartialDate(row.last_seen, DateBasis(row.last_basis)),
    )


def _authorities() -> QuerySet[AuthorityRow]:
    rows = AuthorityRow.objects.select_related("organisation", "partner").prefetch_related("organisation__names")
    return rows.order_by("organisation__state", "name", "id")


def _of_party(node: Node, party_id: str) -> Q:
    if party_id == node.settings.name:
        return Q(partner__isnull=True, on_paper=False)
    organisation_id = organisation_on_paper(node.settings.name, party_id)
    if organisation_id is not None:
        return Q(on_paper=True, organisation_id=organisation_id)
    return Q(partner__name=party_id)


def _party_id(node: Node, row: AuthorityRow) -> PartyId:
    if row.partner is not None:
        return PartyId(row.partner.name)
    name = node.settings.name
    return paper_party_id(name, row.organisation_id) if row.on_paper else PartyId(name)


def _authority(node: Node, row: AuthorityRow) -> Authority:
    names = sorted(
        row.organisation.names.all(), key=lambda name: (name.is_alias, name.language != "en", name.language, name.name)
    )
    return Authority(
        id=AuthorityId(row.id),
        state=row.organisation.state,
        organisation_id=OrganisationId(row.organisation_id),
        organisation_name=names[0].name,
        name=row.name,
        kind=AuthorityKind(row.kind),
        request_types=tuple(row.request_types),
        legal_bases=tuple(row.legal_bases),
        languages=tuple(row.languages),
        hours=row.hours,
        time_zone=row.time_zone,
        party_id=_party_id(node, row),
        partner_id=PartnerId(row.partner_id) if row.partner_id else None,
        on_paper=row.on_paper,
    )


def _partner(row: PartnerNode, keys: KeyHistory) -> Partner:
    return Partner(
        id=PartnerId(row.id),
        name=row.name,
        state=row.state,
        organisation=row.organisation,
        origin=row.origin,
        keys=keys,
        transcript_digest=bytes(row.transcript_digest),
        paired_at=row.paired_at,
        status=PartnerStatus(row.status),
    )
