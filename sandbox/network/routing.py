"""Which Region serves a request that comes to the edge: Cognito's failover of a custom domain.

Source: Cognito developer guide, user-pool-multi-region.html: the domain's Routing.Failover names the secondary
Region and a Route 53 health check; healthy is the primary, unhealthy the secondary, and back by itself. How long
the edge needs is not published: assumption `edge_switch_delay`, for both ways.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.network.faults import Faults
from sandbox.network.statuses import Statuses

ISSUER = "issuer-cognito-idp."


@dataclass(frozen=True, kw_only=True)
class DomainRouting:
    """A custom domain: the pool's Region and, with failover, the secondary's and the check that decides."""

    home: str
    secondary: str | None = None
    check: str | None = None


class EdgeRouting:
    """Picks the Region for a host name. *domain* looks custom domains up, *delay* is in seconds."""

    def __init__(
        self, domain: Callable[[str], DomainRouting | None], statuses: Statuses, faults: Faults, delay: float
    ) -> None:
        self._domain = domain
        self._statuses = statuses
        self._faults = faults
        self._delay = delay

    def region(self, host: str) -> str | None:
        """The Region that serves *host* now; None when no custom domain and no issuer has that name."""
        if host.startswith(ISSUER):
            return self._issuer(host.removeprefix(ISSUER).partition(".")[0])
        found = self._domain(host)
        if found is None:
            return None
        if found.secondary is None or found.check is None or self._statuses.before(found.check, self._delay):
            return found.home
        return found.secondary

    def _issuer(self, home: str) -> str:
        """The UPDATED issuer's documents come from any Region that is well, the pool's own first."""
        other = next(region for region in ("us-west-2", "us-east-1") if region != home)
        return other if self._faults.mode(home) and not self._faults.mode(other) else home
