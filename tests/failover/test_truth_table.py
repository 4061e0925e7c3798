"""Every input of the serving logic, from the endpoints' answers to DNS, against a specification of its own."""

import itertools
from typing import Any

import item
import pytest
import verdict
from answer import response, say
from verdict import Answer, Judgement, Observation

from sandbox.network.checks import Checker, Observations, statuses, succeeded
from tests.failover import spec, stack

NOW = 1_800_000_000_000
ANSWERS = [
    *(Answer(status, error, token) for status in (200, 204, 302, 400, 401, 403, 404, 429, 499, 500, 502, 503, 599)
      for error in (None, "invalid_grant", "invalid_client", "other") for token in (False, True)),
    *(Answer(failure=failure) for failure in ("refused", "tls", "timeout", "names", "network", "internal")),
    Answer(),
]  # fmt: skip
SEEN = ("UP", "DOWN", "UNKNOWN", "stale", None)
FLAGS = (False, True)


@pytest.mark.parametrize("grant", ["token", "invalid_code"])
def test_every_pair_of_answers_is_judged_as_specified(grant: Any) -> None:
    for primary, secondary in itertools.product(ANSWERS, ANSWERS):
        sights = [spec.sight_of(*one, grant) for one in (primary, secondary)]
        assert verdict.judge(primary, secondary, grant).verdict == spec.verdict(*sights), (primary, secondary)


def observation(seen: Any) -> Observation | None:
    if seen is None:
        return None
    return Observation("DOWN", NOW - 60_001) if seen == "stale" else Observation(seen, NOW - 60_000)


def settled(checks: dict[str, Any], body: bytes | None, controls: dict[str, bool]) -> dict[str, bool]:
    """Statuses after every checker has asked three times; body None: nobody answers."""
    votes = {}
    for role, check in checks.items():
        if check.has_endpoint:
            checkers = [Checker() for _ in range(16)]
            for checker, _ in itertools.product(checkers, range(3)):
                checker.saw(body is not None and succeeded(check, 200, body), check.threshold)
            votes[role] = [checker.healthy for checker in checkers]
    return statuses(Observations(checks=checks, votes=votes, controls=controls))


def inputs() -> Any:
    observed = [(one,) for one in SEEN] + list(itertools.product(SEEN, SEEN))
    return itertools.product(observed, ("UP", "DOWN", None), FLAGS, FLAGS, FLAGS)


@pytest.mark.parametrize("mode", ["calculated", "verdict"])
def test_every_input_serves_the_region_that_the_specification_names(mode: str) -> None:
    checks, zone = stack.checks(mode, "force", "pin"), stack.zone(mode)
    role = stack.serving_role(mode)
    for seen, before, force, pin, endpoint in inputs():
        said = spec.word(seen, before)
        combined = verdict.combine({str(place): observation(one) for place, one in enumerate(seen)}, NOW)
        old = {"word": before, "version": 7} if before else None
        new = item.next_item(old, Judgement(combined, "r"), None, NOW, canary="token", by="t")
        assert new["word"] == said
        override = {"force": force, "pin": pin} if mode == "verdict" else None
        body = response(*say(new, override, NOW, 60))["body"].encode() if endpoint else None
        health = settled(checks, body, {"force": force, "pin": pin})
        serves = spec.primary_may_serve(said, force=force, pin=pin, endpoint=endpoint, mode=mode)
        assert (health[role], health["secondary"]) == (serves, not serves), (seen, before, force, pin, endpoint)
        names = stack.chain(zone, health, lambda: 0.5)
        assert stack.target_of(names) == (stack.PRIMARY if serves else stack.SECONDARY)
