"""`entraide about`: pages about the register from the terminal of a node, and what `doctor` says is missing."""

import io
import json

import pytest

from entraide.access.api import Role, RoleMissing
from entraide.cli import about, node
from entraide.journal.api import list_acts
from entraide.publication.api import AboutPage, get_about_text, takes_reports
from entraide.publication.domain.about import AboutTextTooLong
from tests.factories.nodes import make_node
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    """The terminal speaks English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def here():
    return make_node()


def test_a_page_is_printed_edited_and_goes_back(here, capsys):
    """What `show` prints, `set` takes; `default` brings the text of the program back; each is an act."""
    about.print_page(here, AboutPage.RESPONSIBLE, "fr")
    printed = capsys.readouterr().out
    about.write_page(here, AboutPage.RESPONSIBLE, "fr", io.StringIO(printed + "\nMme X, directrice.\n"), None)
    assert get_about_text(here, AboutPage.RESPONSIBLE, "fr").text == printed + "\nMme X, directrice."
    operator = make_actor(here, Role.operator)
    about.drop_page(here, AboutPage.RESPONSIBLE, "fr", operator.username)
    assert not get_about_text(here, AboutPage.RESPONSIBLE, "fr").own
    assert {act.actor for act in list_acts(here)} == {None, operator.user_id}
    with pytest.raises(RoleMissing):
        about.drop_page(here, AboutPage.RESPONSIBLE, "fr", make_actor(here, Role.desk_officer).username)


def test_a_file_that_is_no_page_is_refused(here, tmp_path):
    """Bytes that are no text, and more than a page may have, however much there is."""
    broken = tmp_path / "page.txt"
    broken.write_bytes(b"\xff\xfe\x00x")
    with broken.open(encoding="utf-8") as file, pytest.raises(about.TextUnreadable):
        about.write_page(here, AboutPage.LEGAL, "en", file, None)
    with pytest.raises(AboutTextTooLong):
        about.write_page(here, AboutPage.LEGAL, "en", io.StringIO("x" * 1_000_000), None)


def test_doctor_and_the_list_say_what_is_missing_until_it_is_given(here, capsys, monkeypatch):
    """No fault of the node, but told: nobody finds a way to write to the publisher."""
    monkeypatch.setattr(node, "find_problems", lambda _node: [])
    assert node.tell_problems(here, as_json=False) == []
    assert "Missing: Contact" in capsys.readouterr().out
    node.tell_problems(here, as_json=True)
    assert json.loads(capsys.readouterr().out)["missing"] == ["contact"]
    about.tell_pages(here, as_json=False)
    assert "Missing: Contact" in capsys.readouterr().out
    about.write_page(here, AboutPage.CONTACT, "vi", io.StringIO("Hà Nội"), None)
    capsys.readouterr()
    node.tell_problems(here, as_json=False)
    about.tell_pages(here, as_json=True)
    out = capsys.readouterr().out
    assert "Missing" not in out
    assert '"missing": []' in out


def test_reports_of_errors_are_switched(here, capsys):
    about.switch_error_reports(here, None, open_=False)
    assert not takes_reports(here)
    assert "none are taken" in capsys.readouterr().out
    about.switch_error_reports(here, None, open_=True)
    assert takes_reports(here)
