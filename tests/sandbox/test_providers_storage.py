"""Buckets and objects in the plugins."""

from __future__ import annotations

from collections.abc import Iterator

import pulumi_aws
import pytest
from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.errors import ProviderError
from sandbox.providers.values import plain_map
from tests.sandbox.cloud_client import Cloud, refused
from tests.sandbox.plugin import Plugin, sdk_inputs

pytestmark = pytest.mark.usefixtures("reachable")
WEST = "us-west-2"


def s3(name: str) -> Plugin:
    return Plugin("aws", f"aws:s3/{name}:{name[0].upper()}{name[1:]}", region=WEST)


@pytest.fixture
def bucket(reachable: None) -> Iterator[str]:
    resource_id, state = s3("bucket").create({"bucket": "local-copies", "forceDestroy": True})
    yield resource_id
    s3("bucket").delete(resource_id, state)


def test_a_bucket_as_the_sdk_asks_for_it_lives_without_drift() -> None:
    inputs = sdk_inputs(lambda: pulumi_aws.s3.Bucket("b", bucket="local-sdk", region=WEST))
    resource_id, state = s3("bucket").settles(inputs)
    assert state["bucketRegionalDomainName"] == "local-sdk.s3.us-west-2.amazonaws.com"
    with pytest.raises(ProviderError, match="bucket local-sdk exists already"):
        s3("bucket").create(inputs)
    assert s3("bucket").diff(inputs, inputs | {"bucket": "other"}) == ["bucket"]
    s3("bucket").ends(resource_id, inputs, state)


def test_a_bucket_with_objects_goes_only_by_force(aws: Cloud) -> None:
    inputs = {"bucket": "local-full"}
    resource_id, state = s3("bucket").create(inputs)
    client = aws.client("s3", WEST)
    client.put_bucket_versioning(Bucket=resource_id, VersioningConfiguration={"Status": "Enabled"})
    client.put_object(Bucket=resource_id, Key="a", Body=b"1")
    client.delete_object(Bucket=resource_id, Key="a")
    with refused("BucketNotEmpty"):
        s3("bucket").delete(resource_id, state)
    forced = inputs | {"forceDestroy": True}
    state = s3("bucket").update(resource_id, inputs, forced, state)
    s3("bucket").ends(resource_id, forced, state)


@pytest.mark.parametrize("name", ["Upper", "ab", "x" * 64])
def test_a_bucket_name_that_s3_refuses_is_refused_at_check(name: str) -> None:
    assert any("bucket: AWS refuses this at create" in line for line in s3("bucket").check({"bucket": name}))


def test_versioning_as_the_sdk_asks_for_it_is_suspended_and_never_off(bucket: str, aws: Cloud) -> None:
    inputs = sdk_inputs(
        lambda: aws_versioning(bucket),
    )
    plugin = s3("bucketVersioning")
    resource_id, state = plugin.settles(inputs)
    with pytest.raises(ProviderError, match="never disabled again"):
        plugin.update(resource_id, inputs, inputs | {"versioningConfiguration": {"status": "Disabled"}}, state)
    plugin.delete(resource_id, state)
    assert aws.client("s3", WEST).get_bucket_versioning(Bucket=bucket)["Status"] == "Suspended"
    found = plugin.check(inputs | {"versioningConfiguration": {"status": "On"}})
    assert any("versioningConfiguration.status: AWS refuses this at create: 'On' is none of" in line for line in found)


def aws_versioning(bucket: str) -> pulumi_aws.s3.BucketVersioning:
    return pulumi_aws.s3.BucketVersioning(
        "v", bucket=bucket, versioning_configuration={"status": "Enabled"}, region=WEST
    )


def test_a_public_access_block_as_the_sdk_asks_for_it_lives_without_drift(bucket: str) -> None:
    inputs = sdk_inputs(
        lambda: pulumi_aws.s3.BucketPublicAccessBlock(
            "b",
            bucket=bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            region=WEST,
        )
    )
    plugin = s3("bucketPublicAccessBlock")
    resource_id, state = plugin.settles(inputs)
    fewer = {key: value for key, value in inputs.items() if key != "ignorePublicAcls"}
    state = plugin.update(resource_id, inputs, fewer, state)
    assert state["ignorePublicAcls"] is False
    plugin.ends(resource_id, fewer, state)


@pytest.mark.parametrize("versioned", [True, False])
def test_an_object_as_the_sdk_asks_for_it_lives_without_drift(bucket: str, versioned: bool, aws: Cloud) -> None:
    client = aws.client("s3", WEST)
    if versioned:
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    inputs = sdk_inputs(
        lambda: object_of(bucket),
    )
    plugin = s3("bucketObjectv2")
    resource_id, state = plugin.settles(inputs, untold=("content",))
    other = inputs | {"content": '{"b": 2}'}
    planned = plugin.update(resource_id, inputs, other, state, preview=True)
    assert (planned["versionId"], planned["etag"]) == (UNKNOWN, state["etag"])
    changed = plugin.update(resource_id, inputs, other, state)
    assert changed["etag"] != state["etag"]
    assert (changed["versionId"] != state["versionId"]) is versioned
    client.put_object(Bucket=bucket, Key="manifest.json", Body=b"foreign", ContentType="application/json")
    assert plain_map(plugin.read(resource_id, other, changed).inputs or {}) == other, "foreign content is no drift"
    plugin.ends(resource_id, other, changed)
    assert "Versions" not in client.list_object_versions(Bucket=bucket)


def object_of(bucket: str) -> pulumi_aws.s3.BucketObjectv2:
    return pulumi_aws.s3.BucketObjectv2(
        "o",
        bucket=bucket,
        key="manifest.json",
        content='{"a": 1}',
        content_type="application/json",
        region=WEST,
    )
