"""Times as people read them."""

from __future__ import annotations


def span(seconds: float) -> str:
    """`350 ms`, `4.2 s`, `3 min 20 s`."""
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 120:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"
