"""DNS answers by Route 53's documented rules."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.network.addresses import ADDRESSES
from sandbox.network.answers import Names, Record, Row, Zone, address, answer, choose

SERVERS = frozenset({"ns-1.example.org.", "ns-2.example.org."})
EAST, WEST, EDGE = ADDRESSES["us-east-1"], ADDRESSES["us-west-2"], ADDRESSES["edge"]
SOA = Record(name="dr.example.", type="SOA", ttl=900, values=("ns-1.example.org. a.example.org. 1 7200 900 1 86400",))
NS = Record(name="dr.example.", type="NS", ttl=172800, values=tuple(sorted(SERVERS)))


def serving(**weights: int) -> tuple[Record, ...]:
    return tuple(
        Record(
            name="serving.dr.example.",
            type="CNAME",
            values=(f"cognito-idp.{region.replace('_', '-')}.amazonaws.com",),
            weight=weight,
            set_id=region,
            check=region,
        )
        for region, weight in weights.items()
    )


def names(*records: Record, **health: bool) -> Names:
    zone = Zone(name="dr.example.", name_servers=SERVERS, records=(SOA, NS, *records))
    return Names(zones=[zone], delegations={"dr.example": SERVERS}, health=health)


def values(found: Names, name: str, kind: str = "A", draw: float = 0.0) -> list[str]:
    return [row.value for row in answer(found, name, kind, lambda: draw).rows]


@pytest.mark.parametrize("draw", [0.0, 0.5, 0.999])
@pytest.mark.parametrize(
    ("east", "west", "region"),
    [
        (True, False, "us-east-1"),
        (False, True, "us-west-2"),
        (True, True, "us-east-1"),  # weight 0 only when no other is healthy
        (False, False, "us-east-1"),  # nothing healthy: as if everything were
    ],
)
def test_100_and_0_with_checks_on_both(east: bool, west: bool, region: str, draw: float) -> None:
    found = names(*serving(us_east_1=100, us_west_2=0), us_east_1=east, us_west_2=west)
    assert values(found, "SERVING.dr.example", "CNAME", draw) == [f"cognito-idp.{region}.amazonaws.com"]
    place = {"us-east-1": EAST, "us-west-2": WEST}[region]
    assert answer(found, "serving.dr.example", "A", lambda: draw).rows == (
        Row("serving.dr.example.", "CNAME", 60, f"cognito-idp.{region}.amazonaws.com"),
        Row(f"cognito-idp.{region}.amazonaws.com.", "A", 60, place),
    )


def record(weight: int, check: str | None) -> Record:
    return Record(name="n.", type="A", weight=weight, check=check, set_id=f"{weight}{check}", values=("1",))


def test_weights_are_shares_and_all_zero_means_equal_chances() -> None:
    def shares(*weights: int) -> list[int]:
        group = [record(weight, str(index)) for index, weight in enumerate(weights)]
        draws = [index / 100 for index in range(100)]
        chosen = Counter(group.index(choose(group, lambda _: True, lambda d=draw: d)) for draw in draws)
        return [chosen[index] for index in range(len(weights))]

    assert shares(90, 10) == [90, 10]
    assert shares(0, 0) == [50, 50]
    assert shares(100, 0) == [100, 0]


@given(
    st.lists(st.tuples(st.integers(0, 255), st.sampled_from(["well", "ill", None])), min_size=1, max_size=6),
    st.floats(0, 1, exclude_max=True),
)
def test_the_chosen_weighted_record_is_one_that_the_rules_allow(
    group: list[tuple[int, str | None]], draw: float
) -> None:
    health = {"well": True, "ill": False}
    records = [record(weight, check) for weight, check in group]
    got = choose(records, lambda one: one.check is None or health[one.check], lambda: draw)
    well = {(weight, check) for weight, check in group if check != "ill"}
    allowed = {pair for pair in well if pair[0] > 0} or well or {pair for pair in group if pair[0] > 0} or set(group)
    assert (got.weight, got.check) in allowed


def test_a_record_without_a_check_is_always_healthy() -> None:
    heavy, light = record(100, None), record(0, "ill")
    found = names(heavy, light, ill=False)
    assert choose([heavy, light], lambda one: one.check is None or found.health[one.check], lambda: 0.0) is heavy


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [(True, True, "1"), (False, True, "2"), (False, False, "1"), (True, False, "1")],
)
def test_failover_records(first: bool, second: bool, chosen: str) -> None:
    pair = (
        Record(name="f.dr.example.", type="A", failover="PRIMARY", check="a", values=("1",)),
        Record(name="f.dr.example.", type="A", failover="SECONDARY", check="b", values=("2",)),
    )
    assert values(names(*pair, a=first, b=second), "f.dr.example") == [chosen]


def test_an_alias_has_the_targets_ttl_and_the_asked_name() -> None:
    api = Record(name="api.dr.example.", type="A", alias="d-abc.execute-api.us-west-2.amazonaws.com", ttl=7)
    auth = Record(name="auth.dr.example.", type="A", alias="D111.cloudfront.net.")
    found = names(api, auth)
    assert answer(found, "api.dr.example.", "A", lambda: 0.0).rows == (Row("api.dr.example.", "A", 60, WEST),)
    assert values(found, "auth.dr.example") == [EDGE]
    assert answer(found, "api.dr.example.", "AAAA", lambda: 0.0).code == "NOERROR"


def test_an_alias_within_the_zone_follows_the_health_of_its_target_when_told_to() -> None:
    targets = Record(name="t.dr.example.", type="A", values=("1",), ttl=30, check="ill")
    other = Record(name="o.dr.example.", type="A", values=("2",))

    def weighted(evaluate: bool) -> list[str]:
        pair = (
            Record(name="w.dr.example.", type="A", alias="t.dr.example", weight=1, evaluate_target_health=evaluate),
            Record(name="w.dr.example.", type="A", alias="o.dr.example", weight=0),
        )
        return values(names(targets, other, *pair, ill=False), "w.dr.example")

    assert weighted(evaluate=True) == ["2"]
    assert weighted(evaluate=False) == ["1"]


@pytest.mark.parametrize(
    ("name", "kind", "code", "negative"),
    [
        ("nothing.dr.example", "A", "NXDOMAIN", True),
        ("dr.example", "A", "NOERROR", True),
        ("dr.example", "NS", "NOERROR", False),
        ("deep.dr.example", "A", "NOERROR", True),  # a name lies below
        ("elsewhere.example", "A", "NXDOMAIN", False),
        ("cognito-idp.eu-west-1.amazonaws.com", "A", "NXDOMAIN", False),
    ],
)
def test_codes_and_the_soa_of_negative_answers(name: str, kind: str, code: str, negative: bool) -> None:
    found = answer(names(Record(name="very.deep.dr.example.", type="TXT", values=("x",))), name, kind, lambda: 0.0)
    assert found.code == code
    assert [row.type for row in found.authority] == (["SOA"] if negative else [])


def test_a_zone_answers_only_when_it_is_delegated_to_its_own_name_servers() -> None:
    zone = names(Record(name="x.dr.example.", type="A", values=("1",))).zones[0]
    twin = Zone(name="dr.example.", name_servers=frozenset({"ns-9.example.org."}))
    for delegations, code in (
        ({}, "NXDOMAIN"),
        ({"dr.example": frozenset({"ns-7.example.org"})}, "SERVFAIL"),
        ({"dr.example": frozenset({"NS-1.example.org", "ns-2.example.org."})}, "NOERROR"),
    ):
        found = Names(zones=[twin, zone], delegations=delegations)
        assert answer(found, "x.dr.example", "A", lambda: 0.0).code == code


def test_a_chain_that_ends_nowhere_ends() -> None:
    loop = (
        Record(name="a.dr.example.", type="CNAME", values=("b.dr.example",)),
        Record(name="b.dr.example.", type="CNAME", values=("a.dr.example",)),
        Record(name="c.dr.example.", type="A", alias="c.dr.example"),
        Record(name="d.dr.example.", type="CNAME", values=("gone.dr.example",)),
    )
    found = names(*loop)
    assert answer(found, "a.dr.example", "A", lambda: 0.0).code == "SERVFAIL"
    assert answer(found, "c.dr.example", "A", lambda: 0.0).code == "SERVFAIL"
    assert answer(found, "d.dr.example", "A", lambda: 0.0).code == "NXDOMAIN"
    assert address(found, "d.dr.example", lambda: 0.0) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cognito-idp.us-east-1.amazonaws.com", EAST),
        ("local-us-west-2-000000000000.auth.us-west-2.amazoncognito.com", WEST),
        ("abc123.execute-api.us-west-2.amazonaws.com", WEST),
        ("d111111abcdef8.cloudfront.net", EDGE),
        ("issuer-cognito-idp.us-east-1.amazonaws.com", EDGE),
        ("s3.us-east-1.amazonaws.com", None),
        ("example.com", None),
    ],
)
def test_aws_host_names(name: str, expected: str | None) -> None:
    assert address(Names(), name, lambda: 0.0) == expected
