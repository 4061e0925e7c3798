"""Make the states anew: `python -m tests.golden`. Each stack file's settings are deployed to a sandbox of their own."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import boto3
import yaml

from tests.engine.project_copy import ProjectCopy
from tests.golden.store import STACKS, save
from tests.golden.trim import SANDBOX_ACCOUNT, Names, trimmed

SPEED = "SPEED=10"
KEY = "cognito-dr:"


def in_sandbox(tracked: dict[str, Any]) -> tuple[dict[str, Any], Names]:
    """A stack file's content as the sandbox can deploy it: founded there, with zone and cluster of its own.

    Native clients sign in by password, too, because the rollout's sign-in checks do.
    """
    config = {key: value for key, value in tracked["config"].items() if value is not None}
    account, pool = config["cognito-dr:account"], dict(config["cognito-dr:pool"])
    names = Names(stack="", account=account, pool=pool.pop("id"))
    for adopting in ("adopt", "adopted"):
        pool.pop(adopting, None)
    config["cognito-dr:pool"] = pool
    for application in config["cognito-dr:applications"].values():
        application["clients"]["native"]["signIn"] = ["srp", "password"]
    config["cognito-dr:rollout"] = {"phase": "foundation"}
    config["cognito-dr:failover"] = {"cluster": "own"}
    named = config["cognito-dr:dns"]["name"]
    config["cognito-dr:dns"] = {"zone": "created", "name": named, "apexAddresses": ["192.0.2.10"]}
    return json.loads(json.dumps({"config": config}).replace(account, SANDBOX_ACCOUNT)), names


def with_apis(content: dict[str, Any], urls: dict[str, str]) -> dict[str, Any]:
    """The content with an API in each Region where it names existing ones: made in the sandbox, in the stack's zone."""
    config = content["config"]
    api, zone_name, name = config[f"{KEY}api"], config[f"{KEY}dns"]["name"], config[f"{KEY}domains"]["api"]
    if "targets" not in api:
        return content
    zones = client("route53", "us-east-1", urls).list_hosted_zones()["HostedZones"]
    zone = next(one["Id"] for one in zones if one["Name"] == f"{zone_name}.").rpartition("/")[2]
    targets = {region: api_domain(name, region, zone, urls) for region in api["targets"]}
    return {"config": {**config, f"{KEY}api": {"targets": targets}}}


def client(service: str, region: str, urls: dict[str, str]) -> Any:
    """A client of the copy's sandbox."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=region, endpoint_url=urls[region], **keys)


def api_domain(name: str, region: str, zone: str, urls: dict[str, str]) -> dict[str, str]:
    """Make a regional domain name with its certificate; what an alias record needs of it."""
    acm = client("acm", region, urls)
    arn = acm.request_certificate(DomainName=name, ValidationMethod="DNS")["CertificateArn"]
    wanted = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"][0]["ResourceRecord"]
    shape = [{"CertificateArn": arn, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}]
    change("UPSERT", zone, wanted, urls)
    found = client("apigatewayv2", region, urls).create_domain_name(DomainName=name, DomainNameConfigurations=shape)
    change("DELETE", zone, wanted, urls)  # issued; a zone with foreign records could not be taken down
    about = found["DomainNameConfigurations"][0]
    return {"domainName": about["ApiGatewayDomainName"], "zoneId": about["HostedZoneId"]}


def change(action: str, zone: str, wanted: dict[str, str], urls: dict[str, str]) -> None:
    """Write or delete the record that validates a certificate."""
    record = {"Name": wanted["Name"], "Type": wanted["Type"], "ResourceRecords": [{"Value": wanted["Value"]}]}
    changes = {"Changes": [{"Action": action, "ResourceRecordSet": record | {"TTL": 60}}]}
    client("route53", "us-east-1", urls).change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes)


def made(stack: str, folder: Path) -> dict[str, Any]:
    """Deploy a stack file's settings as stack `local` of a copy; its state, renamed back."""
    copy = ProjectCopy.make_in(folder)
    file = copy.folder / "Pulumi.local.yaml"
    content, names = in_sandbox(yaml.safe_load((copy.folder / f"Pulumi.{stack}.yaml").read_text()))
    try:
        file.write_text(yaml.safe_dump(content, sort_keys=False))
        copy.make("up", "PHASE=foundation", SPEED, seconds=900)
        urls = json.loads((copy.folder / ".sandbox" / "cloud" / "endpoints.json").read_text())["endpoints"]
        file.write_text(yaml.safe_dump(with_apis(content, urls), sort_keys=False))
        copy.make("up", SPEED, seconds=900)
        exported = json.loads(copy.pulumi("stack", "export"))
    finally:
        copy.make("down")
    return trimmed(exported, Names(stack=stack, account=names.account, pool=names.pool))


def main() -> None:
    """Make and store the stacks named, else all."""
    for stack in sys.argv[1:] or STACKS:
        with tempfile.TemporaryDirectory() as folder:
            save(stack, made(stack, Path(folder) / "project"))


if __name__ == "__main__":
    main()
