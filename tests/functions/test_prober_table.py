"""The table's conditional writes, on an emulated DynamoDB through boto3."""

import clients
import item
import pytest
from hypothesis import given
from hypothesis import strategies as st
from table import Table, from_attributes, to_attributes

from tests.functions.conftest import Store

ITEMS = st.dictionaries(
    st.text(min_size=1, max_size=9), st.text(max_size=9) | st.integers(-(2**50), 2**50) | st.booleans()
)


@pytest.fixture
def table(store: Store) -> Table:
    return Table(store.name, "us-west-2")


@given(ITEMS)
def test_an_item_is_the_same_after_its_way_through_attributes(made: item.Item) -> None:
    back = from_attributes(to_attributes(made))
    assert back == made
    assert {key: type(value) for key, value in back.items()} == {key: type(value) for key, value in made.items()}


@pytest.mark.parametrize("value", [None, 1.5, [], {}])
def test_an_item_holds_nothing_else(value: object) -> None:
    with pytest.raises(TypeError, match="text, whole numbers and booleans"):
        to_attributes({"key": value})


def test_an_item_that_is_not_there_is_none(table: Table) -> None:
    assert table.get("serving") is None


def test_a_shared_item_is_written_once_a_version(table: Table) -> None:
    first = {"id": "serving", "word": "UP", "version": 1}
    assert table.replace(first, None)
    assert not table.replace(first, None), "somebody has made it already"
    second = first | {"word": "DOWN", "version": 2}
    assert table.replace(second, first)
    assert not table.replace(first | {"version": 2}, first), "its version has moved on"
    assert table.get("serving") == second


def test_an_item_without_a_version_can_be_taken_over_once(table: Table) -> None:
    bare = {"id": "serving", "word": "UP"}
    table.put(bare)
    assert table.replace(bare | {"version": 1}, bare)
    assert not table.replace(bare | {"version": 1}, bare)


@pytest.mark.parametrize("between", [{"force": True}, {"pin": True}])
def test_an_override_is_written_only_over_the_switches_that_were_seen(table: Table, between: dict[str, bool]) -> None:
    old = item.override_item(force=False, pin=False, by="pulumi", at=0, reason="")
    forced = item.override_item(force=True, pin=False, by="prober", at=1, reason="latch")
    assert table.replace(old, None)
    table.put(old | between)
    assert not table.replace(forced, old)
    table.put(old | {"by": "somebody else"})
    assert table.replace(forced, old)
    assert table.get("override") == forced


def test_another_error_is_no_conflict(store: Store) -> None:
    with pytest.raises(Exception, match="ResourceNotFound") as raised:
        Table("no-such-table", "us-west-2").replace({"id": "serving"}, None)
    assert clients.error_name(raised.value).endswith("(ResourceNotFoundException)")
