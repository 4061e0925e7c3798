"""The sample API's answer."""

import json
from typing import Any

import pytest

from tests.failover.edges import load_index

CLAIMS = {"sub": "s", "iss": "https://issuer/pool"}


def answer(event: object) -> tuple[int, dict[str, Any]]:
    given = load_index("whoami").handler(event, None)
    return given["statusCode"], json.loads(given["body"])


@pytest.mark.parametrize("client", [{"client_id": "c"}, {"aud": "c"}])
def test_the_region_and_whose_token_it_was(client: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    event = {"requestContext": {"authorizer": {"jwt": {"claims": CLAIMS | client}}}}
    expected = {"region": "us-west-2", "subject": "s", "client": "c", "issuer": "https://issuer/pool"}
    assert answer(event) == (200, expected)


@pytest.mark.parametrize(
    "event", [None, {}, [], {"requestContext": None}, {"requestContext": {"authorizer": {"jwt": {"claims": {}}}}}]
)
def test_without_an_authorizer_nobody_is_anybody(event: object) -> None:
    assert answer(event) == (401, {"message": "no token"})
