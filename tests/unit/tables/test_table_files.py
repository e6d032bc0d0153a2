"""Archives of tables: what is damaged or packed in a way that cannot be bounded is one clear refusal."""

import io
import zipfile

import pytest

from entraide.tables.adapters.files import GivenFile, open_tables
from entraide.tables.domain.errors import BadArchive, TablesTooLarge


def packed(method: int, data: bytes = b"permalink,name\n" * 2000) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as out:
        out.writestr("meetings.csv", data)
    return archive.getvalue()


def spoilt(method: int) -> bytes:
    """Return an archive whose table of contents is right and whose packed bytes are not."""
    data = bytearray(packed(method))
    at = data.index(b"meetings.csv") + len(b"meetings.csv")
    data[at + 2 : at + 14] = bytes(byte ^ 0xFF for byte in data[at + 2 : at + 14])
    return bytes(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
def test_damage_inside_an_archive_is_refused_as_damage(method):
    """The packed bytes are spoilt: the archive is refused by name, whatever the library calls the damage."""
    with pytest.raises(BadArchive, match=r"tables\.zip"):
        open_tables([GivenFile("tables.zip", spoilt(method))])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_methods_that_unpack_whole_are_not_taken(method):
    """A small archive could fill the memory before a byte of it is counted, so these are refused unopened."""
    with pytest.raises(BadArchive, match="compression method"):
        open_tables([GivenFile("tables.zip", packed(method))])


def test_an_archive_that_unpacks_beyond_the_limit_ends_there():
    """Thirty megabytes of one letter, packed into a few kilobytes, are refused as too large."""
    with pytest.raises(TablesTooLarge):
        open_tables([GivenFile("tables.zip", packed(zipfile.ZIP_DEFLATED, b"a" * 30_000_000))])
