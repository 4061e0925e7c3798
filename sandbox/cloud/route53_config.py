"""The configuration of a Route 53 health check: read from XML, judged, written back whole.

Source: Route 53 API reference, HealthCheckConfig. The emulator reads lists one level too deep and writes
booleans as "True"; both are done here instead.
"""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ministack.services import route53

Config = dict[str, Any]

ENDPOINT_TYPES = frozenset({"HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"})
TYPES = (*sorted(ENDPOINT_TYPES), "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL")
CHECKER_REGIONS = (
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
)
TEXTS = (
    "Type",
    "IPAddress",
    "FullyQualifiedDomainName",
    "ResourcePath",
    "SearchString",
    "InsufficientDataHealthStatus",
    "RoutingControlArn",
)
NUMBERS = ("Port", "RequestInterval", "FailureThreshold", "HealthThreshold")
FLAGS = ("MeasureLatency", "EnableSNI", "Inverted", "Disabled")
LISTS = {"ChildHealthChecks": "ChildHealthCheck", "Regions": "Region"}
IMMUTABLE = ("Type", "RequestInterval", "MeasureLatency", "RoutingControlArn")
RESETS: dict[str, Any] = {
    "ChildHealthChecks": None,
    "FullyQualifiedDomainName": None,
    "Regions": None,
    "ResourcePath": None,
}
"""What ResetElements of UpdateHealthCheck may name."""


def parse(element: Element) -> Config:
    """The configuration in an XML element; raises ValueError for a number that is none."""
    config: Config = {}
    for name in TEXTS:
        if (found := route53._find(element, name)) is not None:
            config[name] = found.text or ""
    for name in NUMBERS:
        if (found := route53._find(element, name)) is not None:
            config[name] = int(found.text or "")
    for name in FLAGS:
        if (found := route53._find(element, name)) is not None:
            config[name] = (found.text or "").lower() == "true"
    for name, item in LISTS.items():
        if (found := route53._find(element, name)) is not None:
            config[name] = [one.text or "" for one in route53._findall(found, item)]
    if (found := route53._find(element, "AlarmIdentifier")) is not None:
        config["AlarmIdentifier"] = {name: route53._text(found, name) for name in ("Name", "Region")}
    return config


def write(parent: Element, config: Config) -> None:
    """Add the configuration to an XML element."""
    for name in (*TEXTS, *NUMBERS, *FLAGS):
        if name in config:
            value = config[name]
            SubElement(parent, name).text = str(value).lower() if isinstance(value, bool) else str(value)
    for name, item in LISTS.items():
        if name in config:
            listed = SubElement(parent, name)
            for value in config[name]:
                SubElement(listed, item).text = value
    if alarm := config.get("AlarmIdentifier"):
        element = SubElement(parent, "AlarmIdentifier")
        for name, value in alarm.items():
            SubElement(element, name).text = value


def completed(config: Config) -> Config:
    """The configuration with Route 53's defaults."""
    defaults: Config = {"Inverted": False, "Disabled": False}
    kind = config.get("Type", "")
    if kind in ENDPOINT_TYPES:
        defaults |= {"RequestInterval": 30, "FailureThreshold": 3, "MeasureLatency": False}
        defaults |= {"EnableSNI": kind.startswith("HTTPS")}
        if kind != "TCP":
            defaults["Port"] = 443 if kind.startswith("HTTPS") else 80
    return {**defaults, **config}


def problem(config: Config, type_of: Callable[[str], str | None], control_exists: Callable[[str], bool]) -> str | None:
    """Why Route 53 refuses a configuration; None when it does not.

    *type_of* gives the type of another health check (None: there is none), *control_exists* looks up a
    routing control.
    """
    kind = config.get("Type", "")
    if kind not in TYPES:
        return f"Type {kind!r} is not one of: {', '.join(TYPES)}"
    if kind in ENDPOINT_TYPES:
        return _endpoint_problem(kind, config)
    if strange := _not_for(config, ("RequestInterval", "FailureThreshold", "MeasureLatency", "EnableSNI", "Port")):
        return f"{strange} is not a setting of a {kind} health check"
    if strange := _not_for(
        config, ("IPAddress", "FullyQualifiedDomainName", "ResourcePath", "SearchString", "Regions")
    ):
        return f"{strange} is not a setting of a {kind} health check"
    match kind:
        case "CALCULATED":
            return _calculated_problem(config, type_of)
        case "RECOVERY_CONTROL":
            arn = config.get("RoutingControlArn", "")
            return None if control_exists(arn) else f"routing control {arn!r} does not exist"
    alarm = config.get("AlarmIdentifier") or {}
    if not alarm.get("Name") or not alarm.get("Region"):
        return "a CLOUDWATCH_METRIC health check needs AlarmIdentifier with Name and Region"
    return None


def _endpoint_problem(kind: str, config: Config) -> str | None:
    if strange := _not_for(config, ("ChildHealthChecks", "HealthThreshold", "RoutingControlArn", "AlarmIdentifier")):
        return f"{strange} is not a setting of a {kind} health check"
    if not config.get("FullyQualifiedDomainName") and not config.get("IPAddress"):
        return f"a {kind} health check needs FullyQualifiedDomainName or IPAddress"
    searched = config.get("SearchString")
    if kind.endswith("STR_MATCH") != bool(searched):
        return "SearchString is required for HTTP_STR_MATCH and HTTPS_STR_MATCH, and only for them"
    if searched and len(searched) > 255:
        return "SearchString has more than 255 characters"
    if kind == "TCP" and "Port" not in config:
        return "a TCP health check needs Port"
    if not 1 <= config.get("Port", 443) <= 65535:
        return f"Port {config['Port']} must be between 1 and 65535"
    if config["RequestInterval"] not in (10, 30):
        return f"RequestInterval {config['RequestInterval']} must be 10 or 30"
    if not 1 <= config["FailureThreshold"] <= 10:
        return f"FailureThreshold {config['FailureThreshold']} must be between 1 and 10"
    return _regions_problem(config.get("Regions"))


def _regions_problem(regions: list[str] | None) -> str | None:
    if regions is None:
        return None
    if unknown := [region for region in regions if region not in CHECKER_REGIONS]:
        return f"Regions: there are no health checkers in {', '.join(unknown)}"
    if len(set(regions)) < 3:
        return f"Regions names {len(set(regions))} Regions; at least three are needed"
    return None


def _calculated_problem(config: Config, type_of: Callable[[str], str | None]) -> str | None:
    children = config.get("ChildHealthChecks") or []
    if len(children) > 256:
        return f"ChildHealthChecks names {len(children)} health checks; at most 256 are allowed"
    for child in children:
        match type_of(child):
            case None:
                return f"child health check {child} does not exist"
            case "CALCULATED":
                return f"child health check {child} is CALCULATED; a calculated check cannot contain another one"
    if not 0 <= config.get("HealthThreshold", -1) <= 256:
        return "a CALCULATED health check needs HealthThreshold between 0 and 256"
    return None


def _not_for(config: Config, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if config.get(name)), None)
