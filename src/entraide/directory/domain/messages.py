"""What a node tells a partner of its authorities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from entraide.directory.domain.competence import LONGEST_NAME, MOST_ITEMS
from entraide.directory.domain.errors import BadAuthority
from entraide.kernel.codecs import Filed, Text
from entraide.kernel.wire import OPTIONAL, Document, Message, Most

MOST_AUTHORITIES = 500
MOST_ALIASES = 100
MOST_LANGUAGES = 30
Name = Annotated[str, Text(LONGEST_NAME)]
Code = Annotated[str, Text(60)]


@dataclass(frozen=True, slots=True)
class AnnouncedAuthority(Document):
    """One authority and what it is competent for."""

    id: Annotated[UUID, "the same on both nodes"]
    state: Annotated[str, Text(2), "ISO 3166-1 alpha-2, the announcing node's own"]
    organisation: Annotated[
        Mapping[str, str], Filed(Text(20), Text(LONGEST_NAME), MOST_LANGUAGES), "its organisation's name by language"
    ]
    name: Annotated[str, Text(LONGEST_NAME), "its own name"]
    kind: Annotated[str, Text(20), "`central_authority` or `contact_point_24_7`"]
    request_types: Annotated[tuple[Code, ...], Most(MOST_ITEMS), "which requests it takes"]
    legal_bases: Annotated[tuple[Code, ...], Most(MOST_ITEMS), "under which treaties"]
    languages: Annotated[tuple[Code, ...], Most(MOST_ITEMS), "in which languages"]
    hours: Annotated[str, Text(LONGEST_NAME), "when it is open"]
    time_zone: Annotated[str, Text(60), "of these hours"]
    aliases: Annotated[tuple[Name, ...], Most(MOST_ALIASES), OPTIONAL, "the organisation's other names"] = ()


@dataclass(frozen=True, slots=True)
class AuthoritiesAnnounced(Message):
    """All authorities of the node that sends it, when a pairing is completed; replaces what the reader knew."""

    message_type, message_version = "directory.authorities", 1
    refused_with = BadAuthority.code

    authorities: Annotated[tuple[AnnouncedAuthority, ...], Most(MOST_AUTHORITIES), "its own, in force"]
