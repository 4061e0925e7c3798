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


@dataclass(frozen=True, kw_only=True)
class TriggerFacts:
    """A trigger in one Region: what Cognito calls, the version behind it, what its twin must share."""

    alias_arn: str
    version: str
    fingerprint: str


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
        return {"schemaVersion": SCHEMA_VERSION} | _camel(asdict(self), _FIELDS)

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


_FIELDS = frozenset({"jwks_uri", "callback_urls", "logout_urls", "alias_arn"})


def _camel(value: Any, names: frozenset[str]) -> Any:
    match value:
        case dict():
            return {_camel_name(key) if key in names else key: _camel(item, names) for key, item in value.items()}
        case tuple() | list():
            return [_camel(item, names) for item in value]
        case _:
            return value


def _camel_name(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


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
