"""Pages of the story as they come over the wire, read by each role in each language; no browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx

from entraide.access.api import Role
from entraide.cli.demonstration.stage import PASSWORD, Stage
from entraide.directory.api import list_tenures
from entraide.programme.api import list_meetings
from tests.e2e.pages import Place

Read = Callable[[Place, str], str]


def people_of(stage: Stage) -> list[str]:
    """Return the names of all holders of posts, and of States as their own texts call them: names, of no language."""
    names = ["Việt Nam", "Viêt Nam"]
    for side in (stage.a, stage.b):
        names += [name for tenure in list_tenures(side.node) for name in tenure.spellings]
        with side.node.active():
            names += [person.name for meeting in list_meetings(side.node) for person in meeting.people]
    return names


@contextmanager
def apart_readers(stage: Stage) -> Iterator[Read]:
    """Give a function that returns a page to who may read it, in a language; each reader logs in once."""
    with ExitStack() as open_clients:
        clients: dict[tuple[bool, Role | None], httpx.Client] = {}

        def read(place: Place, language: str) -> str:
            key = (place.on_b, place.role)
            if key not in clients:
                side = stage.b if place.on_b else stage.a
                clients[key] = open_clients.enter_context(
                    httpx.Client(base_url=f"http://127.0.0.1:{side.port}", timeout=60)
                )
                if place.role is not None:
                    _log_in(clients[key], place.role)
            answer = clients[key].get(place.path, headers={"Accept-Language": language}, follow_redirects=True)
            assert answer.status_code == httpx.codes.OK, (place, answer.status_code)
            return answer.text

        yield read


def _log_in(client: httpx.Client, role: Role) -> None:
    form = client.get("/accounts/login/").text
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    given = {"csrfmiddlewaretoken": token, "login": role.value.replace("_", "-"), "password": PASSWORD}
    answer = client.post("/accounts/login/", data=given, headers={"Referer": str(client.base_url)})
    assert answer.status_code == httpx.codes.FOUND, answer.status_code
