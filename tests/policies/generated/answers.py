"""What AWS would compute for the program's resources, with names of the right form where a rule reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pulumi

from tests.components.mocks import Recorder, unwrapped
from tests.policies.generated.good_settings import ACCOUNT, PLACES

PANEL: Final = f"arn:aws:route53-recovery-control::{ACCOUNT}:controlpanel/p"


class Deployed(pulumi.runtime.Mocks):
    """The answers of `tests.components`, made exact: Regions in ARNs and hosts, IDs of health checks."""

    def __init__(self, pool_id: str) -> None:
        self.recorder = Recorder(pool_id)
        self.pool_id = pool_id
        self.regions: dict[str, str] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """The recorder's answer with what this resource really looks like."""
        id, state = self.recorder.new_resource(args)
        inputs = unwrapped(args.inputs)
        if args.typ.startswith("pulumi:providers:"):
            self.regions[args.name] = inputs["region"]
        provider = (args.provider or "").split("::")
        region = inputs.get("region") or next((self.regions[p] for p in provider if p in self.regions), "")
        return id, state | exact(args.typ, args.name, region, inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        """The program asks nothing of AWS."""
        return {}, None


def exact(kind: str, name: str, region: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The computed values of a type that a reader of the state would recognise."""
    match kind.split(":")[-1]:
        case "Certificate":
            return {"arn": f"arn:aws:acm:{region}:{ACCOUNT}:certificate/{name}"}
        case "CertificateValidation":
            return {"certificateArn": inputs["certificateArn"]}
        case "Api":
            return {"apiEndpoint": f"https://{name.lower()}.execute-api.{region}.amazonaws.com"}
        case "Key" | "ReplicaKey":
            return {"arn": f"arn:aws:kms:{region}:{ACCOUNT}:key/mrk-{name}", "keyId": f"mrk-{name}"}
        case "Cluster":
            endpoints = [{"region": place, "endpoint": f"https://c.{place}.example.com/v1"} for place in PLACES]
            return {"clusterEndpoints": endpoints}
        case "RoutingControl":
            return {"arn": f"{PANEL}/routingcontrol/{name}"}
        case "HealthCheck":
            return {"arn": f"arn:aws:route53:::healthcheck/id-of-{name}"}
        case "Role":
            return {"arn": f"arn:aws:iam::{ACCOUNT}:role/{name}"}
    return {}
