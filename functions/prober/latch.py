"""When an automatic failover becomes lasting. Pure: no network, no clock, no AWS.

Cognito and Route 53 return by themselves as soon as the check is healthy
(docs.aws.amazon.com/cognito/latest/developerguide/user-pool-multi-region.html). After a lasting outage, returning is a
human decision: the latch holds traffic in the secondary. Times are in epoch milliseconds, durations in milliseconds.
"""

from collections.abc import Mapping

from verdict import Observation

MISSED_INTERVALS = 3
"""A prober that was silent for longer cannot vouch for the time between."""


def down_since(previous: Observation | None, verdict: str, now: int, interval: int) -> int | None:
    """Since when one prober has said DOWN without a break; UP, UNKNOWN and a gap start over."""
    if verdict != "DOWN":
        return None
    if previous is None or previous.down_since is None or previous.verdict != "DOWN":
        return now
    gap = now - previous.observed_at
    return previous.down_since if 0 <= gap <= MISSED_INTERVALS * interval else now


def agreed_since(observations: Mapping[str, Observation | None], now: int, interval: int) -> int | None:
    """Since when all probers have said DOWN without a break, or None.

    All that are configured, not only those that still speak: one place alone never makes a failover lasting where two
    were asked for.
    """
    starts = []
    for seen in observations.values():
        if seen is None or seen.verdict != "DOWN" or seen.down_since is None:
            return None
        if abs(now - seen.observed_at) > MISSED_INTERVALS * interval:
            return None
        starts.append(seen.down_since)
    return max(starts, default=None)


def due(agreed: int | None, now: int, latch_after: int, *, forced: bool, pinned: bool) -> bool:
    """Whether only the switch itself is still to be seen. A pinned primary was a human's decision."""
    return agreed is not None and now - agreed >= latch_after and not forced and not pinned


def engages(is_due: bool, answering_region: str | None, secondary: str) -> bool:
    """Whether to engage: due, and `serving.` already answers with the secondary. A lookup that failed is no sight."""
    return is_due and answering_region == secondary
