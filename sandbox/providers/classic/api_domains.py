"""API Gateway's custom domains, and which API they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pulumi.runtime.rpc import UNKNOWN

from sandbox.providers.classic.api_gateway import Part
from sandbox.providers.kind import Properties
from sandbox.providers.waiting import wait

CONFIGURATION = "domainNameConfiguration"
ONLY = {"endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"}


class DomainName(Part):
    """A custom domain; its ID is its name. The certificate lies in the API's own Region."""

    token = "aws:apigatewayv2/domainName:DomainName"
    required = ("domainName", CONFIGURATION)
    optional = ("region", "routingMode")
    create_only = ("domainName", "region")
    computed = (
        *("apiMappingSelectionExpression", "arn"),
        *(f"{CONFIGURATION}.hostedZoneId", f"{CONFIGURATION}.targetDomainName"),
    )
    names: ClassVar = {CONFIGURATION: "DomainNameConfigurations", "targetDomainName": "ApiGatewayDomainName"}
    defaults: ClassVar = {"routingMode": "API_MAPPING_ONLY"}
    call, noun, id_word, parent = ("CreateDomainName",), "domain_name", "DomainName", None

    def words(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The API takes a list of one configuration."""
        listed = {CONFIGURATION: [inputs[CONFIGURATION]]} if isinstance(inputs.get(CONFIGURATION), Mapping) else {}
        return super().words({**inputs, **listed})

    def failures(self, inputs: Properties) -> Iterator[tuple[str, str]]:
        """Regional domains with TLS 1.2 only; an edge domain is another service's."""
        yield from super().failures(inputs)
        configuration = inputs.get(CONFIGURATION)
        given: Mapping[str, Any] = configuration if isinstance(configuration, Mapping) else {}
        for key, allowed in ONLY.items():
            if given.get(key, UNKNOWN) not in (allowed, UNKNOWN):
                yield f"{CONFIGURATION}.{key}", f"{given[key]!r} is not {allowed}, the only value for this type"

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """CreateDomainName, until it is AVAILABLE."""
        self.ask("create", **self.words(inputs))
        name = inputs["domainName"]
        wait(f"API domain {name}", lambda: self._status(name) == "AVAILABLE")
        return name, self.read(name, inputs)

    def _status(self, name: str) -> str:
        return self.ask("get", DomainName=name)["DomainNameConfigurations"][0]["DomainNameStatus"]

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """Its one configuration holds what an alias record needs."""
        live = super().read(resource_id, state)
        return live | {CONFIGURATION: live[CONFIGURATION][0]}

    def known(self, found: Mapping[str, Any], address: Mapping[str, str]) -> Properties:
        """The two that are not in the configuration."""
        return {
            "arn": self.arn(f"/domainnames/{found['DomainName']}"),
            "apiMappingSelectionExpression": found["ApiMappingSelectionExpression"],
        }


class ApiMapping(Part):
    """Which stage a domain shows."""

    token = "aws:apigatewayv2/apiMapping:ApiMapping"
    required = ("apiId", "domainName", "stage")
    optional = ("apiMappingKey", "region")
    create_only = ("apiId", "domainName", "region")
    call, noun, id_word, parent = ("CreateApiMapping",), "api_mapping", "ApiMappingId", "domainName"

    def address(self, resource_id: str, state: Mapping[str, Any]) -> dict[str, str]:
        """An import names it `id/domain`, the other way round."""
        own, _, domain = resource_id.partition("/")
        return {"DomainName": domain or state["domainName"], "ApiMappingId": own}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """UpdateApiMapping wants the API named too."""
        changed = self.words(self.changes(old, new))
        self.ask("update", ApiId=new["apiId"], **changed, **self.address(resource_id, new))
        return self.read(resource_id, new)
