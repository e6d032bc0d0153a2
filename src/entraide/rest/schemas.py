"""What the interface answers; every field is described in the OpenAPI document."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema


class Problem(Schema):
    """Why a request was not answered."""

    code: str = Field(description="Stable code, such as access.bad_token")
    message: str
    remedy: str


class TokenFacts(Schema):
    """What the token of this request may do."""

    label: str
    scopes: list[str]
    expires_at: datetime


class OrganisationFacts(Schema):
    """A ministry or another body of the public register."""

    id: UUID
    state: str = Field(description="ISO 3166-1 alpha-2, or empty for a body of no State")
    names: dict[str, str] = Field(description="By language, ISO 639")
    other_names: list[str]


class Organisations(Schema):
    """A page of organisations."""

    count: int
    items: list[OrganisationFacts]
