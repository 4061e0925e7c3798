"""A certificate authority of this cloud's own, and a TLS context that shows the certificate a client asks for."""

import functools
import ssl
from collections.abc import Callable
from pathlib import Path

import trustme


class Authority:
    """Issues certificates for the sandbox's names; its own lies in *file* for clients to trust."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._ca = trustme.CA(organization_name="cognito-dr sandbox")
        file.parent.mkdir(parents=True, exist_ok=True)
        self._ca.cert_pem.write_to_path(file)

    def context(self, serves: Callable[[str], bool]) -> ssl.SSLContext:
        """A server's context: the certificate of the name asked for, if *serves* says that it lives here.

        Any other name gets the listener's own certificate, which no client takes for it: as on AWS, where a
        name without a certificate of its own sees that of the service.
        """
        base = _server_context()
        self._load(base, "unknown.sandbox.invalid")

        @functools.lru_cache(maxsize=256)
        def named(name: str) -> ssl.SSLContext:
            context = _server_context()
            self._load(context, name)
            return context

        def choose(connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
            if name and serves(name):
                connection.context = named(name)

        base.sni_callback = choose
        return base

    def _load(self, context: ssl.SSLContext, name: str) -> None:
        self._ca.issue_cert(name).configure_cert(context)


def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
