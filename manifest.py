"""The stack's one structured output: what command line, dashboards and runbooks read instead of the program.

It holds no secret. Its shape changes only with its schema version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA_VERSION = 1


class ManifestError(ValueError):
    """What is given is no manifest of this version; the message says what was found where."""


@dataclass(frozen=True, kw_only=True)
class PoolFacts:
    """The user pool: one ID, an ARN by Region."""

    id: str
    arns: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Regions:
    """Where the pool lives and where its replica does."""

    primary: str
    secondary: str


@dataclass(frozen=True, kw_only=True)
class ClientFacts:
    """An app client; `kind` is web (it has a secret) or native."""

    id: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """An application's one redirect set and the clients that share it."""

    callback_urls: tuple[str, ...]
    logout_urls: tuple[str, ...]
    clients: Mapping[str, ClientFacts]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, camelCase."""
        clients = {name: asdict(client) for name, client in self.clients.items()}
        return {"callbackUrls": list(self.callback_urls), "logoutUrls": list(self.logout_urls), "clients": clients}


@dataclass(frozen=True, kw_only=True)
class TriggerFacts:
    """A trigger in one Region: what Cognito calls, the version behind it, what its twin must share."""

    alias_arn: str
    version: str
    fingerprint: str

    def to_dict(self) -> dict[str, str]:
        """JSON-ready, camelCase."""
        return {"aliasArn": self.alias_arn, "version": self.version, "fingerprint": self.fingerprint}


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One deployed stack. `keys` and `triggers` are by Region, `applications` by name."""

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

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, camelCase, with the schema version."""
        plain = {name: getattr(self, name) for name in ("name", "phase", "account", "issuer")}
        return {
            "schemaVersion": SCHEMA_VERSION,
            **plain,
            "pool": {"id": self.pool.id, "arns": dict(self.pool.arns)},
            "regions": asdict(self.regions),
            "jwksUri": self.jwks_uri,
            "applications": {name: facts.to_dict() for name, facts in self.applications.items()},
            "keys": dict(self.keys),
            "triggers": {
                region: {name: facts.to_dict() for name, facts in triggers.items()}
                for region, triggers in self.triggers.items()
            },
        }

    @classmethod
    def from_dict(cls, data: Any) -> Manifest:
        """Read what `to_dict` wrote. Raises ManifestError, naming the version or the missing or wrong key."""
        if not isinstance(data, Mapping):
            raise ManifestError(f"a manifest is an object, not {type(data).__name__}")
        if (version := data.get("schemaVersion")) != SCHEMA_VERSION:
            raise ManifestError(f"schemaVersion is {version!r}: this program reads version {SCHEMA_VERSION}")
        try:
            return _read(data)
        except KeyError as missing:
            raise ManifestError(f"the manifest has no key {missing.args[0]!r}") from None
        except (TypeError, AttributeError) as error:
            raise ManifestError(f"the manifest has a value of the wrong kind: {error}") from None


def _read(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        name=data["name"],
        phase=data["phase"],
        account=data["account"],
        pool=PoolFacts(id=data["pool"]["id"], arns=dict(data["pool"]["arns"])),
        regions=Regions(primary=data["regions"]["primary"], secondary=data["regions"]["secondary"]),
        issuer=data["issuer"],
        jwks_uri=data["jwksUri"],
        applications={name: _application(facts) for name, facts in data["applications"].items()},
        keys=dict(data["keys"]),
        triggers={
            region: {name: _trigger(facts) for name, facts in triggers.items()}
            for region, triggers in data["triggers"].items()
        },
    )


def _application(facts: Mapping[str, Any]) -> ApplicationFacts:
    clients = {name: ClientFacts(id=c["id"], kind=c["kind"]) for name, c in facts["clients"].items()}
    urls = tuple(facts["callbackUrls"]), tuple(facts["logoutUrls"])
    return ApplicationFacts(callback_urls=urls[0], logout_urls=urls[1], clients=clients)


def _trigger(facts: Mapping[str, Any]) -> TriggerFacts:
    return TriggerFacts(alias_arn=facts["aliasArn"], version=facts["version"], fingerprint=facts["fingerprint"])
