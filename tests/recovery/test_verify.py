"""What verify checks, how long it waits, and which phase it puts on record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from manifest import PHASES
from recovery.commands.verify import todo, verified
from recovery.surroundings import Surroundings
from recovery.verification.check import Check, CheckFailedError, Result, highest, run
from recovery.verification.health import HealthLook
from recovery.verification.names import name_checks
from recovery.verification.path import covers
from recovery.verification.state import key_region, outside
from tests.recovery import fake_dns
from tests.recovery.conftest import Cloud
from tests.recovery.stacks import FIVE, SERVING, P, S, failover, founded, live
from tests.recovery.test_override import closed_port, item, verdict

RESULTS = st.lists(
    st.builds(
        Result,
        group=st.just("g"),
        phase=st.sampled_from(PHASES),
        line=st.just("l"),
        seconds=st.just(0.0),
        problem=st.sampled_from([None, "broken"]),
    )
)


@given(results=RESULTS, reached=st.sampled_from(PHASES))
def test_the_record_never_claims_a_phase_with_a_broken_check(results: Sequence[Result], reached: str) -> None:
    found = highest(results, reached)
    claimed = PHASES[: PHASES.index(found) + 1] if found else ()
    assert not any(result.phase in claimed and not result.held for result in results)
    assert len(claimed) <= PHASES.index(reached) + 1
    beyond = PHASES[len(claimed)] if len(claimed) <= PHASES.index(reached) else None
    assert beyond is None or any(result.phase == beyond and not result.held for result in results)


def test_the_state_alone_needs_to_be_named(cloud: Cloud) -> None:
    done = cloud.run(live(failover()), "verify", "--only", "state")
    assert done.exit_code == 1
    [line] = done.output.strip().splitlines()
    assert line.startswith("cognito-dr: group state looks at what is named: add --state-url s3://BUCKET")


def check(*outcomes: str | None, settles: bool = True) -> Check:
    """Fails with each text in turn and then holds."""
    left = list(outcomes)

    def act() -> None:
        if left and (problem := left.pop(0)):
            raise CheckFailedError(problem)

    return Check(group="g", phase="domain", line="it is so", act=act, settles=settles)


def test_a_settling_check_is_looked_at_until_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recovery.verification.check.LOOK", 0.01)
    monkeypatch.setattr("recovery.verification.check.PROGRESS", 0.0)
    said: list[str] = []
    assert run(check("not yet", "not yet"), 5, said.append).held
    assert said[0].endswith("it is so: not yet")


def test_patience_ends() -> None:
    result = run(check(*["never"] * 100), 0.0, print)
    assert result.text().startswith("FAILED it is so: never")


def test_what_does_not_settle_is_not_waited_for() -> None:
    assert not run(check("broken", settles=False), 60, print).held


class Route53:
    """One health check."""

    def __init__(self, kind: str, statuses: Sequence[str], **config: Any) -> None:
        self.config = {"Type": kind, **config}
        self.statuses = statuses

    def get_health_check(self, **_: Any) -> dict[str, Any]:
        return {"HealthCheck": {"HealthCheckConfig": self.config}}

    def get_health_check_status(self, **_: Any) -> dict[str, Any]:
        if self.config["Type"] in ("CALCULATED", "RECOVERY_CONTROL"):
            raise ClientError({"Error": {"Code": "InvalidInput", "Message": "no"}}, "GetHealthCheckStatus")
        return {"HealthCheckObservations": [{"StatusReport": {"Status": status}} for status in self.statuses]}


class CloudWatch:
    """Minutes of HealthCheckStatus, the last one last: (minimum, maximum)."""

    def __init__(self, *minutes: tuple[float, float]) -> None:
        self.minutes = minutes

    def get_metric_statistics(self, **words: Any) -> dict[str, Any]:
        (statistic,) = words["Statistics"]
        pick, now = {"Minimum": 0, "Maximum": 1}[statistic], datetime.now(UTC)
        points = [
            {"Timestamp": now - timedelta(minutes=len(self.minutes) - n), statistic: minute[pick]}
            for n, minute in enumerate(self.minutes)
        ]
        return {"Datapoints": points[::-1]}


ASKED, GOOD, NOTHING = "Failure: no PRIMARY_DOWN", "Success: HTTP status code 200", "No data yet"


@pytest.mark.parametrize(
    ("route53", "cloudwatch", "wanted", "problem"),
    [
        (Route53("HTTPS_STR_MATCH", [ASKED] * 16), CloudWatch(), None, None),
        (Route53("HTTPS_STR_MATCH", [ASKED] * 15 + [NOTHING]), CloudWatch(), None, "only 15 of 16 checkers"),
        (Route53("HTTPS_STR_MATCH", []), CloudWatch((1, 1)), True, "only 0 of 0 checkers"),
        (Route53("CALCULATED", []), CloudWatch((1, 1)), True, None),
        (Route53("CALCULATED", []), CloudWatch((0, 0), (1, 1)), True, None),
        (Route53("CALCULATED", []), CloudWatch((1, 1), (0, 1)), True, "is unhealthy"),
        (Route53("CALCULATED", []), CloudWatch((0, 0)), False, None),
        (Route53("CALCULATED", []), CloudWatch((0, 1)), False, "is healthy"),
        (Route53("CALCULATED", []), CloudWatch(), True, "has no data yet in CloudWatch"),
        (Route53("RECOVERY_CONTROL", []), CloudWatch(), None, None),
        (Route53("HTTPS_STR_MATCH", [GOOD] * 3 + [ASKED] * 13), CloudWatch(), True, None),
        (Route53("HTTPS_STR_MATCH", [GOOD] * 2 + [ASKED] * 14), CloudWatch(), True, "is unhealthy"),
        (Route53("HTTPS_STR_MATCH", [ASKED] * 16, Inverted=True), CloudWatch(), True, "has no data yet"),
        (Route53("CALCULATED", [], Disabled=True), CloudWatch((1, 1)), True, "is disabled"),
    ],
)
def test_a_check_has_settled_when_everybody_has_asked_and_the_status_is_as_wanted(
    route53: Route53, cloudwatch: CloudWatch, wanted: bool | None, problem: str | None
) -> None:
    look = HealthLook(route53, cloudwatch)
    if problem is None:
        look.judge("id", wanted)
    else:
        with pytest.raises(CheckFailedError, match=problem):
            look.judge("id", wanted)


def test_names_are_checked_as_the_public_sees_them() -> None:
    stack = live(failover())
    zone = {("example.com", "NS"): [("ns-1.test", 60)], ("example.com", "A"): [("192.0.2.7", 60)]}
    records = fake_dns.Records({**zone, (SERVING, "CNAME"): [(f"cognito-idp.{P}.amazonaws.com", 60)]})
    with fake_dns.serve(records) as address:
        names, parent, serving, auth = name_checks(stack, Surroundings(resolver=address))
        for each in (names, parent, serving):
            each.act()
        with pytest.raises(CheckFailedError, match=r"auth\.example\.com does not exist"):
            auth.act()
        records.records["example.com", "NS"] = [("ns-9.elsewhere", 60)]
        with pytest.raises(CheckFailedError, match=r"it names ns-9.elsewhere. Set them where .*: ns-1.test"):
            names.act()
        del records.records["example.com", "A"]
        with pytest.raises(CheckFailedError, match=r"Cognito demands an A record"):
            parent.act()
        records.records[SERVING, "CNAME"] = [(f"cognito-idp.{S}.amazonaws.com", 60)]
        with pytest.raises(CheckFailedError, match="it leads to us-west-2"):
            serving.act()


@pytest.mark.parametrize(
    ("pattern", "name", "wanted"),
    [
        ("auth.example.com", "AUTH.example.com", True),
        ("*.example.com", "auth.example.com", True),
        ("*.example.com", "a.auth.example.com", False),
        ("*.example.com", "example.com", False),
        ("example.com", "auth.example.com", False),
    ],
)
def test_a_wildcard_covers_one_label(pattern: str, name: str, wanted: bool) -> None:
    assert covers(pattern, name) == wanted


def test_the_secrets_key_has_to_lie_elsewhere() -> None:
    assert key_region("awskms://alias/pulumi?region=eu-west-1") == "eu-west-1"
    assert key_region("awskms:///arn:aws:kms:us-west-2:111122223333:key/k") == "us-west-2"
    with pytest.raises(CheckFailedError, match="names no Region"):
        key_region("awskms://alias/pulumi")
    with pytest.raises(CheckFailedError, match="is no awskms"):
        key_region("passphrase")
    with pytest.raises(CheckFailedError, match="lies in us-east-1: move it"):
        outside(P, P, "s3://state")


def test_a_foundation_is_put_on_record(cloud: Cloud) -> None:
    file = cloud.folder / "rollout" / "t.json"
    done = cloud.run(founded(), "verify", "--record", str(file))
    assert done.exit_code == 0, done.output
    written = json.loads(file.read_text())
    assert {key: written[key] for key in ("schemaVersion", "stack", "poolId", "phase")} == {
        "schemaVersion": 1,
        "stack": "t",
        "poolId": "us-east-1_abc",
        "phase": "foundation",
    }
    assert written["checks"][0]["held"]


def test_a_broken_foundation_is_not_put_on_record(cloud: Cloud) -> None:
    cloud.fake.pools = set()
    file = cloud.folder / "t.json"
    done = cloud.run(founded(), "verify", "--record", str(file))
    assert done.exit_code == 1
    assert "not even phase foundation holds" in done.output
    assert not file.exists()


def test_a_phase_that_does_not_hold_is_named_with_what_to_do() -> None:
    broken = Result(group="replica", phase="replication", line="the replica", seconds=0, problem="run it again")
    assert verified(live(failover()), [broken]) == "foundation"
    assert "the replica: run it again" in todo([broken])
    assert verified(live(None), []) == "foundation"


def test_a_record_needs_every_check(cloud: Cloud) -> None:
    done = cloud.run(founded(), "verify", "--only", "pool", "--record", "x.json")
    assert done.exit_code == 1
    assert "leave out --only or --record" in done.output


def only(cloud: Cloud, stack: Any, group: str) -> Any:
    return cloud.run(stack, "verify", "--settle", "0", "--only", group)


def test_the_verdict_has_to_be_fresh_and_up(cloud: Cloud) -> None:
    stack = live(failover(cloud.ports))
    assert "has none: see the log of the prober" in only(cloud, stack, "verdict").output
    for about, said in (
        (verdict("UP", age=90), " s old: see the log"),
        (verdict("UP", found="UNKNOWN"), "it is UNKNOWN (timeout): run `canary`"),
        (verdict("DOWN"), "it is DOWN"),
    ):
        cloud.fake.items["serving"] = item(about)
        done = only(cloud, stack, "verdict")
        assert done.exit_code == 1
        assert said in done.output
    cloud.fake.items["serving"] = item(verdict("UP"))
    assert only(cloud, stack, "verdict").exit_code == 0


def test_controls_are_read_at_every_endpoint(cloud: Cloud) -> None:
    stack = live(failover(cloud.ports))
    assert only(cloud, stack, "controls").exit_code == 0
    assert {port for port, _ in cloud.fake.calls} == set(cloud.ports)
    silent = failover([*cloud.ports[:4], closed_port()])
    done = only(cloud, replace(stack, failover=silent), "controls")
    assert f"1 of 5 endpoints do not serve ({FIVE[4]}" in done.output
    cloud.fake.states["arn:force"] = "On"
    assert "run `override release`" in only(cloud, stack, "controls").output


def test_without_a_cluster_the_item_is_looked_at(cloud: Cloud) -> None:
    stack = live(failover())
    assert "has no override item" in only(cloud, stack, "controls").output
    cloud.fake.items["override"] = {"force": {"BOOL": True}, "pin": {"BOOL": False}}
    assert "force-secondary is on" in only(cloud, stack, "controls").output
    cloud.fake.items["override"]["force"] = {"BOOL": False}
    assert only(cloud, stack, "controls").exit_code == 0
