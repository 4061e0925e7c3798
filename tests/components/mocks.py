"""Registers the program's resources with the SDK's mocks and keeps what they said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi.runtime import settings as runtime_settings

from components.identity_platform import IdentityPlatform
from settings import Settings, load
from tests.siblings import mirrored

COMPUTED = {
    "aws:kms/key:Key": ("arn", "keyId"),
    "aws:kms/replicaKey:ReplicaKey": ("arn", "keyId"),
    "aws:kms/alias:Alias": ("arn",),
    "aws:iam/role:Role": ("arn",),
    "aws:iam/rolePolicy:RolePolicy": (),
    "aws:cloudwatch/logGroup:LogGroup": ("arn",),
    "aws:lambda/function:Function": ("arn", "version"),
    "aws:lambda/invocation:Invocation": ("result",),
    "aws:lambda/alias:Alias": ("arn", "invokeArn"),
    "aws:lambda/permission:Permission": (),
    "aws:dynamodb/table:Table": ("arn",),
    "aws:dynamodb/tableItem:TableItem": (),
    "aws:secretsmanager/secret:Secret": ("arn",),
    "aws:secretsmanager/secretVersion:SecretVersion": (),
    "aws:scheduler/schedule:Schedule": ("arn",),
    "aws:apigatewayv2/api:Api": ("apiEndpoint", "executionArn"),
    "aws:apigatewayv2/integration:Integration": (),
    "aws:apigatewayv2/route:Route": (),
    "aws:apigatewayv2/stage:Stage": (),
    "aws:apigatewayv2/authorizer:Authorizer": (),
    "aws:apigatewayv2/domainName:DomainName": (),
    "aws:apigatewayv2/apiMapping:ApiMapping": (),
    "aws:acm/certificate:Certificate": ("arn",),
    "aws:acm/certificateValidation:CertificateValidation": (),
    "aws:route53/zone:Zone": ("zoneId",),
    "aws:route53/record:Record": ("fqdn",),
    "aws:route53/healthCheck:HealthCheck": ("arn",),
    "aws:route53recoverycontrol/cluster:Cluster": ("arn",),
    "aws:route53recoverycontrol/controlPanel:ControlPanel": ("arn",),
    "aws:route53recoverycontrol/routingControl:RoutingControl": ("arn",),
    "aws:route53recoverycontrol/safetyRule:SafetyRule": ("arn",),
    "aws:cloudwatch/metricAlarm:MetricAlarm": ("arn",),
    "aws:sns/topic:Topic": ("arn",),
    "aws:s3/bucket:Bucket": ("arn",),
    "aws:s3/bucketVersioning:BucketVersioning": (),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (),
    "aws:s3/bucketObjectv2:BucketObjectv2": ("arn",),
    "aws-native:cognito:UserPoolDomain": ("cloudFrontDistribution",),
    "aws-native:cognito:UserPool": ("arn",),
    "aws-native:cognito:UserPoolClient": ("clientId", "clientSecret"),
    "aws-native:cognito:UserPoolGroup": (),
    "aws-native:cognito:UserPoolIdentityProvider": (),
    "aws-native:cognito:UserPoolResourceServer": (),
    "aws-native:cognito:UserPoolReplica": (),
    "aws-native:cognito:UserPoolRegionalConfigurationAttachment": (),
    "pulumi:providers:aws": (),
    "pulumi:providers:aws-native": (),
}
"""Every type that the program may use, with the computed outputs it reads."""
SECRET = "never-to-be-seen"
WHOLE: dict[str, dict[str, Any]] = {
    "aws:apigatewayv2/api:Api": {"apiEndpoint": "https://api0000000.execute-api.example.com"},
    "aws:route53/zone:Zone": {"nameServers": ["ns-1.example.net", "ns-2.example.net"]},
    "aws:route53recoverycontrol/cluster:Cluster": {
        "clusterEndpoints": [{"region": f"r{n}", "endpoint": f"https://e{n}/v1"} for n in range(5)]
    },
}
"""Computed outputs that are no plain texts."""


def unwrapped(value: Any) -> Any:
    """Inputs without the wrapper that marks a secret."""
    if isinstance(value, Mapping):
        if "4dabf18193072939515e22adb298388d" in value:
            return unwrapped(value["value"])
        return {key: unwrapped(item) for key, item in value.items()}
    return [unwrapped(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Registered:
    """One resource as the program asked for it."""

    type: str
    name: str
    inputs: Mapping[str, Any]
    provider: str | None


@dataclass
class Recorder(pulumi.runtime.Mocks):
    """Answers as AWS would and records what was asked; a type that it does not know is an error."""

    pool_id: str
    resources: list[Registered] = field(default_factory=list)

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.resources.append(Registered(args.typ, args.name, unwrapped(args.inputs), args.provider))
        if not args.custom:
            return None, dict(args.inputs)
        computed: dict[str, Any] = {key: f"{key}-of-{args.name}" for key in COMPUTED[args.typ]}
        computed |= WHOLE.get(args.typ, {})
        if args.typ == "aws:acm/certificate:Certificate":
            record = {"resourceRecordName": f"_a.{args.inputs['domainName']}", "resourceRecordType": "CNAME"}
            computed["domainValidationOptions"] = [{**record, "domainName": "d", "resourceRecordValue": "v"}]
        if args.typ == "aws:apigatewayv2/domainName:DomainName":
            given = args.inputs["domainNameConfiguration"]
            computed["domainNameConfiguration"] = {**given, "targetDomainName": "d-1.example.com", "hostedZoneId": "Z1"}
        if args.typ == "aws-native:cognito:UserPool":
            computed["userPoolId"] = self.pool_id
        if args.typ == "aws:lambda/function:Function":
            computed["version"] = "1"
        if args.typ == "aws-native:cognito:UserPoolClient":
            computed["clientSecret"] = SECRET
        return f"id-of-{args.name}", {**unwrapped(args.inputs), **computed}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], None]:
        return {}, None


@dataclass
class Deployment:
    """What one run of the program left behind."""

    resources: list[Registered]
    outputs: dict[str, dict[str, Any]]
    manifest: dict[str, Any]

    def of(self, kind: str) -> list[Registered]:
        """The resources of a type, by the last part of its token; components have names like theirs."""
        own = (resource for resource in self.resources if not resource.type.startswith("cognito-dr:"))
        return [resource for resource in own if resource.type.split(":")[-1] == kind]


def provider_secrets(settings: Settings) -> pulumi.Output[Mapping[str, str]]:
    """A secret for each provider, as the stack file's decrypted values come."""
    return pulumi.Output.secret(dict.fromkeys(settings.identity_provider_secrets, SECRET))


KEPT: dict[str, Deployment] = {}


def deployed(values: dict[str, Any]) -> Deployment:
    """What `deploy` leaves behind; tests that only look share one run of the same settings."""
    key = json.dumps(values, sort_keys=True)
    if key not in KEPT:
        KEPT[key] = deploy(values)
    return KEPT[key]


def deploy(values: dict[str, Any], pool_id: str | None = None) -> Deployment:
    """Run the program on these settings; `pool_id` is what Cognito calls the pool."""
    settings = load(values, "generated")
    real = pool_id or settings.pool.id or f"{settings.regions.primary}_Founded01"
    recorder = Recorder(real)
    runtime_settings.reset_options(project="cognito-dr", stack="test", preview=False)
    pulumi.runtime.set_mocks(recorder, project="cognito-dr", stack="test", preview=False)
    manifests: list[dict[str, Any]] = []
    outputs: dict[str, dict[str, Any]] = {}
    original = pulumi.ComponentResource.register_outputs

    def register(self: pulumi.ComponentResource, given: Any) -> None:
        pulumi.Output.from_input(given).apply(lambda known: outputs.__setitem__(self._name, known))
        original(self, given)

    @pulumi.runtime.test
    def run() -> Any:
        platform = IdentityPlatform(settings, mirrored(values), provider_secrets(settings))
        return platform.manifest.apply(manifests.append)

    pulumi.ComponentResource.register_outputs = register  # ty: ignore[invalid-assignment] put back below
    try:
        run()
    finally:
        pulumi.ComponentResource.register_outputs = original
    return Deployment(recorder.resources, outputs, manifests[0])
