"""The pure parts of the components: invitation digest, adoption gate, trigger sources."""

from hypothesis import given
from hypothesis import strategies as st

from components.adoption import uncovered
from components.invitation import DEFAULT_MESSAGE, admin_create_user_config, digest
from components.trigger_specs import TRIGGERS
from components.user_pool import camel_case, snake_case

VALUES = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4)


@given(VALUES, VALUES)
def test_a_changed_configuration_changes_the_invitation(one: dict, other: dict) -> None:
    configs = [admin_create_user_config(c, self_sign_up=True, adopted={}) for c in (one, other)]
    assert (configs[0] == configs[1]) == (one == other)


def test_the_digest_is_invisible_and_the_message_stays() -> None:
    adopted = {"inviteMessageTemplate": {"emailMessage": "Hi {username} {####}"}, "unusedAccountValidityDays": 7}
    config = admin_create_user_config({"a": 1}, self_sign_up=False, adopted=adopted)
    message = config["inviteMessageTemplate"]["emailMessage"]
    assert message == f"Hi {{username}} {{####}}<!-- configuration {digest({'a': 1})} -->"
    assert "unusedAccountValidityDays" not in config
    assert config["allowAdminCreateUserOnly"] is True


def test_cognitos_own_message_is_the_default() -> None:
    config = admin_create_user_config({}, self_sign_up=True, adopted={})
    assert config["inviteMessageTemplate"]["emailMessage"].startswith(DEFAULT_MESSAGE)


def test_live_properties_without_a_setting_are_named_with_their_paths() -> None:
    live = {
        "arn": "x",
        "smsMessage": "",
        "policies": {"passwordPolicy": {"minimumLength": 8, "passwordHistorySize": 3}},
        "deviceConfiguration": {"deviceOnlyRememberedOnUserPrompt": True},
        "adminCreateUserConfig": {"unusedAccountValidityDays": 7},
        "schema": [{"name": "email"}, {"name": "custom:tenant"}, {"name": "custom:team"}],
    }
    planned = {
        "policies": {"passwordPolicy": {"minimumLength": 8}},
        "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
        "schema": [{"name": "tenant"}],
    }
    assert uncovered(live, planned) == [
        "deviceConfiguration",
        "policies.passwordPolicy.passwordHistorySize",
        "schema: custom:team",
    ]


@given(VALUES)
def test_a_plan_covers_itself(plan: dict) -> None:
    assert uncovered(plan, plan) == []


def test_every_trigger_has_sources_and_a_stable_digest() -> None:
    for spec in TRIGGERS:
        assert "index.py" in spec.sources()
        assert spec.code_sha256() == spec.code_sha256()
        assert not any("__pycache__" in name for name in spec.sources())


@given(st.from_regex(r"[a-z]{1,5}([A-Z][a-z0-9]{1,5}){0,3}", fullmatch=True))
def test_names_survive_both_spellings(name: str) -> None:
    assert camel_case(snake_case(name)) == name
