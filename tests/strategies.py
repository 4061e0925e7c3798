"""Generates the values of good stack files."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from settings.values import REPLICATION_REGIONS

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
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
def stack_values(draw: st.DrawFn, phase: str | None = None) -> dict[str, Any]:
    """The values of a stack file, without their prefix: every rule holds."""
    primary, secondary = draw(st.permutations(REPLICATION_REGIONS))[:2]
    phase = phase or draw(st.sampled_from(["foundation", "replication"]))
    account = draw(st.from_regex(r"[0-9]{12}", fullmatch=True))
    attributes = draw(ATTRIBUTES)
    groups = draw(st.sets(NAMES, max_size=2))
    pool: dict[str, Any] = {"name": draw(NAMES), "attributes": {name: {} for name in attributes}}
    if phase == "replication" or draw(st.booleans()):
        pool["id"] = f"{primary}_{draw(st.from_regex(r'[A-Za-z0-9]{9}', fullmatch=True))}"
    claims: dict[str, Any] = {"attributes": {f"custom:{name}": f"claim_{name}" for name in attributes}}
    if groups:
        claims["groups"] = {"claim": "permissions", "names": {group: group.upper() for group in groups}}
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
        "applications": draw(applications()),
        "claims": claims,
        "triggers": {"memory": draw(st.sampled_from([128, 256, 1024])), "timeout": draw(st.integers(1, 5))},
    }
