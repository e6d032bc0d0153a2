"""Pages about the register: the default texts, the operator's own, and taking them back."""

import json

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.communiques.api import preview_undo, restore_acts, undo_acts
from entraide.journal.api import list_acts, list_entries
from entraide.kernel.languages import SPOKEN
from entraide.publication.api import (
    AboutPage,
    drop_about_text,
    get_about_text,
    list_about_texts,
    list_missing,
    switch_reporting,
    takes_reports,
    tell_about,
    write_about_text,
)
from entraide.publication.domain.about import AboutTextChanged, NotALanguageOfPages
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node():
    return make_node()


@pytest.fixture
def operator(node):
    return make_actor(node, Role.operator)


def test_every_page_speaks_every_language_without_anybody_writing_it(node):
    """Publisher, licence, figures and their day are filled in, in words of the language."""
    texts = list_about_texts(node)
    assert len(texts) == len(AboutPage) * len(SPOKEN)
    told = {language: tell_about(node, AboutPage.METHOD, language).text for language in SPOKEN}
    assert "0,712" in told["fr"]
    assert "1er décembre 2026" in told["fr"]
    assert "0.712" in told["en"]
    assert "1 December 2026" in told["en"]
    assert "1/12/2026" in told["vi"]
    for page in AboutPage:
        for language in SPOKEN:
            assert "{" not in tell_about(node, page, language).text
    assert "Creative Commons" in tell_about(node, AboutPage.LEGAL, "vi").text


def test_the_operator_s_text_stands_until_it_is_taken_back(node, operator):
    """Written, changed, undone twice, and made to count again; other languages keep the default."""
    page = AboutPage.RESPONSIBLE
    first = write_about_text(node, actor=operator, page=page, language="fr", text="Première.")
    node.clock.advance(minutes=1)
    assert write_about_text(node, actor=operator, page=page, language="fr", text="Seconde.\r\n") == first
    assert tell_about(node, page, "fr").text == "Seconde."
    assert not get_about_text(node, page, "en").own
    second, begun = list_acts(node, limit=2)
    assert list_acts(node, fact=first) == [second, begun]
    node.clock.advance(minutes=1)
    undone = undo_acts(node, actor=operator, act_ids=[second.id], reason="a slip")
    assert tell_about(node, page, "fr").text == "Première."
    node.clock.advance(minutes=1)
    restore_acts(node, actor=operator, act_id=undone, reason="no slip")
    assert tell_about(node, page, "fr").text == "Seconde."
    node.clock.advance(minutes=1)
    assert {item.id for item in preview_undo(node, actor=operator, act_ids=[begun.id]).acts} == {second.id, begun.id}
    assert drop_about_text(node, actor=operator, page=page, language="fr")
    assert not get_about_text(node, page, "fr").own
    node.clock.advance(minutes=1)
    undo_acts(node, actor=operator, act_ids=[list_acts(node, limit=1)[0].id], reason="keep ours")
    assert tell_about(node, page, "fr").text == "Seconde."


def test_the_journal_names_the_text_by_its_digest_alone(node, operator):
    """Who wrote which page, when, and the digest: the text stands in its own table."""
    made = write_about_text(node, actor=operator, page=AboutPage.CONTACT, language="en", text="Write to us.")
    (entry,) = list_entries(node, kind="publication.about_changed")
    assert (entry.subject, entry.actor) == (made, operator.user_id)
    assert set(entry.content) == {"page", "language", "sha256"}
    assert "Write" not in json.dumps(entry.content)


def test_writing_the_same_again_is_no_act(node, operator):
    write_about_text(node, actor=operator, page=AboutPage.LEGAL, language="en", text="Ours.")
    write_about_text(node, actor=operator, page=AboutPage.LEGAL, language="en", text="Ours.\n\n")
    assert len(list_acts(node)) == 1
    assert len(list_entries(node, kind="publication.about_changed")) == 1
    assert not drop_about_text(node, actor=operator, page=AboutPage.LEGAL, language="fr")


def test_nobody_but_an_operator_writes_and_nobody_writes_over_another_unseen(node, operator):
    """At the terminal of the node no account is needed; a form that is out of date is refused."""
    page = AboutPage.CONTACT
    with pytest.raises(RoleMissing):
        write_about_text(node, actor=make_actor(node, Role.desk_officer), page=page, language="en", text="x")
    write_about_text(node, actor=None, page=page, language="en", text="One.")
    with pytest.raises(AboutTextChanged):
        write_about_text(node, actor=operator, page=page, language="en", text="Two.", seen="The default.")
    write_about_text(node, actor=operator, page=page, language="en", text="Two.", seen="One.\r\n")
    with pytest.raises(NotALanguageOfPages):
        write_about_text(node, actor=operator, page=page, language="xx", text="x")


def test_a_contact_is_missing_until_it_is_given_in_some_language(node, operator):
    """In the other languages the one that was given is told, with its own language beside."""
    assert list_missing(node) == [AboutPage.CONTACT]
    write_about_text(node, actor=operator, page=AboutPage.CONTACT, language="fr", text="15, rue de la Loi")
    assert list_missing(node) == []
    told = tell_about(node, AboutPage.CONTACT, "vi")
    assert (told.text, told.language, told.own) == ("15, rue de la Loi", "fr", True)


def test_reports_are_switched_off_and_on_and_that_is_undone(node, operator):
    """Each switch is an act of its own in the journal; the same twice is none."""
    assert takes_reports(node)
    switch_reporting(node, actor=operator, open_=True)
    assert list_acts(node) == []
    switch_reporting(node, actor=operator, open_=False)
    assert not takes_reports(node)
    node.clock.advance(minutes=1)
    undo_acts(node, actor=operator, act_ids=[list_acts(node, limit=1)[0].id], reason="open again")
    assert takes_reports(node)
    with pytest.raises(RoleMissing):
        switch_reporting(node, actor=make_actor(node, Role.auditor), open_=False)
