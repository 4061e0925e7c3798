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
START = (
    "import json; from pathlib import Path; from sandbox.cloud import process; "
    "print(json.dumps(dict(process.start(Path('.sandbox/cloud')).urls)))"
)


def in_sandbox(tracked: dict[str, Any]) -> tuple[dict[str, Any], Names]:
    """A stack file's content as the sandbox can deploy it: founded there, with a cluster of its own.

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
    return json.loads(json.dumps({"config": config}).replace(account, SANDBOX_ACCOUNT)), names


def with_existing(copy: ProjectCopy, content: dict[str, Any]) -> dict[str, Any]:
    """The content with the zone and the API that it names by their IDs; both are made in the sandbox first."""
    config, config_of = content["config"], "cognito-dr:{}".format
    api, dns, name = config[config_of("api")], config[config_of("dns")], config[config_of("domains")]["api"]
    if "targets" not in api:
        return content
    urls = json.loads(copy.run(".venv/bin/python", "-c", START).splitlines()[-1])
    hosted = client("route53", "us-east-1", urls).create_hosted_zone(Name=dns["name"], CallerReference="golden")
    zone = hosted["HostedZone"]["Id"].rpartition("/")[2]
    upsert(zone, {"Name": dns["name"], "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.10"}]}, urls)
    targets = {region: api_domain(name, region, zone, urls) for region in api["targets"]}
    existing = {config_of("api"): {"targets": targets}, config_of("dns"): {**dns, "zone": zone}}
    return {"config": {**config, **existing}}


def client(service: str, region: str, urls: dict[str, str]) -> Any:
    """A client of the copy's sandbox."""
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=region, endpoint_url=urls[region], **keys)


def upsert(zone: str, record: dict[str, Any], urls: dict[str, str]) -> None:
    """Write one record of a zone."""
    changes = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]}
    client("route53", "us-east-1", urls).change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes)


def api_domain(name: str, region: str, zone: str, urls: dict[str, str]) -> dict[str, str]:
    """Make a regional domain name with its certificate; what an alias record needs of it."""
    acm = client("acm", region, urls)
    arn = acm.request_certificate(DomainName=name, ValidationMethod="DNS")["CertificateArn"]
    wanted = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"][0]["ResourceRecord"]
    upsert(zone, {**_record(wanted), "TTL": 60}, urls)
    shape = [{"CertificateArn": arn, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}]
    found = client("apigatewayv2", region, urls).create_domain_name(DomainName=name, DomainNameConfigurations=shape)
    about = found["DomainNameConfigurations"][0]
    return {"domainName": about["ApiGatewayDomainName"], "zoneId": about["HostedZoneId"]}


def _record(wanted: dict[str, str]) -> dict[str, Any]:
    return {"Name": wanted["Name"], "Type": wanted["Type"], "ResourceRecords": [{"Value": wanted["Value"]}]}


def made(stack: str, folder: Path) -> dict[str, Any]:
    """Deploy a stack file's settings as stack `local` of a copy; its state, renamed back."""
    copy = ProjectCopy.make_in(folder)
    content, names = in_sandbox(yaml.safe_load((copy.folder / f"Pulumi.{stack}.yaml").read_text()))
    try:
        content = with_existing(copy, content)
        (copy.folder / "Pulumi.local.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
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
