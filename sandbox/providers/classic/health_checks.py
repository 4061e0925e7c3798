"""Route 53's health checks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sandbox.providers.classic.route53 import HOME
from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.kind import Properties
from sandbox.providers.not_found import gone_is_not_found

CALCULATED = ("childHealthThreshold", "childHealthchecks")
ENDPOINT = (
    *("enableSni", "failureThreshold", "fqdn", "ipAddress", "measureLatency", "port", "regions"),
    *("requestInterval", "resourcePath", "searchString"),
)


class HealthCheck(Shaped):
    """A health check of an endpoint, of other checks or of a routing control; its ID is a UUID."""

    token = "aws:route53/healthCheck:HealthCheck"
    required = ("type",)
    optional = (*CALCULATED, *ENDPOINT, "disabled", "invertHealthcheck", "referenceName", "routingControlArn", "tags")
    create_only = ("type", "requestInterval", "measureLatency", "routingControlArn", "referenceName")
    computed = ("arn",)
    unordered = ("childHealthchecks", "regions")
    names: ClassVar = {
        "childHealthThreshold": "HealthThreshold",
        "fqdn": "FullyQualifiedDomainName",
        "invertHealthcheck": "Inverted",
    }
    defaults: ClassVar = {"enableSni": True, "failureThreshold": 3}
    apart = ("referenceName", "tags")
    service, call = "route53", ("CreateHealthCheck", "HealthCheckConfig")

    @property
    def route53(self) -> Any:
        """The client."""
        return self.clients.client("route53", HOME)

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Beside the model's refusals: what each type needs and does not take."""
        yield from super().failures(inputs)
        kind = str(inputs.get("type"))
        needed = {"CALCULATED": CALCULATED, "RECOVERY_CONTROL": ("routingControlArn",)}.get(kind, ())
        needed += ("searchString",) if kind.endswith("STR_MATCH") else ()
        for key in needed:
            if key not in inputs:
                yield key, f"AWS refuses this at create: a health check of type {kind} needs it"
        if kind in ("CALCULATED", "RECOVERY_CONTROL"):
            for key in inputs.keys() & set(ENDPOINT):
                yield key, f"AWS refuses this at create: a health check of type {kind} has no endpoint"
        elif kind.startswith("HTTP") and not inputs.keys() & {"fqdn", "ipAddress"}:
            yield "fqdn", f"AWS refuses this at create: a health check of type {kind} needs `fqdn` or `ipAddress`"

    def words(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Server name indication is on for HTTPS unless the program says otherwise."""
        words = super().words(inputs)
        return {"EnableSNI": True} | words if str(inputs.get("type")).startswith("HTTPS") else words

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateHealthCheck, with a reference of its own: an old one would bring the old check back."""
        reference = f"{inputs.get('referenceName', 'pulumi')}-{uuid.uuid4().hex}"[:64]
        made = self.route53.create_health_check(CallerReference=reference, HealthCheckConfig=self.words(inputs))
        resource_id = made["HealthCheck"]["Id"]
        self._tag(resource_id, {}, inputs)
        return resource_id, self.read(resource_id, inputs)

    def _tag(self, resource_id: str, old: Properties, new: Properties) -> None:
        """ChangeTagsForResource: a check's name is its tag `Name`."""
        before, after = old.get("tags") or {}, new.get("tags") or {}
        words: dict[str, Any] = {"AddTags": [{"Key": k, "Value": v} for k, v in after.items() if before.get(k) != v]}
        words["RemoveTagKeys"] = [key for key in before if key not in after]
        if given := {key: value for key, value in words.items() if value}:
            self.route53.change_tags_for_resource(ResourceType="healthcheck", ResourceId=resource_id, **given)

    def _tags(self, resource_id: str) -> dict[str, str]:
        found = self.route53.list_tags_for_resource(ResourceType="healthcheck", ResourceId=resource_id)
        return {tag["Key"]: tag["Value"] for tag in found["ResourceTagSet"]["Tags"]}

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """With everything that AWS fills in."""
        with gone_is_not_found(f"health check {resource_id}"):
            found = self.route53.get_health_check(HealthCheckId=resource_id)["HealthCheck"]
        kept = {key: state[key] for key in ("referenceName",) if key in state} | {"tags": self._tags(resource_id)}
        return self.live(found["HealthCheckConfig"]) | kept | {"arn": f"arn:aws:route53:::healthcheck/{resource_id}"}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateHealthCheck with the changed inputs only."""
        if changed := super().words(self.changes(old, new)):
            self.route53.update_health_check(HealthCheckId=resource_id, **changed)
        self._tag(resource_id, old, new)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """HealthCheckInUse is not tried again: what uses the check has to go first."""
        with gone_is_not_found(f"health check {resource_id}"):
            self.route53.delete_health_check(HealthCheckId=resource_id)
