"""A token bucket, as API Gateway throttles with (developer guide, http-api-throttling.html). Pure: time is given."""

from dataclasses import dataclass


@dataclass
class TokenBucket:
    """Holds at most *burst* tokens, gains *rate* of them a second, starts full."""

    rate: float
    burst: float
    tokens: float
    filled: float
    """When *tokens* was true, in seconds of the caller's clock."""

    @classmethod
    def full(cls, rate: float, burst: float, now: float) -> "TokenBucket":
        """A full bucket."""
        return cls(rate, burst, burst, now)

    def take(self, now: float) -> bool:
        """Take a token; False when there is none."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled) * self.rate)
        self.filled = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
