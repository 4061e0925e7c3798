"""ACM certificates, and the wait for their issue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.cloud_clients import CloudClients
from sandbox.providers.errors import NotFoundError, ProviderError
from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found
from sandbox.providers.waiting import wait

FIXED = ("keyAlgorithm", "validationOptions")
"""Inputs that cannot drift; ACM does not tell the second, the emulator has one answer for the first."""
NOT_YET = "0001-01-01 00:00:00 +0000 UTC"
"""The real provider's ID of a validation: the time of issue as it stood before the wait."""


def described(clients: CloudClients, arn: str) -> Mapping[str, Any]:
    """DescribeCertificate."""
    with gone_is_not_found(f"certificate {arn}"):
        return clients.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]


class Certificate(Shaped):
    """A requested certificate; its ID is its ARN. Nobody waits here for its issue."""

    token = "aws:acm/certificate:Certificate"
    required = ("domainName", "validationMethod")
    optional = ("keyAlgorithm", "options", "region", "subjectAlternativeNames", "validationOptions")
    create_only = (
        *("domainName", "keyAlgorithm", "region", "subjectAlternativeNames"),
        *("validationMethod", "validationOptions"),
    )
    computed = ("arn", "domainValidationOptions", "status", "type")
    names: ClassVar = {"validationOptions": "DomainValidationOptions"}
    defaults: ClassVar = {"options": {"certificateTransparencyLoggingPreference": "ENABLED"}}
    service, call = "acm", ("RequestCertificate",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """RequestCertificate, until its validation records are known."""
        arn = self.clients.client("acm").request_certificate(**self.words(inputs))["CertificateArn"]
        if inputs["validationMethod"] == "DNS":
            wait(f"validation records of {arn}", lambda: all(o["resourceRecordName"] for o in self._options(arn)))
        return arn, self.read(arn, inputs)

    def _options(self, arn: str) -> list[Properties]:
        return [_validation(option) for option in described(self.clients, arn).get("DomainValidationOptions", ())]

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """With the records that validate it; one that was not validated in time counts as gone."""
        found = described(self.clients, resource_id)
        if found["Status"] == "VALIDATION_TIMED_OUT":
            raise NotFoundError(f"certificate {resource_id} was not validated in time")
        options = found.get("DomainValidationOptions", ())
        method = next((option["ValidationMethod"] for option in options if "ValidationMethod" in option), "NONE")
        live = {
            "arn": resource_id,
            "domainName": found["DomainName"],
            "domainValidationOptions": [_validation(option) for option in options],
            "keyAlgorithm": found["KeyAlgorithm"].replace("-", "_"),
            "options": {
                "certificateTransparencyLoggingPreference": found.get("Options", {}).get(
                    "CertificateTransparencyLoggingPreference", "ENABLED"
                )
            },
            "status": found["Status"],
            "subjectAlternativeNames": found.get("SubjectAlternativeNames", [found["DomainName"]]),
            "type": found.get("Type", "AMAZON_ISSUED"),
            "validationMethod": method,
        }
        return live | {key: state[key] for key in FIXED if key in state}

    def like(self, key: str, wanted: Any, live: Any) -> Any:
        """ACM adds the certificate's own name to the alternative ones."""
        if key == "subjectAlternativeNames" and set(live) - set(wanted) <= {live[0]} and set(wanted) <= set(live):
            return wanted
        return super().like(key, wanted, live)

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateCertificateOptions."""
        words = self.words(self.changes(old, new))
        self.clients.client("acm").update_certificate_options(CertificateArn=resource_id, **words)
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """ACM refuses while a domain uses it."""
        with gone_is_not_found(f"certificate {resource_id}"):
            self.clients.client("acm").delete_certificate(CertificateArn=resource_id)


def _validation(option: Mapping[str, Any]) -> Properties:
    record = option.get("ResourceRecord", {})
    names = {"resourceRecordName": "Name", "resourceRecordType": "Type", "resourceRecordValue": "Value"}
    return {"domainName": option["DomainName"]} | {name: record.get(api, "") for name, api in names.items()}


class CertificateValidation(Kind):
    """The wait until a certificate is ISSUED; there is nothing of it in the cloud."""

    token = "aws:acm/certificateValidation:CertificateValidation"
    required = ("certificateArn",)
    optional = ("validationRecordFqdns", "region")
    create_only = ("certificateArn", "validationRecordFqdns", "region")
    unordered = ("validationRecordFqdns",)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """A record that the program does not make is an error at once, else the wait would be for nothing."""
        arn = inputs["certificateArn"]
        found = described(self.clients, arn)
        if found.get("Type", "AMAZON_ISSUED") != "AMAZON_ISSUED":
            raise ProviderError(f"certificate {arn} is {found['Type']}: only one that ACM issues can be waited for")
        needed = {_validation(option)["resourceRecordName"].rstrip(".") for option in found["DomainValidationOptions"]}
        made = {name.rstrip(".") for name in inputs.get("validationRecordFqdns", needed)}
        if missing := needed - made:
            raise ProviderError(f"certificate {arn} misses the validation record {', '.join(sorted(missing))}")
        before = found.get("IssuedAt")
        wait(f"issue of certificate {arn}", lambda: described(self.clients, arn)["Status"] == "ISSUED")
        return before.strftime("%Y-%m-%d %H:%M:%S +0000 UTC") if before else NOT_YET, self.read("", inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """A certificate that is not ISSUED has no validation."""
        if not state:
            raise ProviderError("a certificate's validation cannot be imported")
        status = described(self.clients, state["certificateArn"])["Status"]
        if status != "ISSUED":
            raise NotFoundError(f"certificate {state['certificateArn']} is {status}")
        return {key: state[key] for key in ("certificateArn", "validationRecordFqdns") if key in state}

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """Nothing: a wait cannot be taken back."""
