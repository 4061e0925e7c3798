"""S3 buckets and their settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.errors import ProviderError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


def versions_of(client: Any, bucket: str, prefix: str = "") -> Iterator[dict[str, str]]:
    """Key and version ID of every version and deletion marker."""
    for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix):
        for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            yield {"Key": one["Key"], "VersionId": one["VersionId"]}


class Bucket(Kind):
    """A bucket without inline settings; its ID is its name."""

    token = "aws:s3/bucket:Bucket"
    required = ("bucket",)
    optional = ("forceDestroy", "region")
    create_only = ("bucket", "region")
    computed = ("arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName")

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """S3's names are lower case, 3 to 63 characters."""
        yield from super().failures(inputs)
        name = inputs.get("bucket")
        if isinstance(name, str) and (name != name.lower() or not 3 <= len(name) <= 63):
            yield "bucket", f"AWS refuses this at create: {name!r} is not lower case with 3 to 63 characters"

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """In us-east-1 CreateBucket would take over an own bucket in silence: a look comes first."""
        client, name = self.clients.client("s3"), inputs["bucket"]
        if any(one["Name"] == name for one in client.list_buckets()["Buckets"]):
            raise ProviderError(f"bucket {name} exists already: import it, or choose another name")
        place = {"LocationConstraint": self.region}
        client.create_bucket(
            Bucket=name, **({} if self.region == "us-east-1" else {"CreateBucketConfiguration": place})
        )
        return name, self.read(name, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """`forceDestroy` stands in the state alone."""
        with gone_is_not_found(f"bucket {resource_id}"):
            self.clients.client("s3").head_bucket(Bucket=resource_id)
        return {
            "bucket": resource_id,
            "arn": f"arn:aws:s3:::{resource_id}",
            "bucketDomainName": f"{resource_id}.s3.amazonaws.com",
            "bucketRegion": self.region,
            "bucketRegionalDomainName": f"{resource_id}.s3.{self.region}.amazonaws.com",
            "forceDestroy": bool(state.get("forceDestroy")),
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Nothing of it is in the cloud."""
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """S3 refuses a bucket with objects; `forceDestroy` takes away all versions first."""
        client = self.clients.client("s3")
        with gone_is_not_found(f"bucket {resource_id}"):
            for version in versions_of(client, resource_id) if state.get("forceDestroy") else ():
                client.delete_object(Bucket=resource_id, **version)
            client.delete_bucket(Bucket=resource_id)


class BucketVersioning(Shaped):
    """Whether a bucket keeps old versions; its ID is the bucket's name."""

    token = "aws:s3/bucketVersioning:BucketVersioning"
    required = ("bucket", "versioningConfiguration")
    optional = ("region",)
    create_only = ("bucket", "region")
    service, call = "s3", ("PutBucketVersioning",)

    def words(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """`Disabled` is the real provider's word for a bucket that never had versions."""
        words = super().words(inputs)
        if words.get("VersioningConfiguration", {}).get("Status") == "Disabled":
            del words["VersioningConfiguration"]
        return words

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """No call for `Disabled`."""
        return inputs["bucket"], self.update(inputs["bucket"], {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """A bucket that never had versions says nothing."""
        with gone_is_not_found(f"bucket {resource_id}"):
            status = self.clients.client("s3").get_bucket_versioning(Bucket=resource_id).get("Status", "Disabled")
        return {"bucket": resource_id, "versioningConfiguration": {"status": status}}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Enabled or Suspended; there is no way back to Disabled."""
        words = self.words(new)
        if "VersioningConfiguration" in words:
            self.clients.client("s3").put_bucket_versioning(**words)
        elif old:
            raise ProviderError(f"bucket {resource_id}: versions can be suspended, never disabled again")
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Suspended, never off."""
        if state["versioningConfiguration"]["status"] == "Disabled":
            return
        suspended = {"Status": "Suspended"}
        with gone_is_not_found(f"bucket {resource_id}"):
            self.clients.client("s3").put_bucket_versioning(Bucket=resource_id, VersioningConfiguration=suspended)


class BucketPublicAccessBlock(Kind):
    """What keeps a bucket from the public; its ID is the bucket's name. Each switch is off unless said."""

    token = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
    required = ("bucket",)
    optional = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "region", "restrictPublicBuckets")
    create_only = ("bucket", "region")
    switches: ClassVar = {key: key[0].upper() + key[1:] for key in optional if key != "region"}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """PutPublicAccessBlock."""
        return inputs["bucket"], self.update(inputs["bucket"], {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """GetPublicAccessBlock."""
        with gone_is_not_found(f"public access block of {resource_id}"):
            found = self.clients.client("s3").get_public_access_block(Bucket=resource_id)
        live = found["PublicAccessBlockConfiguration"]
        return {"bucket": resource_id} | {key: live.get(api, False) for key, api in self.switches.items()}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """All four switches."""
        switches = {api: new.get(key, False) for key, api in self.switches.items()}
        client = self.clients.client("s3")
        client.put_public_access_block(Bucket=resource_id, PublicAccessBlockConfiguration=switches)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """DeletePublicAccessBlock."""
        with gone_is_not_found(f"public access block of {resource_id}"):
            self.clients.client("s3").delete_public_access_block(Bucket=resource_id)
