"""Whole rounds: what fails beside the probes stops nothing, and no line tells a secret."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rounds
from controls import Switches
from parts import Parts
from verdict import Answer

from tests.failover.edges import FakeTable, load_index
from tests.functions import wires
from tests.functions.conftest import Store

NOW = 1_800_000_000_000
UP, GONE = Answer(200, token=True), Answer(failure="refused")
SECRET = "s3cr3t-of-somebody"


class Broken:
    """A part whose every call fails, with something in its text that nobody may see."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def fails(*_: Any, **__: Any) -> Any:
            raise RuntimeError(SECRET)

        return fails


class Controls:
    """Two switches."""

    def __init__(self) -> None:
        self.switches = Switches(force=False, pin=False)

    def read(self) -> Switches:
        return self.switches

    def engage(self) -> Any:
        self.switches = Switches(force=True, pin=False)
        return "engaged"


class Stand:
    """A prober alone, with parts that can be replaced."""

    def __init__(self, *, mirrors: bool = False, item_mode: bool = False) -> None:
        self.table, self.controls, self.now, self.measured = FakeTable(), Controls(), NOW, {}
        self.config = rounds.Config("us-west-2", ("us-west-2",), "us-west-2", 10_000, 60_000, mirrors)
        self.seen = (UP, UP, "token")
        self.parts = Parts(
            probe=lambda: self.seen,  # ty: ignore[invalid-argument-type]
            table=self.table,
            controls=None if item_mode else self.controls,
            answering_region=lambda: "us-west-2",
            metrics=self.measured.update,
            clock=lambda: self.now,
        )

    def round(self, **parts: Any) -> dict[str, Any]:
        self.now += 10_000
        return rounds.run(self.config, self.parts._replace(**parts))

    def outage(self, count: int, **parts: Any) -> list[dict[str, Any]]:
        self.seen = (GONE, UP, "token")
        return [self.round(**parts) for _ in range(count)]


BROKEN = Broken()
PARTS = {"table": BROKEN, "controls": BROKEN, "answering_region": BROKEN.call, "metrics": BROKEN.call}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("mirrors", [False, True])
def test_a_broken_part_stops_no_round_and_tells_no_secret(part: str, mirrors: bool) -> None:
    lines = Stand(mirrors=mirrors).outage(9, **{part: PARTS[part]})
    assert [line["verdict"] for line in lines] == ["DOWN"] * 9
    assert any(line["errors"] for line in lines)
    assert SECRET not in json.dumps(lines)


@pytest.mark.parametrize("part", ["metrics"])
def test_what_the_latch_does_not_need_does_not_hold_it_up(part: str) -> None:
    assert Stand().outage(9, **{part: PARTS[part]})[-1]["forced"]


def test_one_failed_write_is_not_the_end_of_the_round() -> None:
    class NoOwnItem(FakeTable):
        def put(self, item: dict[str, Any]) -> None:
            raise RuntimeError(SECRET)

    stand, table = Stand(), NoOwnItem()
    line = stand.round(table=table)
    assert (line["word"], line["errors"]) == ("UP", ["own item: RuntimeError"])
    assert table.items["serving"]["word"] == "UP"


def test_a_conflict_is_read_again_once() -> None:
    class Contended(FakeTable):
        lost = 0

        def replace(self, item: dict[str, Any], old: dict[str, Any] | None) -> bool:
            if item["id"] == "serving" and self.lost < losses:
                self.lost += 1
                self.items["serving"] = {"id": "serving", "word": "UP", "version": 40 + self.lost}
                return False
            return super().replace(item, old)

    losses = 1
    table = Contended()
    assert Stand().round(table=table)["word"] == "UP"
    assert table.items["serving"]["version"] == 42
    losses = 9
    table = Contended()
    stand = Stand()
    line = stand.round(table=table)
    assert (table.lost, line["word"], line["verdict"]) == (2, None, "UP")
    assert line["errors"] == ["serving item: changed by another prober twice"]
    assert stand.measured["VerdictUnknown"] == 1


@pytest.mark.parametrize("item_mode", [False, True])
def test_the_latch_engages_after_a_minute_and_only_once(item_mode: bool) -> None:
    stand = Stand(item_mode=item_mode)
    lines = stand.outage(9)
    assert [line["latch"] for line in lines] == [None] * 6 + ["engaged", None, None]
    assert [line["forced"] for line in lines] == [False] * 6 + [True] * 3
    if item_mode:
        override = stand.table.items["override"]
        assert (override["force"], override["pin"], override["reason"]) == (True, False, "latch")


def test_the_latch_waits_for_the_switch() -> None:
    lines = Stand().outage(9, answering_region=lambda: "us-east-1")
    assert lines[-1]["latch"] == "serving answers us-east-1"
    assert not lines[-1]["forced"]


def test_a_pinned_primary_is_not_latched() -> None:
    stand = Stand(item_mode=True)
    stand.table.items["override"] = {"id": "override", "force": False, "pin": True}
    assert stand.outage(9)[-1]["latch"] is None
    assert stand.table.items["override"]["pin"]


def test_the_mirror_follows_the_controls() -> None:
    stand = Stand(mirrors=True)
    for switches in (
        Switches(force=False, pin=True),
        Switches(force=True, pin=False),
        Switches(force=False, pin=False),
    ):
        stand.controls.switches = switches
        stand.round()
        override = stand.table.items["override"]
        assert (override["force"], override["pin"]) == switches


def test_without_the_controls_the_mirror_tells_and_is_left_alone() -> None:
    stand = Stand(mirrors=True)
    held = {"id": "override", "force": True, "pin": False}
    stand.table.items["override"] = held
    line = stand.round(controls=BROKEN)
    assert (line["forced"], stand.measured["ForcedAway"], stand.table.items["override"]) == (True, 1, held)


@pytest.mark.parametrize(
    ("seen", "unknown", "down"),
    [((UP, UP, "token"), 0, 0), ((GONE, UP, "token"), 0, 1), ((GONE, GONE, "token"), 1, 0)],
)
def test_metrics_tell_the_verdict(seen: Any, unknown: int, down: int) -> None:
    stand = Stand()
    stand.seen = seen
    stand.round()
    assert stand.measured == {"VerdictUnknown": unknown, "VerdictDown": down, "ForcedAway": 0}


class Time:
    """A clock that only sleep and work move."""

    def __init__(self, work: list[float]) -> None:
        self.now, self.work, self.begun = 0.0, iter(work), []

    def act(self) -> dict[str, Any]:
        self.begun.append(self.now)
        self.now += next(self.work)
        return {}

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(
    ("work", "begun"),
    [
        ([1.5] * 6, [0, 10, 20, 30, 40, 50]),
        ([1.5, 13, 1, 1, 1, 1], [0, 10, 23, 30, 40, 50]),
        ([28, 1, 1, 1], [0, 30, 40, 50]),
        ([59, 1], [0]),
    ],
)
def test_a_run_is_a_minute_of_rounds(work: list[float], begun: list[float]) -> None:
    """Late rounds are not made up for, and none begins without the time to end."""
    time = Time(work)
    index = load_index("prober")
    index.run(time.act, 6, 10, left_ms=lambda: 1000 * (70 - time.now), clock=lambda: time.now, sleep=time.sleep)
    assert time.begun == begun


def test_the_handler_does_a_smoke_round_on_real_wires(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Secrets Manager and CloudWatch answer nothing here: the item is there all the same."""
    with wires.server(lambda _, __: (400, {}, b'{"error": "invalid_grant"}')) as url:
        monkeypatch.setenv("PROBE", json.dumps(configuration(store, url)))
        index = load_index("prober")
        answer = index.handler({"rounds": 1}, None)
    assert (answer["rounds"], answer["verdict"], answer["word"]) == (1, "UP", "UP")
    line = json.loads(capsys.readouterr().out)
    assert (line["canary"], line["word"], line["forced"]) == ("invalid_code", "UP", False)
    assert any(error.startswith("canary:") for error in line["errors"])
    assert SECRET not in json.dumps(line)


def configuration(store: Store, url: str) -> dict[str, Any]:
    """As the program writes it."""
    return {
        "region": "us-west-2",
        "probers": ["us-west-2"],
        "interval": 10,
        "timeout": 1.5,
        "latchAfter": 60,
        "stack": "local",
        "table": {"name": store.name, "region": "us-west-2"},
        "primary": {"region": "us-east-1", "tokenUrl": f"{url}/oauth2/token"},
        "secondary": {"region": "us-west-2", "tokenUrl": f"{url}/oauth2/token"},
        "clientId": "drill",
        "canarySecret": "arn:aws:secretsmanager:us-west-2:000000000000:secret:local/canary",
        "servingName": None,
        "servingTargets": {},
        "override": "item",
        "servingCheck": "verdict",
        "controls": None,
    }


def test_a_configuration_that_is_none_fails_the_smoke_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBE", "{}")
    with pytest.raises(KeyError):
        load_index("prober").handler({"rounds": 1}, None)
