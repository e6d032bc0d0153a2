"""Every address of the site by every role: who may read it, who may post to it, and what nobody gets without a token.

The table is held against the URL resolver, so that a new address fails here until somebody says who may use it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from entraide.access.api import Role
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from tests.factories.nodes import SeededRandomness, make_node
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db

LETTERS = {
    "D": Role.desk_officer,
    "C": Role.case_officer,
    "A": Role.approver,
    "U": Role.auditor,
    "O": Role.operator,
}
# Address, who may GET, who may POST. "*": everybody, also without a login; "-": nobody, the method is not there.
TABLE = """
/                                                          *      *
search/                                                    *      *
robots.txt                                                 *      -
sitemap.xml                                                *      -
sitemaps/pages.xml                                         *      -
sitemaps/<slug:table>.xml                                  *      -
sitemaps/<slug:table>/<uuid:after>.xml                     *      -
catalog.jsonld                                             *      -
data/verify/                                               *      -
data/verify_entraide.py                                    *      -
about/                                                     *      -
about/api/                                                 *      -
about/texts/                                               UO     -
about/texts/<slug:name>/<slug:language>/                   O      O
about/texts/<slug:name>/<slug:language>/default/           -      O
about/reporting/                                           -      O
about/<slug:name>/                                         *      -
error-reports/                                             DU     -
error-reports/new/<slug:table>/<uuid:fact_id>/             *      *
error-reports/set-aside/                                   -      D
error-reports/<uuid:report_id>/                            DU     D
error-reports/<uuid:report_id>/contact/                    -      D
domains/                                                   *      *
mechanisms/                                                *      *
mechanisms/<uuid:mechanism_id>/                            *      *
meetings/                                                  *      *
meetings/<uuid:meeting_id>/                                *      *
instruments/                                               *      *
instruments/<uuid:instrument_id>/                          *      *
commitments/                                               *      *
commitments/<uuid:commitment_id>/                          *      *
commitments/<uuid:commitment_id>/assess/                   DA     DA
organisations/                                             *      *
organisations/<uuid:organisation_id>/                      *      *
posts/<uuid:post_id>/                                      *      *
data/                                                      *      -
calendar.ics                                               *      -
feed.atom                                                  *      -
mechanisms/feed.atom                                       *      -
meetings/feed.atom                                         *      -
instruments/feed.atom                                      *      -
commitments/feed.atom                                      *      -
meetings/calendar.ics                                      *      -
instruments/calendar.ics                                   *      -
commitments/calendar.ics                                   *      -
mechanisms/<uuid:id_>.jsonld                               *      -
meetings/<uuid:id_>.jsonld                                 *      -
instruments/<uuid:id_>.jsonld                              *      -
commitments/<uuid:id_>.jsonld                              *      -
organisations/<uuid:id_>.jsonld                            *      -
posts/<uuid:id_>.jsonld                                    *      -
sources/<uuid:id_>.jsonld                                  *      -
mechanisms/<uuid:id_>.bib                                  *      -
mechanisms/<uuid:id_>.ris                                  *      -
meetings/<uuid:id_>.bib                                    *      -
meetings/<uuid:id_>.ris                                    *      -
instruments/<uuid:id_>.bib                                 *      -
instruments/<uuid:id_>.ris                                 *      -
commitments/<uuid:id_>.bib                                 *      -
commitments/<uuid:id_>.ris                                 *      -
organisations/<uuid:id_>.bib                               *      -
organisations/<uuid:id_>.ris                               *      -
posts/<uuid:id_>.bib                                       *      -
posts/<uuid:id_>.ris                                       *      -
sources/<uuid:id_>.bib                                     *      -
sources/<uuid:id_>.ris                                     *      -
mechanisms/<uuid:mechanism_id>/calendar.ics                *      -
mechanisms/<uuid:mechanism_id>/feed.atom                   *      -
acts/                                                      DAUO   -
acts/facts/<uuid:fact_id>/                                 DAUO   -
acts/<uuid:act_id>/                                        DAO    DAO
acts/<uuid:act_id>/batch/                                  DAO    DAO
acts/<uuid:act_id>/restore/                                DO     DO
same/                                                      DU     -
same/compare/                                              D      -
same/answer/                                               -      D
same/joined/                                               DU     -
same/joined/<uuid:join_id>/split/                          D      D
checks/                                                    DU     -
checks/answer/                                             -      D
desk/                                                      DCAUO  -
desk/demo/                                                 *      *
desk/users/                                                UO     -
desk/users/new/                                            O      O
desk/users/<uuid:user_id>/                                 O      O
desk/users/<uuid:user_id>/password/                        -      O
desk/users/<uuid:user_id>/close/                           -      O
desk/tokens/                                               UO     UO
desk/tokens/<uuid:token_id>/revoke/                        -      O
desk/authorities/                                          DCAUO  -
desk/authorities/new/                                      DO     DO
desk/authorities/paper/                                    DO     DO
desk/authorities/<uuid:authority_id>/withdraw/             -      DO
exports/datapackage.zip                                    *      -
exports/datapackage-<date:day>.zip                         *      -
exports/                                                   *      -
exports/<slug:table>.<slug:form>                           *      -
imports/                                                   DU     -
imports/new/                                               D      D
imports/<uuid:import_id>/                                  DU     -
imports/<uuid:import_id>/apply/                            -      D
imports/<uuid:import_id>/drop/                             -      D
sources/                                                   *      -
sources/kinds/                                             *      -
sources/<uuid:source_id>/                                  *      -
proposals/                                                 DU     -
proposals/new/                                             D      D
proposals/samples/                                         -      D
proposals/<uuid:source_id>/                                DU     -
proposals/<uuid:source_id>/sentence/                       D      D
proposals/<uuid:source_id>/published/                      D      D
proposals/arrivals/                                        DUO    -
proposals/<uuid:source_id>/keep-all/                       D      D
proposals/<uuid:source_id>/settle-all/                     D      D
proposals/<uuid:source_id>/new/<slug:name>/              D      D
proposals/decide/<uuid:proposal_id>/                       D      D
proposals/settle/<uuid:proposal_id>/                       D      D
upkeep/mechanisms/<uuid:mechanism_id>/                     D      D
upkeep/meetings/<uuid:meeting_id>/                         D      D
pairing/                                                   UO     -
pairing/start/                                             O      O
pairing/<uuid:pairing_id>/                                 UO     UO
pairing/<uuid:pairing_id>/stop/                            -      O
pairing/partners/<uuid:partner_id>/                        UO     -
pairing/partners/<uuid:partner_id>/change/                 -      O
requests/                                                  CAU    -
requests/new/                                              C      C
requests/<uuid:request_id>/                                CAU    -
requests/<uuid:request_id>/edit/                           C      C
requests/<uuid:request_id>/check/                          CAU    -
requests/<uuid:request_id>/submit/                         -      C
requests/<uuid:request_id>/approve/                        A      A
requests/<uuid:request_id>/clear/                          -      A
requests/<uuid:request_id>/content/                        CAU    CAU
requests/<uuid:request_id>/acknowledge/                    -      C
requests/<uuid:request_id>/answer/                         C      C
requests/<uuid:request_id>/answer/approve/                 A      A
requests/<uuid:request_id>/paper/                          CA     CA
requests/<uuid:request_id>/paper/answer/                   A      A
requests/<uuid:request_id>/start/                          -      CA
requests/<uuid:request_id>/close/                          -      CA
requests/<uuid:request_id>/withdraw/                       -      CA
plans/                                                     DAU    DAU
plans/new/                                                 DA     DA
plans/new/<uuid:mechanism_id>/                             DA     DA
plans/signatory/                                           A      A
plans/<uuid:plan_id>/                                      DAU    DAU
plans/<uuid:plan_id>/clauses/new/                          DA     DA
plans/<uuid:plan_id>/clauses/<uuid:clause_id>/             DA     DA
plans/<uuid:plan_id>/clauses/<uuid:clause_id>/remove/      -      DA
plans/<uuid:plan_id>/compare/                              DAU    DAU
plans/<uuid:plan_id>/propose/                              -      DA
plans/<uuid:plan_id>/send/                                 -      DA
plans/<uuid:plan_id>/discard/                              -      DA
plans/<uuid:plan_id>/agree/                                -      A
plans/<uuid:plan_id>/sign/                                 A      A
plans/<uuid:plan_id>/paper/                                A      A
plans/<uuid:plan_id>/verify/                               DAU    DAU
plans/<uuid:plan_id>/review/                               DAU    DAU
plans/<uuid:plan_id>/review/count/                         -      DA
plans/<uuid:plan_id>/conference/                           D      D
plans/<uuid:plan_id>/communique/                           DAU    DAU
journal/                                                   UO     -
journal/verify/                                            -      UO
journal/entries/<uuid:entry_id>/                           UO     -
journal/entries/<uuid:entry_id>/proof.json                 UO     -
safeguards/                                                *      *
safeguards/<slug:rule_id>/                                 *      *
design/                                                    *      -
design/theme/                                              -      *
"""
ELSEWHERE = ("accounts/", "api/", "language/")
"""The account library's own addresses, and those of programs, which have tests of their own."""
SOME = UUID("019459f0-0000-7000-8000-00000000abcd")


def table() -> dict[str, tuple[str, str]]:
    """Return who may GET and who may POST, by address."""
    rows = [line.split() for line in TABLE.strip().splitlines()]
    return {"" if address == "/" else address: (get, post) for address, get, post in rows}


def addresses() -> Iterator[str]:
    """Yield every address of the site as the resolver has it."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
        for item in patterns:
            here = prefix + str(item.pattern)
            if isinstance(item, URLResolver):
                yield from walk(item.url_patterns, here)
            else:
                yield here

    return (here for here in walk(get_resolver().url_patterns, "") if not here.startswith(ELSEWHERE))


def path_of(address: str) -> str:
    """Return a path of `address`: of a thing that does not exist, so that nothing is changed by whoever gets in."""
    return "/" + re.sub(r"<[a-z]+:[a-z_]+>", "x", re.sub(r"<uuid:[a-z_]+>", str(SOME), address))


def got_in(response: HttpResponse) -> bool:
    """Whether the visitor was let in: neither sent to the login, nor told that it is not for them or not there."""
    sent_away = response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/")
    return not sent_away and response.status_code not in {401, 403, 405}


@pytest.fixture
def node(tmp_path: Path) -> Node:
    """A demonstration with keys, so that each page has what it needs."""
    made = make_node(keyring=create_memory_keyring(SeededRandomness("keys")), demonstration=True)
    return replace(made, settings=replace(made.settings, home=tmp_path))


def test_every_address_is_in_the_table():
    """Whoever adds a page says who may open it."""
    assert sorted(addresses()) == sorted(table())


@pytest.mark.parametrize("who", ["*", *LETTERS])
def test_an_address_opens_for_its_roles_and_nobody_else(site: Site, who: str):
    """Walk all addresses with both methods as a visitor (*) or as a person with one role."""
    client = site.visitor() if who == "*" else site.client_as(LETTERS[who])
    wrong = []
    for address, allowed in table().items():
        for method, roles in zip(("get", "post"), allowed, strict=True):
            response = getattr(client, method)(path_of(address))
            if got_in(response) != ("*" in roles or who in roles):
                wrong.append((method, address, response.status_code))
    assert wrong == []


def test_nothing_is_posted_without_the_token_of_a_form(site: Site):
    """Somebody with every role that goes together, lured to another site, changes nothing."""
    roles = [role for role in Role if role is not Role.auditor]  # an auditor has no other role
    everybody = make_actor(site.node, *roles)
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(pk=everybody.user_id))
    let_in = [address for address in table() if client.post(path_of(address)).status_code not in {403, 405}]
    assert let_in == []


@pytest.mark.parametrize(
    "query", ["\x00", "'", '"', "*", "NEAR(", "a" * 50_000, "đ" * 3000, "%F0%9F", "( OR", "\ud7ff"]
)
def test_the_search_box_takes_anything(site: Site, query: str):
    """Odd input finds nothing, and fails nothing."""
    assert site.visitor().get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize("path", ["/language/setlang/", "/design/theme/"])
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(site: Site, path: str, target: str):
    """`next` leads within the site only."""
    response = site.visitor().post(path, {"language": "fr", "theme": "dark", "next": target})
    assert "evil" not in response.headers["Location"]
    assert not response.headers["Location"].startswith("javascript")


def test_a_huge_form_is_refused(site: Site):
    """Thousands of fields get a plain 400."""
    data = {f"persons-{number}-name": "x" for number in range(3000)}
    assert site.client_as(Role.case_officer).post("/requests/new/", data).status_code == 400
