"""What counts as the steady state before a fault."""

import time
from typing import Any, cast

from recovery.timeline import STEADY_POLLS, Poll, Sighting
from recovery.watch import Watch


def watch(region: str | None) -> Watch:
    """A watch that saw one client served by a Region, the verdict UP and the record on us-east-1."""
    nothing = cast("Any", None)
    now = time.monotonic()
    polls = [Poll(started=now + n / 10, ended=now + n / 10, good=True, region=region) for n in range(STEADY_POLLS)]
    seen = Watch(clients={"api": nothing}, authority=nothing, serving="s", table=nothing, polls={"api": polls})
    seen.verdicts.append(Sighting(at=now, value="UP"))
    seen.records.append(Sighting(at=now, value="us-east-1"))
    return seen


def test_a_client_that_keeps_an_older_answer_is_waited_for() -> None:
    assert watch("us-west-2").unsteady("us-east-1") == ["who serves api. is us-west-2, not us-east-1"]


def test_a_client_on_the_primary_or_one_that_cannot_tell_is_steady() -> None:
    assert watch("us-east-1").unsteady("us-east-1") == []
    assert watch(None).unsteady("us-east-1") == []
