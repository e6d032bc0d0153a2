"""New reports that come by themselves: sources that wait, each once, never facts; against a server of our own."""

import gzip
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from entraide.communiques.adapters import fetching
from entraide.communiques.adapters.fetching import FetchLimits, fetch, is_public
from entraide.communiques.api import list_places, list_sources, page_arrivals, read_sample, watch_sources
from entraide.communiques.domain.errors import Gone, NotFetched
from entraide.communiques.models import Source
from entraide.config.composition import list_duties
from entraide.config.watching import start_watching
from entraide.journal.api import list_entries
from entraide.kernel.node import Node, Watch, WatchedFeed, WatchedFolder
from entraide.programme import models as register
from tests.factories.nodes import make_node
from tests.simulators.agency import Agency, agency, leading_to, send

pytestmark = pytest.mark.django_db


def page_of(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return (
        f"<html lang='fr'><head><title>Un rapport</title></head><body><article>{body}</article></body></html>".encode()
    )


HANOI = page_of(read_sample("fr-hanoi-2025"))
BEIJING = page_of(read_sample("fr-pekin-2024"))


@pytest.fixture
def server() -> Iterator[Agency]:
    with agency() as running:
        running.pages |= {"/hanoi": HANOI, "/pekin": BEIJING}
        yield running


def watching(*, feeds: tuple[WatchedFeed, ...] = (), folders: tuple[WatchedFolder, ...] = ()) -> Node:
    node = make_node()
    return replace(node, settings=replace(node.settings, watch=Watch(folders, feeds)))


def follower(server: Agency, **given: object) -> Node:
    feed = WatchedFeed("Agency", f"{server.origin}/feed", publisher="Agency", enabled=True, private=True)
    return watching(feeds=(replace(feed, **given),))  # type: ignore[arg-type]


def test_a_feed_brings_sources_that_wait_and_no_facts(server):
    """Each entry's page becomes a source with its address, publisher and day; the register stays empty."""
    server.publish(("/pekin", "Pékin"), ("/hanoi", "Hanoï"))
    node = follower(server)
    assert watch_sources(node).new == 2
    sources = list_sources(node, waiting_only=True)
    assert {source.url for source in sources} == {f"{server.origin}/hanoi", f"{server.origin}/pekin"}
    assert {(source.publisher, str(source.published and source.published.value)) for source in sources} == {
        ("Agency", "2025-01-13")
    }
    assert register.Meeting.objects.count() == register.Mechanism.objects.count() == 0
    entries = list_entries(node, kind="communiques.source_imported")
    assert [entry.actor for entry in entries] == [None, None]


def test_a_report_comes_once(server):
    """By its entry, also where its page has changed; and by its text, where another entry leads to the same."""
    server.publish(("/hanoi", "Hanoï"))
    node = follower(server)
    watch_sources(node)
    server.pages["/hanoi"] = page_of(read_sample("fr-vientiane-2023"))
    server.pages["/again"] = HANOI
    server.publish(("/again", "Hanoï encore"), ("/hanoi", "Hanoï, mis à jour"))
    assert watch_sources(node).new == 0
    assert Source.objects.count() == 1
    assert server.paths().count("/hanoi") == 1
    assert len(page_arrivals(node)) == 2


def test_nothing_is_read_again_while_the_server_says_so(server):
    """The validators of the last answer are sent; 304 ends the round. They are kept only when nothing was left."""
    server.publish(("/gone-for-now", "Plus tard"), ("/hanoi", "Hanoï"), etag='"one"')
    server.pages["/gone-for-now"] = lambda request: send(request, b"", status=503)
    node = follower(server)
    assert watch_sources(node).failed == 1
    assert "if-none-match" not in server.asked[-1][1]
    server.pages["/gone-for-now"] = BEIJING
    assert watch_sources(node).new == 1
    before = len(server.asked)
    watch_sources(node)
    assert [headers.get("if-none-match") for _path, headers in server.asked[before:]] == ['"one"']


def test_a_feed_that_is_not_switched_on_is_not_asked(server):
    """An operator names it and switches it on; before that nothing leaves the machine."""
    node = follower(server, enabled=False)
    watch_sources(node)
    assert server.asked == []
    assert start_watching(node) is None


def test_a_private_network_is_not_reached_unless_allowed(server):
    """Neither the feed's own address, nor where it leads, nor an entry of it: no connection is made."""
    server.publish(("/hanoi", "Hanoï"))
    node = follower(server, private=False)
    watch_sources(node)
    assert server.asked == []
    (place,) = list_places(node)
    assert place.failure is not None
    assert place.failure.params["why"] == "its host is in a private network"


def test_an_entry_on_another_host_is_told_and_comes_once_it_is_named(server):
    """A feed does not decide what this node asks: hosts beside its own are named by the operator."""
    elsewhere = f"http://localhost:{server.port}/hanoi"
    server.publish((elsewhere, "Hanoï"))
    node = follower(server)
    watch_sources(node)
    assert list_places(node)[0].failure.params["why"] == "its host is none that the operator named"
    assert list_sources(node) == []
    allowed = follower(server, hosts=("localhost",))
    assert watch_sources(allowed).new == 1
    assert list_places(allowed)[0].failure is None


BROKEN = {
    "no feed": b"<html><body>Welcome</body></html>",
    "no XML": b"<rss><channel><item>",
    "entities": b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><channel>&b;</channel></rss>",
    "a file": b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&a;</title></channel></rss>",
    "very deep": b"<rss>" + b"<a>" * 5000,
    "empty": b"",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_feed_is_told_to_the_operator(server, name):
    """It brings nothing, and the line that says why stands with its place until the feed is mended."""
    server.pages["/feed"] = lambda request: send(request, BROKEN[name])
    node = follower(server)
    assert watch_sources(node).failed == 1
    (place,) = list_places(node)
    assert place.failure is not None
    assert place.failure.message == "{address} is no feed that can be read: {why}."
    assert place.reached_at is None
    server.publish(("/hanoi", "Hanoï"))
    watch_sources(node)
    (place,) = list_places(node)
    assert place.failure is None
    assert place.reached_at is not None


def test_what_cannot_be_read_is_told_once(server):
    """A page that that is gone, one in a language that is not read: kept with their reasons, not asked for again."""
    server.pages["/lao"] = page_of("ກອງປະຊຸມລະດັບລັດຖະມົນຕີ ຄັ້ງທີ 14 ລະຫວ່າງ ສອງກະຊວງ ໄດ້ຈັດຂຶ້ນທີ່ນະຄອນຫຼວງວຽງຈັນ.")
    server.publish(("/lao", "Lao"), ("/missing", "Missing"))
    node = follower(server)
    assert watch_sources(node).refused == 2
    watch_sources(node)
    assert server.paths().count("/missing") == server.paths().count("/lao") == 1
    assert all(arrival.refusal and not arrival.source for arrival in page_arrivals(node))


def test_a_long_history_comes_in_rounds(server):
    """At most a round's worth of new reports is fetched; the next round goes on where it ended."""
    paths = [(f"/p{number}", f"P{number}") for number in range(30)]
    server.pages |= {path: b"12 34" for path, _title in paths}
    server.publish(*paths, etag='"long"')
    node = follower(server)
    watch_sources(node)
    assert len(page_arrivals(node)) == 25
    watch_sources(node)
    assert len(page_arrivals(node)) == 30


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda request: send(request, b"x" * 3000), "it is too large"),
        (lambda request: send(request, gzip.compress(b"x" * 90_000), {"content-encoding": "gzip"}), "it is too large"),
        (
            lambda request: send(request, b"?", {"content-encoding": "br"}),
            "it is packed in a way that was not asked for",
        ),
        (lambda request: send(request, b"", status=500), "the server answers with an error"),
        (leading_to("/again"), "it leads on too often"),
        (leading_to("file:///etc/passwd"), "it is no plain address of the web"),
        (leading_to("http://[::1]:22/"), "its host is none that the operator named"),
        (leading_to("http://user:secret@127.0.0.1/"), "it is no plain address of the web"),
        (lambda request: request.wfile.write(b"SSH-2.0-x\r\n\r\n"), "its answer is broken off or no HTTP"),
    ],
    ids=["large", "gzip bomb", "packed", "error", "a circle", "a file", "another host", "a password", "no HTTP"],
)
def test_a_bad_answer_is_refused(server, answer, why):
    """Size, packing, redirects and schemes are held to the limits."""
    server.pages["/again"] = answer
    with pytest.raises(NotFetched) as caught:
        fetch(f"{server.origin}/again", FetchLimits(frozenset({"127.0.0.1"}), size=2000, private=True), agent="test")
    assert caught.value.params["why"] == why
    assert len(server.asked) <= 4


def test_a_slow_server_is_left(server):
    """One byte at a time keeps within each time-out; the whole may take no longer than its limit."""

    def drip(request) -> None:
        request.send_response(200)
        request.end_headers()
        for _byte in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.1)

    server.pages["/slow"] = drip
    began = time.monotonic()
    with pytest.raises(NotFetched):
        fetch(
            f"{server.origin}/slow",
            FetchLimits(frozenset({"127.0.0.1"}), size=2000, private=True, seconds=0.5),
            agent="test",
        )
    assert time.monotonic() - began < 5


def test_a_redirect_is_followed_and_what_is_gone_is_gone(server):
    """A few hops on the same host are fine; 404 is said as such."""
    server.pages["/old"] = leading_to("/hanoi")
    limits = FetchLimits(frozenset({"127.0.0.1"}), size=100_000, private=True)
    assert fetch(f"{server.origin}/old", limits, agent="test").body == HANOI
    with pytest.raises(Gone):
        fetch(f"{server.origin}/nowhere", limits, agent="test")


def test_a_name_is_judged_by_every_address_and_connected_to_the_judged_one(monkeypatch: pytest.MonkeyPatch):
    """A public name that also, or only, leads inside is refused before any connection."""

    def resolve(*addresses: str):
        return lambda *_args, **_kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]

    limits, target = FetchLimits(frozenset({"agency.example"}), size=10), httpx.URL("https://www.agency.example/feed")
    for inside in (
        "127.0.0.1",
        "10.0.0.8",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
    ):
        monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve("93.184.215.14", inside))
        with pytest.raises(NotFetched, match="private network"):
            fetching.judge(target, limits)
    monkeypatch.setattr(fetching.socket, "getaddrinfo", resolve("93.184.215.14"))
    assert fetching.judge(target, limits) == "93.184.215.14"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("192.168.1.1", False),
    ],
)
def test_addresses_that_wrap_others_are_unwrapped(address, public):
    """An address of version 6 that stands for one of version 4 is judged as that."""
    assert is_public(address) is public


def put(folder: Path, name: str, data: bytes, *, age: float = 60) -> Path:
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_files_of_a_folder_come_once_they_are_whole(tmp_path):
    """A file that is still being written waits; one that is there becomes a source, once, whatever it is called."""
    node = watching(folders=(WatchedFolder(tmp_path, "official_release", "Ministry"),))
    put(tmp_path, "hanoi.html", HANOI)
    put(tmp_path, "being-written.html", BEIJING, age=0)
    assert watch_sources(node).new == 1
    (source,) = list_sources(node, waiting_only=True)
    assert (source.publisher, source.kind.value, source.name) == ("Ministry", "official_release", "hanoi")
    put(tmp_path, "copy of hanoi.html", HANOI)
    put(tmp_path, "being-written.html", BEIJING)
    assert watch_sources(node).new == 1
    assert watch_sources(node).new == 0
    assert Source.objects.count() == 2
    assert register.Meeting.objects.count() == 0


def test_a_file_that_cannot_be_read_is_told_and_left(tmp_path):
    """Its reason stands in the list; nothing else is stopped by it, and a link out of the folder is not followed."""
    inside = tmp_path / "incoming"
    inside.mkdir()
    secret = put(tmp_path, "secret.txt", read_sample("fr-pekin-2018").encode())
    (inside / "link.txt").symlink_to(secret)
    put(inside, "scan.bin", b"\x00\x01\x02")
    put(inside, "hanoi.html", HANOI)
    node = watching(folders=(WatchedFolder(inside),))
    done = watch_sources(node)
    assert (done.new, done.refused) == (1, 2)
    told = {arrival.title: arrival.refusal.message for arrival in page_arrivals(node) if arrival.refusal}
    assert told["link.txt"] == "{name} is a link that leads out of the watched folder."
    assert watch_sources(node).refused == 0


def test_a_folder_that_is_gone_is_told(tmp_path):
    """The operator sees it; the next round looks again."""
    inside = tmp_path / "incoming"
    node = watching(folders=(WatchedFolder(inside),))
    assert watch_sources(node).failed == 1
    assert list_places(node)[0].failure is not None
    inside.mkdir()
    put(inside, "hanoi.html", HANOI)
    assert watch_sources(node).new == 1


def test_watching_is_a_duty_of_one_process():
    """It is among the duties that are done under a lease."""
    assert "communiques.watch" in {duty.name for duty in list_duties()}


@pytest.mark.django_db(transaction=True)
def test_a_round_runs_in_a_thread_and_not_twice(tmp_path, threaded_node):
    """The worker that delivers does not wait for it, and a second process leaves it alone until the next round."""
    put(tmp_path, "hanoi.html", HANOI)
    settings = replace(threaded_node.settings, watch=Watch((WatchedFolder(tmp_path),)))
    node = replace(threaded_node, settings=settings)
    thread = start_watching(node)
    assert thread is not None
    assert start_watching(node) is None
    thread.join(60)
    assert len(list_sources(node, waiting_only=True)) == 1
