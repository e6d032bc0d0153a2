"""What `entraide serve` and `entraide worker` do until a signal ends them."""

import signal
import sys
from threading import Event

from entraide.channel.api import run_delivery
from entraide.cli.language import gettext
from entraide.cli.node import EDITIONS
from entraide.cli.output import say
from entraide.config.composition import list_duties
from entraide.config.doctor import demand_database, demand_vocabulary
from entraide.config.logs import set_up_logs
from entraide.config.serving import serve
from entraide.kernel.errors import Conflict
from entraide.kernel.node import Node
from entraide.kernel.text import N_


class NothingToDeliver(Conflict):
    """A delivery worker is asked of an observatory."""

    code = "cli.nothing_to_deliver"
    message = N_("The installation in {home} is an observatory: it exchanges nothing, so there is nothing to deliver.")
    remedy = N_("Run `entraide serve`; a node is made with `entraide init --edition node`.")


def serve_node(node: Node, *, host: str, port: int, with_worker: bool) -> None:
    """Serve `node`; raises `DatabaseBehind`, and what `demand_vocabulary` and `config.serving.serve` raise."""

    def announce() -> None:
        say(gettext("Serving at {address}").format(address=f"http://{host}:{port}/"))
        say(gettext(EDITIONS[node.settings.edition]))
        sys.stdout.flush()

    demand_database(node)
    demand_vocabulary(node)
    set_up_logs()
    serve(node, host=host, port=port, with_worker=with_worker, on_ready=announce)


def deliver(node: Node) -> None:
    """Deliver for `node`, beside processes that serve it; raises `NothingToDeliver`, `BadVocabulary`, `BadRuleFile`."""
    if not node.settings.exchanges:
        raise NothingToDeliver(home=node.settings.home)
    demand_vocabulary(node)
    set_up_logs()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    say(gettext("Delivering"))
    run_delivery(node, stop, duties=list_duties())
