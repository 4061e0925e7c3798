"""The encrypted values of a stack file: where they stand, and a config without them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str, ...]


def encrypted(value: Any) -> bool:
    """Whether the engine wrote this for an encrypted value."""
    return isinstance(value, Mapping) and set(value) == {"secure"}


def paths(config: Any, above: Path = ()) -> Iterator[Path]:
    """Where the encrypted values of objects stand."""
    if encrypted(config):
        yield above
    elif isinstance(config, Mapping):
        for key, value in config.items():
            yield from paths(value, (*above, str(key)))


def replaced(config: Mapping[str, Any], reached: Mapping[str, Any]) -> dict[str, Any]:
    """The config with the encrypted values of an earlier working copy, as far as it has them, and no others."""
    fresh: Any = copy.deepcopy(dict(config))
    kept: Any
    for path in paths(config):
        *way, last = path
        own, kept = fresh, reached
        for key in way:
            own, kept = own[key], kept.get(key) if isinstance(kept, Mapping) else None
        if isinstance(kept, Mapping) and encrypted(kept.get(last)):
            own[last] = kept[last]
        else:
            del own[last]
    return fresh


def property_path(path: Path) -> str:
    """A path as `pulumi config set --path` reads it."""
    first, *rest = path
    return first + "".join(f'["{key}"]' for key in rest)
