"""DNS as a client sees it: answers are kept for their TTL, no longer. The cache is pure; the query is the edge."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import dns.asyncresolver
import dns.exception
import dns.resolver

from recovery.errors import RecoveryError
from recovery.surroundings import Address

LIFETIME_SECONDS = 2.0
"""How long one question may take, repeats included."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The values of one answer and the seconds for which it may be kept."""

    values: tuple[str, ...]
    ttl: float


class NoAnswerError(RecoveryError):
    """A name has no such record, or nobody answers."""


@dataclass
class TtlCache:
    """Answers by question, each dropped when its TTL is over. `now` counts seconds."""

    now: Callable[[], float] = time.monotonic
    kept: dict[tuple[str, str], tuple[float, Answer]] = field(default_factory=dict)

    def get(self, name: str, kind: str) -> Answer | None:
        """An answer that is still good."""
        until, answer = self.kept.get((name, kind), (0.0, None))
        return answer if answer is not None and self.now() < until else None

    def put(self, name: str, kind: str, answer: Answer, asked_at: float) -> None:
        """Keep an answer; its time runs from the moment of the question, as an older copy would."""
        self.kept[name, kind] = (asked_at + answer.ttl, answer)


class Resolver:
    """Asks one name server, or the system's; with a cache it answers as a client does, without one as things are."""

    def __init__(self, server: Address | None, cache: TtlCache | None = None) -> None:
        self._cache = cache
        self._resolver = dns.asyncresolver.Resolver(configure=server is None)
        self._resolver.cache = None
        self._resolver.lifetime = LIFETIME_SECONDS
        if server is not None:
            self._resolver.nameservers = [server.host]
            self._resolver.port = server.port

    async def values(self, name: str, kind: str) -> tuple[str, ...]:
        """The values of a record, names without their last dot. Raises NoAnswerError, also for none."""
        if self._cache is not None and (kept := self._cache.get(name, kind)):
            return kept.values
        asked = self._cache.now() if self._cache else 0.0
        answer = await self._ask(name, kind)
        if self._cache is not None:
            self._cache.put(name, kind, answer, asked)
        return answer.values

    async def _ask(self, name: str, kind: str) -> Answer:
        try:
            found = await self._resolver.resolve(f"{name.rstrip('.')}.", kind)
        except dns.resolver.NXDOMAIN:
            raise NoAnswerError(f"{name} does not exist") from None
        except dns.resolver.NoAnswer:
            raise NoAnswerError(f"{name} has no {kind} record") from None
        except (dns.exception.DNSException, OSError) as error:
            raise NoAnswerError(f"no name server answers for {name}: {_brief(error)}") from None
        ttl = found.chaining_result.minimum_ttl
        return Answer(values=tuple(sorted(str(each).rstrip(".") for each in found)), ttl=ttl)


async def authority(server: Address | None, name_servers: Sequence[str]) -> Resolver:
    """Who knows a record first: the given server, or the zone's own name servers, past all resolvers' caches."""
    if server is not None or not name_servers:
        return Resolver(server)
    address, *_ = await Resolver(None).values(name_servers[0], "A")
    return Resolver(Address(host=address, port=53))


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
