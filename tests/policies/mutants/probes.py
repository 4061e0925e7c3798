"""Probes and alarms that depend on what they watch."""

from __future__ import annotations

from typing import Final

from tests.policies.mutants.edits import GONE, Draft, Edit, NotHereError, add, all_of, beside, drop, move, put
from tests.policies.mutants.health_checks import READING, on_check
from tests.policies.mutants.kit import Maker, Mutant


def _asked(host: str, name: str) -> Edit:
    """A check on another host; on the auth domain only where there is one."""
    edit = on_check("fqdn", host, name)
    return beside("AuthDomain", edit) if "$zone" in host else edit


def _live(edit: Edit) -> Edit:
    """An edit that is a mistake only where alarms call people."""

    def guarded(draft: Draft) -> None:
        if draft.one("IdentityPlatform")["outputs"]["phase"] != "live":
            raise NotHereError("a live stack")
        edit(draft)

    return guarded


def _probes() -> list[Mutant]:
    maker = Maker("probe-independent-and-watched")
    hosts = {
        "the auth domain": "auth.$zone",
        "the pool's issuer": "issuer-cognito-idp.$primary.amazonaws.com",
        "the pool's endpoint": "cognito-idp.$primary.amazonaws.com",
        "the secondary's endpoint": "cognito-idp.$secondary.amazonaws.com",
        "the prefix domain": "stack.auth.$primary.amazoncognito.com",
        "the prefix domain in capitals": "Stack.Auth.$primary.AmazonCognito.com.",
    }
    hung = "dimensions.HealthCheckId"
    missing = "primary-up-missing"
    return [
        *(
            maker.prop(f"{words} asked by {role}", _asked(host, name))
            for words, host in hosts.items()
            for name, role in READING.items()
        ),
        *(
            maker.prop(f"{name} in the primary", move("Function", "$primary", f"{name}-$secondary"))
            for name in ("prober", "verdict")
        ),
        *(
            maker.prop(
                f"{name} with {value} reserved",
                put("Function", "reservedConcurrentExecutions", value, f"{name}-$secondary"),
            )
            for name in ("prober", "verdict")
            for value in (0.0, -1.0)
        ),
        *(
            maker.prop(
                f"{name} with none reserved",
                put("Function", "reservedConcurrentExecutions", GONE, f"{name}-$secondary"),
            )
            for name in ("prober", "verdict")
        ),
        *(
            maker.prop(f"{name} in the primary", move("MetricAlarm", "$primary", name))
            for name in ("latch-engaged", "verdict-unknown")
        ),
        maker.prop("no alarm on the plain check", drop("MetricAlarm", missing)),
        maker.prop("the alarm on another check", put("MetricAlarm", hung, "0123-of-another-stack", missing)),
        maker.prop("the alarm on another metric", put("MetricAlarm", "metricName", "ConnectionTime", missing)),
        maker.prop("the alarm on nothing", put("MetricAlarm", "dimensions", {}, missing)),
        maker.prop("the alarm calls nobody", _live(put("MetricAlarm", "alarmActions", [], missing))),
        maker.prop("the alarm has no actions", _live(put("MetricAlarm", "alarmActions", GONE, missing))),
        maker.component("the probe in the primary", put("Probe", "region", "$primary")),
        maker.component(
            "the probe wholly in the primary",
            all_of(
                put("Probe", "region", "$primary"),
                *(move("Function", "$primary", f"{name}-$secondary") for name in ("prober", "verdict")),
            ),
        ),
        maker.component("no alarms at all", drop("MetricAlarm", every=True)),
        maker.state(
            "an alarm by hand in the primary",
            beside(
                "Probe",
                add(
                    "aws:cloudwatch/metricAlarm:MetricAlarm", "byhand", namespace="cognito-dr", metricName="ForcedAway"
                ),
            ),
        ),
    ]


MUTANTS: Final = _probes()
