"""Every page of the story: who sees it, at which address, after a story with some work left on every desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from entraide.access.api import Role
from entraide.channel.api import list_pairings
from entraide.cli.demonstration.asking import REASON
from entraide.cli.demonstration.contents import (
    Content,
    answer_content,
    evidence_content,
    political_content,
    preservation_content,
)
from entraide.cli.demonstration.pairing import partner_of
from entraide.cli.demonstration.stage import Side, Stage
from entraide.cli.demonstration.waiting import wait_for
from entraide.communiques.api import (
    SourceKind,
    list_sources,
)
from entraide.directory.api import list_authorities, list_organisations, list_posts, party_of
from entraide.journal.api import list_entries
from entraide.kernel.ids import PlanId, RequestId
from entraide.kernel.node import Node
from entraide.plans.api import (
    PlanState,
    draft_plan_from_commitments,
    edit_clause,
    list_clauses,
    list_plans,
    propose_plan,
    send_amendments,
)
from entraide.programme.api import (
    list_commitments,
    list_instruments,
    list_mechanisms,
    list_meetings,
)
from entraide.requests.api import (
    NoSuchRequest,
    acknowledge,
    approve_release,
    create_draft,
    draft_answer,
    get_request,
    open_request,
    submit_for_approval,
)
from entraide.requests.domain.lifecycle import State
from entraide.tables.api import (
    GivenFile,
    give_tables,
)

LEFT_PERIOD = "2027"


@dataclass(frozen=True)
class Place:
    """A page: what it is called here, who opens it (None: the public), on which node, where."""

    name: str
    role: Role | None
    path: str
    on_b: bool = False
    main: bool = False


@dataclass(frozen=True)
class Left:
    """The work that the story leaves: requests in every state of waiting, a plan in the middle of its negotiation."""

    incomplete: RequestId
    blocked: RequestId
    submitted: RequestId
    received: RequestId
    answer_drafted: RequestId
    plan: PlanId
    tables: UUID


def leave_work(stage: Stage) -> Left:
    """Go on after the story until something waits for everybody."""
    a, b = stage.a, stage.b
    with a.node.active():
        sender, recipient = list_authorities(a.node, own=True)[0].id, list_authorities(a.node, own=False)[0].id
    now = a.node.clock.now()
    preservation = preservation_content(sender, recipient, now)
    incomplete = _submit(a, "preservation", {key: value for key, value in preservation.items() if key != "custodian"})
    blocked = _submit(a, "evidence", political_content(sender, recipient, now))
    submitted = _submit(a, "preservation", preservation)
    received = _release(a, evidence_content(sender, recipient, now))
    answer_drafted = _release(a, evidence_content(sender, recipient, now))
    for request_id in (received, answer_drafted):
        wait_for("the request", lambda request_id=request_id: _arrived(b, request_id))  # type: ignore[misc]  # bound per request
        officer = b.person(Role.case_officer)
        open_request(b.node, actor=officer, request_id=request_id, reason=REASON)
        acknowledge(b.node, actor=officer, request_id=request_id)
    draft_answer(b.node, actor=b.person(Role.case_officer), request_id=answer_drafted, content=answer_content())
    return Left(incomplete, blocked, submitted, received, answer_drafted, _negotiate(stage), _give_tables(a))


def list_places(stage: Stage, left: Left) -> Iterator[Place]:
    """Yield every page of the story, the public's first."""
    with stage.a.node.active():
        yield from _public(stage.a.node)
        yield from _secretariat(stage.a.node, left)
        yield from _operation(stage.a)
    yield from _requests(left)
    yield Place("desk of the auditor", Role.auditor, "/desk/", main=True)


def _public(node: Node) -> Iterator[Place]:
    commitment = list_commitments(node)[0]
    counted = next(iter(list_commitments(node, period="2025")), commitment)
    meeting = list_meetings(node)[0]
    yield Place("register", None, "/", main=True)
    yield Place("search", None, "/search/?q=hanoi")
    yield Place("mechanism", None, f"/mechanisms/{list_mechanisms(node)[0].id}/", main=True)
    yield Place("search in Vietnamese", None, "/search/?q=T%C3%B4+L%C3%A2m")
    yield Place("mechanisms", None, "/mechanisms/")
    yield Place("meetings", None, "/meetings/?state=LA&level=minister")
    yield Place("instruments", None, "/instruments/?kind=plan")
    yield Place("commitments", None, "/commitments/?state=LA&state=VN&status=pledged", main=True)
    yield Place("domains by pair", None, "/domains/", main=True)
    yield Place("organisations", None, "/organisations/")
    yield Place("meeting", None, f"/meetings/{meeting.id}/", main=True)
    yield Place("plan in the register", None, f"/instruments/{list_instruments(node)[0].id}/")
    yield Place("commitment", None, f"/commitments/{counted.id}/", main=True)
    yield Place("organisation", None, f"/organisations/{list_organisations(node)[0].id}/")
    yield Place("post", None, f"/posts/{list_posts(node)[0].id}/")
    yield Place("exports", None, "/exports/")
    yield Place("data", None, "/data/")
    yield Place("about", None, "/about/")
    yield Place("method", None, "/about/method/")
    yield Place("contact", None, "/about/contact/")
    yield Place("how to use the API", None, "/about/api/")
    yield Place("verify a proof", None, "/data/verify/")
    yield Place("report of an error", None, f"/error-reports/new/meetings/{meeting.id}/")
    yield Place("sources", None, "/sources/")
    yield Place("source", None, f"/sources/{list_sources(node, public_only=True)[0].id}/")
    yield Place("how sources are weighed", None, "/sources/kinds/")
    yield Place("safeguards", None, "/safeguards/")
    yield Place("rule", None, "/safeguards/R04/")
    yield Place("design", None, "/design/")
    yield Place("login", None, "/accounts/login/")
    yield Place("way in of the demonstration", None, "/desk/demo/")


def _secretariat(node: Node, left: Left) -> Iterator[Place]:
    desk, approver = Role.desk_officer, Role.approver
    signed = next(plan for plan in list_plans(node) if plan.state is PlanState.SIGNED)
    clause, mechanism = list_clauses(node, left.plan)[0], list_mechanisms(node)[0]
    waiting = list_sources(node, waiting_only=True)[0]
    yield Place("desk of the desk officer", desk, "/desk/", main=True)
    yield Place("communiqués", desk, "/proposals/")
    yield Place("import", desk, "/proposals/new/")
    yield Place("imports of tables", desk, "/imports/")
    yield Place("new import of tables", desk, "/imports/new/")
    yield Place("difference of an import", desk, f"/imports/{left.tables}/")
    yield Place("what an import adds", desk, f"/imports/{left.tables}/?show=added")
    yield Place("review of proposals", desk, f"/proposals/{waiting.id}/", main=True)
    yield Place("reports of errors", desk, "/error-reports/")
    yield Place("same as", desk, "/same/")
    yield Place("two compared", desk, "/same/compare/")
    yield Place("joined facts", desk, "/same/joined/")
    yield Place("entries for a mechanism", desk, f"/upkeep/mechanisms/{mechanism.id}/")
    yield Place("entries for a meeting", desk, f"/upkeep/meetings/{list_meetings(node)[0].id}/")
    yield Place("assessment", desk, f"/commitments/{list_commitments(node)[0].id}/assess/")
    yield Place("plans", desk, "/plans/")
    yield Place("new plan", desk, "/plans/new/")
    yield Place("draft of a plan", desk, f"/plans/new/{mechanism.id}/")
    yield Place("plan under negotiation", desk, f"/plans/{left.plan}/", main=True)
    yield Place("clause", desk, f"/plans/{left.plan}/clauses/{clause.id}/")
    yield Place("new clause", desk, f"/plans/{left.plan}/clauses/new/")
    yield Place("comparison", desk, f"/plans/{left.plan}/compare/?before=1&after=2")
    yield Place("signed plan", desk, f"/plans/{signed.id}/")
    yield Place("verification of a plan", desk, f"/plans/{signed.id}/verify/")
    yield Place("review of last year", desk, f"/plans/{signed.id}/review/", main=True)
    yield Place("conference", desk, f"/plans/{signed.id}/conference/")
    yield Place("communiqué", desk, f"/plans/{signed.id}/communique/")
    yield Place("desk of the approver", approver, "/desk/")
    yield Place("signature", approver, f"/plans/{left.plan}/sign/")
    yield Place("signatory's key", approver, "/plans/signatory/")


def _operation(side: Side) -> Iterator[Place]:
    operator, auditor = Role.operator, Role.auditor
    partner = partner_of(side)
    entry = list_entries(side.node, kind="requests.released")[0]
    yield Place("desk of the operator", operator, "/desk/")
    yield Place("partners", operator, "/pairing/")
    yield Place("start of a pairing", operator, "/pairing/start/")
    yield Place("partner", operator, f"/pairing/partners/{partner.id if partner else ''}/")
    yield Place("pairing", operator, f"/pairing/{list_pairings(side.node)[0].id}/")
    yield Place("texts about the register", operator, "/about/texts/")
    yield Place("text of a page", operator, "/about/texts/contact/fr/")
    yield Place("users", operator, "/desk/users/")
    yield Place("new user", operator, "/desk/users/new/")
    yield Place("user", operator, f"/desk/users/{side.person(auditor).user_id}/")
    yield Place("tokens", operator, "/desk/tokens/")
    yield Place("authorities", operator, "/desk/authorities/")
    yield Place("new authority", operator, "/desk/authorities/new/")
    yield Place("journal", auditor, "/journal/")
    yield Place("entry", auditor, f"/journal/entries/{entry.id}/")
    yield Place("account's second factor", auditor, "/accounts/2fa/")


def _requests(left: Left) -> Iterator[Place]:
    officer, approver = Role.case_officer, Role.approver

    def at(request_id: UUID, page: str = "") -> str:
        return f"/requests/{request_id}/{page}"

    yield Place("desk of the case officer", officer, "/desk/")
    yield Place("requests", officer, "/requests/", main=True)
    yield Place("new request", officer, "/requests/new/")
    yield Place("request being written", officer, at(left.incomplete, "edit/"), main=True)
    yield Place("check of an incomplete request", officer, at(left.incomplete, "check/"))
    yield Place("check of a refused request", officer, at(left.blocked, "check/"))
    yield Place("request sent", officer, at(left.received))
    yield Place("content", officer, at(left.submitted, "content/"))
    yield Place("reason for opening", approver, at(left.received, "content/"))
    yield Place("approval", approver, at(left.submitted, "approve/"))
    yield Place("desk of the recipient", officer, "/desk/", on_b=True)
    yield Place("request received", officer, at(left.received), on_b=True)
    yield Place("answer", officer, at(left.received, "answer/"), on_b=True)
    yield Place("approval of an answer", approver, at(left.answer_drafted, "answer/approve/"), on_b=True)


def _give_tables(side: Side) -> UUID:
    """Give an edited table with a change, a new fact and a mistyped row, as an officer does."""
    with side.node.active():
        meetings = list_meetings(side.node, limit=3)
        rows = [[f"/meetings/{meetings[0].id}/", "", "talk", "Vientiane", "2024-11", "yes"]]
        rows.append(["", f"/mechanisms/{meetings[0].mechanism_id}/", "visit", "Savannakhet", "2001-05-02", ""])
        rows.append([f"/meetings/{meetings[1].id}/", "", "conferense", "", "12/01/2025", ""])
    text = "\r\n".join(",".join(row) for row in (["permalink", "mechanism", "kind", "place", "date", "new"], *rows))
    return give_tables(
        side.node,
        actor=side.person(Role.desk_officer),
        files=[GivenFile("meetings.csv", text.encode())],
        source_kind=SourceKind.OFFICIAL_RELEASE,
    )


def _submit(side: Side, form_id: str, content: Content) -> RequestId:
    partner = partner_of(side)
    assert partner is not None
    officer = side.person(Role.case_officer)
    request_id = create_draft(side.node, actor=officer, form_id=form_id, party_id=party_of(partner).id, content=content)
    submit_for_approval(side.node, actor=officer, request_id=request_id)
    return request_id


def _release(side: Side, content: Content) -> RequestId:
    request_id = _submit(side, "evidence", content)
    approver = side.person(Role.approver)
    open_request(side.node, actor=approver, request_id=request_id, reason=REASON)
    approve_release(side.node, actor=approver, request_id=request_id)
    return request_id


def _arrived(side: Side, request_id: RequestId) -> bool:
    with side.node.active():
        try:
            return get_request(side.node, request_id).summary.state is State.RECEIVED
        except NoSuchRequest:
            return False


def _negotiate(stage: Stage) -> PlanId:
    a, b = stage.a, stage.b
    officer, partner = a.person(Role.desk_officer), partner_of(a)
    assert partner is not None
    with a.node.active():
        mechanism = list_mechanisms(a.node)[0]
        commitments = [item.id for item in list_commitments(a.node, mechanism_id=mechanism.id, period="2025")]
    plan_id = draft_plan_from_commitments(
        a.node,
        actor=officer,
        partner_ids=[partner.id],
        mechanism_id=mechanism.id,
        period=LEFT_PERIOD,
        commitment_ids=commitments,
        languages=("fr", "en", "vi"),
    )
    propose_plan(a.node, actor=officer, plan_id=plan_id)
    wait_for("the plan", lambda: _stands(b, plan_id, PlanState.PROPOSED))
    clause = list_clauses(b.node, plan_id)[0]
    texts = {language: f"{text} (2027)" for language, text in clause.texts.items()}
    edit_clause(b.node, actor=b.person(Role.desk_officer), plan_id=plan_id, clause_id=clause.id, texts=texts)
    send_amendments(b.node, actor=b.person(Role.desk_officer), plan_id=plan_id)
    wait_for("the amendments", lambda: _stands(a, plan_id, PlanState.AMENDED))
    return plan_id


def _stands(side: Side, plan_id: PlanId, state: PlanState) -> bool:
    return any(plan.id == plan_id and plan.state is state for plan in list_plans(side.node))
