"""The three kinds of clients a switch has to serve: a browser at `auth.`, a caller of `api.`, an SDK after `serving.`.

Each poll asks DNS as a client does (answers live for their TTL) and opens a new connection.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from recovery.names import NoAnswerError, Resolver
from recovery.oauth import OauthClient, Pkce, authorize_path
from recovery.serving import serving_region
from recovery.web import Reply, Request, Web

TIMEOUT_SECONDS = 2.0
"""An answer that takes longer counts as none: a user has reloaded by then."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one poll found."""

    good: bool
    region: str | None = None
    detail: str = ""


class Client(Protocol):
    """Something that can be asked over and over. Raises RecoveryError when there is no answer."""

    async def ask(self) -> Seen:
        """One poll."""
        ...


class Network:
    """Sends a request to where DNS says its host is."""

    def __init__(self, web: Web, resolver: Resolver) -> None:
        self.resolver = resolver
        self._web = web

    async def send(self, request: Request) -> Reply:
        """The answer. Raises NoAnswerError or UnreachableError."""
        address, *_ = await self.resolver.values(request.host, "A")
        return await self._web.send(request, address, TIMEOUT_SECONDS)


class AuthClient:
    """Opens managed login. Its answer does not tell a Region on AWS; the sandbox's edge may (`x-served-by`)."""

    def __init__(self, network: Network, client: OauthClient) -> None:
        self._network, self._client = network, client

    async def ask(self) -> Seen:
        """A login page, or the way to one on the same host."""
        path = authorize_path(self._client, Pkce(), secrets.token_urlsafe(8))
        reply = await self._network.send(Request(host=self._client.host, path=path))
        where = urlsplit(reply.header("location") or "")
        onward = reply.status in (302, 303) and where.path == "/login" and where.hostname in (None, self._client.host)
        good = reply.status == 200 or onward
        return Seen(good=good, region=reply.header("x-served-by"), detail="" if good else f"status {reply.status}")


class ApiClient:
    """Calls the API with an access token from before the switch; `whoami` tells the Region that served it."""

    def __init__(self, network: Network, host: str, path: str, token: str) -> None:
        self._network = network
        self._request = Request(host=host, path=path, headers={"Authorization": f"Bearer {token}"})

    async def ask(self) -> Seen:
        """200 is good: the token was accepted."""
        reply = await self._network.send(self._request)
        region = reply.json().get("region")
        good = reply.status == 200
        detail = "" if good else f"status {reply.status}"
        return Seen(good=good, region=region if isinstance(region, str) else None, detail=detail)


class ServingClient:
    """Reads the Region from `serving.` and asks the token endpoint there with a code that cannot be valid.

    `400 invalid_grant` says that the endpoint reached its directory and costs no token.
    """

    def __init__(self, network: Network, name: str, prefix_domains: Mapping[str, str], client: OauthClient) -> None:
        self._network, self._name, self._client = network, name, client
        self._hosts = {region: urlsplit(url).hostname or url for region, url in prefix_domains.items()}

    async def ask(self) -> Seen:
        """One token request in the Region that `serving.` names."""
        region = await serving_region(self._network.resolver, self._name)
        form = {
            "grant_type": "authorization_code",
            "client_id": self._client.client_id,
            "code": secrets.token_urlsafe(16),
            "redirect_uri": self._client.redirect_uri,
        }
        reply = await self.token(region, form)
        good = reply.status == 400 and reply.json().get("error") == "invalid_grant"
        return Seen(
            good=good, region=region, detail="" if good else f"status {reply.status} {reply.json().get('error')}"
        )

    async def refresh(self, token: str) -> tuple[str, Reply]:
        """Redeem a refresh token where `serving.` points now; the Region and its answer."""
        region = await serving_region(self._network.resolver, self._name)
        form = {"grant_type": "refresh_token", "client_id": self._client.client_id, "refresh_token": token}
        return region, await self.token(region, form)

    async def token(self, region: str, form: Mapping[str, str]) -> Reply:
        """The token endpoint of a Region's prefix domain."""
        if (host := self._hosts.get(region)) is None:
            raise NoAnswerError(f"{self._name} names {region}, where the stack has no prefix domain")
        return await self._network.send(Request(host=host, path="/oauth2/token", form=form))
