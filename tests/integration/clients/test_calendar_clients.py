"""Calendars as others take them: two parsers, and Radicale fed by two clients, event by event."""

import datetime as dt
import json
import socket
import subprocess
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import vobject
from icalendar import Calendar

from entraide.kernel.languages import SPOKEN
from tests.integration.clients.foreign import SYSTEM_PYTHON, find_program, run, tell_missing

pytestmark = pytest.mark.django_db

PUT_EACH = """
import json, sys
import caldav
client = caldav.DAVClient(url=sys.argv[1], username="reader", password="any")
calendar = client.principal().make_calendar(name="Register")
for event in json.load(open(sys.argv[2])):
    calendar.save_event(event)
print(json.dumps(sorted(str(item.vobject_instance.vevent.uid.value) for item in calendar.events())))
"""
"""What a person's program does with the library `caldav` of Debian: one request for each event, named by its UID."""

CONFIGURATION = """
[general]
status_path = "{folder}/status/"

[pair register]
a = "file"
b = "server"
collections = ["reader"]
conflict_resolution = "a wins"

[storage file]
type = "filesystem"
path = "{folder}/events/"
fileext = ".ics"

[storage server]
type = "caldav"
url = "{address}"
username = "reader"
password = "any"
"""


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[str]:
    """Debian's CalDAV server on a free port, with nobody's calendars in it, and its address."""
    program = find_program("radicale")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none", "--rights-type", "authenticated"]
    storage = ["--storage-filesystem-folder", str(tmp_path / "radicale")]
    with (tmp_path / "radicale.log").open("w") as log:
        command = [program, "--config", "", *options, *storage]
        with subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path) as server:  # noqa: S603 - Debian's
            try:
                _wait_for(port, server)
                yield f"http://127.0.0.1:{port}/"
            finally:
                server.terminate()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("radicale did not start")


def fetch(site, path: str = "/calendar.ics?lang=en") -> bytes:
    answer = site.visitor().get(path)
    assert answer.status_code == 200
    return answer.content


def single(content: bytes) -> dict[str, str]:
    """Return each event as a calendar of its own, by its UID, as a client puts it on a server."""
    found = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        calendar = Calendar()
        calendar.add("prodid", "-//test//EN")
        calendar.add("version", "2.0")
        calendar.add_component(event)
        found[str(event["uid"])] = calendar.to_ical().decode()
    return found


def test_radicale_takes_every_event_from_the_library_caldav(site, told, radicale, tmp_path):
    """As many events come back as were put, under their own ids."""
    if run([SYSTEM_PYTHON, "-c", "import caldav"], tmp_path).returncode != 0:
        tell_missing("python3-caldav")
    events = single(fetch(site))
    (tmp_path / "events.json").write_text(json.dumps(list(events.values())), encoding="utf-8")
    done = run([SYSTEM_PYTHON, "-c", PUT_EACH, radicale, tmp_path / "events.json"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == sorted(events)
    assert len(events) >= 8


def test_radicale_takes_every_event_from_vdirsyncer(site, told, radicale, tmp_path):
    """Another client, which makes the name of each event from its UID itself: all arrive, and nothing is left over."""
    program = find_program("vdirsyncer")
    events = single(fetch(site))
    folder = tmp_path / "events" / "reader"
    folder.mkdir(parents=True)
    for uid, text in events.items():
        (folder / f"{uid}.ics").write_text(text, encoding="utf-8", newline="")
    make_calendar(radicale)
    configuration = tmp_path / "config"
    configuration.write_text(CONFIGURATION.format(folder=tmp_path, address=radicale), encoding="utf-8")
    for step in ("discover", "sync"):
        done = run([program, "-c", configuration, step], tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
    stored = httpx.get(f"{radicale}reader/reader/", auth=("reader", "any"))
    assert sorted(str(event["uid"]) for event in Calendar.from_ical(stored.content).walk("VEVENT")) == sorted(events)


def make_calendar(address: str) -> None:
    """Make an empty calendar on the server (RFC 4791, section 5.3.1), which vdirsyncer finds by its address."""
    made = httpx.request("MKCALENDAR", f"{address}reader/reader/", auth=("reader", "any"))
    assert made.status_code == 201, made.text


def test_two_parsers_read_the_same(site, told):
    """icalendar and vobject find the same events with the same titles and days, in every language."""
    for language in SPOKEN:
        content = fetch(site, f"/calendar.ics?lang={language}")
        first = {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
        second = {event.uid.value: event for event in vobject.readOne(content.decode()).vevent_list}
        assert set(first) == set(second)
        for uid, event in first.items():
            other = second[uid]
            assert event.errors == []
            assert other.summary.value == str(event["summary"])
            assert (other.dtstart.value, other.dtend.value) == (event["dtstart"].dt, event["dtend"].dt)
            assert other.dtend.value > other.dtstart.value
            assert event["summary"] == unicodedata.normalize("NFC", event["summary"])


def test_the_calendar_contradicts_nothing(site, told):
    """What is past is on record; nothing is late, held in the future, or announced beside a meeting of its day."""
    today = site.node.clock.now().date()
    events = Calendar.from_ical(fetch(site)).walk("VEVENT")
    held = {
        str(event["uid"]): event for event in events if event["status"] == "CONFIRMED" and "end-" not in event["uid"]
    }
    announced = [event for event in events if str(event["uid"]).startswith("announced-")]
    due = [event for event in events if str(event["uid"]).startswith("due-")]
    assert all(event["dtend"].dt > today for event in due)
    for event in announced:
        days = (event["dtstart"].dt, event["dtend"].dt)
        title = str(event["summary"]).removeprefix("Announced: ")
        same = [item for item in held.values() if str(item["summary"]) == title]
        assert not any(days[0] <= item["dtstart"].dt < days[1] for item in same), title
    assert dt.date(2000, 1, 1) < min(event["dtstart"].dt for event in events)
