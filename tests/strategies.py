"""Generates the values of good stack files."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from settings.values import REPLICATION_REGIONS
from tests.siblings import sibling

PHASES = ("foundation", "replication", "domain", "live")
ENDPOINT_REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2")
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True).filter(lambda name: "aws" not in name)
HOSTS = st.from_regex(r"[a-z]{1,8}\.example\.com", fullmatch=True)
PATHS = st.from_regex(r"/[a-z]{0,8}", fullmatch=True)
URIS = st.builds(lambda host, path: f"https://{host}{path}", HOSTS, PATHS)
URI_LISTS = st.lists(URIS, min_size=1, max_size=3, unique=True)
ATTRIBUTES = st.sets(st.from_regex(r"[a-z]{1,10}", fullmatch=True), max_size=3)
CLIENTS = st.dictionaries(
    NAMES, st.fixed_dictionaries({"kind": st.sampled_from(["web", "native"])}), min_size=1, max_size=3
)


@st.composite
def applications(draw: st.DrawFn) -> dict[str, Any]:
    """One to three applications with one to three clients each."""
    one = st.fixed_dictionaries({"callbackUrls": URI_LISTS, "logoutUrls": URI_LISTS, "clients": CLIENTS})
    return draw(st.dictionaries(NAMES, one, min_size=1, max_size=3))


@st.composite
def siblings(draw: st.DrawFn, applications: dict[str, Any]) -> dict[str, Any]:
    """None, or one or two stacks on other hosts."""
    names = draw(st.sampled_from([[], ["prod"], ["prod", "eu-prod"]]))
    return {name: sibling(applications, apart=draw(st.booleans())) for name in names}


@st.composite
def failovers(draw: st.DrawFn, secondary: str, primary: str) -> dict[str, Any]:
    """Every kind of serving check and override, one or two probers."""
    override = draw(st.sampled_from(["routing_control", "item"]))
    check = draw(st.sampled_from(["calculated", "verdict"])) if override == "routing_control" else "verdict"
    third = draw(st.sampled_from(sorted(set(REPLICATION_REGIONS) - {primary, secondary})))
    probers = draw(st.sampled_from([[], [secondary], [secondary, third]]))
    shared = draw(st.booleans())
    cluster: dict[str, Any] = {"cluster": "own"}
    if shared:
        arn = "arn:aws:route53-recovery-control::111122223333:cluster/0a1b2c3d"
        endpoints = [{"region": r, "endpoint": f"https://x.{r}.example.com/v1"} for r in ENDPOINT_REGIONS]
        cluster = {"cluster": arn, "clusterEndpoints": endpoints}
    return {
        "override": override,
        "servingCheck": check,
        "recordTtl": draw(st.integers(1, 60)),
        "probe": {"probers": probers},
        **(cluster if override == "routing_control" else {}),
    }


@st.composite
def providers(draw: st.DrawFn, zone: str) -> dict[str, Any]:
    """No identity provider or one of either kind, with its secret as the settings see it."""
    saml = {"kind": "SAML", "metadataUrl": "https://idp.example.net/m.xml", "attributes": {"email": "mail"}}
    oidc = {"kind": "OIDC", "issuer": "https://idp.example.net", "clientId": "c", "scopes": ["openid"]}
    kind, path = draw(st.sampled_from([(None, ""), (saml, "saml2"), (oidc, "oauth2")]))
    if kind is None:
        return {}
    about = {**kind, "registeredUris": [f"https://auth.{zone}/{path}/idpresponse"]}
    secrets = {"identityProviderSecrets": {"staff": "encrypted"}} if kind is oidc else {}
    return {"identityProviders": {"staff": about}, **secrets}


def names(zone: str, *, created: bool) -> dict[str, Any]:
    """Zone and domains, all in the zone."""
    return {
        "dns": {"zone": "created" if created else "Z0123456789", "name": zone},
        "domains": {key: f"{key}.{zone}" for key in ("auth", "api", "serving")},
    }


def apis(regions: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """The sample, or targets of one's own."""
    targets = {region: {"domainName": f"d-1.{region}.example.com", "zoneId": "Z1"} for region in regions}
    return st.sampled_from([{"sample": True}, {"targets": targets}])


@st.composite
def stack_values(draw: st.DrawFn, phase: str | None = None) -> dict[str, Any]:
    """The values of a stack file, without their prefix: every rule holds."""
    primary, secondary = draw(st.permutations(REPLICATION_REGIONS))[:2]
    phase = phase or draw(st.sampled_from(PHASES))
    account = draw(st.from_regex(r"[0-9]{12}", fullmatch=True))
    attributes = sorted(draw(ATTRIBUTES))  # a set has another order in every process
    groups = sorted(draw(st.sets(NAMES, max_size=2)))
    pool: dict[str, Any] = {"name": draw(NAMES), "attributes": {name: {} for name in attributes}}
    if phase != "foundation" or draw(st.booleans()):
        pool["id"] = f"{primary}_{draw(st.from_regex(r'[A-Za-z0-9]{9}', fullmatch=True))}"
    claims: dict[str, Any] = {"attributes": {f"custom:{name}": f"claim_{name}" for name in attributes}}
    if groups:
        claims["groups"] = {"claim": "permissions", "names": {group: group.upper() for group in groups}}
    zone, found = draw(HOSTS), draw(applications())
    signing_in = draw(providers(zone))
    for application in found.values():
        application["identityProviders"] = draw(st.sampled_from([[], [*signing_in.get("identityProviders", {})]]))
    return {
        "account": account,
        "name": draw(NAMES),
        "regions": {"primary": primary, "secondary": secondary},
        "rollout": {"phase": phase},
        "protect": draw(st.booleans()),
        "deployRoles": draw(st.sampled_from([[], [f"arn:aws:iam::{account}:role/deploy"]])),
        "tags": draw(st.sampled_from([{}, {"environment": "test"}])),
        "pool": pool,
        "groups": {group: {} for group in groups},
        "applications": found,
        "siblings": draw(siblings(found)),
        **signing_in,
        "claims": claims,
        "failover": draw(failovers(secondary, primary)),
        **names(zone, created=draw(st.booleans())),
        "api": draw(apis([primary, secondary])),
        "triggers": {"memory": draw(st.sampled_from([128, 256, 1024])), "timeout": draw(st.integers(1, 5))},
    }
