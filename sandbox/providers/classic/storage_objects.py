"""S3 objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.classic.storage import versions_of
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


class BucketObjectv2(Kind):
    """An object with its content in the program; its ID is `bucket/key`.

    Content that others put there is no difference: nothing compares it.
    """

    token = "aws:s3/bucketObjectv2:BucketObjectv2"
    required = ("bucket", "key", "content")
    optional = ("cacheControl", "contentType", "region")
    create_only = ("bucket", "key", "region")
    computed = ("arn", "etag", "versionId")
    volatile = ("versionId",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """PutObject overwrites what is there."""
        resource_id = f"{inputs['bucket']}/{inputs['key']}"
        return resource_id, self.update(resource_id, {}, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """HeadObject; an import does not bring the content."""
        bucket, key = resource_id.split("/", 1)
        with gone_is_not_found(f"object {resource_id}"):
            found = self.clients.client("s3").head_object(Bucket=bucket, Key=key)
        live = {
            "bucket": bucket,
            "key": key,
            "arn": f"arn:aws:s3:::{resource_id}",
            "etag": found["ETag"].strip('"'),
            "versionId": found.get("VersionId", ""),
            "contentType": found["ContentType"],
        }
        return live | ({"cacheControl": found["CacheControl"]} if found.get("CacheControl") else {})

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """PutObject: a new version where the bucket keeps them."""
        names = {"cacheControl": "CacheControl", "contentType": "ContentType"}
        words: dict[str, Any] = {api: new[key] for key, api in names.items() if key in new}
        self.clients.client("s3").put_object(
            Bucket=new["bucket"], Key=new["key"], Body=new["content"].encode(), **words
        )
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Every version of the key where there are versions."""
        bucket, key = resource_id.split("/", 1)
        client = self.clients.client("s3")
        with gone_is_not_found(f"object {resource_id}"):
            if not state.get("versionId"):
                client.delete_object(Bucket=bucket, Key=key)
                return
            for version in versions_of(client, bucket, key):
                if version["Key"] == key:
                    client.delete_object(Bucket=bucket, **version)
