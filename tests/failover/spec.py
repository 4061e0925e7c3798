"""The serving logic as Boolean algebra, written from the design alone. Shares no code with what it judges."""

from collections.abc import Iterable


def sight_of(status: int | None, error: str | None, token: bool, failure: str | None, grant: str) -> str:
    """ "good", "bad" or "odd": one endpoint's answer."""
    if failure == "internal":
        return "odd"
    if failure or (status is not None and status // 100 == 5):
        return "bad"
    good = (grant == "token" and status == 200 and token) or (
        grant == "invalid_code" and (status, error) == (400, "invalid_grant")
    )
    return "good" if good else "odd"


def verdict(primary: str, secondary: str) -> str:
    """One place's verdict."""
    up = primary == "good"
    down = primary == "bad" and secondary == "good"
    return {(True, False): "UP", (False, True): "DOWN"}.get((up, down), "UNKNOWN")


def word(observations: Iterable[str | None], before: str | None) -> str:
    """The shared word: observations are "UP", "DOWN", "UNKNOWN", "stale" or None."""
    seen = list(observations)
    down = "DOWN" in seen and "UP" not in seen
    nothing = "DOWN" not in seen and "UP" not in seen
    return "DOWN" if down or (nothing and before == "DOWN") else "UP"


def primary_may_serve(said: str, *, force: bool, pin: bool, endpoint: bool, mode: str) -> bool:
    """The settled status of the serving check; `endpoint`: the verdict endpoint answers."""
    probe_ok = said == "UP" or not endpoint
    if mode == "calculated":
        return not force and (probe_ok or pin)
    return not endpoint or (not force and (said == "UP" or pin))
