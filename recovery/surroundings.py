"""Name server, proxy and extra CA for the drill client; all unset on AWS."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from recovery.errors import RecoveryError

RESOLVER, PROXY, AUTHORITY = "COGNITO_DR_RESOLVER", "COGNITO_DR_PROXY", "COGNITO_DR_CA"


@dataclass(frozen=True, kw_only=True)
class Address:
    """A host and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """How the drill client reaches the network; None is the system's own way."""

    resolver: Address | None = None
    proxy: Address | None = None
    ca: Path | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """From the three variables. Raises RecoveryError naming the variable that is wrong."""
        ca = Path(environment[AUTHORITY]) if environment.get(AUTHORITY) else None
        if ca is not None and not ca.is_file():
            raise RecoveryError(f"{AUTHORITY}={ca} is no file: name a PEM file of CA certificates, or unset it")
        return cls(resolver=_address(environment, RESOLVER), proxy=_address(environment, PROXY), ca=ca)

    def tls(self) -> ssl.SSLContext:
        """Certificates are checked: the system's authorities, and ours where one is named."""
        context = ssl.create_default_context()
        if self.ca is not None:
            context.load_verify_locations(self.ca)
        return context


def _address(environment: Mapping[str, str], variable: str) -> Address | None:
    """`host:port`, with or without a scheme before it."""
    if not (text := environment.get(variable)):
        return None
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port:
        raise RecoveryError(f"{variable}={text} is no address: write host:port, or unset it")
    return Address(host=host, port=port)
