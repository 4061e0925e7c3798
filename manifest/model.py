"""The manifest itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from manifest.errors import ManifestError
from manifest.failover import AlarmFacts, CanaryFacts, CopyFacts, DomainFacts, FailoverFacts, ZoneFacts
from manifest.plain import from_plain, to_plain
from manifest.pool import ApplicationFacts, PoolFacts, Regions, TriggerFacts

SCHEMA_VERSION = 2
PHASES = ("foundation", "replication", "domain", "live")
"""How far a stack may be rolled out, in order."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One deployed stack. `keys`, `triggers` and `prefix_domains` are by Region, `applications` by name.

    What a stack's phase has not reached is None, or empty: `prefix_domains` (URLs), `dns`, `failover` and `canary`
    before phase replication, `domains` before phase domain, `alarms` (by role) before phase live.
    """

    name: str
    phase: str
    account: str
    pool: PoolFacts
    regions: Regions
    issuer: str
    jwks_uri: str
    applications: Mapping[str, ApplicationFacts]
    keys: Mapping[str, str]
    triggers: Mapping[str, Mapping[str, TriggerFacts]]
    prefix_domains: Mapping[str, str] = field(default_factory=dict)
    dns: ZoneFacts | None = None
    domains: DomainFacts | None = None
    failover: FailoverFacts | None = None
    canary: CanaryFacts | None = None
    alarms: Mapping[str, AlarmFacts] = field(default_factory=dict)
    copy: CopyFacts | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, camelCase, with the schema version."""
        return {"schemaVersion": SCHEMA_VERSION, **to_plain(self)}

    @classmethod
    def from_dict(cls, data: Any) -> Manifest:
        """Read what `to_dict` wrote. Raises ManifestError, naming the version or the missing or wrong key."""
        if not isinstance(data, Mapping):
            raise ManifestError(f"a manifest is an object, not {type(data).__name__}")
        if (version := data.get("schemaVersion")) != SCHEMA_VERSION:
            raise ManifestError(_other_version(version))
        read: Manifest = from_plain(cls, data, "the manifest")
        if read.phase not in PHASES:
            raise ManifestError(f"the manifest.phase is {read.phase!r}: this program knows {', '.join(PHASES)}")
        return read


def _other_version(version: Any) -> str:
    """A human at 3 a.m. needs the way out, not only the refusal."""
    found = f"schemaVersion is {version!r}: this program reads version {SCHEMA_VERSION}. "
    if isinstance(version, int) and version > SCHEMA_VERSION:
        return found + "Use the release of cognito-dr that deployed this stack"
    return found + "Run `pulumi up` with this release to have the manifest written anew"
