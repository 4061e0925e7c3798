"""What a switch does to things in flight: a code issued before it, a refresh token from before it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from recovery.clients import Network, ServingClient
from recovery.errors import RecoveryError
from recovery.oauth import Browser, OauthClient, Pkce

CodeInFlight = Literal["redeemed", "refused", "not measured"]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was found after the switch; `problems` say why something was not measured."""

    code_in_flight: CodeInFlight
    restarted_flow: bool
    refresh_token: bool
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        """A code may be lost, which a restarted flow mends; sessions may not."""
        return self.restarted_flow and self.refresh_token


class Questions:
    """Asks once before and once after."""

    def __init__(
        self, network: Network, oauth: OauthClient, user: tuple[str, str], serving: ServingClient, refresh_token: str
    ) -> None:
        self._browser: Callable[[], Browser] = lambda: Browser(oauth, network.send)
        self._username, self._password = user
        self._serving, self._refresh_token = serving, refresh_token
        self._pkce = Pkce(verifier=secrets.token_urlsafe(48))
        self._code: str | None = None
        self._problems: list[str] = []

    async def before(self) -> None:
        """Have a code issued; it lives for five minutes (Cognito's authorize endpoint)."""
        try:
            self._code = await self._browser().code(self._username, self._password, self._pkce)
        except RecoveryError as error:
            self._problems.append(f"no code before the switch: {error}")

    async def after(self) -> Answers:
        """Redeem what was issued before, and begin anew."""
        return Answers(
            code_in_flight=await self._redeem(),
            restarted_flow=await self._restart(),
            refresh_token=await self._refresh(),
            problems=tuple(self._problems),
        )

    async def _redeem(self) -> CodeInFlight:
        if self._code is None:
            return "not measured"
        try:
            reply = await self._browser().redeem(self._code, self._pkce)
        except RecoveryError as error:
            self._problems.append(f"the code was not redeemed: {error}")
            return "not measured"
        if reply.status == 200 and "access_token" in reply.json():
            return "redeemed"
        if reply.json().get("error") == "invalid_grant":
            return "refused"
        self._problems.append(f"the code met status {reply.status}")
        return "not measured"

    async def _restart(self) -> bool:
        pkce = Pkce()
        browser = self._browser()
        try:
            reply = await browser.redeem(await browser.code(self._username, self._password, pkce), pkce)
        except RecoveryError as error:
            self._problems.append(f"a restarted flow fails: {error}")
            return False
        if reply.status != 200:
            self._problems.append(f"a restarted flow ends with status {reply.status} {reply.json().get('error')}")
        return reply.status == 200

    async def _refresh(self) -> bool:
        try:
            region, reply = await self._serving.refresh(self._refresh_token)
        except RecoveryError as error:
            self._problems.append(f"the refresh token was not redeemed: {error}")
            return False
        if reply.status != 200:
            self._problems.append(f"{region} refuses the refresh token: {reply.json().get('error')}")
        return reply.status == 200
