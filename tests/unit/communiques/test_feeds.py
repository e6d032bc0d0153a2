"""What a feed says, in the forms that agencies publish."""

import pytest

from entraide.communiques.domain.errors import NoFeed
from entraide.communiques.domain.feeds import MOST_ENTRIES, parse_feed

AT = "https://agency.example/news/feed.xml"
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
<entry><id>tag:agency.example,2025:1</id><title type="html">One &amp; two</title>
<link rel="enclosure" href="https://agency.example/a.mp3"/><link href="../reports/1"/>
<published>2025-01-12T23:30:00-05:00</published><updated>2025-01-14T00:00:00Z</updated></entry></feed>"""
RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A</title>
<item><title> Two </title><link>https://agency.example/2</link><guid isPermaLink="false">2</guid>
<pubDate>Sun, 12 Jan 2025 08:00:00 +0700</pubDate><content:encoded><![CDATA[<p>Words</p>]]></content:encoded></item>
<item><guid>https://agency.example/3</guid><title>Three</title></item>
<item><title>No link</title><description>Only words</description></item>
<item><title>Nothing</title></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>A</title></channel>
<item rdf:about="https://agency.example/4"><title>Bốn</title><link>https://agency.example/4</link>
<dc:date>2025-01-12</dc:date></item></rdf:RDF>"""


def shown(text: str, encoding: str = "utf-8"):
    return [
        (entry.id, entry.title, entry.link, entry.published.value if entry.published else "")
        for entry in parse_feed(text.encode(encoding), address=AT)
    ]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (ATOM, [("tag:agency.example,2025:1", "One & two", "https://agency.example/reports/1", "2025-01-12")]),
        (
            RSS,
            [
                ("2", "Two", "https://agency.example/2", "2025-01-12"),
                ("https://agency.example/3", "Three", "https://agency.example/3", ""),
                ("No link Only words", "No link", "", ""),
            ],
        ),
        (RDF, [("https://agency.example/4", "Bốn", "https://agency.example/4", "2025-01-12")]),
    ],
    ids=["Atom", "RSS 2.0", "RSS 1.0"],
)
def test_entries_are_read_in_each_form(text, entries):
    """Id, title, address and day, the day as it was where it was written; entries that say nothing are left out."""
    assert shown(text) == entries


def test_a_feed_says_its_encoding():
    """An old encoding that the XML declares is read."""
    text = "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><item><guid>g</guid><title>Réunion</title>"
    text += "<link>http://agency.example/5</link></item></channel></rss>"
    assert shown(text, "iso-8859-1")[0][1] == "Réunion"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "mailto:a@agency.example"])
def test_only_addresses_of_the_web_are_links(link):
    """What a browser would run or open elsewhere is no address of a report."""
    item = f"<guid isPermaLink='false'>g</guid><link>{link}</link><description>w</description>"
    text = f"<rss><channel><item>{item}</item></channel></rss>"
    assert shown(text)[0][2] == ""


def test_a_huge_feed_is_bounded():
    """Of very many entries the first are read; elements beyond any feed are refused."""
    item = "<item><link>http://agency.example/{0}</link></item>"
    many = "".join(item.format(number) for number in range(MOST_ENTRIES + 50))
    assert len(shown(f"<rss><channel>{many}</channel></rss>")) == MOST_ENTRIES
    with pytest.raises(NoFeed, match="larger than a feed may be"):
        parse_feed(b"<rss>" + b"<a/>" * 60_000 + b"</rss>", address=AT)
