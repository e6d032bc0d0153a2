"""`[watch]` of node.toml."""

from pathlib import Path

import pytest

from entraide.config.watch import read_watch
from entraide.kernel.node import Watch, WatchedFeed, WatchedFolder

FEED = {"name": "Agency", "url": "https://agency.example/feed"}


def test_nothing_is_watched_unless_it_is_named(tmp_path: Path) -> None:
    """The default is nothing at all."""
    assert read_watch({}, tmp_path) == Watch()


def test_folders_and_feeds_are_read(tmp_path: Path) -> None:
    """A relative folder lies in the home; a feed is switched off until it is switched on."""
    (tmp_path / "incoming").mkdir()
    given = {
        "minutes": 30,
        "folders": ["incoming", {"path": str(tmp_path), "kind": "official_release", "publisher": "M"}],
        "feeds": [FEED, {**FEED, "name": "Other", "enabled": True, "hosts": ["Www.Agency.example"]}],
    }
    assert read_watch(given, tmp_path) == Watch(
        (WatchedFolder(tmp_path / "incoming"), WatchedFolder(tmp_path, "official_release", "M")),
        (
            WatchedFeed("Agency", FEED["url"], publisher="Agency"),
            WatchedFeed("Other", FEED["url"], publisher="Other", hosts=("www.agency.example",), enabled=True),
        ),
        30,
    )


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"folder": []}, "watch.folder is not a setting"),
        ({"minutes": 1}, "watch.minutes is a number from 5 to 1440"),
        ({"minutes": True}, "watch.minutes is a number"),
        ({"folders": "incoming"}, "watch.folders is a list"),
        ({"folders": [3]}, "watch.folders is a list of paths"),
        ({"folders": ["nowhere"]}, "is no folder"),
        ({"folders": [{"kind": "press"}]}, "path is missing"),
        ({"feeds": ["https://agency.example"]}, "watch.feeds is a list of tables"),
        ({"feeds": [{"name": "A"}]}, "url is missing"),
        ({"feeds": [{**FEED, "url": "file:///etc/passwd"}]}, "is an http(s) address"),
        ({"feeds": [{**FEED, "url": "https://u:p@agency.example"}]}, "without a password"),
        ({"feeds": [{**FEED, "kind": "rumour"}]}, "kind is one of signed_text"),
        ({"feeds": [{**FEED, "hosts": "a"}]}, "hosts of Agency are a list"),
        ({"feeds": [{**FEED, "enabled": "yes"}]}, "enabled of Agency is true or false"),
        ({"feeds": [FEED, FEED]}, "names Agency twice"),
        ({"feeds": [{**FEED, "pasword": "x"}]}, "watch.feeds.pasword is not a setting"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, given: dict[str, object], line: str) -> None:
    """The setting is named, and what it should be."""
    with pytest.raises(ValueError, match=line.replace("(", r"\(").replace(")", r"\)")):
        read_watch(given, tmp_path)
