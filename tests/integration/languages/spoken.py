"""What a program with one more language must do; `test_adding.py` runs this against a copy that has one.

The environment names the language and the mark with which every translation of it begins.
"""

import csv
import io
import os
from pathlib import Path

import pytest
from django.urls import reverse

import entraide
from entraide.access.api import Role
from entraide.cli.language import language_of_terminal
from entraide.directory.domain.states import own_name
from entraide.kernel.languages import LANGUAGES, READ, SPOKEN
from entraide.kernel.partial_dates import PartialDate
from entraide.plans.api import draft_communique, draft_plan_from_commitments
from entraide.programme.api import add_commitment_text, load_domains, load_numerals
from entraide.requests.api import read_words
from entraide.safeguards.api import get_rule, label_of
from entraide.tables.api import ExportFormat, describe_column, describe_table, export_filter, export_table, load_tables
from entraide.web.plans.forms import ClauseForm, DraftForm
from tests.factories.nodes import make_node
from tests.simulators.negotiation import Table

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

LANGUAGE, MARK = os.environ["ADDED_LANGUAGE"], os.environ["ADDED_MARK"]


@pytest.fixture
def table(pair):
    return Table(pair)


@pytest.fixture
def node(table):
    return table.a


def test_the_copy_is_tested():
    """What follows is about the copy with the added language, which is spoken and not read."""
    assert Path(entraide.__file__).is_relative_to(os.environ["ADDED_TO"])
    assert [language.code for language in LANGUAGES][-1] == SPOKEN[-1] == LANGUAGE
    assert LANGUAGE not in READ


def test_the_site_switches_to_it(site):
    """A browser that asks for it gets it, the menu offers it by its own name, and a click keeps it."""
    visitor = site.visitor()
    asked = visitor.get("/", headers={"Accept-Language": f"{LANGUAGE}-XX,en;q=0.1"}).content.decode()
    assert f'<html lang="{LANGUAGE}"' in asked
    assert asked.count(MARK) > 20
    assert f'lang="{LANGUAGE}" aria-current="true">{own_name(LANGUAGE)}</button>' in asked
    english = visitor.get("/").content.decode()
    assert MARK not in english
    assert f">{own_name(LANGUAGE)}</button>" in english
    visitor.post(reverse("set_language"), {"language": LANGUAGE, "next": "/"})
    assert MARK in visitor.get("/").content.decode()
    assert site.visitor().get(f"/feed.atom?lang={LANGUAGE}").headers["Content-Language"] == LANGUAGE


@pytest.mark.parametrize("path", ["/search/", "/mechanisms/", "/commitments/", "/safeguards/", "/exports/", "/data/"])
def test_pages_are_in_it(site, path):
    """Lists, rules and the forms of the data say everything in it."""
    shown = site.visitor().get(path, headers={"Accept-Language": LANGUAGE})
    assert shown.status_code == 200
    assert MARK in shown.content.decode()


def test_labels_are_in_it():
    """Labels of forms, rules, code lists, tables and domains come from its catalog, also outside a request."""
    node, table = make_node(), load_tables().tables[0]
    words = read_words(node, LANGUAGE)
    texts = [
        words.form("evidence").text,
        words.field("identifiers.0.value").help,
        get_rule(node, "R04", LANGUAGE).explanation,
        label_of(node, "offences", "0101", f"{LANGUAGE}-XX"),
        describe_table(table.name, LANGUAGE),
        describe_column(table, table.exported[0], LANGUAGE),
        load_domains().label("drugs", LANGUAGE),
    ]
    assert [text for text in texts if not text.startswith(MARK)] == []


def test_dates_and_the_terminal_know_it(monkeypatch):
    """Dates are written by CLDR, and a terminal of its country speaks it."""
    written = load_numerals(LANGUAGE).day(PartialDate("2025-08-09"))
    assert written != load_numerals("en").day(PartialDate("2025-08-09"))
    assert "2025" in written
    monkeypatch.setenv("LC_ALL", f"{LANGUAGE}_XX.UTF-8")
    assert language_of_terminal() == LANGUAGE


def test_tables_have_its_column(table):
    """Texts in it stand in a column of their own, no longer among the others."""
    with table.a.active():
        add_commitment_text(
            table.a, actor=table.desk["a"], commitment_id=table.commitments[0], language=LANGUAGE, text="words"
        )
    columns = [column.name for column in load_tables().get("commitments").exported]
    assert columns[columns.index("text_vi") + 1 : columns.index("text_other") + 1] == [f"text_{LANGUAGE}", "text_other"]
    text = "".join(export_table(table.a, "commitments", ExportFormat.CSV, export_filter({})))
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert sorted(row[f"text_{LANGUAGE}"] for row in rows) == ["", "words"]
    assert {row["text_other"] for row in rows} == {""}


def test_a_plan_is_authentic_in_it(site, table):
    """It is offered as an authentic language, a clause has an input in it, and the other side gets that text."""
    form = DraftForm(partners=[], on_paper=[], commitments=())
    assert LANGUAGE in dict(form.fields["languages"].choices)
    with table.a.active():
        plan_id = draft_plan_from_commitments(
            table.a,
            actor=table.desk["a"],
            partner_ids=[table.pair.a.partner_id],
            mechanism_id=table.mechanism,
            period="2026",
            commitment_ids=table.commitments,
            languages=(LANGUAGE, "fr"),
        )
    plan = table.plan("a", plan_id)
    assert set(plan.languages) == {LANGUAGE, "fr"}
    assert f"text_{LANGUAGE}" in ClauseForm(languages=plan.languages, parties=plan.parties).fields
    # Without words of its own for communiqués, the draft falls back as a whole: no sentence mixes two languages.
    assert draft_communique(table.a, plan_id, LANGUAGE) == draft_communique(table.a, plan_id, "en")
    assert site.client_as(Role.desk_officer).get(f"/plans/{plan_id}/").status_code == 200
