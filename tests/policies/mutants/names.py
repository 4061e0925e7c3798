"""Custom domain and records: routing by another check or none, records that nobody can switch."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, beside, drop, put
from tests.policies.mutants.kit import Maker, Mutant

ROUTING: Final = "routing.failover"
SAME_CHECK: Final = {
    "domain-routing-uses-serving-check": "a record that needs the complement follows the serving check"
}
OTHER_CHECK: Final = {
    "domain-routing-uses-serving-check": "the record follows neither the serving check nor its complement"
}


def _domain(path: str, value: Any) -> Edit:
    return put("UserPoolDomain", path, value, "auth-domain")


def _record(path: str, value: Any, name: str) -> Edit:
    return put("Record", path, value, name)


def _routing() -> list[Mutant]:
    maker = Maker("domain-routing-uses-serving-check")
    checks = {
        "a check of somebody else": "0123-of-another-stack",
        "the complement": "$complement",
        "the plain check, which only alarms": "$plain",
    }
    classic = {"domain": "l.example.org", "certificateArn": "arn:aws:acm:us-east-1:$account:certificate/c"}
    return [
        maker.prop("no routing", _domain("routing", GONE)),
        maker.prop("no check", _domain(f"{ROUTING}.primaryRoute53HealthCheckId", GONE)),
        maker.prop("no Region", _domain(f"{ROUTING}.secondaryRegion", GONE)),
        *(
            maker.prop(f"routing by {words}", _domain(f"{ROUTING}.primaryRoute53HealthCheckId", id))
            for words, id in checks.items()
        ),
        *(
            maker.prop(f"routing to {region}", _domain(f"{ROUTING}.secondaryRegion", region))
            for region in ("$primary", "sa-east-1", "")
        ),
        maker.prop("managed login 1", _domain("managedLoginVersion", 1.0)),
        maker.prop("the hosted page", _domain("managedLoginVersion", 0)),
        *(
            maker.prop(
                f"{name} in the {region[1:]} by a check of another stack",
                _record("healthCheckId", "0123-of-another-stack", f"{name}-{region}"),
            )
            for name in ("serving", "api")
            for region in ("$primary", "$secondary")
        ),
        maker.prop(
            "weights exchanged",
            all_of(
                _record("weightedRoutingPolicies", [{"weight": 0.0}], "serving-$primary"),
                _record("weightedRoutingPolicies", [{"weight": 100.0}], "serving-$secondary"),
            ),
        ),
        maker.component(
            "a check that the component does not know",
            beside("AuthDomain", put("ServingCheck", "servingCheckId", "id-of-another")),
        ),
        maker.component(
            "both roles published for one check",
            beside("AuthDomain", put("ServingCheck", "secondaryCheckId", "id-of-another")),
        ),
        maker.component(
            "no ServingCheck",
            beside("AuthDomain", drop("ServingCheck")),
            {
                "health-check-thresholds": "in no mode the complement of mode verdict reads as a careless probe",
            },
        ),
        maker.state(
            "a classic domain beside it",
            beside("UserPoolReplica", add("aws:cognito/userPoolDomain:UserPoolDomain", "classic", **classic)),
        ),
    ]


def _records() -> list[Mutant]:
    maker = Maker("weighted-records-checked")
    both = ("serving-$primary", "serving-$secondary")

    def ttl(value: Any, *names: str) -> Edit:
        return all_of(*(_record("ttl", value, name) for name in names))

    kept = {"type": "CNAME", "name": "cdn.example.org", "zoneId": "Z7", "records": ["a.example.net"], "ttl": 30.0}
    half = {"weightedRoutingPolicies": [{"weight": 50.0}]}

    def blue_green(*props: dict[str, Any]) -> Edit:
        return all_of(
            *(add("aws:route53/record:Record", f"cdn-{at}", **{**kept, **half, **own}) for at, own in enumerate(props))
        )

    return [
        *(maker.prop(f"TTL {value} on both", ttl(value, *both)) for value in (61.0, 300.0, 86400.0)),
        maker.prop("no TTL", ttl(GONE, *both)),
        *(maker.prop(f"two TTLs, {name}", ttl(4.0, name)) for name in both),
        *(
            maker.prop(f"{name} without a check", _record("healthCheckId", GONE, name))
            for name in (*both, "api-$primary", "api-$secondary")
        ),
        *(maker.prop(f"{name} alone", drop("Record", name)) for name in (*both, "api-$primary", "api-$secondary")),
        maker.prop("an empty check", _record("healthCheckId", "", both[0])),
        maker.component(
            "no check passed to the front door",
            all_of(
                *(
                    _record("healthCheckId", GONE, f"{name}-{region}")
                    for name in ("serving", "api")
                    for region in ("$primary", "$secondary")
                )
            ),
        ),
        maker.component(
            "the serving check passed for both",
            all_of(*(_record("healthCheckId", "one-for-both", name) for name in both)),
            OTHER_CHECK,
        ),
        maker.component("a TTL of ten minutes", all_of(put("FrontDoor", "ttl", 600.0), ttl(600.0, *both))),
        maker.state("a set of one's own without checks", blue_green({}, {})),
        maker.state("a set of one's own on one check", blue_green({"healthCheckId": "c"}, {"healthCheckId": "c"})),
        maker.state(
            "a set of one's own, slow",
            blue_green({"healthCheckId": "c", "ttl": 90.0}, {"healthCheckId": "d", "ttl": 90.0}),
        ),
        maker.state("a single weighted record", blue_green({"healthCheckId": "c"})),
    ]


MUTANTS: Final = [*_routing(), *_records()]
