"""Route 53's records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.classic import route53
from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.errors import ProviderError
from sandbox.providers.kind import Properties

ID = re.compile(r"(?P<zoneId>[^_]+)_(?P<name>.*)_(?P<type>[A-Z]+)(?:_(?P<setIdentifier>.+))?")
ALIAS = {"name": "DNSName", "zoneId": "HostedZoneId", "evaluateTargetHealth": "EvaluateTargetHealth"}


class Record(Shaped):
    """One record set; its ID is `ZONE_name_TYPE[_setId]`."""

    token = "aws:route53/record:Record"
    required = ("name", "type", "zoneId")
    optional = (
        *("aliases", "allowOverwrite", "healthCheckId", "records", "setIdentifier", "ttl"),
        "weightedRoutingPolicies",
    )
    create_only = ("name", "zoneId")
    computed = ("fqdn",)
    unordered = ("records",)
    apart = ("zoneId", "allowOverwrite", "aliases", "records", "weightedRoutingPolicies")
    names: ClassVar = {}
    service = "route53"
    call = ("ChangeResourceRecordSets", "ChangeBatch", "Changes", "[]", "ResourceRecordSet")

    @property
    def route53(self) -> Any:
        """The client."""
        return self.clients.client("route53", route53.HOME)

    def words(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The record set; lists that are not known yet are left out."""
        known = {key: value for key, value in inputs.items() if isinstance(value, list) and UNKNOWN not in value}
        words = super().words(inputs)
        if "records" in known:
            words["ResourceRecords"] = [{"Value": _quoted(inputs, value)} for value in known["records"]]
        for alias in known.get("aliases", ()):
            words["AliasTarget"] = {api: alias[key] for key, api in ALIAS.items() if key in alias}
        for policy in known.get("weightedRoutingPolicies", ()):
            words["Weight"] = policy["weight"]
        return words

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Beside the model's refusals: what goes together, as the real provider says it at the preview."""
        yield from super().failures(inputs)
        if ("records" in inputs) == ("aliases" in inputs):
            yield "records", "exactly one of `records` and `aliases` is needed"
        if ("records" in inputs) != ("ttl" in inputs):
            yield "ttl", "`ttl` goes with `records`: an alias has its target's"
        if ("weightedRoutingPolicies" in inputs) != ("setIdentifier" in inputs):
            yield "setIdentifier", "`setIdentifier` goes with a routing policy, here `weightedRoutingPolicies`"

    def _full(self, name: str, zone_id: str) -> str:
        zone, plain = route53.zone_name(self.route53, zone_id), name.lower().rstrip(".")
        if plain == zone or plain.endswith(f".{zone}"):
            return plain
        return f"{plain}.{zone}" if plain else zone

    def _change(self, zone_id: str, *changes: tuple[str, dict[str, Any]]) -> None:
        listed = [{"Action": action, "ResourceRecordSet": record} for action, record in changes]
        batch = {"Changes": listed, "Comment": "Managed by Pulumi"}
        made = self.route53.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch=batch)
        route53.settled(self.route53, made["ChangeInfo"])

    def _set(self, inputs: Properties) -> dict[str, Any]:
        return self.words(inputs) | {"Name": self._full(inputs["name"], inputs["zoneId"])}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CREATE fails where a record is already, such as the zone's own NS; `allowOverwrite` takes it over."""
        self._change(inputs["zoneId"], ("UPSERT" if inputs.get("allowOverwrite") else "CREATE", self._set(inputs)))
        parts = [inputs["zoneId"], inputs["name"].lower().rstrip("."), inputs["type"], inputs.get("setIdentifier")]
        resource_id = "_".join(part for part in parts if part is not None)
        return resource_id, self.read(resource_id, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """The name as the program writes it, with or without the zone's."""
        own = dict(state) if state else _parts(resource_id)
        full = self._full(own["name"], own["zoneId"])
        found = route53.find(self.route53, own["zoneId"], full, own["type"], own.get("setIdentifier"))
        live: Properties = {key: own[key] for key in ("name", "zoneId", "type")} | {"fqdn": full}
        live |= {key: own[key] for key in ("allowOverwrite",) if key in own}
        for key, api in {"ttl": "TTL", "setIdentifier": "SetIdentifier", "healthCheckId": "HealthCheckId"}.items():
            live |= {key: found[api]} if api in found else {}
        if "Weight" in found:
            live["weightedRoutingPolicies"] = [{"weight": found["Weight"]}]
        if target := found.get("AliasTarget"):
            alias = {key: target[api] for key, api in ALIAS.items()}
            live["aliases"] = [alias | {"name": alias["name"].lower().rstrip(".")}]
        else:
            live["records"] = [_unquoted(found["Type"], r["Value"]) for r in found["ResourceRecords"]]
        return live

    def like(self, key: str, wanted: Any, live: Any) -> Any:
        """A target's case and final dot mean nothing."""
        if key == "aliases" and len(wanted) == len(live) == 1:
            plain = {**wanted[0], "name": wanted[0]["name"].lower().rstrip(".")}
            return wanted if plain == live[0] else live
        return super().like(key, wanted, live)

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UPSERT; another type or set identifier is another record: both changes in one batch."""
        if any(old.get(key) != new.get(key) for key in ("type", "setIdentifier")):
            self._change(new["zoneId"], ("DELETE", self._set(old)), ("CREATE", self._set(new)))
        else:
            self._change(new["zoneId"], ("UPSERT", self._set(new)))
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """The live record set goes, whatever stands in it."""
        full = self._full(state["name"], state["zoneId"])
        found = route53.find(self.route53, state["zoneId"], full, state["type"], state.get("setIdentifier"))
        self._change(state["zoneId"], ("DELETE", dict(found)))


def _parts(resource_id: str) -> Properties:
    found = ID.fullmatch(resource_id)
    if found is None:
        raise ProviderError(f"{resource_id}: a record is imported as ZONE_name_TYPE or ZONE_name_TYPE_setId")
    return {key: value for key, value in found.groupdict().items() if value is not None}


def _quoted(inputs: Mapping[str, Any], value: str) -> str:
    return f'"{value}"' if inputs["type"] == "TXT" and not value.startswith('"') else value


def _unquoted(kind: str, value: str) -> str:
    return value[1:-1] if kind == "TXT" and value.startswith('"') else value
