"""Faults, and the command that switches them."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sandbox.cloud import process
from sandbox.cloud.assumptions import PRIMARY, SECONDARY
from sandbox.network.addresses import ADDRESSES
from tests.sandbox.cloud_client import Cloud
from tests.sandbox.network_client import Outside
from tests.sandbox.network_world import http_api, made_zone

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
