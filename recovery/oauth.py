"""Authorization code with PKCE against managed login, driven as a browser would: forms, cookies, redirects.

Sources: RFC 6749, RFC 7636; docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from recovery.errors import RecoveryError
from recovery.web import Reply, Request

MOST_STEPS = 8
Send = Callable[[Request], Awaitable[Reply]]


class FlowError(RecoveryError):
    """The flow did not end with a code; the text says at which page."""


@dataclass(frozen=True, kw_only=True)
class OauthClient:
    """A public app client: its domain, ID, redirect and one scope that it may ask for."""

    host: str
    client_id: str
    redirect_uri: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class Pkce:
    """A verifier and its S256 challenge."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """RFC 7636, section 4.2."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorize_path(client: OauthClient, pkce: Pkce, state: str) -> str:
    """The authorize endpoint with its query."""
    query = {
        "client_id": client.client_id,
        "response_type": "code",
        "redirect_uri": client.redirect_uri,
        "scope": client.scope,
        "state": state,
        "code_challenge": pkce.challenge,
        "code_challenge_method": "S256",
    }
    return f"/oauth2/authorize?{urlencode(query)}"


@dataclass
class Form:
    """A form of a page: where it goes and what it holds."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form":
            self.found.append(Form(action=has.get("action") or ""))
        elif tag == "input" and self.found and (name := has.get("name")):
            self.found[-1].fields.setdefault(name, has.get("value") or "")


def login_form(page: bytes) -> Form | None:
    """The form that asks for user name and password."""
    parser = _Forms()
    parser.feed(page.decode(errors="replace"))
    return next((form for form in parser.found if {"username", "password"} <= form.fields.keys()), None)


class Browser:
    """Follows one flow on one host. `send` goes wherever DNS points at that moment."""

    def __init__(self, client: OauthClient, send: Send) -> None:
        self.client = client
        self._send = send
        self._cookies: dict[str, str] = {}

    async def code(self, username: str, password: str, pkce: Pkce) -> str:
        """Sign in and return the code. Raises FlowError, or UnreachableError from the network."""
        state = secrets.token_urlsafe(16)
        reply = await self._follow(await self._ask(authorize_path(self.client, pkce, state)))
        form = login_form(reply.body)
        if form is None:
            raise FlowError(f"{self.client.host} shows no login form: status {reply.status}")
        sent = form.fields | {"username": username, "password": password}
        reply = await self._ask(self._path(form.action or "/login"), sent)
        location = await self._leaves(reply)
        answered = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        if answered.get("state") != state or "code" not in answered:
            raise FlowError(f"{self.client.host} redirects without our code: {answered.get('error', 'no error named')}")
        return answered["code"]

    async def redeem(self, code: str, pkce: Pkce) -> Reply:
        """The token endpoint's answer to a code."""
        form = {
            "grant_type": "authorization_code",
            "client_id": self.client.client_id,
            "code": code,
            "redirect_uri": self.client.redirect_uri,
            "code_verifier": pkce.verifier,
        }
        return await self._send(Request(host=self.client.host, path="/oauth2/token", form=form))

    async def _leaves(self, reply: Reply) -> str:
        """Follow until the redirect that leaves for the application."""
        for _ in range(MOST_STEPS):
            location = reply.header("location")
            if location is None:
                raise FlowError(f"{self.client.host} took the password and then answered status {reply.status}")
            if location.startswith(self.client.redirect_uri):
                return location
            reply = await self._ask(self._path(location))
        raise FlowError(f"{self.client.host} redirects more than {MOST_STEPS} times")

    async def _follow(self, reply: Reply) -> Reply:
        for _ in range(MOST_STEPS):
            location = reply.header("location")
            if reply.status not in (301, 302, 303, 307) or location is None:
                return reply
            reply = await self._ask(self._path(location))
        raise FlowError(f"{self.client.host} redirects more than {MOST_STEPS} times")

    def _path(self, location: str) -> str:
        parts = urlsplit(urljoin(f"https://{self.client.host}/", location))
        if parts.hostname != self.client.host:
            raise FlowError(f"{self.client.host} redirects to {parts.hostname}")
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    async def _ask(self, path: str, form: dict[str, str] | None = None) -> Reply:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies} if cookies else {}
        reply = await self._send(Request(host=self.client.host, path=path, form=form, headers=headers))
        for line in reply.headers.get("set-cookie", ()):
            try:
                self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
            except CookieError:
                continue
        return reply
