"""The world around the cloud: names, checkers, edge, proxies and faults, as clients meet them."""

import json
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sandbox.cloud import process
from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.network.addresses import ADDRESSES
from tests.sandbox.cloud_client import Cloud, until
from tests.sandbox.network_client import Outside

FAST = 50.0
VERDICT = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'PRIMARY_UP'}\n"


@pytest.fixture
def outside(aws: Cloud) -> Iterator[Outside]:
    """Somebody outside; every fault is healed and the speed is normal afterwards."""
    someone = Outside(aws.endpoints)
    yield someone
    someone.heal()
    someone.speed(1)


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
    """A health check that asks for a pool's key set at the primary."""
    made = aws.pool()
    return {
        "Type": "HTTPS",
        "FullyQualifiedDomainName": f"cognito-idp.{PRIMARY}.amazonaws.com",
        "ResourcePath": f"/{made.id}/.well-known/jwks.json",
        "Port": 443,
        "RequestInterval": 10,
        "FailureThreshold": 3,
        "EnableSNI": True,
    }


def weighted(name: str, region: str, weight: int, check_id: str) -> Mapping[str, object]:
    return {
        "Name": name,
        "Type": "CNAME",
        "TTL": 60,
        "SetIdentifier": region,
        "Weight": weight,
        "HealthCheckId": check_id,
        "ResourceRecords": [{"Value": f"cognito-idp.{region}.amazonaws.com"}],
    }


def serves(outside: Outside, name: str, region: str) -> Callable[[], bool]:
    return lambda: outside.values(name, "CNAME") == [f"cognito-idp.{region}.amazonaws.com."]


@pytest.mark.parametrize("mode", ["refuse", "hang", "error", "slow"])
def test_a_weighted_name_follows_an_outage_of_the_primary_and_comes_back(
    aws: Cloud, outside: Outside, mode: str
) -> None:
    config = pool_page(aws)
    primary = check(aws, **config)
    name = f"serving.{mode}.example"
    made_zone(
        aws,
        outside,
        f"{mode}.example",
        weighted(name, PRIMARY, 100, primary),
        weighted(name, SECONDARY, 0, check(aws, **{**config, "Inverted": True})),
    )
    outside.speed(FAST)
    until(lambda: outside.own("GET", "health")["checks"][primary]["settled"], 20)
    assert serves(outside, name, PRIMARY)()
    outside.fail(PRIMARY, mode=mode)
    until(serves(outside, name, SECONDARY), 20)
    outside.heal(PRIMARY)
    until(serves(outside, name, PRIMARY), 20)


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


def test_a_failing_region_fails_on_all_its_ports_and_the_other_does_not(aws: Cloud, outside: Outside) -> None:
    outside.fail(PRIMARY, mode="error")
    assert aws.request("GET", "/x/.well-known/jwks.json")[0] == 503
    assert outside.get(f"https://cognito-idp.{PRIMARY}.amazonaws.com/")[0] == 503
    assert aws.client("sts", SECONDARY).get_caller_identity()
    assert aws.request("GET", "/_sandbox/identity")[0] == 200
    outside.fail(PRIMARY, mode="refuse")
    with pytest.raises(ConnectionRefusedError):
        aws.request("GET", "/_sandbox/identity")
    assert aws.request("GET", "/_sandbox/identity", region=SECONDARY)[0] == 200
    outside.heal(PRIMARY)
    assert aws.client("sts").get_caller_identity()


FETCH = """
import socket, urllib.request
def handler(event, context):
    name = event["name"]
    found = socket.gethostbyname_ex(name)
    try:
        with urllib.request.urlopen(f"https://{event['host']}{event['page']}", timeout=3) as answer:
            status = answer.status
    except OSError as error:
        status = str(error)
    return {"canonical": found[0], "addresses": found[2], "status": status}
"""


def test_a_function_resolves_and_fetches_until_its_egress_fails(aws: Cloud, outside: Outside) -> None:
    made = aws.pool()
    record = {"Name": "x.child.example", "Type": "CNAME", "TTL": 60}
    target = f"cognito-idp.{PRIMARY}.amazonaws.com"
    made_zone(aws, outside, "child.example", {**record, "ResourceRecords": [{"Value": target}]})
    aws.function("fetch", FETCH, SECONDARY)
    event = {"name": "x.child.example", "host": target, "page": f"/{made.id}/.well-known/jwks.json"}

    def invoke() -> Mapping[str, object]:
        called = aws.client("lambda", SECONDARY).invoke(FunctionName="fetch", Payload=json.dumps(event))
        return json.load(called["Payload"])

    assert invoke() == {"canonical": target, "addresses": [ADDRESSES[PRIMARY]], "status": 200}
    outside.fail("egress", region=SECONDARY)
    assert "502" in str(invoke()["status"])
    outside.heal("egress")
    assert invoke()["status"] == 200


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("faults", {"target": "moon", "mode": "dead"}, "target is 'moon': must be one of us-east-1, us-west-2"),
        ("faults", {"target": PRIMARY, "mode": "dead"}, "mode of us-east-1 is 'dead': must be one of refuse, hang"),
        ("faults", {"target": "endpoints", "count": 6}, "count of endpoints is 6: must be one of 1, 2, 3, 4, 5"),
        ("faults", ["x"], "send a JSON object"),
        ("speed", {"factor": 0}, 'send {"factor": N} with N from 1 to 100'),
        ("delegations", {"zone": "x"}, 'send {"zone": "name", "nameServers"'),
    ],
)
def test_a_wrong_request_says_what_is_wrong(aws: Cloud, path: str, content: object, message: str) -> None:
    status, answer = aws.request("PUT", f"/_sandbox/{path}", json.dumps(content), region=SECONDARY)
    assert status == 400
    assert answer["message"].startswith(message)


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


def test_the_verdict_endpoint_dies_floods_and_closes_and_another_api_does_not(aws: Cloud, outside: Outside) -> None:
    verdict, other = http_api(aws, "t-verdict"), http_api(aws, "t-whoami")
    assert outside.get(f"https://{verdict}/secret") == (200, b"PRIMARY_UP")
    for mode, status in (("dead", 502), ("flooded", 429), ("forbidden", 403)):
        outside.fail("verdict", mode=mode)
        assert outside.get(f"https://{verdict}/secret")[0] == status
        assert outside.get(f"https://{other}/secret")[0] == 200
    outside.heal()
    assert outside.get(f"https://{verdict}/secret")[0] == 200


def test_a_dead_prober_ends_in_the_middle_of_its_run(aws: Cloud, outside: Outside) -> None:
    aws.function(
        "t-prober", "import time\ndef handler(event, context):\n    time.sleep(event)\n    return 1\n", SECONDARY
    )
    client = aws.client("lambda", SECONDARY)
    with ThreadPoolExecutor(1) as pool:
        began = time.monotonic()
        running = pool.submit(client.invoke, FunctionName="t-prober", Payload=b"20")
        time.sleep(1.0)  # it takes about that long until the function's process sleeps
        outside.fail("prober", mode="dead")
        assert running.result()["FunctionError"]
        assert time.monotonic() - began < 10
    assert client.invoke(FunctionName="t-prober", Payload=b"0")["FunctionError"]
    outside.heal("prober")
    assert "FunctionError" not in client.invoke(FunctionName="t-prober", Payload=b"0")


def test_a_blind_prober_sees_nothing_and_its_neighbour_everything(aws: Cloud, outside: Outside) -> None:
    made = aws.pool()
    host = f"cognito-idp.{PRIMARY}.amazonaws.com"
    event = json.dumps({"name": host, "host": host, "page": f"/{made.id}/.well-known/jwks.json"})
    for name in ("b-prober", "b-other"):
        aws.function(name, FETCH, SECONDARY)
    outside.fail("prober", mode="blind")

    def status(name: str) -> object:
        called = aws.client("lambda", SECONDARY).invoke(FunctionName=name, Payload=event)
        return json.load(called["Payload"])["status"]

    assert "502" in str(status("b-prober"))
    assert status("b-other") == 200


def test_dead_endpoints_refuse_connections(aws: Cloud, outside: Outside) -> None:
    places = [urlsplit(one["endpoint"]) for one in aws.endpoints.network["arc"]]
    outside.fail("endpoints", count=2)
    alive = []
    for place in places:
        with suppress(ConnectionRefusedError), socket.create_connection((place.hostname, place.port), timeout=2):
            alive.append(place)
    assert alive == places[2:]
    outside.heal("endpoints")
    socket.create_connection((places[0].hostname, places[0].port), timeout=2).close()


def command(directory: Path, *words: str) -> tuple[int, str, str]:
    line = [sys.executable, "-m", "sandbox", "--directory", str(directory), *words]
    ended = subprocess.run(line, capture_output=True, text=True, timeout=20, cwd=process.ROOT, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def test_the_command_breaks_shows_and_mends(aws: Cloud, outside: Outside) -> None:
    directory = Path(aws.endpoints.network["ca"]).parents[1]
    failing = "failing: us-east-1 (mode refuse)\n"
    assert command(directory, "fail", PRIMARY, "--mode", "refuse") == (0, failing, "")
    assert failing in command(directory, "status")[1]
    assert command(directory, "heal", PRIMARY) == (0, "no fault is on\n", "")
    assert aws.client("sts").get_caller_identity()


def test_a_mistake_is_one_line(aws: Cloud, tmp_path: Path) -> None:
    directory = Path(aws.endpoints.network["ca"]).parents[1]
    wrong = "sandbox: mode of us-east-1 is None: must be one of refuse, hang, error, slow\n"
    assert command(directory, "fail", PRIMARY) == (2, "", wrong)
    nowhere = f"sandbox: no cloud runs in {tmp_path}: start it with `make up`, or name its --directory\n"
    assert command(tmp_path, "status") == (2, "", nowhere)


def alarm(aws: Cloud, region: str, name: str, **about: object) -> Callable[[], str]:
    """A new alarm; returns what tells its state."""
    client = aws.client("cloudwatch", region)
    client.put_metric_alarm(AlarmName=name, **about)
    return lambda: client.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


def test_an_alarm_sees_its_own_dimension_and_misses_data(aws: Cloud) -> None:
    put = aws.client("cloudwatch", SECONDARY).put_metric_data
    about = {
        "Namespace": "n",
        "MetricName": "m",
        "Period": 10,
        "EvaluationPeriods": 1,
        "Statistic": "Maximum",
        "Threshold": 1,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    }
    own = alarm(aws, SECONDARY, "own", Dimensions=[{"Name": "Stack", "Value": "a"}], **about)
    other = alarm(aws, SECONDARY, "other", Dimensions=[{"Name": "Stack", "Value": "b"}], **about)
    assert own() == "INSUFFICIENT_DATA"
    moment = time.time() - 10  # the period that is whole
    datum = {"MetricName": "m", "Dimensions": [{"Name": "Stack", "Value": "a"}], "Value": 1, "Timestamp": moment}
    put(Namespace="n", MetricData=[datum])
    until(lambda: own() == "ALARM", 5)
    assert other() == "INSUFFICIENT_DATA"


def test_the_status_of_a_check_is_a_metric_of_us_east_1_that_an_outage_stops(aws: Cloud, outside: Outside) -> None:
    check_id = check(aws, **pool_page(aws))
    dimensions = [{"Name": "HealthCheckId", "Value": check_id}]
    outside.speed(FAST)
    of_check = {
        "Namespace": "AWS/Route53",
        "MetricName": "HealthCheckStatus",
        "Dimensions": dimensions,
        "Period": 60,
        "EvaluationPeriods": 3,
        "Statistic": "Minimum",
        "Threshold": 1,
        "ComparisonOperator": "LessThanThreshold",
        "TreatMissingData": "breaching",
    }
    state = alarm(aws, PRIMARY, "up", **of_check)
    until(lambda: state() == "OK", 20)
    assert aws.client("cloudwatch", SECONDARY).list_metrics(Namespace="AWS/Route53")["Metrics"] == []
    outside.fail(PRIMARY, mode="refuse")
    time.sleep(10)  # eight of its minutes, in which nothing arrives
    outside.heal(PRIMARY)
    assert state() == "OK"  # CloudWatch there changed nothing meanwhile
    until(lambda: state() == "ALARM", 5)
    until(lambda: state() == "OK", 20)


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
    check_id, speed = check(aws, **pool_page(aws)), 10.0
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
        assert 7 < took < 25  # 10 s, less what passed until the change was seen, plus what a request takes
