"""Names, proxy, certificates and edge, as clients meet them."""

import json
import socket
import ssl
import time
import urllib.error

import pytest

from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.network.addresses import ADDRESSES
from tests.sandbox.cloud_client import Cloud, until
from tests.sandbox.network_client import Outside
from tests.sandbox.network_world import check, made_zone, pool_page


def test_names_are_answered_over_udp_and_tcp_with_their_ttl(aws: Cloud, outside: Outside) -> None:
    made_zone(
        aws,
        outside,
        "plain.example",
        {"Name": "a.plain.example", "Type": "A", "TTL": 17, "ResourceRecords": [{"Value": "203.0.113.7"}]},
        {"Name": "t.plain.example", "Type": "TXT", "TTL": 5, "ResourceRecords": [{"Value": '"two words"'}]},
    )
    for tcp in (False, True):
        answer = outside.ask("a.plain.example", tcp=tcp)
        assert [(row.ttl, row[0].to_text()) for row in answer.answer] == [(17, "203.0.113.7")]
    assert outside.values("t.plain.example", "TXT") == ['"two words"']
    assert len(outside.values("plain.example", "NS")) == 4
    missing = outside.ask("no.plain.example")
    assert missing.rcode() == 3
    assert [row.rdtype.name for row in missing.authority] == ["SOA"]


def test_a_zone_that_nobody_delegates_does_not_exist(aws: Cloud, outside: Outside) -> None:
    aws.client("route53").create_hosted_zone(Name="alone.example", CallerReference="alone")
    assert outside.ask("alone.example", "NS").rcode() == 3
    outside.delegate("alone.example", ["ns-1.elsewhere.example"])
    assert outside.ask("alone.example", "NS").rcode() == 2


def test_a_region_is_reached_by_name_through_the_proxy_and_verified(aws: Cloud, outside: Outside) -> None:
    made = aws.pool()
    page = f"/{made.id}/.well-known/jwks.json"
    status, content = outside.get(f"https://cognito-idp.{PRIMARY}.amazonaws.com{page}")
    assert status == 200
    assert json.loads(content) == aws.get(page)


def test_a_name_of_the_other_region_is_not_certified(outside: Outside) -> None:
    port = int(outside.endpoints.network["proxy"].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as tunnel:
        tunnel.sendall(f"CONNECT {ADDRESSES[SECONDARY]}:443 HTTP/1.1\r\n\r\n".encode())
        assert b" 200 " in tunnel.recv(1024)
        context = ssl.create_default_context(cafile=outside.endpoints.network["ca"])
        with pytest.raises(ssl.SSLCertVerificationError):
            context.wrap_socket(tunnel, server_hostname=f"cognito-idp.{PRIMARY}.amazonaws.com")


@pytest.mark.parametrize("url", ["https://example.com/", "https://cognito-idp.us-east-1.amazonaws.com:8443/"])
def test_the_proxy_leads_nowhere_else(outside: Outside, url: str) -> None:
    with pytest.raises(urllib.error.URLError, match="502"):
        outside.get(url)


def auth_domain(aws: Cloud, outside: Outside, check_id: str) -> str:
    """The host of a custom domain of a replicated pool, routed by that check."""
    made, host = aws.replicated(), "auth.edge.example"
    acm = aws.client("acm")
    arn = acm.request_certificate(DomainName=host, ValidationMethod="DNS")["CertificateArn"]
    wanted = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"][0]["ResourceRecord"]
    validation = {"Name": wanted["Name"], "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": wanted["Value"]}]}
    apex = {"Name": "edge.example", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.9"}]}
    zone = made_zone(aws, outside, "edge.example", validation, apex)
    distribution = aws.cognito().create_user_pool_domain(
        UserPoolId=made.id,
        Domain=host,
        CustomDomainConfig={"CertificateArn": arn},
        ManagedLoginVersion=2,
        Routing={"Failover": {"SecondaryRegion": SECONDARY, "PrimaryRoute53HealthCheckId": check_id}},
    )["CloudFrontDomain"]
    target = {"HostedZoneId": "Z2FDTNDATAQYW2", "DNSName": distribution, "EvaluateTargetHealth": False}
    change = {"Action": "CREATE", "ResourceRecordSet": {"Name": host, "Type": "A", "AliasTarget": target}}
    aws.client("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [change]})
    return host


def test_the_edge_follows_the_check_after_its_delay_both_ways(aws: Cloud, outside: Outside) -> None:
    check_id, speed = check(aws, **pool_page(aws)), 5.0  # the edge still goes there for 2 s: time to see it
    host = auth_domain(aws, outside, check_id)
    assert outside.values(host) == [ADDRESSES["edge"]]

    def answers() -> int:
        return outside.get(f"https://{host}/oauth2/token", form={"grant_type": "authorization_code", "code": "x"})[0]

    def healthy() -> bool:
        return outside.own("GET", "health")["checks"][check_id]["healthy"]

    assert answers() == 400  # refused by Cognito, so served
    outside.speed(speed)
    for failing, status in ((PRIMARY, False), (SECONDARY, True)):
        outside.heal()
        outside.fail(failing, mode="error")
        until(lambda expected=status: healthy() is expected, 20)
        changed = time.monotonic()
        assert answers() == 503  # the edge still goes where the fault is
        until(lambda: answers() == 400, 10)
        took = (time.monotonic() - changed) * speed
        assert 5 < took < 25  # 10 s, less what passed until the change was seen, plus what a request takes


def test_answers_do_not_wait_for_acknowledgements(aws: Cloud) -> None:
    """With Nagle's algorithm every second answer on a connection takes 40 ms."""
    sts, took = aws.client("sts"), []
    for _ in range(15):
        began = time.perf_counter()
        sts.get_caller_identity()
        took.append(time.perf_counter() - began)
    assert sorted(took)[3] < 0.035
