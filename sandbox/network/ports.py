"""Loopback ports that stay ours while nothing listens on them."""

import socket


def reserve() -> socket.socket:
    """A bound socket that never listens: its port belongs to us, and a connection to it is refused."""
    return _bound(0)


def listen(reserved: socket.socket) -> socket.socket:
    """A listening socket on the port of *reserved*; a connection waits from here on."""
    listener = _bound(reserved.getsockname()[1])
    listener.listen(128)
    return listener


def number(bound: socket.socket) -> int:
    """The port of a bound socket."""
    return bound.getsockname()[1]


def _bound(port: int) -> socket.socket:
    # The protocol by name: asyncio turns Nagle's algorithm off only then, and an answer in two pieces waits 40 ms.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # two sockets of ours share the port
    bound.bind(("127.0.0.1", port))
    return bound
