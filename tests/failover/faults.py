"""What can be broken in the simulated world, and what a prober then sees."""

from dataclasses import dataclass, field

from verdict import Answer, Canary

from tests.failover.stack import SECONDARY

PROBERS = (SECONDARY, "eu-west-1")
FAILURES: dict[str, Answer] = {
    "refuse": Answer(failure="refused"),
    "hang": Answer(failure="timeout"),
    "tls": Answer(failure="tls"),
    "error": Answer(503),
    "slow": Answer(failure="timeout"),
}
GOOD: dict[Canary, Answer] = {"token": Answer(200, token=True), "invalid_code": Answer(400, "invalid_grant")}
Seen = tuple[Answer, Answer, Canary]


@dataclass
class Faults:
    """What is broken now."""

    region: dict[str, str] = field(default_factory=dict)
    """Region -> one of FAILURES: its token endpoints, and for the secondary everything of ours in it."""
    prober: dict[str, str] = field(default_factory=dict)
    """Prober's Region -> dead | blind | lying."""
    verdict: str | None = None
    """dead | flooded | forbidden"""
    egress: str | None = None
    """Of the functions in the secondary: tokens (nothing outside AWS's Region is reached) | all (no AWS API either)."""
    answers: Answer | None = None
    """What both token endpoints say to the canary: a broken canary, a trigger that raises."""
