"""What the probes saw, judged: does the primary serve? Pure: no network, no clock, no AWS.

DOWN needs two facts from one place: the primary fails and the secondary answers. Everything else that is not a plain
answer is UNKNOWN, because the prober, its network, the canary user or a trigger (both Regions have the same one) may be
what is broken. The token endpoint and its errors:
docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
"""

import json
from collections.abc import Mapping
from typing import Literal, NamedTuple

Verdict = Literal["UP", "DOWN", "UNKNOWN"]
Sight = Literal["answers", "fails", "unclear"]
Canary = Literal["token", "invalid_code"]
Failure = Literal["refused", "tls", "timeout", "names", "network", "internal"]

FRESH_MS = 60_000
"""An observation that is older says nothing any more."""
KNOWN_ERRORS = frozenset(
    {
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
    }
)
"""Error codes of RFC 6749 section 5.2. Any other text is not repeated: it could hold anything."""


class Answer(NamedTuple):
    """What a token endpoint did: an HTTP status with what matters of its body, or how the request failed."""

    status: int | None = None
    error: str | None = None
    token: bool = False
    failure: Failure | None = None

    def __str__(self) -> str:
        parts = (self.failure, self.status, self.error, "with a token" if self.token else None)
        return " ".join(str(part) for part in parts if part is not None) or "nothing"


class Judgement(NamedTuple):
    """A verdict and why, in words that hold no secret."""

    verdict: Verdict
    reason: str


class Observation(NamedTuple):
    """One prober's last round. Times in epoch milliseconds; `down_since` while it says DOWN without a break."""

    verdict: Verdict
    observed_at: int
    down_since: int | None = None


def answer_of(status: int, body: bytes) -> Answer:
    """The answer without what it carried: no token leaves this function."""
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        return Answer(status)
    error, token = content.get("error"), content.get("access_token")
    known = error if isinstance(error, str) and error in KNOWN_ERRORS else None
    return Answer(status, known or ("other" if error else None), isinstance(token, str) and token != "")


def classify(answer: Answer, canary: Canary) -> Sight:
    """Whether an endpoint answers as it should, fails, or does something that has no clear meaning.

    Expected is a token for the canary's refresh token, or `400 invalid_grant` for a code that is no code. An error of
    the prober itself ("internal") is no failure of the endpoint.
    """
    if answer.failure is not None:
        return "unclear" if answer.failure == "internal" else "fails"
    if answer.status is not None and answer.status >= 500:
        return "fails"
    if canary == "token":
        expected = answer.status == 200 and answer.token
    else:
        expected = answer.status == 400 and answer.error == "invalid_grant"
    return "answers" if expected else "unclear"


def judge(primary: Answer, secondary: Answer, canary: Canary) -> Judgement:
    """One place's verdict. The secondary's state matters only when the primary fails."""
    reason = f"primary {primary}, secondary {secondary}"
    match classify(primary, canary), classify(secondary, canary):
        case "answers", _:
            return Judgement("UP", reason)
        case "fails", "answers":
            return Judgement("DOWN", reason)
        case _:
            return Judgement("UNKNOWN", reason)


def decided(observation: Observation | None, now: int) -> bool:
    """Whether it counts: UP or DOWN, at most FRESH_MS old (or ahead: clocks differ)."""
    return (
        observation is not None and observation.verdict != "UNKNOWN" and abs(now - observation.observed_at) <= FRESH_MS
    )


def combine(observations: Mapping[str, Observation | None], now: int) -> Verdict:
    """The verdict of all probers together: one that sees the primary is enough for UP."""
    verdicts = {seen.verdict for seen in observations.values() if seen and decided(seen, now)}
    if not verdicts:
        return "UNKNOWN"
    return "UP" if "UP" in verdicts else "DOWN"


def unanimous(observations: Mapping[str, Observation | None], now: int) -> bool:
    """Whether every prober has a fresh, decided observation and all say the same.

    If not, the redundancy is gone even when the verdict is decided: the alarm `verdict-unknown` counts it.
    """
    seen = list(observations.values())
    return all(decided(one, now) for one in seen) and len({one.verdict for one in seen if one}) == 1
