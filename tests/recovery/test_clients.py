"""What each client calls good, and the code flow that a browser drives through managed login."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.clients import ApiClient, AuthClient, Network, Seen, ServingClient
from recovery.names import NoAnswerError
from recovery.oauth import Browser, FlowError, OauthClient, Pkce, login_form
from recovery.questions import Answers, Questions
from recovery.web import Reply, Request
from tests.recovery.stacks import API, AUTH, SERVING, P, S, live

CLIENT = OauthClient(host=AUTH, client_id="drill", redirect_uri="https://drill.invalid/callback", scope="openid")
PAGE = (
    '<form method="POST" action="/login"><input type="hidden" name="h" value="a&amp;b"><input name="username">{}</form>'
)


def answer(status: int, body: str | dict[str, Any] = "", **headers: str) -> Reply:
    text = json.dumps(body) if isinstance(body, dict) else body
    return Reply(status=status, headers={name: (value,) for name, value in headers.items()}, body=text.encode())


class Stub:
    """A network of one function; `serving.` names a Region."""

    def __init__(self, act: Callable[[Request], Reply], region: str = S) -> None:
        self.act, self.region = act, region
        self.asked: list[Request] = []
        self.resolver = self

    async def values(self, name: str, kind: str) -> tuple[str, ...]:
        assert (name, kind) == (SERVING, "CNAME")
        return (f"cognito-idp.{self.region}.amazonaws.com",)

    async def send(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.act(request)

    @property
    def network(self) -> Network:
        return cast("Network", self)


def seen(client: Any) -> Seen:
    return asyncio.run(client.ask())


@pytest.mark.parametrize(
    ("reply", "good"),
    [
        (answer(200, "page"), True),
        (answer(302, location="/login?client_id=drill"), True),
        (answer(302, location=f"https://{AUTH}/login?x"), True),
        (answer(302, location="https://elsewhere.example.com/login"), False),
        (answer(302, location="https://drill.invalid/callback?error=invalid_request"), False),
        (answer(503), False),
    ],
)
def test_managed_login_is_good_when_it_offers_a_login(reply: Reply, good: bool) -> None:
    assert seen(AuthClient(Stub(lambda _: reply).network, CLIENT)).good == good


def test_the_api_tells_its_region_and_has_to_take_the_token() -> None:
    stub = Stub(lambda _: answer(200, {"region": S}))
    assert seen(ApiClient(stub.network, API, "/whoami", "tok")) == Seen(good=True, region=S)
    assert stub.asked[0].headers == {"Authorization": "Bearer tok"}
    refused = Stub(lambda _: answer(401, {"message": "Unauthorized"}))
    assert seen(ApiClient(refused.network, API, "/whoami", "tok")) == Seen(good=False, detail="status 401")


@pytest.mark.parametrize(
    ("reply", "good"),
    [
        (answer(400, {"error": "invalid_grant"}), True),
        (answer(400, {"error": "invalid_client"}), False),
        (answer(503), False),
        (answer(200, {"access_token": "?"}), False),
    ],
)
def test_a_token_endpoint_is_alive_when_it_knows_the_code_is_wrong(reply: Reply, good: bool) -> None:
    stub = Stub(lambda _: reply)
    found = seen(ServingClient(stub.network, SERVING, live(None).prefix_domains, CLIENT))
    assert (found.good, found.region) == (good, S)
    assert stub.asked[0].host == "t-us-west-2.auth.us-west-2.amazoncognito.com"


def test_a_region_without_prefix_domain_is_no_answer() -> None:
    client = ServingClient(Stub(lambda _: answer(200), "eu-west-1").network, SERVING, {P: "https://p"}, CLIENT)
    with pytest.raises(NoAnswerError, match="serving.example.com names eu-west-1"):
        seen(client)


class ManagedLogin:
    """Two redirects, a cookie, a form, a code bound to a challenge."""

    def __init__(self) -> None:
        self.challenges: dict[str, str] = {}
        self.forget = False

    def __call__(self, request: Request) -> Reply:
        parts = urlsplit(request.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path:
            case "/oauth2/authorize":
                return answer(302, location=f"/login?{parts.query}", **{"set-cookie": f"seen={query['state']}; Secure"})
            case "/login" if request.form is None:
                hidden = f'<input name="password"><input name="query" value="{urlencode(query)}">'
                return answer(200, PAGE.format(hidden))
            case "/login":
                return self._sign_in(request)
            case _:
                return self._token(request)

    def _sign_in(self, request: Request) -> Reply:
        assert request.form is not None
        query = {name: values[0] for name, values in parse_qs(request.form["query"]).items()}
        if request.form["password"] != "right":
            return answer(200, PAGE.format(""))
        assert request.form["h"] == "a&b"
        assert request.headers["Cookie"] == f"seen={query['state']}"
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"]
        return answer(302, location=f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")

    def _token(self, request: Request) -> Reply:
        assert request.form is not None
        if request.form["grant_type"] == "refresh_token":
            return answer(200, {"access_token": "new"})
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = not self.forget and self.challenges.pop(request.form["code"], None) == proof
        self.forget = False
        return answer(200, {"access_token": "a"}) if known else answer(400, {"error": "invalid_grant"})


def test_a_browser_gets_a_code_and_redeems_it_once() -> None:
    stub, pkce = Stub(ManagedLogin()), Pkce()

    async def flow() -> tuple[int, int]:
        browser = Browser(CLIENT, stub.send)
        code = await browser.code("user", "right", pkce)
        return (await browser.redeem(code, pkce)).status, (await browser.redeem(code, pkce)).status

    assert asyncio.run(flow()) == (200, 400)


def test_a_wrong_password_ends_with_a_message() -> None:
    with pytest.raises(FlowError, match="took the password and then answered status 200"):
        asyncio.run(Browser(CLIENT, Stub(ManagedLogin()).send).code("user", "wrong", Pkce()))


def test_a_page_without_form_ends_with_a_message() -> None:
    with pytest.raises(FlowError, match="shows no login form: status 503"):
        asyncio.run(Browser(CLIENT, Stub(lambda _: answer(503)).send).code("user", "right", Pkce()))


def test_the_password_never_leaves_for_another_host() -> None:
    stub = Stub(lambda _: answer(200, PAGE.format('<input name="password">').replace("/login", "https://evil.example")))
    with pytest.raises(FlowError, match="redirects to evil.example"):
        asyncio.run(Browser(CLIENT, stub.send).code("user", "right", Pkce()))
    assert all(request.form is None for request in stub.asked)


def answers_after(stub: Stub, switch: Callable[[], None] = lambda: None) -> Answers:
    """What is found in flight after a switch."""
    serving = ServingClient(stub.network, SERVING, live(None).prefix_domains, CLIENT)
    questions = Questions(stub.network, CLIENT, ("user", "right"), serving, "refresh")

    async def asked() -> Answers:
        await questions.before()
        switch()
        return await questions.after()

    return asyncio.run(asked())


@pytest.mark.parametrize(("forgotten", "found"), [(False, "redeemed"), (True, "refused")])
def test_a_code_in_flight_is_an_open_question_and_a_restarted_flow_is_none(forgotten: bool, found: str) -> None:
    login = ManagedLogin()

    def switch() -> None:
        login.forget = forgotten

    answers = answers_after(Stub(login), switch)
    assert answers.code_in_flight == found
    assert answers.good
    assert answers.problems == ()


def test_a_flow_that_cannot_be_driven_is_said_and_not_guessed() -> None:
    answers = answers_after(Stub(lambda _: answer(503, {"error": "down"})))
    assert (answers.code_in_flight, answers.good) == ("not measured", False)
    assert len(answers.problems) == 3


@given(page=st.binary(max_size=200))
def test_no_page_breaks_the_reader(page: bytes) -> None:
    login_form(page)
