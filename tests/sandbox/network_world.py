"""What tests of the network are made of: zones, health checks, an HTTP API."""

import time
from collections.abc import Mapping

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import Cloud
from tests.sandbox.network_client import Outside

FAST = 50.0


VERDICT = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'PRIMARY_UP'}\n"


def made_zone(aws: Cloud, outside: Outside, name: str, *records: Mapping[str, object]) -> str:
    """A delegated zone with these records."""
    route53 = aws.client("route53")
    made = route53.create_hosted_zone(Name=name, CallerReference=f"{name}{time.monotonic_ns()}")
    zone = made["HostedZone"]["Id"]
    outside.delegate(name, made["DelegationSet"]["NameServers"])
    changes = [{"Action": "CREATE", "ResourceRecordSet": record} for record in records]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    return zone


def check(aws: Cloud, **config: object) -> str:
    made = aws.client("route53").create_health_check(CallerReference=f"{time.monotonic_ns()}", HealthCheckConfig=config)
    return made["HealthCheck"]["Id"]


def pool_page(aws: Cloud) -> Mapping[str, object]:
    """A health check that asks for a new pool's key set at the primary."""
    return key_set(aws.pool().id)


def key_set(pool: str) -> Mapping[str, object]:
    """A health check that asks for a pool's key set at the primary: the sandbox's faults take it away."""
    return {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": f"cognito-idp.{PRIMARY}.amazonaws.com",
        "ResourcePath": f"/{pool}/.well-known/jwks.json",
        "Port": 443,
        "RequestInterval": 10,
        "FailureThreshold": 3,
        "EnableSNI": True,
    }


def http_api(aws: Cloud, function: str) -> str:
    """The host of an HTTP API in the secondary in front of that function."""
    gateway = aws.client("apigatewayv2", SECONDARY)
    arn = aws.function(function, VERDICT, SECONDARY)
    api = gateway.create_api(Name=function, ProtocolType="HTTP")["ApiId"]
    integration = gateway.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
    )["IntegrationId"]
    gateway.create_route(ApiId=api, RouteKey="GET /secret", Target=f"integrations/{integration}")
    gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    aws.client("lambda", SECONDARY).add_permission(
        FunctionName=function,
        StatementId="gateway",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )
    return f"{api}.execute-api.{SECONDARY}.amazonaws.com"
