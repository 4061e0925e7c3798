"""ACM certificates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.providers.kind import Kind, Properties
from sandbox.providers.not_found import gone_is_not_found


class Certificate(Kind):
    """A requested certificate; its ID is its ARN."""

    token = "aws:acm/certificate:Certificate"
    required = ("domainName",)
    optional = ("validationMethod", "subjectAlternativeNames", "keyAlgorithm", "tags", "tagsAll", "region")
    create_only = ("domainName", "validationMethod", "subjectAlternativeNames", "keyAlgorithm", "region")
    computed = ("arn", "status", "domainValidationOptions")

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """RequestCertificate; the caller waits for its issue elsewhere."""
        words: dict[str, Any] = {
            "DomainName": inputs["domainName"],
            "ValidationMethod": inputs.get("validationMethod", "DNS"),
        }
        if names := inputs.get("subjectAlternativeNames"):
            words["SubjectAlternativeNames"] = names
        arn = self.clients.client("acm").request_certificate(**words)["CertificateArn"]
        return arn, self.read(arn, inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """With the records that validate it."""
        with gone_is_not_found(f"certificate {resource_id}"):
            found = self.clients.client("acm").describe_certificate(CertificateArn=resource_id)["Certificate"]
        return {
            "arn": resource_id,
            "domainName": found["DomainName"],
            "status": found["Status"],
            "domainValidationOptions": [_validation(o) for o in found.get("DomainValidationOptions", ())],
        }

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """ACM refuses while a domain uses it."""
        with gone_is_not_found(f"certificate {resource_id}"):
            self.clients.client("acm").delete_certificate(CertificateArn=resource_id)


def _validation(option: Mapping[str, Any]) -> Properties:
    record = option.get("ResourceRecord", {})
    names = {"resourceRecordName": "Name", "resourceRecordType": "Type", "resourceRecordValue": "Value"}
    return {"domainName": option["DomainName"]} | {name: record.get(api, "") for name, api in names.items()}
