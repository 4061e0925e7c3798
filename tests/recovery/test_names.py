"""A client's view of DNS: an answer lives for its TTL, not longer, and a new one is asked for then."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.names import Answer, NoAnswerError, Resolver, TtlCache
from recovery.serving import region_of, serving_region
from tests.recovery import fake_dns
from tests.recovery.fake_dns import Records

EAST, WEST = "cognito-idp.us-east-1.amazonaws.com", "cognito-idp.us-west-2.amazonaws.com"
NAME = "serving.example.com"


class Clock:
    """Seconds that tests set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(ttl=st.floats(0, 3600), asked=st.floats(0, 1e6), later=st.floats(0, 7200))
def test_an_answer_is_kept_exactly_for_its_ttl(ttl: float, asked: float, later: float) -> None:
    clock = Clock()
    cache = TtlCache(now=clock)
    answer = Answer(values=("a",), ttl=ttl)
    cache.put(NAME, "A", answer, asked)
    clock.now = asked + later
    assert cache.get(NAME, "A") == (answer if asked + later < asked + ttl else None)
    assert cache.get(NAME, "CNAME") is None


def test_a_client_follows_a_change_when_the_ttl_is_over_and_not_before() -> None:
    clock, records = Clock(), Records({(NAME, "CNAME"): [(EAST, 60)]})
    with fake_dns.serve(records) as address:
        client, authority = Resolver(address, TtlCache(now=clock)), Resolver(address)

        async def both() -> tuple[str, str]:
            return await serving_region(client, NAME), await serving_region(authority, NAME)

        assert asyncio.run(both()) == ("us-east-1", "us-east-1")
        records.records[NAME, "CNAME"] = [(WEST, 60)]
        clock.now = 59.9
        assert asyncio.run(both()) == ("us-east-1", "us-west-2")
        clock.now = 60.0
        assert asyncio.run(both()) == ("us-west-2", "us-west-2")


def test_the_shortest_ttl_of_a_chain_counts() -> None:
    clock = Clock()
    records = Records({("api.example.com", "A"): [("192.0.2.1", 7)]})
    with fake_dns.serve(records) as address:
        client = Resolver(address, TtlCache(now=clock))
        assert asyncio.run(client.values("api.example.com", "A")) == ("192.0.2.1",)
        clock.now = 7.0
        asyncio.run(client.values("api.example.com", "A"))
    assert len(records.asked) == 2


def test_no_name_no_record_and_no_server_are_told_apart() -> None:
    records = Records({(NAME, "CNAME"): [(EAST, 60)], ("text.example.com", "TXT"): []})
    with fake_dns.serve(records) as address:
        resolver = Resolver(address)
        with pytest.raises(NoAnswerError, match="other.example.com does not exist"):
            asyncio.run(resolver.values("other.example.com", "A"))
        with pytest.raises(NoAnswerError, match="text.example.com has no A record"):
            asyncio.run(resolver.values("text.example.com", "A"))
    with pytest.raises(NoAnswerError, match=f"no name server answers for {NAME}"):
        asyncio.run(Resolver(address).values(NAME, "A"))


def test_only_cognito_endpoints_tell_a_region() -> None:
    assert region_of(f"{WEST}.") == "us-west-2"
    with pytest.raises(NoAnswerError, match="evil.example.com is no Cognito endpoint"):
        region_of("evil.example.com")
