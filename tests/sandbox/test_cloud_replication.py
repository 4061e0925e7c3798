"""A write in the primary is seen in the secondary after the lag, and not before (AWS: eventually)."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.cloud.assumptions import SECONDARY
from tests.sandbox.cloud_client import PASSWORD, Cloud, Made, refused, until

LAG = 0.4
SETTINGS = {"PasswordPolicy": {"MinimumLength": 14, "TemporaryPasswordValidityDays": 3}}


@pytest.fixture(scope="module")
def made(aws: Cloud) -> Made:
    made = aws.replicated()
    aws.cognito().create_group(UserPoolId=made.id, GroupName="staff", Description="before")
    for name in ("ada", "gone"):
        aws.user(made.id, name)
    aws.cognito().create_resource_server(UserPoolId=made.id, Identifier="api", Name="api")
    aws.settle(made)
    return made


def change_password(aws: Cloud, made: Made) -> None:
    aws.user(made.id, "changes")
    aws.settle(made)
    token = aws.sign_in(made, "changes")["AccessToken"]
    aws.cognito().change_password(AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=PASSWORD + "x")


def pool(aws: Cloud, made: Made) -> dict[str, Any]:
    return aws.cognito(SECONDARY).describe_user_pool(UserPoolId=made.id)["UserPool"]


Write = Callable[[Cloud, Made], object]
Seen = Callable[[Cloud, Made], object]
CASES: dict[str, tuple[Write, Seen]] = {
    "a new user": (
        lambda aws, made: aws.user(made.id, "new"),
        lambda aws, made: aws.sign_in(made, "new", SECONDARY),
    ),
    "a changed attribute": (
        lambda aws, made: aws.cognito().admin_update_user_attributes(
            UserPoolId=made.id, Username="ada", UserAttributes=[{"Name": "name", "Value": "Ada"}]
        ),
        lambda aws, made: (
            {"Name": "name", "Value": "Ada"}
            in aws.cognito(SECONDARY).admin_get_user(UserPoolId=made.id, Username="ada")["UserAttributes"]
        ),
    ),
    "a password set by an administrator": (
        lambda aws, made: aws.cognito().admin_set_user_password(
            UserPoolId=made.id, Username="ada", Password=PASSWORD + "y", Permanent=True
        ),
        lambda aws, made: aws.sign_in(made, "ada", SECONDARY, PASSWORD + "y"),
    ),
    "a password changed by its user": (
        change_password,
        lambda aws, made: aws.sign_in(made, "changes", SECONDARY, PASSWORD + "x"),
    ),
    "a deleted user": (
        lambda aws, made: aws.cognito().admin_delete_user(UserPoolId=made.id, Username="gone"),
        lambda aws, made: "gone" not in {u["Username"] for u in users(aws, made)},
    ),
    "a new client": (
        lambda aws, made: aws.cognito().create_user_pool_client(UserPoolId=made.id, ClientName="later"),
        lambda aws, made: "later" in clients(aws, made),
    ),
    "a changed client": (
        lambda aws, made: aws.cognito().update_user_pool_client(
            UserPoolId=made.id, ClientId=made.client, ClientName="renamed"
        ),
        lambda aws, made: "renamed" in clients(aws, made),
    ),
    "a new group": (
        lambda aws, made: aws.cognito().create_group(UserPoolId=made.id, GroupName="fresh"),
        lambda aws, made: aws.cognito(SECONDARY).get_group(UserPoolId=made.id, GroupName="fresh"),
    ),
    "a changed group": (
        lambda aws, made: aws.cognito().update_group(UserPoolId=made.id, GroupName="staff", Description="after"),
        lambda aws, made: (
            aws.cognito(SECONDARY).get_group(UserPoolId=made.id, GroupName="staff")["Group"]["Description"] == "after"
        ),
    ),
    "a membership": (
        lambda aws, made: aws.cognito().admin_add_user_to_group(UserPoolId=made.id, Username="ada", GroupName="staff"),
        lambda aws, made: members(aws, made) == {"ada"} and groups(aws, made) == {"staff"},
    ),
    "a resource server": (
        lambda aws, made: aws.cognito().update_resource_server(UserPoolId=made.id, Identifier="api", Name="renamed"),
        lambda aws, made: (
            aws.cognito(SECONDARY).describe_resource_server(UserPoolId=made.id, Identifier="api")["ResourceServer"][
                "Name"
            ]
            == "renamed"
        ),
    ),
    "a setting of the pool": (
        lambda aws, made: aws.cognito().update_user_pool(UserPoolId=made.id, Policies=SETTINGS),
        lambda aws, made: pool(aws, made)["Policies"]["PasswordPolicy"]["MinimumLength"] == 14,
    ),
    "a custom attribute": (
        lambda aws, made: aws.cognito().add_custom_attributes(
            UserPoolId=made.id, CustomAttributes=[{"Name": "tenant", "AttributeDataType": "String"}]
        ),
        lambda aws, made: "custom:tenant" in {a["Name"] for a in pool(aws, made)["SchemaAttributes"]},
    ),
}


def users(aws: Cloud, made: Made) -> list[dict[str, Any]]:
    return aws.cognito(SECONDARY).list_users(UserPoolId=made.id)["Users"]


def clients(aws: Cloud, made: Made) -> set[str]:
    listed = aws.cognito(SECONDARY).list_user_pool_clients(UserPoolId=made.id, MaxResults=60)
    return {one["ClientName"] for one in listed["UserPoolClients"]}


def members(aws: Cloud, made: Made) -> set[str]:
    listed = aws.cognito(SECONDARY).list_users_in_group(UserPoolId=made.id, GroupName="staff")
    return {one["Username"] for one in listed["Users"]}


def groups(aws: Cloud, made: Made) -> set[str]:
    listed = aws.cognito(SECONDARY).admin_list_groups_for_user(UserPoolId=made.id, Username="ada")
    return {one["GroupName"] for one in listed["Groups"]}


def holds(seen: Seen, aws: Cloud, made: Made) -> object:
    cognito = aws.cognito(SECONDARY).exceptions
    try:
        return seen(aws, made)
    except (cognito.ResourceNotFoundException, cognito.NotAuthorizedException, cognito.UserNotFoundException):
        return None


@pytest.mark.parametrize("case", CASES)
def test_it_is_seen_in_the_secondary_after_the_lag(aws: Cloud, made: Made, case: str) -> None:
    write, seen = CASES[case]
    aws.settle(made)
    with aws.lag(LAG):
        write(aws, made)
        written = time.monotonic()
        if not holds(seen, aws, made):
            until(lambda: holds(seen, aws, made))
        assert time.monotonic() - written > LAG * 0.9


def test_a_write_is_not_seen_while_the_lag_lasts(aws: Cloud, made: Made) -> None:
    with aws.lag(60):
        aws.user(made.id, "waiting")
        with refused("UserNotFoundException"):
            aws.cognito(SECONDARY).admin_get_user(UserPoolId=made.id, Username="waiting")
    until(lambda: aws.cognito(SECONDARY).admin_get_user(UserPoolId=made.id, Username="waiting"))


def test_without_a_lag_a_write_is_seen_at_once(aws: Cloud, made: Made) -> None:
    with aws.lag(0):
        aws.user(made.id, "at-once")
        assert aws.sign_in(made, "at-once", SECONDARY)


@pytest.mark.parametrize("body", ["", "[]", '{"lagSeconds": -1}', '{"lagSeconds": "soon"}', '{"lag": 1}'])
def test_a_wrong_lag_is_refused_with_the_rule(aws: Cloud, body: str) -> None:
    status, answer = aws.request("PUT", "/_sandbox/replication", body)
    assert (status, answer["message"]) == (400, 'send {"lagSeconds": N} with N from 0 to 3600')


def test_a_new_replica_holds_what_was_written_before(aws: Cloud) -> None:
    made = aws.pool()
    aws.user(made.id, "early")
    with aws.lag(60):
        aws.cognito().create_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)
        until(lambda: aws.replica_status(made.id) == "INACTIVE")
        aws.set_replica(made.id, "ACTIVE")
        assert aws.sign_in(made, "early", SECONDARY)
