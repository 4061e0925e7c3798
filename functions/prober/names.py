"""Which Region `serving.` answers with, as clients see it: by the names in its chain.

DNS is the one sight of the switch that needs no API of the primary's Region. A lookup that fails tells nothing.
"""

import threading
from collections.abc import Callable, Iterable, Mapping

LOOKUP_SECONDS = 2.0
Lookup = Callable[[str], tuple[str, list[str], list[str]]]


def region_of(names: Iterable[str], targets: Mapping[str, str]) -> str | None:
    """The Region whose target is in the chain; None for none, or more than one."""
    seen = {name.rstrip(".").lower() for name in names}
    found = [region for region, target in targets.items() if target.rstrip(".").lower() in seen]
    return found[0] if len(found) == 1 else None


def gethostbyname_ex(name: str) -> tuple[str, list[str], list[str]]:
    """The system resolver's chain: the canonical name, the aliases, the addresses."""
    import socket

    return socket.gethostbyname_ex(name)


def answering_region(name: str, targets: Mapping[str, str], lookup: Lookup = gethostbyname_ex) -> str | None:
    """The Region that `name` answers with now, or None. A thread, because a lookup has no timeout of its own."""
    chain: list[str] = []

    def run() -> None:
        try:
            canonical, aliases, _ = lookup(name)
        except (OSError, UnicodeError):
            return
        chain.extend([canonical, *aliases])

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LOOKUP_SECONDS)
    return region_of(list(chain), targets)
