"""Keeps the garbage collector from going through what never becomes garbage."""

import gc

from django.urls import get_resolver


def settle_memory() -> None:
    """Load every page's code and take all that is loaded out of the collector's rounds.

    A full round over modules, models and addresses would stop an answer for a tenth of a second now and then.
    """
    _ = get_resolver().url_patterns  # importing them is what it is for
    gc.collect()
    gc.freeze()
