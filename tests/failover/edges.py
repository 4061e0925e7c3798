"""The edges of prober and verdict endpoint in the simulated world: table, routing controls, resolver, metrics.

They do what the real edges do on the wire, and remember what was done, for the oracles.
"""

import importlib.util
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from reading import UnreadableError

from sandbox.cloud.arc.errors import ArcError
from sandbox.cloud.arc.state import Arc

FUNCTIONS = Path(__file__).parents[2] / "functions"
RESOLVER_TTL_MS = 60_000


def load_index(folder: str) -> ModuleType:
    """A function's `index`, as a fresh Lambda environment would import it."""
    spec = importlib.util.spec_from_file_location(f"{folder}_index", FUNCTIONS / folder / "index.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ENDPOINT = load_index("verdict").Endpoint
REPLACED = 0.01


@dataclass
class FakeTable:
    """The table; `reachable` says whether it answers a Region's functions."""

    reachable: Callable[[], bool] = lambda: True
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    written: list[tuple[dict[str, Any] | None, dict[str, Any]]] = field(default_factory=list)
    """Every shared item with the one before it."""

    def _reach(self) -> None:
        if not self.reachable():
            raise TimeoutError("no route to the table")

    def get(self, key: str) -> dict[str, Any] | None:
        self._reach()
        return dict(self.items[key]) if key in self.items else None

    def put(self, item: dict[str, Any]) -> None:
        self._reach()
        self.items[item["id"]] = dict(item)

    def replace(self, item: dict[str, Any], old: dict[str, Any] | None) -> bool:
        self._reach()
        now = self.items.get(item["id"])
        compared = ("force", "pin") if item["id"] == "override" else ("version",)
        if any((now or {}).get(name) != (old or {}).get(name) for name in compared):
            return False
        self.items[item["id"]] = dict(item)
        if item["id"] == "serving":
            self.written.append((now, dict(item)))
        return True


@dataclass
class TableReader:
    """The verdict function's way to the same table."""

    table: FakeTable

    def items(self, *keys: str) -> list[dict[str, Any] | None]:
        try:
            return [self.table.get(key) for key in keys]
        except TimeoutError as error:
            raise UnreadableError("TimeoutError") from error


class ClientError(Exception):
    """What boto3 raises, as far as anyone looks at it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.response = {"Error": {"Code": code, "Message": message}}


@dataclass
class ArcClient:
    """boto3's client of one ARC endpoint."""

    arc: Arc
    region: str

    def get_routing_control_state(self, *, RoutingControlArn: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        try:
            return {"RoutingControlState": self.arc.get(RoutingControlArn, self.region).state}
        except ArcError as error:
            raise ClientError(error.code, error.message) from error

    def update_routing_control_states(self, *, UpdateRoutingControlStateEntries: list[Any]) -> dict[str, Any]:  # noqa: N803
        entries = {
            entry["RoutingControlArn"]: entry["RoutingControlState"] for entry in UpdateRoutingControlStateEntries
        }
        try:
            self.arc.update(entries, endpoint=self.region)
        except ArcError as error:
            raise ClientError(error.code, error.message) from error
        return {}


@dataclass
class Reached:
    """A client behind a way out that may be closed."""

    is_open: Callable[[], bool]
    client: ArcClient

    def __getattr__(self, name: str) -> Any:
        if not self.is_open():
            raise TimeoutError("no way out")
        return getattr(self.client, name)


@dataclass
class Environment:
    """One Lambda environment of the verdict function. It is asked again only when its answer can be another one."""

    about: dict[str, Any]
    table: FakeTable
    clock: Callable[[], int]
    endpoint: Any = None
    inputs: object = None
    said: tuple[int, bytes] = (0, b"")

    def answer(self, inputs: object, chance: random.Random) -> tuple[int, bytes]:
        """Status and body. Now and then Lambda has replaced the environment in the meantime."""
        if self.endpoint is None or (inputs != self.inputs and chance.random() < REPLACED):
            self.endpoint = ENDPOINT(self.about, TableReader(self.table), self.clock)
            self.inputs = None
        if inputs != self.inputs:
            answer = self.endpoint.answer()
            self.inputs, self.said = inputs, (answer["statusCode"], answer["body"].encode())
        return self.said


@dataclass
class Resolver:
    """A caching resolver: what it was told once it repeats for the TTL."""

    ask: Callable[[], list[str]]
    now: Callable[[], int]
    kept: list[str] = field(default_factory=list)
    until: int = 0

    def lookup(self, name: str) -> tuple[str, list[str], list[str]]:
        """As socket.gethostbyname_ex: the last name of the chain, the others, addresses."""
        if self.now() >= self.until:
            self.kept, self.until = self.ask(), self.now() + RESOLVER_TTL_MS
        return self.kept[-1], [name, *self.kept[:-1]], ["192.0.2.1"]


@dataclass
class Metrics:
    """What reached CloudWatch: (time, name, value)."""

    now: Callable[[], int]
    reachable: Callable[[], bool]
    data: list[tuple[int, str, float]] = field(default_factory=list)

    def put(self, values: Mapping[str, int]) -> None:
        if not self.reachable():
            raise TimeoutError("no route to CloudWatch")
        self.data += [(self.now(), name, float(value)) for name, value in values.items()]
