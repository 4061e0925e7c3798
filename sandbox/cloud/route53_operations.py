"""Route 53's health check operations: kept whole, judged at creation, kept while in use, with a status.

Source: Route 53 API reference.
"""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ministack.services import route53

from sandbox.cloud import route53_config
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.patching import replace
from sandbox.cloud.route53_checks import HOOKS, exists, type_of, user_of
from sandbox.cloud.route53_config import Config

Response = tuple[int, dict[str, str], bytes]


def install(assumptions: Assumptions, peek: Callable[[str], str | None]) -> None:
    """Replace the emulator's health checks. *peek* gives a routing control's state, None when it is none."""
    judge = Judge(assumptions, peek)
    replace(route53, "_build_health_check_el", "parent hc", lambda _original: _build)
    replace(route53, "_parse_health_check_config", "el", lambda _original: route53_config.parse)
    replace(route53, "_create_health_check", "body", lambda _original: judge.create)
    replace(route53, "_update_health_check", "hc_id body", lambda _original: judge.update)
    replace(route53, "_delete_health_check", "hc_id", judge.deleting)
    replace(route53, "handle_request", "method path headers body query_params", _with_status)


class Judge:
    """The operations that ask whether Route 53 would accept them.

    *peek* gives a routing control's state, None when there is no such control.
    """

    def __init__(self, assumptions: Assumptions, peek: Callable[[str], str | None]) -> None:
        self._assumptions = assumptions
        self._peek = peek

    def create(self, body: bytes) -> Response:
        """CreateHealthCheck: judged, with Route 53's defaults; a repeated call makes nothing new."""
        root = route53._parse_body(body)
        element = None if root is None else route53._find(root, "HealthCheckConfig")
        reference = "" if root is None else route53._text(root, "CallerReference")
        if element is None or not reference:
            return _invalid("CallerReference and HealthCheckConfig are required")
        try:
            config = route53_config.completed(route53_config.parse(element))
        except ValueError as error:
            return _invalid(str(error))
        with route53._lock:
            if (held := route53._hc_caller_refs.get(reference)) is not None:
                check = route53._health_checks[held]
                if check["config"] != config:
                    text = f"A health check with the caller reference {reference} and other settings exists."
                    return route53._error_response("HealthCheckAlreadyExists", text, 409)
                return _shown("CreateHealthCheckResponse", check, 201)
            if why := self._problem(config):
                return _invalid(why)
            check = {"id": route53._hc_id(), "caller_reference": reference, "config": config, "version": 1}
            route53._health_checks[check["id"]] = check
            route53._hc_caller_refs[reference] = check["id"]
        return _shown("CreateHealthCheckResponse", check, 201)

    def update(self, hc_id: str, body: bytes) -> Response:
        """UpdateHealthCheck: what is not sent is kept, type, interval and latency measurement always."""
        root = route53._parse_body(body)
        if root is None:
            return _invalid("the body is no XML")
        with route53._lock:
            check = route53._health_checks.get(hc_id)
            if check is None:
                return _unknown(hc_id)
            version = route53._text(root, "HealthCheckVersion")
            if version and int(version) != check["version"]:
                text = f"HealthCheckVersion is {check['version']}, not {version}."
                return route53._error_response("HealthCheckVersionMismatch", text, 409)
            changes = route53_config.parse(root)
            config = {**check["config"], **changes}
            if fixed := [name for name in route53_config.IMMUTABLE if config.get(name) != check["config"].get(name)]:
                return _invalid(f"{fixed[0]} of a health check cannot be changed")
            for name in _resets(root):
                if name not in route53_config.RESETS:
                    return _invalid(f"ResetElements: {name!r} cannot be reset")
                config.pop(name, None)
            if why := self._problem(config):
                return _invalid(why)
            check["config"], check["version"] = config, check["version"] + 1
        return _shown("UpdateHealthCheckResponse", check)

    def deleting(self, original: Callable[[str], Response]) -> Callable[[str], Response]:
        """DeleteHealthCheck: not while something uses the check."""

        def delete(hc_id: str) -> Response:
            if exists(hc_id) and self._assumptions.used_health_check_is_kept and (user := user_of(hc_id)):
                return route53._error_response("HealthCheckInUse", f"Health check {hc_id} is used by {user}.")
            return original(hc_id)

        return delete

    def _problem(self, config: Config) -> str | None:
        if (
            config.get("Type") == "RECOVERY_CONTROL"
            and config.get("Inverted")
            and (not self._assumptions.recovery_control_may_be_inverted)
        ):
            return "Inverted is not a setting of a RECOVERY_CONTROL health check"
        return route53_config.problem(config, type_of, lambda arn: self._peek(arn) is not None)


def _resets(root: Element) -> list[str]:
    listed = route53._find(root, "ResetElements")
    return [] if listed is None else [one.text or "" for one in route53._findall(listed, "ResettableElementName")]


def _with_status(original: Callable[..., Any]) -> Callable[..., Any]:
    async def handle_request(method: str, path: str, headers: Any, body: bytes, query_params: Any) -> Response:
        parts = path.strip("/").split("/")
        if method == "GET" and len(parts) == 4 and (parts[1], parts[3]) == ("healthcheck", "status"):
            return _status(parts[2])
        return await original(method, path, headers, body, query_params)

    return handle_request


def _status(check_id: str) -> Response:
    if not exists(check_id):
        return _unknown(check_id)
    seen = HOOKS.status(check_id)

    def build(root: Element) -> None:
        listed = SubElement(root, "HealthCheckObservations")
        for one in seen:
            element = SubElement(listed, "HealthCheckObservation")
            SubElement(element, "Region").text = one.region
            SubElement(element, "IPAddress").text = one.address
            report = SubElement(element, "StatusReport")
            SubElement(report, "Status").text = one.status
            SubElement(report, "CheckedTime").text = one.checked

    return route53._xml_response("GetHealthCheckStatusResponse", build)


def _build(parent: Element, hc: dict[str, Any]) -> None:
    element = SubElement(parent, "HealthCheck")
    SubElement(element, "Id").text = hc["id"]
    SubElement(element, "CallerReference").text = hc["caller_reference"]
    route53_config.write(SubElement(element, "HealthCheckConfig"), hc["config"])
    SubElement(element, "HealthCheckVersion").text = str(hc["version"])


def _shown(name: str, check: dict[str, Any], status: int = 200) -> Response:
    code, headers, body = route53._xml_response(name, lambda root: _build(root, check), status)
    return code, {**headers, "Location": f"/2013-04-01/healthcheck/{check['id']}"}, body


def _invalid(message: str) -> Response:
    return route53._error_response("InvalidInput", message)


def _unknown(check_id: str) -> Response:
    return route53._error_response(
        "NoSuchHealthCheck", f"No health check exists with the specified ID {check_id}.", 404
    )
