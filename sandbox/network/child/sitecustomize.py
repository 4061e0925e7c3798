"""Runs first in every function of the sandbox: names are asked of the sandbox's name server.

Standard library only; it knows nothing of the rest. SANDBOX_DNS is "127.0.0.1:PORT". The program under test
calls socket.getaddrinfo and socket.gethostbyname_ex as it would on AWS.
"""

import ipaddress
import os
import socket
import struct

PATIENCE = 1.0
ATTEMPTS = 2
A, CNAME = 1, 5
NXDOMAIN = 3

Found = tuple[str, list[str], list[str]]
Host = bytes | str | None
Port = bytes | str | int | None
Address = tuple  # as socket.getaddrinfo has it

_getaddrinfo = socket.getaddrinfo
_gethostbyname_ex = socket.gethostbyname_ex


def lookup(name: str) -> Found:
    """The canonical name, the aliases and the IPv4 addresses of a name. Raises socket.gaierror."""
    host, _, port = os.environ["SANDBOX_DNS"].rpartition(":")
    number = struct.unpack("!H", os.urandom(2))[0]
    labels = b"".join(bytes([len(label)]) + label for label in name.rstrip(".").encode("idna").split(b"."))
    query = struct.pack("!6H", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", A, 1)
    for _ in range(ATTEMPTS):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.settimeout(PATIENCE)
            asking.connect((host, int(port)))
            try:
                asking.send(query)
                reply = asking.recv(4096)
            except OSError:
                continue
        if reply[:2] == query[:2]:
            return _read(name, reply)
    raise socket.gaierror(socket.EAI_AGAIN, f"no answer for {name}")


def _read(name: str, reply: bytes) -> Found:
    _, flags, questions, answers, _, _ = struct.unpack("!6H", reply[:12])
    at = 12
    for _ in range(questions):
        at = _name(reply, at)[1] + 4
    aliases: list[str] = []
    addresses: list[str] = []
    canonical = name
    for _ in range(answers):
        owner, at = _name(reply, at)
        kind, _, _, length = struct.unpack("!2HIH", reply[at : at + 10])
        at += 10
        if kind == CNAME:
            aliases.append(owner)
            canonical = _name(reply, at)[0]
        elif kind == A:
            addresses.append(socket.inet_ntoa(reply[at : at + length]))
        at += length
    if not addresses:
        missing = flags & 15 in (0, NXDOMAIN)
        raise socket.gaierror(socket.EAI_NONAME if missing else socket.EAI_AGAIN, f"{name} does not resolve")
    return canonical, aliases, addresses


def _name(packet: bytes, at: int) -> tuple[str, int]:
    """The name at an offset, and the offset behind it (RFC 1035, 4.1.4)."""
    labels: list[str] = []
    behind: int | None = None
    for _ in range(128):
        length = packet[at]
        if length >= 0xC0:
            behind = at + 2 if behind is None else behind
            at = struct.unpack("!H", packet[at : at + 2])[0] & 0x3FFF
        elif length:
            labels.append(packet[at + 1 : at + 1 + length].decode("ascii", "replace"))
            at += 1 + length
        else:
            return ".".join(labels), at + 1 if behind is None else behind
    raise socket.gaierror(socket.EAI_FAIL, "a name without an end")


def _ours(host: str) -> bool:
    """Whether a host is a name that the sandbox's server has to answer."""
    if host in ("", "localhost"):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


def getaddrinfo(
    host: Host, port: Port, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
) -> list[Address]:
    """As socket.getaddrinfo."""
    if not isinstance(host, str) or not _ours(host):
        return _getaddrinfo(host, port, family, type, proto, flags)
    if family not in (0, socket.AF_INET):
        raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address of that family")
    canonical, _, addresses = lookup(host)
    found = [one for address in addresses for one in _getaddrinfo(address, port, socket.AF_INET, type, proto, 0)]
    return [(*one[:3], canonical if flags & socket.AI_CANONNAME else "", one[4]) for one in found]


def gethostbyname_ex(host: str) -> Found:
    """As socket.gethostbyname_ex."""
    return lookup(host) if _ours(host) else _gethostbyname_ex(host)


def gethostbyname(host: str) -> str:
    """As socket.gethostbyname."""
    return gethostbyname_ex(host)[2][0]


if "SANDBOX_DNS" in os.environ:
    for replacement in (getaddrinfo, gethostbyname_ex, gethostbyname):
        setattr(socket, replacement.__name__, replacement)
