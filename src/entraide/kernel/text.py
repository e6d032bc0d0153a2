"""Marking of texts that people see, without a dependency on a translation library."""


def N_(message: str) -> str:
    """Mark `message` for the translation catalogs and return it unchanged (English is the message id)."""
    return message
