"""Setting Django up, for the commands that work on a node; the others do without."""

import os
from typing import TYPE_CHECKING

from entraide.cli.language import language_of_terminal

if TYPE_CHECKING:
    from entraide.kernel.node import Node

SETTINGS = "entraide.config.settings"


def start_django() -> None:
    """Set Django up with the settings of `ENTRAIDE_HOME`; raises what reading its node file does."""
    import django  # noqa: PLC0415 - this is the moment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from django.utils import translation  # noqa: PLC0415 - Django is set up by then

    translation.activate(language_of_terminal())  # for what contexts say


def start_node() -> "Node":
    """Set Django up and return the node of `ENTRAIDE_HOME`; raises `HomeNotSet`, `NoSuchHome`, `BadNodeFile`."""
    start_django()
    from entraide.config.composition import current_node  # noqa: PLC0415 - Django is set up by then

    return current_node()
