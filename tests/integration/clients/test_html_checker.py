"""Pages as the Nu Html Checker (validator.w3.org/nu) reads them: public ones in each language, and the desk's."""

import json
import unicodedata
from pathlib import Path

import pytest

from entraide.access.api import Role
from entraide.communiques.api import page_public_sources
from entraide.directory.api import list_organisations, list_posts
from entraide.kernel.languages import SPOKEN
from tests.integration.clients.foreign import NU, find_program, need_file, run

pytestmark = pytest.mark.django_db
LISTS = (
    "/",
    "/mechanisms/",
    "/meetings/",
    "/instruments/",
    "/commitments/",
    "/organisations/",
    "/sources/",
    "/domains/",
)
OTHERS = ("/data/", "/exports/", "/search/?q=Laos", "/safeguards/", "/accounts/login/", "/design/")
DESK = ("/desk/", "/proposals/", "/same/", "/checks/", "/imports/", "/acts/", "/plans/", "/proposals/new/")


def test_no_page_has_an_error(site, told, tmp_path):
    """Markup, ARIA and attributes are right on every kind of page, and every page is in composed Unicode (NFC)."""
    java, checker = find_program("java"), need_file(NU, "vnu-jar")
    node = site.node
    facts = [
        f"/mechanisms/{told.mechanism}/",
        f"/meetings/{told.meeting}/",
        f"/instruments/{told.plan}/",
        f"/commitments/{told.commitment}/",
        f"/organisations/{list_organisations(node)[0].id}/",
        f"/posts/{list_posts(node)[0].id}/",
        f"/sources/{page_public_sources(node)[0].id}/",
    ]
    visitor, officer = site.visitor(), site.client_as(Role.desk_officer)
    pages = {}
    for language in SPOKEN:
        for path in (*LISTS, *OTHERS, *facts):
            pages[f"{language} {path}"] = visitor.get(path, headers={"Accept-Language": language})
    for path in DESK:
        pages[f"desk {path}"] = officer.get(path)
    files = {}
    for number, (name, answer) in enumerate(pages.items()):
        assert answer.status_code == 200, name
        text = answer.content.decode()
        assert text == unicodedata.normalize("NFC", text), name
        files[f"page-{number}.html"] = name
        (tmp_path / f"page-{number}.html").write_text(text, encoding="utf-8")
    done = run([java, "-jar", checker, "--format", "json", "--stdout", "--errors-only", *sorted(files)], tmp_path)
    messages = json.loads(done.stdout)["messages"]
    told_of = [(files[Path(item["url"]).name], item["message"], item.get("extract", "")) for item in messages]
    assert told_of == []
