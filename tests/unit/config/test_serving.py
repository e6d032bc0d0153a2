"""What a node refuses to serve."""

from dataclasses import replace

import pytest

from entraide.config.serving import OpenDemonstration, serve
from tests.factories.nodes import make_node


def test_a_demonstration_is_served_on_its_own_machine_only():
    """A demonstration with a public address is refused before anything starts."""
    node = make_node(demonstration=True)
    public = replace(node, settings=replace(node.settings, origin="https://entraide.example"))
    with pytest.raises(OpenDemonstration):
        serve(public, host="127.0.0.1", port=0, with_worker=False, on_ready=lambda: None)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "entraide.example", ""])  # noqa: S104 - refused, that is the case
def test_a_demonstration_does_not_listen_to_others(host: str):
    """Its origin says this machine, yet it would answer the network; whoever comes could be anyone."""
    with pytest.raises(OpenDemonstration):
        serve(make_node(demonstration=True), host=host, port=0, with_worker=False, on_ready=lambda: None)
