"""Health checks that are slow, deaf, blind or upside down."""

from __future__ import annotations

from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, put
from tests.policies.mutants.kit import Maker, Mutant

READING: Final = {"probe": "the probe's check", "primary-up": "the plain check"}
CHECK: Final = "aws:route53/healthCheck:HealthCheck"
COUNTED: Final = {"routing-controls-guarded": "the check is one of the calculation's terms"}

HOSTLESS: Final = {"probe-independent-and-watched": "it reads the verdict's word, and asks no host for it"}


def on_check(path: str, value: Any, name: str) -> Edit:
    return put("HealthCheck", path, value, f"check-{name}")


def _speeds() -> list[Mutant]:
    maker = Maker("health-check-thresholds")
    each = {
        "every 30 seconds": ("requestInterval", 30.0),
        "at AWS's own pace": ("requestInterval", GONE),
        "after four failures": ("failureThreshold", 4.0),
        "after ten failures": ("failureThreshold", 10.0),
        "disabled": ("disabled", True),
        "from one Region": ("regions", ["us-east-1"]),
        "from one Region thrice": ("regions", ["us-east-1"] * 3),
        "reading another word": ("searchString", "OK"),
        "reading no word": ("searchString", GONE),
        "without a word": ("type", "HTTPS"),
        "on the port": ("type", "TCP"),
    }
    native = {"type": "HTTPS_STR_MATCH", "searchString": "PRIMARY_DOWN", "inverted": True, "requestInterval": 30.0}
    return [
        *(
            maker.prop(f"{words}, {role}", on_check(path, value, name), _reading(path, name) or {})
            for words, (path, value) in each.items()
            for name, role in READING.items()
        ),
        maker.prop("the plain check inverted", on_check("invertHealthcheck", True, "primary-up")),
        *(
            maker.prop(f"{name} disabled", on_check("disabled", True, name))
            for name in ("serving", "secondary", "force-a", "force-b", "pin")
        ),
        maker.prop("a check on an alarm among the terms", on_check("type", "CLOUDWATCH_METRIC", "pin"), COUNTED),
        maker.component("a stricter threshold than the checks have", put("ServingCheck", "threshold", 1.0)),
        maker.component(
            "slow checks by the settings",
            all_of(
                put("ServingCheck", "interval", 30.0), *(on_check("requestInterval", 30.0, name) for name in READING)
            ),
        ),
        maker.component(
            "the plain check counted",
            put("HealthCheck", "childHealthchecks", _plain_first, "check-serving"),
            {"routing-controls-guarded": "the complement does not count it, so the two are no complements"},
        ),
        maker.component(
            "both read the plain word", all_of(*(on_check("searchString", "PRIMARY_UP", name) for name in READING))
        ),
        maker.state(
            "a slow check of the other provider",
            add("aws-native:route53:HealthCheck", "native", healthCheckConfig=native),
            HOSTLESS,
        ),
        maker.state(
            "a slow check on the verdict by hand",
            add(CHECK, "byhand", type="HTTPS_STR_MATCH", searchString="PRIMARY_UP", requestInterval=30.0),
            HOSTLESS,
        ),
    ]


def _reading(path: str, name: str) -> dict[str, str]:
    """A plain check that does not read its word is no check of the probe any more."""
    if name == "primary-up" and path == "searchString":
        return {"probe-independent-and-watched": "no check reads PRIMARY_UP any more, so nothing watches the probe"}
    return {}


def _plain_first(old: list[str]) -> list[str]:
    return ["$plain", *old[1:]]


MUTANTS: Final = _speeds()
