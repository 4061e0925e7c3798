"""The trigger functions on Cognito's events."""

import hashlib
import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.failover.edges import load_index

CONFIGURED = {
    "attributes": {"custom:tenant": "tenant"},
    "groups": {"claim": "permissions", "names": {"admins": "administrator", "owners": "administrator"}},
}


@pytest.fixture
def pre_token_generation(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("CLAIMS", json.dumps(CONFIGURED))
    return load_index("pre_token_generation")


def event(region: str, groups: list[str]) -> dict[str, Any]:
    request = {
        "userAttributes": {"sub": "s", "custom:tenant": "acme"},
        "groupConfiguration": {"groupsToOverride": groups},
    }
    return {"region": region, "userPoolId": "us-east-1_a", "request": request, "response": {}}


def claims(answer: dict[str, Any], token: str) -> dict[str, Any]:
    return answer["response"]["claimsAndScopeOverrideDetails"][token]["claimsToAddOrOverride"]


def test_both_tokens_get_the_configured_claims(pre_token_generation: ModuleType) -> None:
    answer = pre_token_generation.handler(event("us-east-1", ["admins", "guests", "owners"]), None)
    expected = {"tenant": "acme", "permissions": ["administrator"]}
    assert claims(answer, "idTokenGeneration") == expected
    assert claims(answer, "accessTokenGeneration") == expected


def test_the_region_and_the_order_of_groups_change_nothing(pre_token_generation: ModuleType) -> None:
    one = pre_token_generation.handler(event("us-east-1", ["admins", "owners"]), None)
    other = pre_token_generation.handler(event("us-west-2", ["owners", "admins"]), None)
    assert one["response"] == other["response"]


def test_an_attribute_without_a_value_adds_no_claim(pre_token_generation: ModuleType) -> None:
    asked = event("us-east-1", [])
    del asked["request"]["userAttributes"]["custom:tenant"]
    assert "tenant" not in claims(pre_token_generation.handler(asked, None), "idTokenGeneration")


def test_a_sign_in_is_one_line_without_the_subject_itself(capsys: pytest.CaptureFixture[str]) -> None:
    given_event = event("us-west-2", []) | {"callerContext": {"clientId": "client"}}
    assert load_index("post_authentication").handler(given_event, None) is given_event
    line = json.loads(capsys.readouterr().out)
    assert line["subject"] == hashlib.sha256(b"us-east-1_a:s").hexdigest()
    assert (line["region"], line["pool"], line["client"]) == ("us-west-2", "us-east-1_a", "client")
    assert line["time"].endswith("+00:00")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(ANYTHING)
def test_no_event_makes_a_login_fail(anything: object) -> None:
    assert load_index("post_authentication").handler(anything, None) is anything
