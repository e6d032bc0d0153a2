"""One ASGI application: what a partner's node talks to beside what people see."""

from typing import cast

from django.core.asgi import get_asgi_application

from entraide.config.bodies import bound_bodies
from entraide.kernel.node import Node
from entraide.peer.asgi import AsgiApplication, Receive, Scope, Send, build_application


def build_site(node: Node) -> AsgiApplication:
    """Return the application that sends `/peer/` to the raw peer application and all else to Django.

    An observatory has no peer application: Django answers there that this edition exchanges nothing.
    """
    # Django's own types of the three are narrower than the specification's.
    django_application = bound_bodies(cast(AsgiApplication, get_asgi_application()))
    peer_application = build_application(node) if node.settings.exchanges else None

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        if peer_application and scope["type"] == "http" and str(scope["path"]).startswith("/peer/"):
            await peer_application(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _answer_lifespan(receive, send)
        else:
            await django_application(scope, receive, send)

    return site


async def _answer_lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
