"""Two homes with their people and authorities, ready for the story.

The people are named by their role, the authorities are the two ministries; nothing here is a person's name.
"""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from entraide.access.api import Actor, Role, create_user, list_actors
from entraide.cli.processes import create_node
from entraide.config.composition import open_node
from entraide.config.homes import demand_no_real_node
from entraide.config.serving import demand_free_address
from entraide.directory.api import ensure_organisation, register_authority
from entraide.kernel.node import Edition, Node, NodeSettings
from entraide.kernel.text import N_

# The day on which the story begins: after the last sample, in the period of the plan signed on 12 January 2025.
FIRST_DAY = date(2025, 12, 8)

# A demonstration's password protects nothing: its pages log a visitor in as any role.
PASSWORD = "demonstration-only"  # noqa: S105 - see above

# Kept in English as any post is kept as entered; pages show it in the reader's language.
POSTS = {
    Role.desk_officer: N_("Desk officer, secretariat of the mechanism"),
    Role.case_officer: N_("Case officer, central authority"),
    Role.approver: N_("Head of the central authority"),
    Role.auditor: N_("Data-protection officer"),
    Role.operator: N_("Operator of the node"),
}
EDITORS = {
    Role.desk_officer: N_("Editor of the observatory"),
    Role.auditor: N_("Reader of the journal"),
    Role.operator: N_("Operator of the site"),
}


@dataclass(frozen=True)
class Ministry:
    """The sample data of one side."""

    name: str
    state: str
    organisation: dict[str, str]
    aliases: tuple[str, ...]
    languages: tuple[str, ...]
    time_zone: str
    hours: str
    edition: Edition = Edition.NODE


VIETNAM = Ministry(
    name="vn-mps",
    state="VN",
    organisation={
        "fr": "Ministère de la Sécurité publique du Vietnam",
        "en": "Ministry of Public Security of Vietnam",
        "vi": "Bộ Công an Việt Nam",
    },
    aliases=(
        "ministère de la Sécurité publique",
        "ministère de la Police",
        "Ministry of Public Security",
        "Bộ Công an",
    ),
    languages=("vi", "en", "fr"),
    time_zone="Asia/Ho_Chi_Minh",
    hours="24/7",
)
LAOS = Ministry(
    name="la-mps",
    state="LA",
    organisation={
        "fr": "Ministère de la Sécurité publique du Laos",
        "en": "Ministry of Public Security of Laos",
        "vi": "Bộ Công an Lào",
    },
    aliases=(
        "ministère de la Sécurité publique",
        "Ministry of Public Security",
        "Bộ Công an",
        "ກະຊວງປ້ອງກັນຄວາມສະຫງົບ",
    ),
    languages=("lo", "en", "fr"),
    time_zone="Asia/Vientiane",
    hours="24/7",
)


OBSERVATORY = Ministry(
    name="observatory",
    state="FR",
    organisation={
        "fr": "Observatoire de la coopération policière (démonstration)",
        "en": "Observatory of police cooperation (demonstration)",
        "vi": "Trang quan sát hợp tác cảnh sát (trình diễn)",
    },
    aliases=(),
    languages=("fr", "en", "vi"),
    time_zone="Europe/Paris",
    hours="",
    edition=Edition.OBSERVATORY,
)


@dataclass(frozen=True)
class Side:
    """One node of the story with its people."""

    ministry: Ministry
    node: Node
    port: int
    people: dict[Role, Actor]

    @property
    def home(self) -> Path:
        """The node's folder."""
        return self.node.settings.home

    def person(self, role: Role) -> Actor:
        """Return who holds `role` here."""
        return self.people[role]


@dataclass(frozen=True)
class Stage:
    """Both sides."""

    a: Side
    b: Side


def build_stage(folder: Path, ports: tuple[int, int] = (8000, 8001)) -> Stage:
    """Create both homes anew below `folder` with people and authorities; an earlier demonstration there is removed.

    Raises `AddressTaken` and `HomeExists` before anything is touched: a node that is no demonstration is never removed.
    """
    for ministry, port in zip((VIETNAM, LAOS), ports, strict=True):
        demand_free_address("127.0.0.1", port)
        demand_no_real_node(folder / ministry.name)
    with ThreadPoolExecutor(2) as both:  # each waits for a process that makes its database
        for made in [
            both.submit(_create_home, folder, ministry, port)
            for ministry, port in zip((VIETNAM, LAOS), ports, strict=True)
        ]:
            made.result()
    sides = []
    for ministry, port in zip((VIETNAM, LAOS), ports, strict=True):
        node = open_node(folder / ministry.name, ministry.name)
        sides.append(Side(ministry, node, port, _people(node, ministry)))
    return Stage(*sides)


def build_observatory(folder: Path, port: int) -> Side:
    """Create the home of an observatory below `folder` with its editors; an earlier demonstration there is removed.

    Raises as `build_stage` does.
    """
    demand_free_address("127.0.0.1", port)
    demand_no_real_node(folder / OBSERVATORY.name)
    _create_home(folder, OBSERVATORY, port)
    node = open_node(folder / OBSERVATORY.name, OBSERVATORY.name)
    return Side(OBSERVATORY, node, port, _accounts(node, EDITORS))


def _create_home(folder: Path, ministry: Ministry, port: int) -> None:
    home = folder / ministry.name
    shutil.rmtree(home, ignore_errors=True)
    settings = NodeSettings(
        home=home,
        name=ministry.name,
        state=ministry.state,
        organisation=ministry.organisation,
        origin=f"http://127.0.0.1:{port}",
        demonstration=True,
        edition=ministry.edition,
        time_zone=ministry.time_zone,
    )
    offset = FIRST_DAY - datetime.now(UTC).date()
    create_node(settings, clock_offset_days=offset.days)


def open_stage(folder: Path, ports: tuple[int, int] = (8000, 8001)) -> Stage:
    """Return the sides of a stage that `build_stage` made before."""
    sides = []
    for ministry, port in zip((VIETNAM, LAOS), ports, strict=True):
        node = open_node(folder / ministry.name, ministry.name)
        people = {role: actor for actor in list_actors(node) for role in actor.roles}
        sides.append(Side(ministry, node, port, people))
    return Stage(*sides)


def _people(node: Node, ministry: Ministry) -> dict[Role, Actor]:
    people = _accounts(node, POSTS)
    operator = people[Role.operator]
    organisation_id = ensure_organisation(
        node,
        actor=operator,
        state=ministry.state,
        name=ministry.organisation["en"],
        language="en",
        aliases=(*ministry.organisation.values(), *ministry.aliases),
    )
    register_authority(
        node,
        actor=operator,
        organisation_id=organisation_id,
        name=ministry.organisation["en"],
        kind="central_authority",
        request_types=("preservation", "evidence"),
        legal_bases=("UNTOC", "UNCAC"),
        languages=ministry.languages,
        hours=ministry.hours,
        time_zone=ministry.time_zone,
    )
    return people


def _accounts(node: Node, posts: Mapping[Role, str]) -> dict[Role, Actor]:
    return {
        role: create_user(
            node,
            username=role.value.replace("_", "-"),
            password=PASSWORD,
            roles=frozenset({role}),
            post=post,
        )
        for role, post in posts.items()
    }
