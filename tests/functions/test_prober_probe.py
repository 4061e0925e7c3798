"""The probes on real sockets: every way to fail, one deadline, no redirects, nothing told."""

import json
import time
from contextlib import AbstractContextManager

import canary
import names
import probe
import pytest
import trustme
from probe import Grant, ask, ask_all

from tests.functions import wires

TOKEN = "the-refresh-token-of-the-canary"
GRANT = Grant("client", TOKEN)
TIMEOUT = 0.4


def giving(status: int, body: dict, **headers: str) -> AbstractContextManager[str]:
    return wires.server(lambda _, __: (status, headers, json.dumps(body).encode()))


@pytest.fixture(autouse=True)
def direct(aws_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "_opener", None)


def test_a_token_is_an_answer() -> None:
    with giving(200, {"access_token": "secret"}) as url:
        assert ask(url, GRANT, TIMEOUT) == (200, None, True, None)


def test_an_error_is_an_answer() -> None:
    with giving(400, {"error": "invalid_grant"}) as url:
        assert ask(url, GRANT, TIMEOUT) == (400, "invalid_grant", False, None)


def test_what_is_sent_is_the_grant() -> None:
    sent = []

    def take(headers: dict[str, str], body: bytes) -> wires.Answered:
        sent.append((headers["content-type"], body.decode()))
        return 200, {}, b"{}"

    with wires.server(take) as url:
        ask(url, GRANT, TIMEOUT)
        ask(url, Grant("client", None), TIMEOUT)
    form = "application/x-www-form-urlencoded"
    assert sent[0] == (form, f"grant_type=refresh_token&client_id=client&refresh_token={TOKEN}")
    assert sent[1][1].startswith("grant_type=authorization_code&client_id=client&code=cognito-dr-no-such-code")


def test_a_redirect_is_not_followed() -> None:
    with giving(200, {"access_token": "x"}) as other, giving(302, {}, location=other) as url:
        assert ask(url, GRANT, TIMEOUT).status == 302


def test_failures_have_their_names() -> None:
    with wires.silent() as silent:
        assert ask(wires.closed(), GRANT, TIMEOUT).failure == "refused"
        assert ask(silent, GRANT, 0.1).failure == "timeout"
    assert ask("https://no-such-name.invalid/", GRANT, TIMEOUT).failure == "names"
    assert ask("nonsense", GRANT, TIMEOUT).failure == "internal"


def test_a_certificate_of_nobody_is_a_tls_failure() -> None:
    authority = trustme.CA()
    with wires.tls(authority.issue_cert("127.0.0.1")) as url:
        assert ask(url, GRANT, 2).failure == "tls"


def test_a_proxy_is_used_and_its_refusal_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", wires.closed())
    assert ask("https://example.invalid/", GRANT, TIMEOUT).failure == "refused"


def test_both_are_asked_at_once_within_one_deadline() -> None:
    """Even when no single read is late: the second endpoint drips."""
    with wires.silent() as silent, wires.trickle(3) as drips, giving(200, {"access_token": "x"}) as good:
        begun = time.monotonic()
        answers = ask_all([silent, drips, good], GRANT, 1.0)
        assert time.monotonic() - begun < 2.0
    assert [answer.failure for answer in answers] == ["timeout", "timeout", None]


def test_a_late_answer_does_not_change_what_was_told() -> None:
    def slow(url: str, grant: Grant, timeout: float) -> probe.Answer:
        time.sleep(0.2)
        return probe.Answer(200, token=True)

    answers = ask_all(["any"], GRANT, 0.02, ask=slow)
    time.sleep(0.3)
    assert answers == [probe.Answer(failure="timeout")]


def test_a_grant_does_not_print_its_token() -> None:
    assert TOKEN not in f"{GRANT} {GRANT!r}"


class Secret:
    """A secret that can change and fail, and a clock."""

    def __init__(self) -> None:
        self.text: str | None = None
        self.now = 0.0
        self.reads = 0

    def read(self, arn: str) -> str | None:
        self.reads += 1
        if self.text == "broken":
            raise RuntimeError(TOKEN)
        return self.text


@pytest.fixture
def secret() -> Secret:
    return Secret()


def kept(secret: Secret) -> canary.CanarySecret:
    return canary.CanarySecret("arn", "client", secret.read, lambda: secret.now)


def test_without_a_token_the_probe_uses_a_code_and_looks_again(secret: Secret) -> None:
    held = kept(secret)
    held.refresh()
    assert held.grant.canary == "invalid_code"
    secret.text = json.dumps({"refreshToken": TOKEN, "clientId": "drill"})
    held.refresh()
    assert secret.reads == 1
    secret.now += canary.LOOK_AGAIN_SECONDS
    held.refresh()
    assert held.grant.fields() == {"grant_type": "refresh_token", "client_id": "drill", "refresh_token": TOKEN}


def test_a_token_is_kept_when_the_secret_cannot_be_read(secret: Secret) -> None:
    held = kept(secret)
    secret.text = json.dumps({"refreshToken": TOKEN})
    held.refresh()
    secret.text, secret.now = "broken", canary.KEEP_SECONDS
    with pytest.raises(RuntimeError):
        held.refresh()
    assert held.grant.canary == "token"
    held.refresh()
    assert secret.reads == 2


def test_a_distrusted_token_is_looked_for_soon_but_not_in_every_round(secret: Secret) -> None:
    held = kept(secret)
    secret.text = json.dumps({"refreshToken": TOKEN})
    held.refresh()
    for second in range(0, 120, 10):
        secret.now = second
        held.distrust()
        held.refresh()
    assert secret.reads == 2


TARGETS = {"us-east-1": "cognito-idp.us-east-1.amazonaws.com", "us-west-2": "cognito-idp.us-west-2.amazonaws.com"}


@pytest.mark.parametrize(
    ("chain", "region"),
    [
        (["serving.example.org", "Cognito-IDP.us-west-2.amazonaws.com."], "us-west-2"),
        (["cognito-idp.us-east-1.amazonaws.com", "deeper.amazonaws.com"], "us-east-1"),
        (["serving.example.org"], None),
        (list(TARGETS.values()), None),
        ([], None),
    ],
)
def test_the_names_of_the_chain_tell_the_region(chain: list[str], region: str | None) -> None:
    assert names.region_of(chain, TARGETS) == region


def test_a_lookup_that_fails_or_hangs_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "LOOKUP_SECONDS", 0.05)

    def fails(name: str) -> tuple[str, list[str], list[str]]:
        raise OSError(name)

    def hangs(name: str) -> tuple[str, list[str], list[str]]:
        time.sleep(0.3)
        return TARGETS["us-west-2"], [], []

    assert names.answering_region("s", TARGETS, fails) is None
    assert names.answering_region("s", TARGETS, hangs) is None
    assert names.answering_region("s", TARGETS, lambda _: (TARGETS["us-west-2"], ["s"], [])) == "us-west-2"
