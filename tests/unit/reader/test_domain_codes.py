"""The reader and the programme speak of the same domains."""

from entraide.programme.api import load_domains
from entraide.reader.api import domain_codes


def test_the_reader_knows_the_domains_of_the_programme() -> None:
    """What the reader may propose is what a commitment may carry; neither list has a code that the other lacks."""
    assert sorted(domain_codes()) == sorted(load_domains().codes)
