"""The whole story by people at browsers: read, pair, ask, agree, prove and publish, on two nodes that run apart.

One test, because each step stands on the one before; the steps are functions, in the order of the story.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Locator, expect

from entraide.access.api import Role
from entraide.cli.demonstration.contents import (
    answer_content,
    evidence_content,
    political_content,
    preservation_content,
)
from entraide.cli.demonstration.stage import Side, Stage
from entraide.cli.demonstration.waiting import wait_for
from entraide.communiques.api import read_sample
from entraide.directory.api import list_authorities
from entraide.kernel.ids import AuthorityId
from entraide.reader.api import read_text
from tests.e2e.conftest import Visit, apart
from tests.e2e.people import Person, log_in

pytestmark = pytest.mark.slow

SAMPLE = "fr-hanoi-2025"
PASSPHRASE = "a signature of the test"


def test_the_whole_story_in_the_browser(stage: Stage, visit: Visit, tmp_path: Path, django_db_blocker) -> None:
    """From a communiqué to a signed plan and its proof, by the people of two ministries at their browsers."""

    def at(side: Side, role: Role) -> Person:
        return log_in(visit(), side, role.value.replace("_", "-"))

    public = Person(visit(), f"http://127.0.0.1:{stage.a.port}")
    desk_a, desk_b = at(stage.a, Role.desk_officer), at(stage.b, Role.desk_officer)
    approver_a, approver_b = at(stage.a, Role.approver), at(stage.b, Role.approver)
    read_the_communique(desk_a, public, tmp_path)
    undo_and_let_it_count_again(desk_a, public)
    pair_the_nodes(at(stage.a, Role.operator), at(stage.b, Role.operator))
    with django_db_blocker.unblock():
        sender, recipient = apart(lambda: wait_for_authorities(stage.a))
    officer_a, officer_b = at(stage.a, Role.case_officer), at(stage.b, Role.case_officer)
    ask_and_answer(stage, officer_a, approver_a, officer_b, approver_b, sender, recipient)
    plan = agree_on_the_plan(desk_a, approver_a, desk_b, approver_b)
    prove_and_publish(plan, desk_a, at(stage.a, Role.auditor), at(stage.b, Role.auditor), public)


def read_the_communique(desk: Person, public: Person, folder: Path) -> None:
    """Nothing is in the register before the officer decides; afterwards every fact has its passage."""
    public.go("/").reads("0")
    assert public.page.locator("a[href^='/mechanisms/0']").count() == 0
    file = folder / f"{SAMPLE}.txt"
    file.write_text(read_sample(SAMPLE), encoding="utf-8")
    broken = folder / "scan.txt"
    broken.write_bytes(b"\x00\x01\x02")
    desk.go("/proposals/new/").page.set_input_files("input[name=file]", broken)
    desk.press("Import and read").reads("scan.txt")
    desk.go("/proposals/new/").page.set_input_files("input[name=file]", file)
    desk.press("Import and read")
    assert desk.page.locator("mark").count() > 5
    assert public.go("/").page.locator("a[href^='/mechanisms/0']").count() == 0
    _keep_the_parties(desk)
    _correct_the_first_official(desk)
    _reject_a_commitment(desk)
    desk.page.get_by_text("Keep several at once").click()
    desk.press("Keep all that is clear").reads("Nothing is kept yet")
    desk.press("Keep exactly this")
    mechanism = public.go("/").page.locator("a[href^='/mechanisms/0']").first.get_attribute("href")
    assert mechanism
    public.go(mechanism).reads("14", "12 January 2025", "2024", "2025")
    _reviewing_conference(public.go("/meetings/")).click()
    public.reads("12 January 2025", "Luong Tam Quang", "Vilay Lakhamphong")
    source = public.page.locator("main a[href^='/sources/0']").first.get_attribute("href")
    assert source
    public.go(source)
    assert public.page.locator("mark").count() > 3


def _reviewing_conference(reader: Person) -> Locator:
    """The link to the conference of that day in the list of meetings."""
    row = reader.page.locator("main tr, main li").filter(has_text="12 January 2025")
    return row.get_by_role("link").first


def undo_and_let_it_count_again(desk: Person, public: Person) -> None:
    """What put a meeting into the register is undone, its address says so to everyone, and then it counts again."""
    _reviewing_conference(desk.go("/meetings/")).click()
    meeting = urlsplit(desk.page.url).path
    desk.page.get_by_role("link", name="History of this fact").click()
    desk.page.get_by_role("link", name="Undo", exact=False).last.click()
    desk.reads("Nothing has been done yet")
    desk.page.fill("input[name=reason]", "kept from another text")
    desk.press("Undo").reads("It is undone")
    gone = public.page.goto(public.origin + meeting)
    assert gone is not None
    assert gone.status == 410
    public.reads("kept from another text")
    desk.go("/acts/").page.get_by_role("link", name="Let it count again").first.click()
    desk.page.fill("input[name=reason]", "the right text")
    desk.press("Let it count again").reads("What was undone counts again")
    public.go(meeting).reads("12 January 2025")


def _keep_the_parties(desk: Person) -> None:
    desk.page.get_by_text("Keep several at once").click()
    desk.page.locator("form:has(input[name=kind][value=party])").get_by_role("button").first.click()
    desk.page.wait_for_load_state()
    desk.press("Keep exactly this")


def _correct_the_first_official(desk: Person) -> None:
    desk.page.goto(f"{desk.page.url.partition('?')[0]}?at=official-1")
    desk.page.locator("#official-1").get_by_role("link", name="Correct").first.click()
    form = desk.page.locator("form:has([name='official-1-post'])")
    post = form.locator("[name='official-1-post']")
    post.fill(post.input_value()[:1].upper() + post.input_value()[1:])
    form.get_by_role("button", name="Keep as corrected").click()
    desk.page.wait_for_load_state()
    desk.reads("Kept, corrected")


def _reject_a_commitment(desk: Person) -> None:
    only_a_commitment = desk.page.locator(".proposal-name", has_text=re.compile(r"^\s*\d+ Commitment\s*$"))
    row = desk.page.locator(".cards > .proposal:not(.proposal-now)", has=only_a_commitment).first
    row.get_by_role("link", name="Open").click()
    expect(desk.page.locator(".proposal-now", has=only_a_commitment)).to_be_visible()
    card = desk.page.locator(".proposal-now")
    card.locator("summary", has_text="Reject").first.click()
    card.locator("[name=reason]").fill("Said of another mechanism.")
    card.get_by_role("button", name="Reject").click()
    desk.reads("Rejected")


def pair_the_nodes(operator_a: Person, operator_b: Person) -> None:
    """Both operators read the same digits; a wrong fingerprint stops the pairing with a clear line."""
    operator_a.go("/pairing/start/").fills({"origin": operator_b.origin, "fingerprint": "0000 0000"})
    operator_a.press("Start the pairing").reads("fingerprint")
    operator_a.go("/pairing/start/").fills({"origin": operator_b.origin}).press("Start the pairing")
    digits_a = _digits(operator_a)
    operator_b.go("/pairing/")
    operator_b.page.locator("main a[href^='/pairing/']:not([href='/pairing/start/'])").first.click()
    digits_b = _digits(operator_b)
    assert digits_a == digits_b
    assert len(digits_a) == 15
    for operator in (operator_a, operator_b):
        operator.fills({"digits": digits_a})
        operator.page.locator("form:has([name=digits]) button").first.click()
        operator.page.wait_for_load_state()
    operator_a.waits_for("/pairing/", "Laos")
    operator_b.waits_for("/pairing/", "Vietnam")


def _digits(operator: Person) -> str:
    expect(operator.page.locator(".digits").first).to_be_visible()
    return re.sub(r"\D", "", operator.page.locator(".digits").first.inner_text())


def wait_for_authorities(side: Side) -> tuple[AuthorityId, AuthorityId]:
    """Return the sending and the receiving authority once the partner's have arrived."""

    def known() -> list[AuthorityId]:
        with side.node.active():
            return [authority.id for authority in list_authorities(side.node, own=False)]

    recipient = wait_for("the partner's authorities", known)[0]
    with side.node.active():
        return list_authorities(side.node, own=True)[0].id, recipient


def ask_and_answer(
    stage: Stage,
    officer_a: Person,
    approver_a: Person,
    officer_b: Person,
    approver_b: Person,
    sender: AuthorityId,
    recipient: AuthorityId,
) -> None:
    """An incomplete request and a political one never leave; good ones are approved by another person and answered."""
    now = stage.a.node.clock.now()
    new_request(officer_a, "preservation")
    officer_a.press("Keep and check").reads("points must be mended")
    political = new_request(officer_a, "evidence")
    officer_a.fills(political_content(sender, recipient, now)).press("Keep and check")
    officer_a.reads("R04 · blocked", "Carriage is refused by this node", "Model Treaty on Extradition (1990) 3(a)")
    officer_a.go(f"/requests/{political}/").reads("VN-2025-000002")
    contents = {"preservation": preservation_content, "evidence": evidence_content}
    for form_id, content in contents.items():
        request = new_request(officer_a, form_id)
        officer_a.fills(content(sender, recipient, now)).press("Keep and check").press("Submit for approval")
        officer_a.reads("It waits for an approver")
        refused = officer_a.page.goto(f"{officer_a.origin}/requests/{request}/approve/")
        assert refused is not None
        assert refused.status == 403
        approver_a.go(f"/requests/{request}/approve/").opens_with_reason("I approve releases.").reads("Subject A")
        approver_a.press("Approve, sign and send").reads("signed and released")
        answer(officer_b, approver_b, request)
        officer_a.waits_for(f"/requests/{request}/", "Answered").reads("Delivered", "Acknowledged by a human")
    officer_b.go(f"/requests/{request}/").reads("Answered", "Delivered")


def new_request(officer: Person, form_id: str) -> UUID:
    """Open a draft of the type and return its id; the browser is at its form."""
    officer.go("/requests/new/")
    officer.page.locator(f"[name=form_id][value={form_id}]").check()
    officer.press("Open a draft")
    found = re.search(r"/requests/([0-9a-f-]{36})/", officer.page.url)
    assert found
    return UUID(found[1])


def answer(officer: Person, approver: Person, request: UUID) -> None:
    """Acknowledge, answer, and have the answer approved by another person."""
    officer.waits_for("/requests/", "VN-2025").go(f"/requests/{request}/")
    officer.fills({"assigned_to": "police_unit", "handling_post": "High-tech crime desk", "own_reference": "LA-1"})
    officer.press("Acknowledge the request")
    officer.go(f"/requests/{request}/answer/").opens_with_reason("I answer it.").fills(answer_content())
    officer.press("Keep and hand to an approver").reads("The answer waits for an approver")
    approver.go(f"/requests/{request}/answer/approve/").opens_with_reason("I approve answers.")
    approver.press("Approve, sign and send").reads("The answer is signed and sent.")


def agree_on_the_plan(desk_a: Person, approver_a: Person, desk_b: Person, approver_b: Person) -> UUID:
    """Draft on A, amend a clause on B, agree on both, sign with each signatory's own key."""
    desk_a.go("/plans/new/").page.locator("main a[href^='/plans/new/']").first.click()
    desk_a.fills({"period": "2026"}).press("Draft the plan")
    found = re.search(r"/plans/([0-9a-f-]{36})/", desk_a.page.url)
    assert found
    plan = UUID(found[1])
    desk_a.go(f"/plans/{plan}/").press("Propose to the other parties").reads("on its way")
    desk_b.waits_for("/plans/", "2026").go(f"/plans/{plan}/")
    desk_b.page.locator("main a[href*='/clauses/']:not([href$='/new/'])").first.click()
    clause = desk_b.page.locator("main textarea").first
    clause.fill(clause.input_value() + ", chaque trimestre")
    desk_b.page.locator("form:has(textarea) button").first.click()
    desk_b.page.wait_for_load_state()
    desk_b.go(f"/plans/{plan}/").press("Send the amendments").reads("on their way")
    desk_a.waits_for(f"/plans/{plan}/compare/", "chaque trimestre")
    assert desk_a.page.locator("ins", has_text="chaque trimestre").count() > 0
    approver_a.waits_for(f"/plans/{plan}/", "Agree to version").press("Agree to version 2")
    approver_b.waits_for(f"/plans/{plan}/", "Agree to version").press("Agree to version 2")
    for approver in (approver_a, approver_b):
        approver.go("/plans/signatory/")
        approver.fills({"post": "Minister", "passphrase": PASSPHRASE, "again": PASSPHRASE})
        approver.page.locator("form:has([name=again]) button").first.click()
        approver.page.wait_for_load_state()
        approver.waits_for(f"/plans/{plan}/", "Sign").go(f"/plans/{plan}/sign/")
        approver.fills({"passphrase": "not the passphrase"}).page.locator("form:has([name=passphrase]) button").click()
        approver.reads("passphrase")
        approver.fills({"passphrase": PASSPHRASE}).page.locator("form:has([name=passphrase]) button").click()
        approver.page.wait_for_load_state()
    return plan


def prove_and_publish(plan: UUID, desk: Person, auditor_a: Person, auditor_b: Person, public: Person) -> None:
    """Answers are counted, both nodes verify the same text and their journals, the public sees the plan."""
    desk.waits_for(f"/plans/{plan}/", "Signed by all")
    desk.waits_for(f"/plans/{plan}/verify/", "all signatures hold")
    digest = _digest(desk)
    desk_b_digest = _digest(auditor_b.waits_for(f"/plans/{plan}/verify/", "all signatures hold"))
    assert digest == desk_b_digest
    desk.go(f"/plans/{plan}/review/").press("Count the answered requests").reads("answered in time")
    for auditor in (auditor_a, auditor_b):
        auditor.go("/journal/").press("Verify now").reads("verifies")
    desk.go(f"/plans/{plan}/communique/?language=fr")
    drafted = desk.page.locator("main article.communique").first.inner_text()
    plans = {
        (item.status, item.period) for item in read_text(drafted, name="drafted").instruments if item.kind == "plan"
    }
    assert ("signed", "2026") in plans
    public.go("/").reads("2026")
    public.page.locator("main a", has_text="2026").first.click()
    public.reads("2026", "chaque trimestre")
    assert "Subject A" not in public.text()


def _digest(person: Person) -> str:
    found = re.search(r"[0-9a-f]{64}", re.sub(r"\s", "", person.page.locator("main").inner_text()))
    assert found
    return found[0]
