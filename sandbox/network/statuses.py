"""The statuses of all health checks: what the checkers saw, what follows, and what was so some seconds ago."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.network.checks import CHECKERS, Check, Checker, Observations, statuses
from sandbox.network.clock import Clock

KEPT = 256
"""Changes of one check that are remembered."""


@dataclass(frozen=True)
class Observation:
    """What one checker said last: GetHealthCheckStatus shows it. *at* is in epoch seconds; None: not asked yet."""

    checker: int
    healthy: bool
    text: str
    at: float | None


class Statuses:
    """Keeps the checkers' opinions and the history of every check. *checks* and *controls* read the cloud."""

    def __init__(
        self, clock: Clock, checks: Callable[[], Mapping[str, Check]], controls: Callable[[], Mapping[str, bool]]
    ) -> None:
        self._clock = clock
        self._checks = checks
        self._controls = controls
        self._checkers: dict[str, list[Checker]] = {}
        self._said: dict[tuple[str, int], Observation] = {}
        self._history: dict[str, deque[tuple[float, bool]]] = {}

    def checks(self) -> Mapping[str, Check]:
        """All checks by ID, as the cloud has them now."""
        return self._checks()

    def checkers(self, check_id: str) -> list[Checker]:
        """The checkers of a check, made when first asked for."""
        if check_id not in self._checkers:
            self._checkers[check_id] = [Checker() for _ in range(CHECKERS)]
        return self._checkers[check_id]

    def saw(self, check: Check, index: int, success: bool, text: str, at: float) -> None:
        """Take one checker's result."""
        checker = self.checkers(check.id)[index]
        changed = checker.saw(success, check.threshold)
        self._said[check.id, index] = Observation(index, success, text, at)
        if changed:
            self.refresh()

    def observations(self, check_id: str) -> list[Observation]:
        """What every checker of a check said last."""
        nothing = "No data yet"
        return [
            self._said.get((check_id, index), Observation(index, checker.healthy, nothing, None))
            for index, checker in enumerate(self.checkers(check_id))
        ]

    def refresh(self) -> dict[str, bool]:
        """The status of every check now; remembers the changes and forgets deleted checks."""
        checks = self._checks()
        votes = {name: [one.healthy for one in self._checkers[name]] for name in checks if name in self._checkers}
        found = statuses(Observations(checks=checks, votes=votes, controls=self._controls()))
        now = self._clock.now()
        for check_id, healthy in found.items():
            history = self._history.setdefault(check_id, deque(maxlen=KEPT))
            if not history or history[-1][1] is not healthy:
                history.append((now, healthy))
        for gone in [name for name in self._history if name not in checks]:
            self._forget(gone)
        return found

    def healthy(self, check_id: str) -> bool:
        """The status of a check now; one that does not exist is healthy."""
        return self.refresh().get(check_id, True)

    def before(self, check_id: str, seconds: float) -> bool:
        """The status of a check that many seconds ago; before its first one it had its first one."""
        self.refresh()
        history = self._history.get(check_id)
        if not history:
            return True
        then = self._clock.now() - seconds
        return next((healthy for at, healthy in reversed(history) if at <= then), history[0][1])

    def settled(self, check_id: str) -> bool:
        """Whether enough data exists: every checker has asked as often as the threshold demands."""
        check = self._checks().get(check_id)
        if check is None or not check.has_endpoint:
            return check is not None
        return all(checker.asked >= check.threshold for checker in self.checkers(check_id))

    def _forget(self, check_id: str) -> None:
        self._history.pop(check_id, None)
        self._checkers.pop(check_id, None)
        for key in [key for key in self._said if key[0] == check_id]:
            del self._said[key]
