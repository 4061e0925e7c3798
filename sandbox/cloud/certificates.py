"""ACM certificates that wait for their validation record, and what makes one usable for a name.

Source: ACM user guide, dns-validation.html: PENDING_VALIDATION until the CNAME is found; it is the same in
every Region for one account and name. A name's hosted zone is searched in the emulator's Route 53.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, now_iso
from ministack.services import acm, apigateway_v1, cognito

from sandbox.cloud.patching import replace
from sandbox.cloud.route53_zones import zones

Response = tuple[int, dict[str, str], bytes]
Certificate = dict[str, Any]


def install() -> None:
    """Replace request, look-up, output and deletion of certificates."""
    replace(acm, "_validation_options", "domain method", lambda _original: _validation)
    replace(acm, "_request_certificate", "data", _requesting)
    replace(acm, "_get_local_certificate", "arn", _looking_up)
    replace(acm, "_list_certificates", "data", _listing)
    replace(acm, "_cert_shape", "cert", _showing)
    replace(acm, "_signing_profiles_using", "arn", lambda _original: users_of)


def problem(arn: str, name: str, region: str) -> str | None:
    """Why a certificate does not serve *name* from *region*; None when it does."""
    parts = arn.split(":")
    if len(parts) != 6 or parts[2] != "acm":
        return f"{arn} is not the ARN of a certificate"
    if parts[3] != region:
        return f"certificate {arn} is in {parts[3]}, it must be in {region}"
    certificate = acm._certificates.get_scoped(get_account_id(), region, arn)
    if certificate is None:
        return f"certificate {arn} does not exist in this account"
    settle(certificate)
    if certificate["Status"] != "ISSUED":
        return f"certificate {arn} is {certificate['Status']}, not ISSUED"
    if not any(covers(pattern, name) for pattern in certificate["SubjectAlternativeNames"]):
        return f"certificate {arn} does not cover {name}"
    return None


def covers(pattern: str, name: str) -> bool:
    """Whether a certificate's name fits: equal, or a wildcard for exactly the first label."""
    return pattern == name or (pattern.startswith("*.") and pattern[2:] == name.partition(".")[2])


def settle(certificate: Certificate) -> None:
    """Issue a certificate whose validation records are all there."""
    if certificate["Status"] != "PENDING_VALIDATION":
        return
    held = {
        (record["Name"].lower(), value.rstrip("."))
        for zone in zones()
        for record in zone.records
        if record["Type"] == "CNAME"
        for value in record.get("ResourceRecords", ())
    }
    for option in certificate["DomainValidationOptions"]:
        wanted = option.get("ResourceRecord") or {}
        if (str(wanted.get("Name")).lower(), str(wanted.get("Value")).rstrip(".")) in held:
            option["ValidationStatus"] = "SUCCESS"
    if all(option["ValidationStatus"] == "SUCCESS" for option in certificate["DomainValidationOptions"]):
        certificate["Status"], certificate["IssuedAt"] = "ISSUED", now_iso()


def users_of(arn: str) -> list[str]:
    """ARNs of what uses a certificate: user pool domains and API domains."""
    found = [
        pool["Arn"]
        for _key, pool in cognito._user_pools.all_items()
        if pool.get("CustomDomain") and (pool.get("_custom_domain_config") or {}).get("CertificateArn") == arn
    ]
    for (_account, region, name), domain in apigateway_v1._domain_names.all_items():
        if domain.get("regionalCertificateArn") == arn:
            found.append(f"arn:aws:apigateway:{region}::/domainnames/{name}")
    return found


def _validation(domain: str, method: str) -> dict[str, Any]:
    base = domain.removeprefix("*.")
    seen = hashlib.sha256(f"{get_account_id()} {base}".encode()).hexdigest()
    option: dict[str, Any] = {"DomainName": domain, "ValidationMethod": method, "ValidationDomain": base}
    option["ValidationStatus"] = "PENDING_VALIDATION"
    if method == "DNS":
        option["ResourceRecord"] = {
            "Name": f"_{seen[:32]}.{base}.",
            "Type": "CNAME",
            "Value": f"_{seen[32:]}.sandboxval.acm-validations.aws.",
        }
    return option


def _requesting(original: Callable[..., Response]) -> Callable[..., Response]:
    def request(data: dict[str, Any]) -> Response:
        before = {arn for arn, _certificate in acm._certificates.items()}
        response = original(data)
        for arn, certificate in acm._certificates.items():
            if arn not in before:
                certificate["Status"] = "PENDING_VALIDATION"
                certificate.pop("IssuedAt", None)
        return response

    return request


def _looking_up(original: Callable[[str], Certificate | None]) -> Callable[[str], Certificate | None]:
    def look_up(arn: str) -> Certificate | None:
        certificate = original(arn)
        if certificate is not None:
            settle(certificate)
        return certificate

    return look_up


def _listing(original: Callable[..., Response]) -> Callable[..., Response]:
    def list_certificates(data: dict[str, Any]) -> Response:
        for _arn, certificate in acm._certificates.items():
            settle(certificate)
        return original(data)

    return list_certificates


def _showing(original: Callable[[Certificate], Certificate]) -> Callable[[Certificate], Certificate]:
    def shape(cert: Certificate) -> Certificate:
        shown = original(cert)
        if cert["Status"] != "ISSUED":
            for name in ("IssuedAt", "NotBefore", "NotAfter"):
                shown.pop(name, None)
        return shown

    return shape
