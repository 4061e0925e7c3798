"""The working copy of a stack file: tracked values, and what the walk has reached."""

import shlex
from pathlib import Path
from typing import Any

from sandbox.stack import secret_values, working_copy
from sandbox.stack.environment import engine_environment, exports, inherited
from sandbox.stack.layout import Layout

TRACKED: dict[str, Any] = {
    "secretsprovider": "awskms://alias/x",
    "encryptedkey": "theirs",
    "encryptionsalt": "theirs",
    "config": {"cognito-dr:rollout": {"phase": "foundation"}, "cognito-dr:pool": {"name": "local"}},
}


def test_a_first_copy_is_the_tracked_file_without_its_secrets_provider() -> None:
    assert working_copy.derive(TRACKED, None) == {"config": TRACKED["config"]}


def test_phase_pool_and_salt_survive_a_changed_tracked_file() -> None:
    first = working_copy.derive(TRACKED, None)
    reached = working_copy.advanced(first, "replication", "us-east-1_a", "r.json") | {"encryptionsalt": "salt"}
    changed = {"config": TRACKED["config"] | {"cognito-dr:protect": True}}
    derived = working_copy.derive(changed, reached)
    assert derived["encryptionsalt"] == "salt"
    assert working_copy.phase(derived) == "replication"
    assert derived["config"]["cognito-dr:pool"] == {"name": "local", "id": "us-east-1_a"}
    assert derived["config"]["cognito-dr:protect"] is True
    assert TRACKED["config"]["cognito-dr:pool"] == {"name": "local"}


def test_the_environment_is_quoted_for_a_shell() -> None:
    variables = engine_environment(Layout(Path("/a b"), "local", Path("/p")), Path("/e"), "/bin")
    for line in exports(variables).splitlines():
        word, assignment = shlex.split(line)
        name, value = assignment.split("=", 1)
        assert word == "export"
        assert variables[name] == value


def test_foreign_stacks_and_accounts_are_not_inherited() -> None:
    assert inherited({"PULUMI_STACK": "x", "AWS_PROFILE": "y", "HOME": "/h"}) == {"HOME": "/h"}


def test_encrypted_values_stay_behind_until_they_have_a_stand_in() -> None:
    hidden = {"okta": {"secure": "theirs"}, "other": {"secure": "theirs"}}
    tracked = {"config": {**TRACKED["config"], "cognito-dr:identityProviderSecrets": hidden}}
    assert list(secret_values.paths(tracked["config"])) == [
        ("cognito-dr:identityProviderSecrets", "okta"),
        ("cognito-dr:identityProviderSecrets", "other"),
    ]
    first = working_copy.derive(tracked, None)
    assert first["config"]["cognito-dr:identityProviderSecrets"] == {}
    first["config"]["cognito-dr:identityProviderSecrets"] = {"okta": {"secure": "ours"}, "gone": {"secure": "ours"}}
    again = working_copy.derive(tracked, first)
    assert again["config"]["cognito-dr:identityProviderSecrets"] == {"okta": {"secure": "ours"}}
    assert hidden["okta"] == {"secure": "theirs"}
    first["config"]["cognito-dr:identityProviderSecrets"] = "another form"
    assert working_copy.derive(tracked, first)["config"]["cognito-dr:identityProviderSecrets"] == {}


def test_a_path_is_written_as_the_engine_reads_it() -> None:
    assert secret_values.property_path(("cognito-dr:a", "b-c", "d.e")) == 'cognito-dr:a["b-c"]["d.e"]'
