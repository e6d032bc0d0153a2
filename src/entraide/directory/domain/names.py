"""Names as they are kept."""

import unicodedata

from entraide.directory.domain.errors import NameMissing
from entraide.search.domain.folding import fold_name


def clean_name(text: str, longest: int) -> str:
    """Return `text` in Unicode's composed form (NFC), white space as single spaces, at most `longest` characters.

    What is kept travels and is signed, and canonical bytes are NFC; texts copied from some systems are not.
    """
    return unicodedata.normalize("NFC", " ".join(text.split()))[:longest].strip()


def name_key(name: str, longest: int) -> str:
    """Return the key under which a cleaned name is looked up; raises `NameMissing` when no letter or digit is left."""
    key = fold_name(name)[:longest]
    if not key:
        raise NameMissing
    return key
