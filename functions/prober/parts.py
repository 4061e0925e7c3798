"""The edges of a round, as it sees them: a simulation gives it others."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from controls import Engaged, Switches
from item import Item
from verdict import Answer, Canary


class TablePart(Protocol):
    """The table, as table.Table explains it."""

    def get(self, key: str) -> Item | None:
        """One item."""
        ...

    def put(self, item: Item) -> None:
        """An item that only we write."""
        ...

    def replace(self, item: Item, old: Item | None) -> bool:
        """A conditional write."""
        ...


class ControlsPart(Protocol):
    """The routing controls, as controls.RoutingControls explains them."""

    def read(self) -> Switches:
        """Both states."""
        ...

    def engage(self) -> Engaged:
        """Force On."""
        ...


class Parts(NamedTuple):
    """The edges of a round. `controls` is None where the override's item is the authority; `clock` in epoch ms."""

    probe: Callable[[], tuple[Answer, Answer, Canary]]
    table: TablePart
    controls: ControlsPart | None
    answering_region: Callable[[], str | None]
    metrics: Callable[[Mapping[str, int]], None]
    clock: Callable[[], int]
