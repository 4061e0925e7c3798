"""Route 53 hosted zones in the emulator: name servers of their own, accelerated recovery, records that are judged.

Interface for those who answer names: `zones`. Sources: Route 53 API reference (CreateHostedZone,
UpdateHostedZoneFeatures, ChangeResourceRecordSets), developer guide accelerated-recovery.html.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ministack.services import route53

from sandbox.cloud import route53_records
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.patching import replace

Response = tuple[int, dict[str, str], bytes]
Record = dict[str, Any]
Stored = dict[str, Any]

OWN = "_sandbox_recovery"


@dataclass(frozen=True, kw_only=True)
class HostedZone:
    """A hosted zone; *records* as the emulator holds them, with the API's names (TTL is a string)."""

    id: str
    name: str
    name_servers: tuple[str, ...]
    records: tuple[Record, ...]


def zones() -> list[HostedZone]:
    """All public hosted zones."""
    with route53._lock:
        return [
            HostedZone(
                id=zone["id"],
                name=zone["name"],
                name_servers=_name_servers(zone),
                records=tuple(dict(record) for record in route53._records.get(zone["id"], ())),
            )
            for zone in list(route53._zones.values())
            if not zone.get("private")
        ]


def install(assumptions: Assumptions) -> None:
    """Replace what the emulator does with zones."""
    recovery = Recovery(assumptions.accelerated_recovery_change)
    replace(route53, "_default_records", "zone_name", lambda _original: _default_records)
    replace(route53, "_build_hosted_zone_el", "parent zone", recovery.showing)
    replace(route53, "_build_zone_location_el", "parent zone", lambda _original: _location)
    replace(route53, "_get_hosted_zone", "zone_id", lambda _original: _get)
    replace(route53, "_delete_hosted_zone", "zone_id", recovery.deleting)
    replace(route53, "_change_resource_record_sets", "zone_id body", _changing)
    replace(route53, "handle_request", "method path headers body query_params", recovery.routing)


class Recovery:
    """Accelerated recovery: a zone's records stay changeable when us-east-1 is gone. *duration* in seconds."""

    def __init__(self, duration: float) -> None:
        self._duration = duration

    def status(self, zone: Stored) -> str:
        """ENABLING, ENABLED, DISABLING or DISABLED."""
        wanted, since = zone.get(OWN, (False, float("-inf")))
        over = time.monotonic() - since >= self._duration
        if wanted:
            return "ENABLED" if over else "ENABLING"
        return "DISABLED" if over else "DISABLING"

    def update(self, zone_id: str, body: bytes) -> Response:
        """UpdateHostedZoneFeatures."""
        root = route53._parse_body(body)
        wanted = "" if root is None else route53._text(root, "EnableAcceleratedRecovery")
        with route53._lock:
            zone = route53._zones.get(zone_id)
            if zone is None:
                return _unknown(zone_id)
            if wanted not in ("true", "false"):
                return route53._error_response("InvalidInput", "EnableAcceleratedRecovery must be true or false.")
            if zone.get("private"):
                return route53._error_response("InvalidInput", "Accelerated recovery is for public hosted zones.")
            if self.status(zone) in ("ENABLING", "DISABLING"):
                text = f"Accelerated recovery of {zone_id} is still {self.status(zone)}."
                return route53._error_response("PriorRequestNotComplete", text)
            if (wanted == "true") != (self.status(zone) == "ENABLED"):
                zone[OWN] = (wanted == "true", time.monotonic())
            shown = dict(zone)
        return route53._xml_response(
            "UpdateHostedZoneFeaturesResponse", lambda root: route53._build_hosted_zone_el(root, shown)
        )

    def showing(self, original: Callable[[Element, Stored], None]) -> Callable[[Element, Stored], None]:
        """HostedZone.Features, once the feature was ever used."""

        def build(parent: Element, zone: Stored) -> None:
            original(parent, zone)
            if OWN in zone:
                features = SubElement(parent[-1], "Features")
                SubElement(features, "AcceleratedRecoveryStatus").text = self.status(zone)

        return build

    def deleting(self, original: Callable[[str], Response]) -> Callable[[str], Response]:
        """DeleteHostedZone: not while accelerated recovery is on."""

        def delete(zone_id: str) -> Response:
            zone = route53._zones.get(zone_id)
            if zone is not None and self.status(zone) != "DISABLED":
                text = f"Accelerated recovery of {zone_id} is {self.status(zone)}: disable it before deleting the zone."
                return route53._error_response("InvalidInput", text)
            return original(zone_id)

        return delete

    def routing(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """The path of UpdateHostedZoneFeatures."""

        async def handle_request(method: str, path: str, headers: Any, body: bytes, query_params: Any) -> Response:
            parts = path.strip("/").split("/")
            if method == "POST" and len(parts) == 4 and (parts[1], parts[3]) == ("hostedzone", "features"):
                return self.update(parts[2], body)
            return await original(method, path, headers, body, query_params)

        return handle_request


def _default_records(zone_name: str) -> list[Record]:
    """SOA and NS with a set of four name servers that is this zone's alone."""
    numbers: set[int] = set()
    while len(numbers) < 4:
        numbers.add(secrets.randbelow(2047) + 1)
    servers = [f"ns-{number}.sandbox-dns.example." for number in sorted(numbers)]
    soa = f"{servers[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
    return [
        {"Name": zone_name, "Type": "SOA", "TTL": "900", "ResourceRecords": [soa]},
        {"Name": zone_name, "Type": "NS", "TTL": "172800", "ResourceRecords": servers},
    ]


def _name_servers(zone: Stored) -> tuple[str, ...]:
    """The delegation set: remembered, because the zone's NS record can be edited."""
    if "_name_servers" not in zone:
        records = route53._records.get(zone["id"], ())
        own = next(one for one in records if one["Type"] == "NS" and one["Name"] == zone["name"])
        zone["_name_servers"] = tuple(name.rstrip(".") for name in own["ResourceRecords"])
    return zone["_name_servers"]


def _location(parent: Element, zone: Stored) -> None:
    if zone.get("private") and zone.get("vpcs"):
        route53._build_vpc_el(parent, zone["vpcs"][0])
        return
    listed = SubElement(SubElement(parent, "DelegationSet"), "NameServers")
    for name in _name_servers(zone):
        SubElement(listed, "NameServer").text = name


def _get(zone_id: str) -> Response:
    zone = route53._zones.get(zone_id)
    if zone is None:
        return _unknown(zone_id)

    def build(root: Element) -> None:
        route53._build_hosted_zone_el(root, zone)
        if not zone.get("private"):
            _location(root, zone)
            return
        vpcs = SubElement(root, "VPCs")
        for vpc in zone.get("vpcs", []):
            route53._build_vpc_el(vpcs, vpc)

    return route53._xml_response("GetHostedZoneResponse", build)


def _changing(original: Callable[[str, bytes], Response]) -> Callable[[str, bytes], Response]:
    """ChangeResourceRecordSets: judged first, because the emulator takes any record."""

    def change(zone_id: str, body: bytes) -> Response:
        root, zone = route53._parse_body(body), route53._zones.get(zone_id)
        if root is not None and zone is not None and (refusal := route53_records.refusal(zone, root)):
            code, text = refusal
            return route53._error_response(code, text, 404 if code == "NoSuchHealthCheck" else 400)
        return original(zone_id, body)

    return change


def _unknown(zone_id: str) -> Response:
    return route53._error_response("NoSuchHostedZone", f"No hosted zone found with ID: {zone_id}", 404)
