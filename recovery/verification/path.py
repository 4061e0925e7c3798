"""Verdict, controls, certificates, alarms and the zone's accelerated recovery."""

from __future__ import annotations

import time
from collections.abc import Iterator

from manifest import AlarmFacts, FailoverFacts, Manifest
from recovery import aws
from recovery.override import Switchboard
from recovery.verdicts import Table
from recovery.verification.check import Check, CheckFailedError

EDGE_REGION = "us-east-1"
"""Where Cognito's edge takes certificates from, and where Route 53's API is."""


def path_checks(manifest: Manifest) -> Iterator[Check]:
    """The checks for which the manifest has facts."""
    if (facts := manifest.failover) is not None:
        yield Check(
            group="verdict",
            phase="replication",
            line="the verdict is fresh and UP",
            act=lambda: _verdict_up(facts),
            settles=True,
        )
        line = (
            "both controls are Off at all five endpoints" if facts.controls else "the override item is there, both off"
        )
        yield Check(group="controls", phase="replication", line=line, act=lambda: _controls_off(manifest))
    if (domains := manifest.domains) is not None:
        for name, region in ((domains.auth, EDGE_REGION), *((domains.api, r) for r in both(manifest))):
            line = f"the certificate of {name} in {region} is issued"
            act = lambda name=name, region=region: _issued(name, region)  # noqa: E731 - bound to this turn
            yield Check(group="certificates", phase="domain", line=line, act=act, settles=True)
    for role, alarm in manifest.alarms.items():
        line = f"alarm {role} exists in {alarm.region}"
        yield Check(group="alarms", phase="live", line=line, act=lambda alarm=alarm: _alarm_exists(alarm))
    if (zone := manifest.dns) is not None:
        line = f"accelerated recovery is enabled on {zone.zone_name}"
        yield Check(group="accelerated-recovery", phase="live", line=line, act=lambda: _accelerated(zone.zone_id))


def both(manifest: Manifest) -> tuple[str, str]:
    """Primary first."""
    return manifest.regions.primary, manifest.regions.secondary


def _verdict_up(facts: FailoverFacts) -> None:
    found, now = Table(facts.table).verdict(), time.time()
    if found is None:
        raise CheckFailedError(f"table {facts.table.name} has none: see the log of the prober in {facts.table.region}")
    if not found.fresh(now):
        raise CheckFailedError(f"it is {found.age(now):.0f} s old: see the log of the prober in {facts.table.region}")
    if found.verdict != "UP":
        why = f" ({found.reason})" if found.reason else ""
        raise CheckFailedError(f"it is {found.verdict}{why}: run `canary`, then see `override status`")


def _controls_off(manifest: Manifest) -> None:
    board = Switchboard(manifest)
    if board.cluster is None or board.controls is None:
        found = board.table.override()
        if found is None:
            raise CheckFailedError(f"table {board.table.facts.name} has no override item: run `pulumi up` again")
        on = [name for name, is_on in (("force-secondary", found.force), ("pin-primary", found.pin)) if is_on]
        if on:
            raise CheckFailedError(f"{' and '.join(on)} is on: run `override release`")
        return
    survey = board.cluster.survey((board.controls.force, board.controls.pin))
    if silent := {region: state for region, state in survey.items() if isinstance(state, str)}:
        region, why = next(iter(silent.items()))
        raise CheckFailedError(f"{len(silent)} of {len(survey)} endpoints do not serve ({region}: {why}): try again")
    states = {state for told in survey.values() if not isinstance(told, str) for state in told.values()}
    if states != {"Off"}:
        raise CheckFailedError("one is On: see `override status`, then run `override release`")


def _issued(name: str, region: str) -> None:
    client = aws.client("acm", region)
    found: list[str] = []
    for page in client.get_paginator("list_certificates").paginate():
        for summary in page["CertificateSummaryList"]:
            if covers(summary["DomainName"], name):
                arn = summary["CertificateArn"]
                found.append(client.describe_certificate(CertificateArn=arn)["Certificate"]["Status"])
    if "ISSUED" not in found:
        state = f"it is {', '.join(sorted(set(found)))}" if found else "there is none"
        raise CheckFailedError(f"{state}: its validation record has to be in a delegated zone, then run `pulumi up`")


def covers(pattern: str, name: str) -> bool:
    """Whether a certificate's domain is the name or a wildcard one label above it."""
    if pattern.lower() == name.lower():
        return True
    star, _, rest = pattern.partition(".")
    return star == "*" and name.lower().partition(".")[2] == rest.lower()


def _alarm_exists(alarm: AlarmFacts) -> None:
    found = aws.client("cloudwatch", alarm.region).describe_alarms(AlarmNames=[alarm.name])
    if not found.get("MetricAlarms"):
        raise CheckFailedError(f"{alarm.name} is not there: run `pulumi up` again")


def _accelerated(zone_id: str) -> None:
    zone = aws.client("route53", EDGE_REGION).get_hosted_zone(Id=zone_id)["HostedZone"]
    status = zone.get("Features", {}).get("AcceleratedRecoveryStatus", "DISABLED")
    if status != "ENABLED":
        raise CheckFailedError(f"it is {status}: enabling takes hours; Route 53 does it for public zones only")
