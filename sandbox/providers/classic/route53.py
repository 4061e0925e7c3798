"""Route 53's hosted zones; a global service, answered in us-east-1."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sandbox.providers.errors import NotFoundError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found
from sandbox.providers.waiting import wait

HOME = "us-east-1"


def settled(route53: Any, change: Mapping[str, Any]) -> None:
    """Wait until a change has reached every name server."""
    wait(f"change {change['Id']}", lambda: route53.get_change(Id=change["Id"])["ChangeInfo"]["Status"] == "INSYNC")


class Zone(Kind):
    """A public hosted zone; its ID has no `/hostedzone/`."""

    token = "aws:route53/zone:Zone"
    required = ("name",)
    optional = ("comment", "enableAcceleratedRecovery", "forceDestroy")
    create_only = ("name",)
    computed = ("arn", "nameServers", "primaryNameServer", "zoneId")

    @property
    def route53(self) -> Any:
        """The client."""
        return self.clients.client("route53", HOME)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateHostedZone, until it is INSYNC; then accelerated recovery."""
        made = self.route53.create_hosted_zone(
            Name=inputs["name"],
            CallerReference=uuid.uuid4().hex,
            HostedZoneConfig={"Comment": inputs.get("comment", "Managed by Pulumi")},
        )
        resource_id = made["HostedZone"]["Id"].removeprefix("/hostedzone/")
        settled(self.route53, made["ChangeInfo"])
        self._accelerate(resource_id, {}, inputs)
        return resource_id, self.read(resource_id, inputs)

    def _accelerate(self, resource_id: str, old: Properties, new: Properties) -> None:
        wanted = bool(new.get("enableAcceleratedRecovery"))
        if wanted == bool(old.get("enableAcceleratedRecovery")):
            return
        self.route53.update_hosted_zone_features(HostedZoneId=resource_id, EnableAcceleratedRecovery=wanted)
        target = "ENABLED" if wanted else "DISABLED"
        wait(f"accelerated recovery of {resource_id}", lambda: self._recovery(resource_id) == target)

    def _recovery(self, resource_id: str) -> str:
        zone = self.route53.get_hosted_zone(Id=resource_id)["HostedZone"]
        return zone.get("Features", {}).get("AcceleratedRecoveryStatus", "DISABLED")

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Name servers come sorted and without a dot; the primary one is the first that AWS names."""
        with gone_is_not_found(f"hosted zone {resource_id}"):
            found = self.route53.get_hosted_zone(Id=resource_id)
        zone, servers = found["HostedZone"], [n.rstrip(".") for n in found["DelegationSet"]["NameServers"]]
        features = zone.get("Features", {})
        return {
            "arn": f"arn:aws:route53:::hostedzone/{resource_id}",
            "zoneId": resource_id,
            "name": zone["Name"].rstrip("."),
            "comment": zone["Config"].get("Comment", ""),
            "nameServers": sorted(servers),
            "primaryNameServer": servers[0],
            "forceDestroy": bool(state.get("forceDestroy")),
            "enableAcceleratedRecovery": features.get("AcceleratedRecoveryStatus", "DISABLED").startswith("ENABL"),
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """Comment and accelerated recovery; `forceDestroy` stands in the state alone."""
        if old.get("comment") != new.get("comment"):
            comment = new.get("comment", "Managed by Pulumi")
            self.route53.update_hosted_zone_comment(Id=resource_id, Comment=comment)
        self._accelerate(resource_id, old, new)
        return self.read(resource_id, new)

    def like(self, key: str, wanted: Any, live: Any) -> Any:
        """A name's final dot and its case mean nothing."""
        return wanted if key == "name" and wanted.lower().rstrip(".") == live else super().like(key, wanted, live)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Route 53 refuses a zone with records; `forceDestroy` takes them away first."""
        with gone_is_not_found(f"hosted zone {resource_id}"):
            if state.get("forceDestroy"):
                self._empty(resource_id)
            if self._recovery(resource_id) != "DISABLED":
                self._accelerate(resource_id, {"enableAcceleratedRecovery": True}, {})
            self.route53.delete_hosted_zone(Id=resource_id)

    def _empty(self, resource_id: str) -> None:
        apex = self.route53.get_hosted_zone(Id=resource_id)["HostedZone"]["Name"]
        pages = self.route53.get_paginator("list_resource_record_sets").paginate(HostedZoneId=resource_id)
        own = [
            record
            for page in pages
            for record in page["ResourceRecordSets"]
            if record["Name"] != apex or record["Type"] not in ("NS", "SOA")
        ]
        own.sort(key=lambda record: "AliasTarget" not in record)  # an alias goes before the record it names
        for record in own:
            change = {"Action": "DELETE", "ResourceRecordSet": record}
            self.route53.change_resource_record_sets(HostedZoneId=resource_id, ChangeBatch={"Changes": [change]})


def zone_name(route53: Any, zone_id: str) -> str:
    """The zone's name without a final dot; raises NotFoundError."""
    with gone_is_not_found(f"hosted zone {zone_id}"):
        return str(route53.get_hosted_zone(Id=zone_id)["HostedZone"]["Name"]).rstrip(".")


def find(route53: Any, zone_id: str, name: str, kind: str, set_id: str | None) -> Mapping[str, Any]:
    """One record set by its full name; raises NotFoundError."""
    words = {"HostedZoneId": zone_id, "StartRecordName": name, "StartRecordType": kind}
    words |= {"StartRecordIdentifier": set_id} if set_id else {}
    with gone_is_not_found(f"hosted zone {zone_id}"):
        found = route53.list_resource_record_sets(MaxItems="1", **words)["ResourceRecordSets"]
    for record in found:
        plain = record["Name"].replace("\\052", "*").rstrip(".")
        if (plain, record["Type"], record.get("SetIdentifier")) == (name, kind, set_id):
            return record
    raise NotFoundError(f"record {name} {kind} {set_id or ''} does not exist in zone {zone_id}")
