"""What Route 53 refuses in a change of records: shapes, groups, health checks and alias targets that are not there.

Source: API reference, ResourceRecordSet and AliasTarget; developer guide, "ResourceRecordSet types and
alias targets".
"""

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from ministack.core.responses import get_account_id
from ministack.services import apigateway_v1, cognito, route53

from sandbox.cloud import route53_checks

Record = dict[str, Any]
Stored = dict[str, Any]
Refusal = tuple[str, str]

CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The zone ID of every CloudFront distribution, the one of a Cognito custom domain included."""

API_ZONES = {"us-east-1": "Z1UJRXOUMOOFQ8", "us-west-2": "Z2OJLYMUO9EFXC"}
"""The zone IDs of regional API Gateway domains (AWS general reference, API Gateway endpoints)."""


def refusal(zone: Stored, root: Element) -> Refusal | None:
    """Error code and text for a ChangeResourceRecordSets that Route 53 refuses; None when it does not."""
    batch = route53._find(root, "ChangeBatch")
    listed = None if batch is None else route53._find(batch, "Changes")
    held = list(route53._records.get(zone["id"], ()))
    for change in [] if listed is None else route53._findall(listed, "Change"):
        element = route53._find(change, "ResourceRecordSet")
        if element is None:
            continue
        record = route53._parse_record_set(element)
        others = [one for one in held if route53._rs_key(one) != route53._rs_key(record)]
        if route53._text(change, "Action") == "DELETE":
            held = others
            continue
        if found := _problem(zone, record, others):
            return found
        held = [*others, record]
    return None


def _problem(zone: Stored, record: Record, others: list[Record]) -> Refusal | None:
    where = f"resource record set [name='{record['Name']}', type='{record['Type']}']"
    if not f".{record['Name']}".endswith(f".{zone['name']}"):
        return _batch(f"RRSet with DNS name {record['Name']} is not permitted in zone {zone['name']}")
    if why := _shape(zone, record) or _group(record, others):
        return _batch(f"{where}: {why}")
    check = record.get("HealthCheckId")
    if check and not route53_checks.exists(check):
        return "NoSuchHealthCheck", f"No health check exists with the specified ID {check}."
    if alias := record.get("AliasTarget"):
        same_zone = [*others, record]
        if why := _alias(zone, record, alias, same_zone):
            return _batch(f"Tried to create an alias that targets {alias['DNSName']}: {why}")
    return None


def _shape(zone: Stored, record: Record) -> str | None:
    alias, values = record.get("AliasTarget"), record.get("ResourceRecords")
    if bool(alias) == bool(values):
        return "exactly one of AliasTarget and ResourceRecords is needed"
    if alias and "TTL" in record:
        return "an alias record has no TTL"
    if values and not 0 <= int(record.get("TTL") or -1) <= 2147483647:
        return "TTL is required, 0 to 2147483647 seconds"
    if "Weight" in record and not 0 <= record["Weight"] <= 255:
        return f"Weight {record['Weight']} must be between 0 and 255"
    policies = [name for name in ("Weight", "Region", "Failover", "GeoLocation", "MultiValueAnswer") if name in record]
    if bool(policies) != bool(record.get("SetIdentifier")) or len(policies) > 1:
        return "SetIdentifier goes with exactly one routing policy"
    if record["Type"] == "CNAME" and record["Name"] == zone["name"]:
        return "a CNAME is not permitted at the apex of a zone"
    return None


def _group(record: Record, others: Iterable[Record]) -> str | None:
    """Records of one name: a CNAME stands alone, and one name and type has one routing policy."""
    for other in others:
        if other["Name"] != record["Name"]:
            continue
        if other["Type"] != record["Type"]:
            if "CNAME" in (other["Type"], record["Type"]):
                return f"a record of type {other['Type']} with that name exists, and a CNAME stands alone"
        elif not other.get("SetIdentifier") or not record.get("SetIdentifier"):
            return "a record with the same name and type exists; only records with a SetIdentifier can be several"
        elif ("Weight" in other) != ("Weight" in record) or ("Failover" in other) != ("Failover" in record):
            return "records of one name and type have one routing policy"
    return None


def _alias(zone: Stored, record: Record, alias: Record, same_zone: list[Record]) -> str | None:
    target, target_zone = alias["DNSName"].lower(), alias["HostedZoneId"]
    if target_zone == zone["id"]:
        matches = [one for one in same_zone if one["Name"] == target and one["Type"] == record["Type"]]
        return None if matches and target != record["Name"] else "that target was not found in the zone"
    if target_zone == CLOUDFRONT_ZONE:
        return None if target.rstrip(".") in _distributions() else "there is no such CloudFront distribution"
    for region, api_zone in API_ZONES.items():
        if target.endswith(f".execute-api.{region}.amazonaws.com."):
            if target_zone != api_zone:
                return f"the hosted zone of API Gateway in {region} is {api_zone}, not {target_zone}"
            return None if target.rstrip(".") in _api_domains(region) else "there is no such API Gateway domain"
    return f"the alias target name does not lie within the hosted zone {target_zone}"


def _distributions() -> set[str]:
    """The CloudFront names of all Cognito custom domains."""
    names = [pool.get("CustomDomain") for _key, pool in cognito._user_pools.all_items()]
    return {cognito._cloudfront_domain(name) for name in names if name}


def _api_domains(region: str) -> set[str]:
    """The regional names of all API Gateway custom domains in a Region."""
    return {
        str(domain.get("regionalDomainName"))
        for (account, place, _name), domain in apigateway_v1._domain_names.all_items()
        if (account, place) == (get_account_id(), region)
    }


def _batch(text: str) -> Refusal:
    return "InvalidChangeBatch", text
