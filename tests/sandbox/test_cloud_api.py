"""HTTP APIs through boto3 and HTTP: strictly per Region, issuers, throttling, regional custom domains."""

import http.client
import json
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.cloud.token_bucket import TokenBucket
from tests.sandbox.cloud_client import Cloud, Made, refused
from tests.sandbox.test_cloud_domains import Zone, certificate, request_certificate

SOURCE = """
import json, os
def handler(event, context):
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return {"statusCode": 200, "body": json.dumps({"region": os.environ["AWS_REGION"], "user": claims.get("username")})}
"""
API_ZONE = {PRIMARY: "Z1UJRXOUMOOFQ8", SECONDARY: "Z2OJLYMUO9EFXC"}


@dataclass(frozen=True)
class Api:
    """An HTTP API with one Lambda route, `GET /whoami`."""

    id: str
    region: str

    @property
    def host(self) -> str:
        return f"{self.id}.execute-api.{self.region}.amazonaws.com"


def api(aws: Cloud, region: str, issuer: str | None = None, audience: str = "", **stage: Any) -> Api:
    gateway = aws.client("apigatewayv2", region)
    function = aws.function(f"whoami-{uuid.uuid4().hex[:8]}", SOURCE, region)
    created = gateway.create_api(Name="sample", ProtocolType="HTTP")
    made = created["ApiId"]
    assert created["ApiEndpoint"] == f"https://{made}.execute-api.{region}.amazonaws.com"
    integration = gateway.create_integration(
        ApiId=made, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="2.0"
    )["IntegrationId"]
    route: dict[str, Any] = {"RouteKey": "GET /whoami", "Target": f"integrations/{integration}"}
    if issuer:
        authorizer = gateway.create_authorizer(
            ApiId=made,
            Name="pool",
            AuthorizerType="JWT",
            IdentitySource=["$request.header.Authorization"],
            JwtConfiguration={"Issuer": issuer, "Audience": [audience]},
        )["AuthorizerId"]
        route |= {"AuthorizationType": "JWT", "AuthorizerId": authorizer}
    gateway.create_route(ApiId=made, **route)
    gateway.create_stage(ApiId=made, StageName="$default", AutoDeploy=True, **stage)
    return Api(made, region)


def get(aws: Cloud, host: str, region: str, token: str | None = None) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection(aws.endpoints.urls[region].removeprefix("http://"), timeout=10)
    headers = {"Host": host} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request("GET", "/whoami", headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    try:
        return answer.status, json.loads(body)
    except ValueError:
        return answer.status, {}


def test_a_disabled_address_is_not_found(aws: Cloud) -> None:
    made = api(aws, SECONDARY)
    assert get(aws, made.host, SECONDARY)[0] == 200
    aws.client("apigatewayv2", SECONDARY).update_api(ApiId=made.id, DisableExecuteApiEndpoint=True)
    assert get(aws, made.host, SECONDARY) == (404, {"message": "Not Found"})


def issuer_of(made: Made, host: str) -> str:
    return f"https://{host}.{PRIMARY}.amazonaws.com/{made.id}"


@pytest.mark.parametrize("region", [PRIMARY, SECONDARY])
def test_an_api_answers_in_its_region_only(aws: Cloud, region: str) -> None:
    made = api(aws, region)
    other = PRIMARY if region == SECONDARY else SECONDARY
    assert get(aws, made.host, region) == (200, {"region": region, "user": None})
    assert get(aws, made.host, other)[0] == 404


@pytest.mark.parametrize(("kind", "host"), [("UPDATED", "issuer-cognito-idp"), ("ORIGINAL", "cognito-idp")])
def test_an_authorizer_takes_the_pools_tokens_in_both_regions(aws: Cloud, kind: str, host: str) -> None:
    made = aws.pool(IssuerConfiguration={"Type": kind})
    aws.user(made.id, "ada")
    aws.replicate(made)
    issuer = issuer_of(made, host)
    token = aws.sign_in(made, "ada")["AccessToken"]
    for region in (PRIMARY, SECONDARY):
        guarded = api(aws, region, issuer, made.client)
        assert get(aws, guarded.host, region, token) == (200, {"region": region, "user": "ada"})
        assert get(aws, guarded.host, region)[0] == 401
        assert get(aws, guarded.host, region, token[:-8] + "AAAAAAAA")[0] == 401


def test_an_authorizer_refuses_other_pools_clients_and_issuers(aws: Cloud) -> None:
    made, stranger = aws.pool(IssuerConfiguration={"Type": "ORIGINAL"}), aws.pool()
    for one in (made, stranger):
        aws.user(one.id, "ada")
    own, foreign = aws.sign_in(made, "ada")["AccessToken"], aws.sign_in(stranger, "ada")["AccessToken"]
    guarded = api(aws, PRIMARY, issuer_of(made, "cognito-idp"), made.client)
    assert get(aws, guarded.host, PRIMARY, foreign)[0] == 401
    wrong_client = api(aws, PRIMARY, issuer_of(made, "cognito-idp"), "another")
    assert get(aws, wrong_client.host, PRIMARY, own)[0] == 401
    wrong_issuer = api(aws, PRIMARY, issuer_of(made, "issuer-cognito-idp"), made.client)
    assert get(aws, wrong_issuer.host, PRIMARY, own)[0] == 401


def test_a_stage_is_throttled(aws: Cloud) -> None:
    limits = {"ThrottlingRateLimit": 0.01, "ThrottlingBurstLimit": 2}
    made, free = api(aws, SECONDARY, DefaultRouteSettings=limits), api(aws, SECONDARY)
    assert [get(aws, made.host, SECONDARY)[0] for _ in range(4)] == [200, 200, 429, 429]
    assert get(aws, made.host, SECONDARY)[1] == {"message": "Too Many Requests"}
    assert [get(aws, free.host, SECONDARY)[0] for _ in range(4)] == [200] * 4
    aws.client("apigatewayv2", SECONDARY).update_stage(
        ApiId=made.id, StageName="$default", DefaultRouteSettings={"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 5}
    )
    assert get(aws, made.host, SECONDARY)[0] == 200


@given(
    rate=st.integers(1, 50),
    burst=st.integers(1, 50),
    gaps=st.lists(st.integers(0, 2000), min_size=1, max_size=60),
)
def test_a_bucket_never_gives_more_than_burst_and_rate_allow(rate: int, burst: int, gaps: list[int]) -> None:
    """In every window of t seconds at most burst + rate * t pass, and what that allows is not refused."""
    bucket, now, passed = TokenBucket.full(rate, burst, 0.0), 0, []
    for gap in gaps:
        now += gap
        room = all(
            sum(moment >= start for moment in passed) + 1 <= burst + rate * (now - start) / 1000
            for start in [0, *passed]
        )
        allowed = bucket.take(now / 1000)
        if allowed:
            passed.append(now)
        for start in passed:
            assert sum(moment >= start for moment in passed) <= burst + rate * (now - start) / 1000 + 1e-6
        assert allowed or not room or rate * gap % 1000


def test_a_regional_domain_leads_to_its_regions_api(aws: Cloud) -> None:
    zone = Zone(aws)
    name = f"api.{zone.name}"
    for region in (PRIMARY, SECONDARY):
        made, gateway = api(aws, region), aws.client("apigatewayv2", region)
        configuration = {"CertificateArn": certificate(aws, zone, name, region), "EndpointType": "REGIONAL"}
        shown = gateway.create_domain_name(DomainName=name, DomainNameConfigurations=[configuration])
        found = shown["DomainNameConfigurations"][0]
        assert found["ApiGatewayDomainName"].startswith("d-")
        assert found["ApiGatewayDomainName"].endswith(f".execute-api.{region}.amazonaws.com")
        assert found["HostedZoneId"] == API_ZONE[region]
        gateway.create_api_mapping(ApiId=made.id, DomainName=name, Stage="$default")
        record = {
            "Name": name,
            "Type": "A",
            "SetIdentifier": region,
            "Weight": 100,
            "AliasTarget": {
                "HostedZoneId": found["HostedZoneId"],
                "DNSName": found["ApiGatewayDomainName"],
                "EvaluateTargetHealth": False,
            },
        }
        batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
        zone.route53.change_resource_record_sets(HostedZoneId=zone.id, ChangeBatch=batch)
    for region in (PRIMARY, SECONDARY):
        assert get(aws, name, region)[1]["region"] == region
    aws.client("apigatewayv2").delete_domain_name(DomainName=name)
    assert get(aws, name, PRIMARY)[0] != 200
    assert get(aws, name, SECONDARY)[1]["region"] == SECONDARY


def test_a_regional_domain_needs_a_certificate_of_its_region(aws: Cloud) -> None:
    zone = Zone(aws)
    name = f"api.{zone.name}"
    for arn, text in (
        (certificate(aws, zone, name, PRIMARY), "must be in us-west-2"),
        (request_certificate(aws, f"x{name}", SECONDARY), "PENDING_VALIDATION"),
        (certificate(aws, zone, f"other.{zone.name}", SECONDARY), "does not cover"),
    ):
        with refused("BadRequestException", text):
            aws.client("apigatewayv2", SECONDARY).create_domain_name(
                DomainName=name, DomainNameConfigurations=[{"CertificateArn": arn, "EndpointType": "REGIONAL"}]
            )
