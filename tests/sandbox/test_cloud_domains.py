"""User pool domains through boto3 and HTTP: certificates, failover routing, who serves which host."""

import http.client
import json
import urllib.parse
import uuid
from typing import Any

import pytest

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from tests.sandbox.cloud_client import ACCOUNT, Client, Cloud, Made, refused, until

ROUTED = {"ManagedLoginVersion": 2}


class Zone:
    """A hosted zone with an A record at its apex."""

    def __init__(self, aws: Cloud) -> None:
        self.name = f"d{uuid.uuid4().hex[:8]}.example"
        self.route53: Client = aws.client("route53")
        made = self.route53.create_hosted_zone(Name=self.name, CallerReference=uuid.uuid4().hex)
        self.id = made["HostedZone"]["Id"]

    def delegate(self, aws: Cloud) -> None:
        servers = self.route53.get_hosted_zone(Id=self.id)["DelegationSet"]["NameServers"]
        body = json.dumps({"zone": self.name, "nameServers": servers})
        assert aws.request("PUT", "/_sandbox/delegations", body)[0] == 200

    def put(self, name: str, kind: str, value: str) -> None:
        record = {"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value}]}
        changes = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]}
        self.route53.change_resource_record_sets(HostedZoneId=self.id, ChangeBatch=changes)


def request_certificate(aws: Cloud, name: str, region: str = PRIMARY) -> str:
    return aws.client("acm", region).request_certificate(DomainName=name, ValidationMethod="DNS")["CertificateArn"]


def certificate(aws: Cloud, zone: Zone, name: str, region: str = PRIMARY) -> str:
    arn = request_certificate(aws, name, region)
    described = aws.client("acm", region).describe_certificate(CertificateArn=arn)["Certificate"]
    for option in described["DomainValidationOptions"]:
        zone.put(option["ResourceRecord"]["Name"], "CNAME", option["ResourceRecord"]["Value"])
    return arn


def check(aws: Cloud) -> str:
    config = {"Type": "HTTPS", "FullyQualifiedDomainName": "a.example"}
    made = aws.client("route53").create_health_check(CallerReference=uuid.uuid4().hex, HealthCheckConfig=config)
    return made["HealthCheck"]["Id"]


def routing(check_id: str, region: str = SECONDARY) -> dict[str, Any]:
    return {"Failover": {"SecondaryRegion": region, "PrimaryRoute53HealthCheckId": check_id}}


@pytest.fixture(scope="module")
def zone(aws: Cloud) -> Zone:
    made = Zone(aws)
    made.put(made.name, "A", "192.0.2.9")
    made.delegate(aws)
    return made


def custom(aws: Cloud, made: Made, zone: Zone, name: str, **more: Any) -> dict[str, Any]:
    arn = certificate(aws, zone, name)
    return aws.cognito().create_user_pool_domain(
        UserPoolId=made.id, Domain=name, CustomDomainConfig={"CertificateArn": arn}, **more
    )


def send(aws: Cloud, host: str, method: str, path: str, region: str, form: dict[str, str] | None = None) -> Any:
    connection = http.client.HTTPConnection(aws.endpoints.urls[region].removeprefix("http://"), timeout=5)
    headers = {"Host": host, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, urllib.parse.urlencode(form or {}), headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def refresh(aws: Cloud, made: Made, token: str, host: str, region: str) -> tuple[int, dict[str, Any]]:
    form = {"grant_type": "refresh_token", "client_id": made.client, "refresh_token": token}
    status, body = send(aws, host, "POST", "/oauth2/token", region, form)
    return status, json.loads(body)


def test_a_certificate_waits_for_its_record(aws: Cloud, zone: Zone) -> None:
    acm = aws.client("acm")
    arn = request_certificate(aws, f"wait.{zone.name}")
    found = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    assert found["Status"] == "PENDING_VALIDATION"
    assert "IssuedAt" not in found
    record = found["DomainValidationOptions"][0]["ResourceRecord"]
    zone.put(record["Name"], "CNAME", record["Value"])
    found = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    assert (found["Status"], found["DomainValidationOptions"][0]["ValidationStatus"]) == ("ISSUED", "SUCCESS")


def test_certificates_of_two_regions_share_a_record_and_nothing_else(aws: Cloud, zone: Zone) -> None:
    east, west = (request_certificate(aws, f"two.{zone.name}", region) for region in (PRIMARY, SECONDARY))
    records = [
        aws.client("acm", region).describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"]
        for region, arn in ((PRIMARY, east), (SECONDARY, west))
    ]
    assert records[0] == records[1]
    with refused("ResourceNotFoundException"):
        aws.client("acm", SECONDARY).describe_certificate(CertificateArn=east)


def test_a_custom_domain_names_its_distribution_and_keeps_its_routing(aws: Cloud, zone: Zone) -> None:
    made, check_id, name = aws.replicated(), check(aws), f"auth.{zone.name}"
    answer = custom(aws, made, zone, name, Routing=routing(check_id), **ROUTED)
    assert answer["CloudFrontDomain"].endswith(".cloudfront.net")
    found = aws.cognito().describe_user_pool_domain(Domain=name)["DomainDescription"]
    assert found["CloudFrontDistribution"] == answer["CloudFrontDomain"]
    assert (found["Routing"], found["ManagedLoginVersion"]) == (routing(check_id), 2)
    with refused("HealthCheckInUse", name):
        aws.client("route53").delete_health_check(HealthCheckId=check_id)
    aws.set_replica(made.id, "INACTIVE")
    with refused("InvalidParameterException", name):
        aws.cognito().delete_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)
    arn = found["CustomDomainConfig"]["CertificateArn"]
    with refused("ResourceInUseException"):
        aws.client("acm").delete_certificate(CertificateArn=arn)
    with refused("InvalidParameterException", "Cannot convert custom domain to prefix domain."):
        aws.cognito().update_user_pool_domain(UserPoolId=made.id, Domain=name, ManagedLoginVersion=2)
    same = {"UserPoolId": made.id, "Domain": name, "CustomDomainConfig": {"CertificateArn": arn}}
    aws.cognito().update_user_pool_domain(**same, ManagedLoginVersion=2)
    assert "Routing" in aws.cognito().describe_user_pool_domain(Domain=name)["DomainDescription"]
    with refused("InvalidParameterException", "classic"):
        aws.cognito().update_user_pool_domain(**same, ManagedLoginVersion=1)
    aws.cognito().delete_user_pool_domain(UserPoolId=made.id, Domain=name)
    assert aws.cognito().describe_user_pool_domain(Domain=name)["DomainDescription"] == {}
    aws.client("route53").delete_health_check(HealthCheckId=check_id)
    aws.cognito().delete_user_pool_replica(UserPoolId=made.id, RegionName=SECONDARY)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"ManagedLoginVersion": 1}, "Routing field is not supported for Hosted UI (classic)"),
        ({**ROUTED, "region": PRIMARY}, "Current status: null"),
        ({**ROUTED, "region": "eu-west-1"}, "Region eu-west-1 is not active for the user pool"),
        ({**ROUTED, "check": "none"}, "does not exist"),
    ],
)
def test_routing_is_judged(aws: Cloud, zone: Zone, given: dict[str, Any], text: str) -> None:
    made = aws.replicated("INACTIVE")
    wanted = routing(given.get("check") or check(aws), given.get("region", SECONDARY))
    with refused("InvalidParameterException", text):
        custom(
            aws, made, zone, f"j{uuid.uuid4().hex[:6]}.{zone.name}", Routing=wanted,
            ManagedLoginVersion=given["ManagedLoginVersion"],
        )  # fmt: skip


def test_routing_needs_a_replica(aws: Cloud, zone: Zone) -> None:
    with refused("InvalidParameterException", f"Region {SECONDARY} is not active for the user pool"):
        custom(aws, aws.pool(), zone, f"alone.{zone.name}", Routing=routing(check(aws)), **ROUTED)


def test_a_custom_domain_needs_a_certificate_that_fits(aws: Cloud, zone: Zone) -> None:
    made, name = aws.pool(), f"fits.{zone.name}"
    for arn, text in (
        (certificate(aws, zone, name, SECONDARY), "must be in us-east-1"),
        (request_certificate(aws, f"pending.{zone.name}"), "PENDING_VALIDATION"),
        (certificate(aws, zone, f"other.{zone.name}"), "does not cover"),
        (f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/none", "does not exist"),
    ):
        with refused("InvalidParameterException", text):
            aws.cognito().create_user_pool_domain(
                UserPoolId=made.id, Domain=name, CustomDomainConfig={"CertificateArn": arn}
            )


def test_a_custom_domain_needs_an_address_at_its_parent_that_resolves(aws: Cloud) -> None:
    bare = Zone(aws)
    with refused("InvalidParameterException", "ensure an A record exists"):
        custom(aws, aws.pool(), bare, f"auth.{bare.name}")
    bare.put(bare.name, "A", "192.0.2.9")
    with refused("InvalidParameterException", "ensure an A record exists"):
        custom(aws, aws.pool(), bare, f"auth.{bare.name}")
    bare.delegate(aws)
    custom(aws, aws.pool(), bare, f"auth.{bare.name}")


def test_a_prefix_domain_belongs_to_its_region(aws: Cloud) -> None:
    made = aws.replicated()
    word = uuid.uuid4().hex[:8]
    aws.cognito().create_user_pool_domain(UserPoolId=made.id, Domain=f"{word}-east")
    aws.cognito(SECONDARY).create_user_pool_domain(UserPoolId=made.id, Domain=f"{word}-west")
    for region, own, other in ((PRIMARY, "east", "west"), (SECONDARY, "west", "east")):
        found = aws.cognito(region).describe_user_pool_domain(Domain=f"{word}-{own}")["DomainDescription"]
        assert found["UserPoolId"] == made.id
        assert aws.cognito(region).describe_user_pool_domain(Domain=f"{word}-{other}")["DomainDescription"] == {}
    with refused("InvalidParameterException", "already associated"):
        aws.cognito().create_user_pool_domain(UserPoolId=aws.pool().id, Domain=f"{word}-east")
    with refused("InvalidParameterException", "custom domains"):
        aws.cognito().update_user_pool_domain(
            UserPoolId=made.id, Domain=f"{word}-east", Routing=routing(check(aws)), **ROUTED
        )


def test_tokens_are_had_at_a_domain_of_the_pool_in_its_region(aws: Cloud, zone: Zone) -> None:
    made, stranger = aws.pool(), aws.pool()
    aws.user(made.id, "ada")
    aws.replicate(made)
    word = uuid.uuid4().hex[:8]
    aws.cognito().create_user_pool_domain(UserPoolId=made.id, Domain=f"{word}-east")
    aws.cognito(SECONDARY).create_user_pool_domain(UserPoolId=made.id, Domain=f"{word}-west")
    aws.cognito().create_user_pool_domain(UserPoolId=stranger.id, Domain=f"{word}-other")
    custom(aws, made, zone, f"{word}.{zone.name}", Routing=routing(check(aws)), **ROUTED)
    token = aws.sign_in(made, "ada")["RefreshToken"]
    east, west = (
        f"{word}-{side}.auth.{region}.amazoncognito.com" for side, region in (("east", PRIMARY), ("west", SECONDARY))
    )
    assert refresh(aws, made, token, east, PRIMARY)[0] == 200
    assert refresh(aws, made, token, east, SECONDARY)[0] == 404
    until(lambda: refresh(aws, made, token, west, SECONDARY)[0] == 200)
    assert refresh(aws, made, token, f"{word}.{zone.name}", PRIMARY)[0] == 200
    assert refresh(aws, made, token, f"{word}.{zone.name}:443", SECONDARY)[0] == 200
    assert refresh(aws, made, token, f"nobody.{zone.name}", PRIMARY)[0] == 404
    other = f"{word}-other.auth.{PRIMARY}.amazoncognito.com"
    assert refresh(aws, made, token, other, PRIMARY)[1]["error"] == "invalid_client"


def test_the_login_page_is_served_at_the_domain(aws: Cloud) -> None:
    made, word = aws.pool(), uuid.uuid4().hex[:8]
    aws.cognito().create_user_pool_domain(UserPoolId=made.id, Domain=word)
    client = aws.cognito().create_user_pool_client(
        UserPoolId=made.id,
        ClientName="page",
        CallbackURLs=["https://app.example/back"],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid"],
        AllowedOAuthFlowsUserPoolClient=True,
        SupportedIdentityProviders=["COGNITO"],
    )["UserPoolClient"]["ClientId"]
    asked = {
        "client_id": client,
        "response_type": "code",
        "redirect_uri": "https://app.example/back",
        "scope": "openid",
    }
    path = f"/login?{urllib.parse.urlencode(asked)}"
    status, body = send(aws, f"{word}.auth.{PRIMARY}.amazoncognito.com", "GET", path, PRIMARY)
    assert status == 200
    assert b"<form" in body
    assert send(aws, f"{word}.auth.{SECONDARY}.amazoncognito.com", "GET", path, SECONDARY)[0] == 404
