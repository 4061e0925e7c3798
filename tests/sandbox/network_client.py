"""What a person at the sandbox uses: its paths, name server, proxy and authority."""

import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from typing import Any

import dns.message
import dns.query
import dns.rdatatype

from sandbox.cloud.process import Endpoints


class Outside:
    """Somebody outside both Regions."""

    def __init__(self, endpoints: Endpoints) -> None:
        self.endpoints = endpoints
        self.host, _, port = endpoints.network["dns"].partition(":")
        self.port = int(port)
        proxies = urllib.request.ProxyHandler({"https": endpoints.network["proxy"]})
        verified = ssl.create_default_context(cafile=endpoints.network["ca"])
        self.web = urllib.request.build_opener(proxies, urllib.request.HTTPSHandler(context=verified))
        self._direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def own(self, method: str, path: str, content: object = None) -> dict[str, Any]:
        """One of the sandbox's own paths, on the control port."""
        return self._json(f"{self.endpoints.control}/_sandbox/{path}", method, content)

    def _json(self, url: str, method: str, content: object) -> dict[str, Any]:
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(url, body, method=method)  # noqa: S310 - http on loopback
        with self._direct.open(request, timeout=10) as answer:
            return json.load(answer)

    def fail(self, target: str, **how: object) -> None:
        """Switch a fault on."""
        self.own("PUT", "faults", {"target": target, **how})

    def heal(self, target: str = "") -> None:
        """Switch one fault off, or all."""
        self.own("DELETE", f"faults/{target}" if target else "faults")

    def speed(self, factor: float) -> None:
        """Compress Route 53's seconds."""
        self.own("PUT", "speed", {"factor": factor})

    def delegate(self, zone: str, servers: Iterable[str]) -> None:
        """What the parent zone's owner does."""
        self.own("PUT", "delegations", {"zone": zone, "nameServers": list(servers)})

    def ask(self, name: str, kind: str = "A", *, tcp: bool = False) -> dns.message.Message:
        """A DNS query."""
        way = dns.query.tcp if tcp else dns.query.udp
        return way(dns.message.make_query(name, dns.rdatatype.from_text(kind)), self.host, port=self.port, timeout=5)

    def values(self, name: str, kind: str = "A") -> list[str]:
        """The values of the answer's records of this type."""
        answer = self.ask(name, kind).answer
        return [item.to_text() for row in answer for item in row if dns.rdatatype.to_text(row.rdtype) == kind]

    def get(self, url: str, timeout: float = 5, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """A page through the proxy, certificate verified; errors of HTTP are answers. With *form* a POST."""
        body = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self.web.open(url, body, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
