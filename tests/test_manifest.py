"""The manifest survives its own reading, and says what is wrong with another."""

import pytest

from manifest import ApplicationFacts, ClientFacts, Manifest, ManifestError, PoolFacts, Regions, TriggerFacts

MANIFEST = Manifest(
    name="identity",
    phase="replication",
    account="111122223333",
    pool=PoolFacts(id="us-east-1_a", arns={"us-east-1": "arn:a", "us-west-2": "arn:b"}),
    regions=Regions(primary="us-east-1", secondary="us-west-2"),
    issuer="https://issuer",
    jwks_uri="https://issuer/.well-known/jwks.json",
    applications={
        "callback_urls": ApplicationFacts(
            callback_urls=("https://a/",), logout_urls=(), clients={"web": ClientFacts(id="c", kind="web")}
        )
    },
    keys={"us-east-1": "arn:k"},
    triggers={"us-east-1": {"pre": TriggerFacts(alias_arn="arn:l", version="1", fingerprint="f")}},
)


def test_what_is_written_is_read_back() -> None:
    assert Manifest.from_dict(MANIFEST.to_dict()) == MANIFEST


def test_an_application_keeps_a_name_that_is_also_a_field() -> None:
    assert list(MANIFEST.to_dict()["applications"]) == ["callback_urls"]


def test_another_version_is_refused() -> None:
    with pytest.raises(ManifestError, match="schemaVersion is 2: this program reads version 1"):
        Manifest.from_dict(MANIFEST.to_dict() | {"schemaVersion": 2})


def test_a_missing_key_is_named() -> None:
    data = MANIFEST.to_dict()
    del data["issuer"]
    with pytest.raises(ManifestError, match="no key 'issuer'"):
        Manifest.from_dict(data)


@pytest.mark.parametrize("data", [None, [], "x", {"schemaVersion": 1, "name": 1, "pool": 5}])
def test_anything_else_is_refused_with_a_message(data: object) -> None:
    with pytest.raises(ManifestError):
        Manifest.from_dict(data)
