"""What `entraide init` does: a new node or observatory, and how to go on."""

import shlex

from entraide.cli.language import gettext
from entraide.cli.output import say
from entraide.cli.processes import create_node
from entraide.kernel.node import NodeSettings

OPERATOR = '    entraide user create operator --role operator --post "Operator of the node"'
EDITOR = '    entraide user create editor --role desk_officer --role operator --post "Editor of the observatory"'


def create(settings: NodeSettings, database_url: str | None) -> None:
    """Create the node and say how its first account is opened; raises as `create_node` does."""
    create_node(settings, database_url=database_url)
    say(gettext("The node {name} is ready in {home}.").format(name=settings.name, home=settings.home))
    if settings.exchanges:
        say(gettext("Next, name it to the other commands and open the operator's account:"))
    else:
        say(gettext("Next, name it to the other commands and open the editor's account:"))
    say(f"    export ENTRAIDE_HOME={shlex.quote(str(settings.home))}")
    say(OPERATOR if settings.exchanges else EDITOR)
