"""Overrides through five endpoints or the item: what is refused, what is asked, what is written."""

from __future__ import annotations

import re
import socket
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifest import ClusterEndpoint, ControlFacts
from recovery.errors import RecoveryError
from recovery.override import Action, Switches, both_on, entries, failover_of, primary_in_doubt, wanted
from recovery.verdicts import Verdict
from tests.recovery.conftest import Cloud
from tests.recovery.stacks import FIVE, failover, founded, live

ACTIONS = st.sampled_from(["force-secondary", "pin-primary", "release"])
CONTROLS = ControlFacts(panel_arn="p", force="f", pin="n", safety_rule_arn="s", safety_rule_name="rule")
SWITCHES = st.builds(Switches, force=st.booleans(), pin=st.booleans())


def verdict(word: str = "UP", age: float = 0, found: str | None = None) -> Verdict:
    at = int((time.time() - age) * 1000)
    return Verdict(word=word, verdict=found or word, reason="", observed_at=at, decided_at=at, canary="token")


def item(about: Verdict) -> dict[str, dict[str, str]]:
    numbers = {"observedAt": {"N": str(about.observed_at)}, "decidedAt": {"N": str(about.decided_at)}}
    words = {"word": about.word, "verdict": about.verdict, "reason": "timeout", "canary": about.canary}
    return {"id": {"S": "serving"}, **numbers, **{name: {"S": value} for name, value in words.items()}}


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@given(now=SWITCHES.filter(lambda now: not (now.force and now.pin)), action=ACTIONS)
def test_no_accepted_action_leaves_both_switches_on(now: Switches, action: Action) -> None:
    if both_on(action, now, "rule") is None:
        states = {CONTROLS.force: now.force, CONTROLS.pin: now.pin}
        states |= {arn: state == "On" for arn, state in entries(CONTROLS, action).items()}
        assert not all(states.values())
        assert Switches(force=states[CONTROLS.force], pin=states[CONTROLS.pin]) == wanted(action)


@given(now=SWITCHES)
def test_release_is_never_refused_by_the_safety_rule(now: Switches) -> None:
    assert both_on("release", now, "rule") is None


@given(now=SWITCHES, word=st.sampled_from(["UP", "DOWN", "UNKNOWN"]), age=st.floats(0, 600))
def test_only_a_fresh_up_lets_traffic_return_unasked(now: Switches, word: str, age: float) -> None:
    about = verdict("UP", age, word)
    quiet = primary_in_doubt("release", now, about, time.time()) is None
    assert quiet == (not now.force or (word == "UP" and about.fresh(time.time())))


def test_force_goes_to_one_endpoint_in_one_call(cloud: Cloud) -> None:
    done = cloud.run(live(failover(cloud.ports)), "override", "force-secondary", "--yes")
    assert done.exit_code == 0, done.output
    assert cloud.fake.states == {"arn:force": "On", "arn:pin": "Off"}
    assert [name for _, name in cloud.fake.calls].count("UpdateRoutingControlStates") == 1
    assert "override" not in cloud.fake.items  # calculated checks read the controls, there is no mirror


def test_the_order_of_endpoints_is_random(cloud: Cloud) -> None:
    first = set()
    for _ in range(60):
        cloud.fake.calls.clear()
        cloud.run(live(failover(cloud.ports)), "override", "release", "--yes")
        first.add(cloud.fake.calls[0][0])
        if len(first) > 1:
            return
    pytest.fail("sixty runs began at the same endpoint")


def test_two_dead_endpoints_change_nothing_for_the_caller(cloud: Cloud) -> None:
    ports = [closed_port(), closed_port(), *cloud.ports[2:]]
    assert cloud.run(live(failover(ports)), "override", "pin-primary", "--yes").exit_code == 0
    assert cloud.fake.states["arn:pin"] == "On"


def test_without_a_majority_it_says_how_many_do_not_answer(cloud: Cloud) -> None:
    cloud.fake.majority = False
    ports = [closed_port(), closed_port(), closed_port(), *cloud.ports[3:]]
    done = cloud.run(live(failover(ports)), "override", "force-secondary", "--yes")
    assert done.exit_code == 1
    assert "3 of 5 cluster endpoints do not answer and 2 of 5 answer that they cannot" in done.output
    assert "a majority of 5 is needed. Try again" in done.output
    assert "Traceback" not in done.output


def test_without_credentials_the_cause_is_named_and_no_network_is_blamed(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", str(cloud.folder / "none"))
    done = cloud.run(live(failover(cloud.ports)), "override", "force-secondary", "--yes")
    assert done.exit_code == 1
    [line] = done.output.strip().splitlines()
    assert line.startswith("cognito-dr: no cluster endpoint could be asked: Unable to locate credentials")
    assert "Mend the credentials" in line
    assert cloud.fake.calls == []


def test_endpoints_without_credentials_are_told_beside_the_dead_ones(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = cloud.folder / "some"
    config.write_text(f"[profile {FIVE[0]}]\naws_access_key_id = x\naws_secret_access_key = x\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    done = cloud.run(live(failover([closed_port() for _ in FIVE])), "override", "force-secondary", "--yes")
    assert done.exit_code == 1
    assert "1 of 5 cluster endpoints do not answer and 4 of 5 could not be asked (Unable to loc" in done.output


def test_both_on_is_refused_with_the_rules_name_before_any_change(cloud: Cloud) -> None:
    cloud.fake.states["arn:pin"] = "On"
    done = cloud.run(live(failover(cloud.ports)), "override", "force-secondary", "--yes")
    assert done.exit_code == 1
    assert "safety rule not-both forbids both" in done.output
    assert "UpdateRoutingControlStates" not in {name for _, name in cloud.fake.calls}


def test_a_refusal_by_arc_itself_names_the_rule(cloud: Cloud) -> None:
    def somebody_pins() -> None:
        cloud.fake.states["arn:pin"] = "On"

    cloud.fake.before_update = somebody_pins
    done = cloud.run(live(failover(cloud.ports)), "override", "force-secondary", "--yes")
    assert done.exit_code == 1
    assert "safety rule not-both: ARC refuses" in done.output
    assert cloud.fake.states["arn:force"] == "Off"


def test_it_asks_before_it_acts(cloud: Cloud) -> None:
    done = cloud.run(live(failover(cloud.ports)), "override", "force-secondary", answer="n\n")
    assert done.exit_code == 1
    assert "sends every user to us-west-2" in done.output
    assert cloud.fake.states["arn:force"] == "Off"


@pytest.mark.parametrize(
    ("words", "answer", "released"),
    [
        (["--yes"], "", False),
        (["--despite-verdict"], "n\n", False),
        (["--despite-verdict"], "y\n", True),
        (["--despite-verdict", "--yes"], "", True),
    ],
)
def test_release_while_down_has_to_be_told_twice(cloud: Cloud, words: list[str], answer: str, released: bool) -> None:
    cloud.fake.states["arn:force"] = "On"
    cloud.fake.items["serving"] = item(verdict("DOWN"))
    done = cloud.run(live(failover(cloud.ports)), "override", "release", *words, answer=answer)
    assert (done.exit_code == 0) == released
    assert cloud.fake.states["arn:force"] == ("Off" if released else "On")


def test_in_verdict_mode_the_item_mirrors_the_control(cloud: Cloud) -> None:
    facts = failover(cloud.ports, serving_check="verdict")
    assert cloud.run(live(facts), "override", "force-secondary", "--yes", "--reason", "drill").exit_code == 0
    written = cloud.fake.items["override"]
    assert (written["force"], written["pin"], written["by"], written["reason"]) == (
        {"BOOL": True},
        {"BOOL": False},
        {"S": "cognito-dr"},
        {"S": "drill"},
    )


@pytest.mark.parametrize("facts", [{"serving_check": "verdict"}, {}], ids=["kept in the item", "kept nowhere"])
def test_a_reason_that_nothing_keeps_is_printed_for_the_notes(cloud: Cloud, facts: dict[str, str]) -> None:
    stack = live(failover(cloud.ports, **facts))
    done = cloud.run(stack, "override", "force-secondary", "--yes", "--reason", "ticket 4711")
    assert done.exit_code == 0, done.output
    noted = re.search(r"keep no reason: \d{4}-\d\d-\d\dT[\d:]{8}Z force-secondary: ticket 4711$", done.output, re.M)
    assert (noted is None) == bool(facts)


def test_without_a_reason_there_is_nothing_to_note(cloud: Cloud) -> None:
    done = cloud.run(live(failover(cloud.ports)), "override", "force-secondary", "--yes")
    assert "For your notes" not in done.output


def test_without_a_cluster_the_item_is_the_authority(cloud: Cloud) -> None:
    assert cloud.run(live(failover()), "override", "pin-primary", "--yes").exit_code == 0
    assert cloud.fake.items["override"]["pin"] == {"BOOL": True}
    refused = cloud.run(live(failover()), "override", "force-secondary", "--yes")
    assert refused.exit_code == 1
    assert "safety rule t-not-force-and-pin" in refused.output


def test_an_item_that_changes_meanwhile_is_not_overwritten(cloud: Cloud) -> None:
    def somebody_pins() -> None:
        cloud.fake.items["override"] = {"pin": {"BOOL": True}, "force": {"BOOL": False}}

    cloud.fake.before_update = somebody_pins
    done = cloud.run(live(failover()), "override", "force-secondary", "--yes")
    assert done.exit_code == 1
    assert cloud.fake.items["override"]["force"] == {"BOOL": False}


def test_a_stack_without_failover_path_says_which_phase_is_next() -> None:
    with pytest.raises(RecoveryError, match="phase foundation: roll out phase replication first"):
        failover_of(founded())


def test_status_shows_what_can_be_read_and_why_the_rest_cannot(cloud: Cloud) -> None:
    cloud.fake.states["arn:force"] = "On"
    cloud.fake.items["serving"] = item(verdict("DOWN", age=5))
    endpoints = tuple(
        ClusterEndpoint(region=region, endpoint=f"http://127.0.0.1:{port}/v1")
        for region, port in zip(FIVE, [closed_port(), *cloud.ports[1:]], strict=True)
    )
    stack = live(replace(failover(cloud.ports), cluster_endpoints=endpoints))
    done = cloud.run(replace(stack, domains=None), "override", "status")
    assert done.exit_code == 0, done.output
    rows = dict(line.strip().split("  ", 1) for line in done.output.splitlines() if "  " in line.strip())
    shown = {name.strip(): value.strip() for name, value in rows.items()}
    assert shown["force-secondary"] == "On"
    assert shown["verdict"].startswith("DOWN")
    assert shown["endpoints alive"] == "4 of 5"
    assert shown["endpoint us-east-1"].startswith("does not serve")
    assert "no record yet" in shown["serving"]
