"""Serves a node: granian in this process, one worker thread for delivery."""

import asyncio
import errno
import signal
import socket
from collections.abc import Callable
from threading import Event, Thread

from django.core.management import call_command
from granian.constants import Interfaces
from granian.server.embed import Server

from entraide.config.asgi import build_site
from entraide.config.composition import list_duties
from entraide.config.memory import settle_memory
from entraide.kernel.errors import Refused, Unavailable
from entraide.kernel.node import Node
from entraide.kernel.text import N_

STATIC_SECONDS = 31_536_000  # file names carry a digest of their content


class AddressTaken(Unavailable):
    """The address to serve at is in use."""

    code = "config.address_taken"
    message = N_("{host}:{port} is already in use.")
    remedy = N_("Stop what listens there, or choose another: `--port 8080`, for the demonstration `--ports 8080 8081`.")


class AddressNotUsable(Unavailable):
    """This machine cannot listen at the address."""

    code = "config.address_not_usable"
    message = N_("This machine cannot listen at {host}:{port}: {why}.")
    remedy = N_("Give an address of this machine with --host, such as 127.0.0.1, and a --port above 1023.")


class OpenDemonstration(Refused):
    """A demonstration, where anybody may act as anyone, would be served to others."""

    code = "config.open_demonstration"
    message = N_("This node is a demonstration, yet its public address is {origin}.")
    remedy = N_("Set demonstration = false in node.toml, or an origin on 127.0.0.1.")


def serve(node: Node, *, host: str, port: int, with_worker: bool, on_ready: Callable[[], None]) -> None:
    """Serve `node` at `host`:`port` until SIGINT or SIGTERM; with its delivery worker unless one runs apart.

    An observatory has nothing to deliver: its thread closes its own log and does what is due. Raises `AddressTaken`,
    `AddressNotUsable` and `OpenDemonstration` before anything is started.
    """
    from entraide.channel.api import run_delivery, run_housekeeping  # noqa: PLC0415 - models load after Django is set up
    from entraide.web.account.checks import demonstration_errors, is_loopback  # noqa: PLC0415 - the same

    # A node told to listen everywhere is reached by others whatever its origin says: they choose their Host header.
    if demonstration_errors(node.settings):
        raise OpenDemonstration(origin=node.settings.origin)
    if node.settings.demonstration and not is_loopback(f"http://{_in_address(host)}"):
        raise OpenDemonstration(origin=f"http://{_in_address(host)}:{port}")
    demand_free_address(host, port)
    call_command("collectstatic", interactive=False, verbosity=0)
    server = Server(
        build_site(node),
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        static_path_route=["/static"],
        static_path_mount=[node.settings.home / "static"],
        static_path_expires=STATIC_SECONDS,
    )
    settle_memory()
    stop = Event()
    duties = list_duties()
    work, name = (run_delivery, "delivery") if node.settings.exchanges else (run_housekeeping, "housekeeping")
    with_worker = with_worker or not node.settings.exchanges
    worker = Thread(target=work, args=(node, stop), kwargs={"duties": duties}, name=name, daemon=True)
    if with_worker:
        worker.start()
    try:
        asyncio.run(_serve_until_signal(server, on_ready))
    finally:
        stop.set()
        if with_worker:
            worker.join(timeout=10)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


async def _serve_until_signal(server: Server, on_ready: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    loop.call_later(0.2, on_ready)
    await server.serve()


def demand_free_address(host: str, port: int) -> None:
    """Raise `AddressTaken` or `AddressNotUsable` when nothing can listen at `host`:`port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise AddressTaken(host=host, port=port) from error
            raise AddressNotUsable(host=host, port=port, why=error.strerror) from error
