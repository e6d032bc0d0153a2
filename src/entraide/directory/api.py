"""The door of the directory."""

from entraide.directory.adapters.portfolios import load_portfolios
from entraide.directory.domain.errors import (
    AuthorityNotTheirs,
    BadAuthority,
    NameMissing,
    NoSuchAuthority,
    NoSuchOrganisation,
    NoSuchPartner,
    NoSuchPost,
    OrganisationsDiffer,
    PartnerExists,
    UnknownLanguage,
    UnknownState,
)
from entraide.directory.domain.facts import (
    Authority,
    AuthorityKind,
    Organisation,
    Partner,
    PartnerStatus,
    Post,
    Tenure,
    name_in,
)
from entraide.directory.domain.matching import CERTAIN, LIKELY, POSSIBLE, OrganisationMatch
from entraide.directory.domain.portfolios import Portfolios
from entraide.directory.domain.states import language_name, list_states, parse_language, parse_state, state_name
from entraide.directory.selectors import (
    find_organisation,
    find_partner,
    get_authority,
    get_organisation,
    get_partner,
    get_post,
    list_authorities,
    list_organisations,
    list_partners,
    list_posts,
    list_tenures,
    match_organisations,
)
from entraide.directory.services.authorities import (
    export_authorities,
    import_authorities,
    register_authority,
    withdraw_authority,
)
from entraide.directory.services.handlers import AUTHORITIES_MESSAGE, handle_authorities
from entraide.directory.services.organisations import ensure_organisation
from entraide.directory.services.partners import create_partner, set_partner_status
from entraide.directory.services.posts import ensure_post, record_tenure

__all__ = [
    "AUTHORITIES_MESSAGE",
    "CERTAIN",
    "LIKELY",
    "POSSIBLE",
    "Authority",
    "AuthorityKind",
    "AuthorityNotTheirs",
    "BadAuthority",
    "NameMissing",
    "NoSuchAuthority",
    "NoSuchOrganisation",
    "NoSuchPartner",
    "NoSuchPost",
    "Organisation",
    "OrganisationMatch",
    "OrganisationsDiffer",
    "Partner",
    "PartnerExists",
    "PartnerStatus",
    "Portfolios",
    "Post",
    "Tenure",
    "UnknownLanguage",
    "UnknownState",
    "create_partner",
    "ensure_organisation",
    "ensure_post",
    "export_authorities",
    "find_organisation",
    "find_partner",
    "get_authority",
    "get_organisation",
    "get_partner",
    "get_post",
    "handle_authorities",
    "import_authorities",
    "language_name",
    "list_authorities",
    "list_organisations",
    "list_partners",
    "list_posts",
    "list_states",
    "list_tenures",
    "load_portfolios",
    "match_organisations",
    "name_in",
    "parse_language",
    "parse_state",
    "record_tenure",
    "register_authority",
    "set_partner_status",
    "state_name",
    "withdraw_authority",
]
