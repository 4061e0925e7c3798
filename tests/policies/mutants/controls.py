"""Routing controls without a guard, and checks that count them wrongly."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import Draft, Edit, NotHereError, all_of, beside, drop, put
from tests.policies.mutants.health_checks import on_check
from tests.policies.mutants.kit import Maker, Mutant

TERMS: Final = ("force-a", "force-b", "pin", "serving", "secondary")


def calculated(edit: Edit) -> Edit:
    """An edit that is this mistake only where the serving check is calculated."""

    def guarded(draft: Draft) -> None:
        if draft.one("ServingCheck")["outputs"]["mode"] != "calculated":
            raise NotHereError("a calculated check")
        edit(draft)

    return guarded


def _turned(name: str) -> Edit:
    return put("HealthCheck", "invertHealthcheck", lambda old: not old, f"check-{name}")


def _endpoints(maker: Maker) -> list[Mutant]:
    """Too few, none, one twice, or without their Regions, as each of the two components publishes them."""
    changes = {
        "four": lambda old: old[:4],
        "no": lambda old: [],
        "repeated": lambda old: [*old[:4], old[0]],
        "nameless": lambda old: [{"endpoint": one["endpoint"]} for one in old],
    }
    places = (("RoutingControls", "endpoints"), ("IdentityPlatform", "clusterEndpoints"))
    return [
        maker.component(f"{words} endpoints of {kind}", beside("RoutingControls", put(kind, path, change)))
        for kind, path in places
        for words, change in changes.items()
    ]


def _controls() -> list[Mutant]:
    maker, guard = Maker("routing-controls-guarded"), "not-both"
    arn = "arn:aws:route53-recovery-control::$account:controlpanel/other/routingcontrol/x"

    def count(value: float) -> Edit:
        return put("HealthCheck", "childHealthThreshold", value, "check-serving")

    def children(name: str, change: Any) -> Edit:
        return put("HealthCheck", "childHealthchecks", change, f"check-{name}")

    both = ("serving", "secondary")
    return [
        *(maker.prop(f"{name} is gone", drop("RoutingControl", name)) for name in ("force-secondary", "pin-primary")),
        *(
            maker.prop(f"{name} under another name", put("RoutingControl", "name", "x", name))
            for name in ("force-secondary", "pin-primary")
        ),
        maker.prop("no safety rule", drop("SafetyRule", guard)),
        *(
            maker.prop(f"a rule of type {kind}", put("SafetyRule", "ruleConfig.type", kind, guard))
            for kind in ("OR", "ATLEAST")
        ),
        maker.prop("a rule that is not inverted", put("SafetyRule", "ruleConfig.inverted", False, guard)),
        *(
            maker.prop(f"a rule over {words}", put("SafetyRule", "assertedControls", change, guard))
            for words, change in (
                ("one", lambda old: old[:1]),
                ("none", []),
                ("one of somebody else", lambda old: [old[0], arn]),
            )
        ),
        *(maker.prop(f"threshold {value:g}", count(value)) for value in (1.0, 2.0, 4.0)),
        *(
            maker.prop(f"{name} counts {words}", children(name, change))
            for name in both
            for words, change in (
                ("one term less", lambda old: old[:-1]),
                ("force once", lambda old: [old[0], *old[2:]]),
                ("no probe", lambda old: old[1:]),
            )
        ),
        *(maker.prop(f"{name} turned round", calculated(_turned(name))) for name in TERMS),
        *(
            maker.prop(f"{name} on a control of somebody else", on_check("routingControlArn", arn, name))
            for name in ("force-a", "pin")
        ),
        *_endpoints(maker),
        maker.component(
            "a mode nobody knows",
            beside("RoutingControls", put("ServingCheck", "mode", "both")),
        ),
        maker.state(
            "controls of the wrong kind on the checks",
            all_of(on_check("routingControlArn", arn, "force-a"), on_check("routingControlArn", arn, "force-b")),
        ),
    ]


MUTANTS: Final = _controls()
