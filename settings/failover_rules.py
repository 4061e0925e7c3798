"""Rules across the keys of the failover path.

Sources: docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html (parent domain);
docs.aws.amazon.com/r53recovery/latest/dg (clusters and their five endpoints); docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from settings.errors import MISSING, Problem
from settings.look import at, entries, texts

ENDPOINTS = 5
MIN_CHECKERS = 3
ROUTED = ("domain", "live")
DRILL = "drill"
RESERVED = ("aws", "amazon", "cognito")


def broken(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Every rule that the values break."""
    yield from _override(values)
    yield from _probers(values)
    yield from _checkers(values)
    yield from _reserved(values)
    if at(values, "rollout", "phase") in ROUTED:
        yield from _needed(values)
    yield from _names(values)
    yield from _api(values)


def _override(values: Mapping[str, Any]) -> Iterator[Problem]:
    override = at(values, "failover", "override") or "routing_control"
    check = at(values, "failover", "servingCheck") or "calculated"
    cluster = at(values, "failover", "cluster")
    if override == "item" and check != "verdict":
        rule = "must be verdict while failover.override is item, because there is no control to calculate with. Set it."
        yield Problem(path=("failover", "servingCheck"), found=check, rule=rule)
    if override == "item" and cluster is not None:
        rule = "must not be there while failover.override is item, because nothing would use it. Remove one of them."
        yield Problem(path=("failover", "cluster"), found=cluster, rule=rule)
    replicated = at(values, "rollout", "phase") in ("replication", *ROUTED)
    if override == "routing_control" and cluster is None and replicated:
        rule = (
            "must be set, because override and latch are routing controls and these live in a cluster (about $1,825 a "
            "month). Set own or a shared cluster's ARN, or failover.override to item."
        )
        yield Problem(path=("failover", "cluster"), found=MISSING, rule=rule)
    yield from _endpoints(cluster, at(values, "failover", "clusterEndpoints"))


def _endpoints(cluster: Any, endpoints: Any) -> Iterator[Problem]:
    path, count = ("failover", "clusterEndpoints"), len(endpoints) if isinstance(endpoints, (list, tuple)) else 0
    if isinstance(cluster, str) and cluster.startswith("arn:") and count != ENDPOINTS:
        rule = (
            "must list the shared cluster's five endpoints, because no stack but its own can look them up. "
            "Copy what DescribeCluster shows."
        )
        yield Problem(path=path, found=count, rule=rule)
    if cluster == "own" and count:
        rule = "must not be there while failover.cluster is own, because the program knows its own. Remove it."
        yield Problem(path=path, found=count, rule=rule)


def _probers(values: Mapping[str, Any]) -> Iterator[Problem]:
    primary = at(values, "regions", "primary")
    seen: set[str] = set()
    for place, region in texts(values, "failover", "probe", "probers"):
        path = ("failover", "probe", "probers", place)
        if region == primary:
            rule = "must not be the primary Region, because a prober there dies with what it watches. Name another."
            yield Problem(path=path, found=region, rule=rule)
        if region in seen:
            rule = "must not be listed twice, because two probers of one Region see the same. Remove one."
            yield Problem(path=path, found=region, rule=rule)
        seen.add(region)
    if len(seen) > 2:
        rule = "must be at most two Regions, because a third adds no independence. Remove one."
        yield Problem(path=("failover", "probe", "probers"), found=len(seen), rule=rule)
    secondary = at(values, "regions", "secondary")
    if seen and secondary not in seen:
        rule = f"must hold {secondary}, because the prober beside the verdict needs no other Region. Add it."
        yield Problem(path=("failover", "probe", "probers"), found=sorted(seen), rule=rule)


def _checkers(values: Mapping[str, Any]) -> Iterator[Problem]:
    checkers = at(values, "failover", "checkerRegions")
    if isinstance(checkers, (list, tuple)) and len(checkers) < MIN_CHECKERS:
        rule = "must name at least three Regions, because Route 53 takes no fewer. Add some."
        yield Problem(path=("failover", "checkerRegions"), found=list(checkers), rule=rule)


def _reserved(values: Mapping[str, Any]) -> Iterator[Problem]:
    name = at(values, "name")
    if isinstance(name, str) and (word := next((word for word in RESERVED if word in name), None)):
        rule = f"must not hold {word}, because Cognito refuses prefix domains with it. Set another name."
        yield Problem(path=("name",), found=name, rule=rule)
    if at(values, "applications", DRILL) is not None:
        rule = "must have another name, because the client of probes and drills has this one. Rename the application."
        yield Problem(path=("applications",), found=DRILL, rule=rule)


def _needed(values: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("dns", "domains", "api"):
        if at(values, key) is None:
            rule = (
                "must be set from phase domain on, because names, certificates and records are made of it. Add the key."
            )
            yield Problem(path=(key,), found=MISSING, rule=rule)


def _names(values: Mapping[str, Any]) -> Iterator[Problem]:
    zone = at(values, "dns", "name")
    seen: set[str] = set()
    hosts = ((key, host) for key, host in entries(values, "domains") if isinstance(host, str))
    for key, host in hosts:
        if isinstance(zone, str) and not host.endswith(f".{zone}"):
            rule = f"must lie in the zone {zone}, because its records are made there. Mend it or dns.name."
            yield Problem(path=("domains", key), found=host, rule=rule)
        if host in seen:
            rule = "must be a name of its own, because each name is served by something else. Choose another."
            yield Problem(path=("domains", key), found=host, rule=rule)
        seen.add(host)
    if at(values, "dns", "apexAddresses") and at(values, "dns", "zone") != "created":
        rule = "must be empty for a zone that exists, because its apex is not this program's. Remove it."
        yield Problem(path=("dns", "apexAddresses"), found=at(values, "dns", "apexAddresses"), rule=rule)


def _api(values: Mapping[str, Any]) -> Iterator[Problem]:
    api, regions = at(values, "api"), [at(values, "regions", "primary"), at(values, "regions", "secondary")]
    if not isinstance(api, Mapping):
        return
    if bool(api.get("sample")) == bool(api.get("targets")):
        rule = "must be either `sample: true` or `targets`, because one thing answers for the name. Set one of them."
        yield Problem(path=("api",), found=dict(api), rule=rule)
    if isinstance(api.get("targets"), Mapping) and api["targets"] and any(r not in regions for r in api["targets"]):
        rule = (
            "must have the primary and the secondary Region as keys, because users are sent to either. Mend the keys."
        )
        yield Problem(path=("api", "targets"), found=sorted(map(str, api["targets"])), rule=rule)
