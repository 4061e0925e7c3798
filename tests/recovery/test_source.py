"""The manifest is found, or the message says where to get it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recovery.errors import RecoveryError
from recovery.source import VARIABLE, load
from recovery.surroundings import Address, Surroundings
from tests.recovery.stacks import failover, live

STACK = live(failover())


def test_a_file_goes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "m.json"
    file.write_text(json.dumps(STACK.to_dict()))
    assert load(file, None, None, {VARIABLE: "elsewhere"}) == STACK
    assert load(None, None, None, {VARIABLE: str(file)}) == STACK


@pytest.mark.parametrize(
    ("file", "copy", "region", "message"),
    [
        (None, None, None, "no manifest is named. Give --manifest FILE, set COGNITO_DR_MANIFEST"),
        ("missing.json", None, None, "missing.json does not exist. Run `make up`"),
        ("old.json", None, None, "schemaVersion is 1: this program reads version 2. Run `pulumi up`"),
        ("text.json", None, None, "is no JSON"),
        (None, "s3:/x", "us-west-2", "--copy s3:/x is no object: write s3://BUCKET/KEY"),
        (None, "s3://bucket/key", None, "lacks the bucket's Region: add --region us-west-2"),
        ("old.json", "s3://bucket/key", None, "both given"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, file: str | None, copy: str | None, region: str | None, message: str
) -> None:
    (tmp_path / "old.json").write_text('{"schemaVersion": 1}')
    (tmp_path / "text.json").write_text("not json")
    with pytest.raises(RecoveryError, match=message) as raised:
        load(tmp_path / file if file else None, copy, region, {})
    assert "\n" not in str(raised.value)


def test_surroundings_are_empty_on_aws_and_read_elsewhere(tmp_path: Path) -> None:
    assert Surroundings.read({}) == Surroundings()
    ca = tmp_path / "ca.pem"
    ca.touch()
    names = {"RESOLVER": "127.0.0.1:5353", "PROXY": "http://127.0.0.1:8080", "CA": str(ca)}
    found = Surroundings.read({f"COGNITO_DR_{name}": value for name, value in names.items()})
    assert found == Surroundings(
        resolver=Address(host="127.0.0.1", port=5353), proxy=Address(host="127.0.0.1", port=8080), ca=ca
    )


@pytest.mark.parametrize("variable", ["COGNITO_DR_RESOLVER", "COGNITO_DR_PROXY"])
@pytest.mark.parametrize("value", ["127.0.0.1", "http://", ":53", "host:port", "host:99999"])
def test_a_wrong_address_is_named_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(RecoveryError, match=f"{variable}={value} is no address: write host:port"):
        Surroundings.read({variable: value})
