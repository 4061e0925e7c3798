"""Settings that cover every mode of the failover in every phase, without chance, so that runs can be shared."""

from __future__ import annotations

from itertools import product
from typing import Any, Final

from tests.siblings import sibling

ACCOUNT: Final = "210987654321"
PAIRS: Final = (("us-east-1", "us-west-2"), ("eu-west-1", "eu-central-1"), ("us-west-2", "us-east-1"))
SERVING: Final = (("routing_control", "calculated"), ("routing_control", "verdict"), ("item", "verdict"))
PLACES: Final = ("us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2")
EARLY: Final = ("foundation", "replication", "domain")


def all_values() -> list[dict[str, Any]]:
    """Live stacks of every serving mode, number of probers and kind of API; earlier phases; in turn all else."""
    live = [
        _values(number, "live", serving, probers=probers, sample=sample)
        for number, (serving, probers, sample) in enumerate(product(SERVING, (1, 2), (True, False)))
    ]
    early = [
        _values(number, phase, serving, probers=1 + number % 2, sample=bool(number % 3))
        for number, (phase, serving) in enumerate(zip(EARLY * 2, SERVING + SERVING[::-1], strict=True), len(live))
    ]
    return live + early


def _values(number: int, phase: str, serving: tuple[str, str], *, probers: int, sample: bool) -> dict[str, Any]:
    primary, secondary = PAIRS[number % len(PAIRS)]
    zone = f"zone{number}.example.com"
    urls = [f"https://{name}.{zone}/callback" for name in ("shop", "Portal", "desk")]
    applications = {
        name: {"callbackUrls": urls[: 2 + at], "logoutUrls": urls[:1], "clients": _clients(at + number % 2)}
        for at, name in enumerate(("shop", "portal")[: 1 + number % 2])
    }
    providers = {"staff": _provider(number, zone)} if number % 3 else {}
    for one in applications.values():
        one["identityProviders"] = [*providers]
    pool = {"name": f"users-{number}", "id": f"{primary}_Pool{number:05d}", "attributes": {"tenant": {}}}
    return {
        "account": ACCOUNT,
        "name": f"stack-{number}",
        "regions": {"primary": primary, "secondary": secondary},
        "rollout": {"phase": phase},
        "protect": True,
        "deployRoles": [f"arn:aws:iam::{ACCOUNT}:role/deploy"] * (number % 2),
        "tags": {"environment": "test"} if number % 2 else {},
        "pool": pool | {"issuer": "ORIGINAL" if not sample else "UPDATED"},
        "groups": {"admins": {}},
        "applications": applications,
        "identityProviders": providers,
        "identityProviderSecrets": {name: "encrypted" for name, one in providers.items() if one["kind"] == "OIDC"},
        "siblings": {"main": sibling(applications, apart=number % 3 > 0)} if number % 4 < 2 else {},
        "claims": {"attributes": {"custom:tenant": "tenant"}},
        "failover": _failover(number, serving, [secondary, "ap-northeast-1"][:probers]),
        "dns": {"zone": "created" if number % 2 else "Z0123456789", "name": zone},
        "domains": {key: f"{key}.{zone}" for key in ("auth", "api", "serving")},
        "api": {"sample": True} if sample else {"targets": _targets(primary, secondary)},
        "triggers": {"memory": (128, 256, 1024)[number % 3], "timeout": 1 + number % 5},
    }


def _provider(number: int, zone: str) -> dict[str, Any]:
    """SAML, with sign-out in every fourth stack, or OIDC; registered is what the custom domain answers at."""
    if number % 3 == 1:
        out = not number % 4
        paths = ["idpresponse", "logout"] if out else ["idpresponse"]
        uris = [f"https://auth.{zone}/saml2/{path}" for path in paths]
        more = {"metadataUrl": "https://idp.example.net/metadata.xml", "singleSignOut": out}
        return {"kind": "SAML", **more, "registeredUris": uris}
    uris = [f"https://auth.{zone}/oauth2/idpresponse"]
    return {"kind": "OIDC", "issuer": "https://idp.example.net", "clientId": "c", "registeredUris": uris}


def _clients(more: int) -> dict[str, Any]:
    return {name: {"kind": kind} for name, kind in [("web", "web"), ("app", "native"), ("tv", "native")][: 2 + more]}


def _targets(*regions: str) -> dict[str, Any]:
    return {region: {"domainName": f"d-1.{region}.example.com", "zoneId": "Z1"} for region in regions}


def _failover(number: int, serving: tuple[str, str], probers: list[str]) -> dict[str, Any]:
    override, check = serving
    settings = {"override": override, "servingCheck": check, "recordTtl": 5 + 5 * (number % 12)}
    cluster: dict[str, Any] = {"cluster": "own"}
    if number % 2:
        arn = f"arn:aws:route53-recovery-control::{ACCOUNT}:cluster/0a1b2c3d"
        endpoints = [{"region": place, "endpoint": f"https://x.{place}.example.com/v1"} for place in PLACES]
        cluster = {"cluster": arn, "clusterEndpoints": endpoints}
    return settings | {"probe": {"probers": probers}} | (cluster if override == "routing_control" else {})
