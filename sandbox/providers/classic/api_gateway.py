"""API Gateway's HTTP APIs: the API, its stages, routes, integrations and authorizers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sandbox.providers.classic.shaped import Shaped
from sandbox.providers.kind import Properties
from sandbox.providers.not_found import gone_is_not_found


class Part(Shaped):
    """What has an ID of its own and, but for the API itself, lies in an API (or another parent)."""

    service = "apigatewayv2"
    noun: ClassVar[str]
    """As boto3's methods say it: `get_<noun>`."""
    id_word: ClassVar[str]
    """The API's name of the ID."""
    parent: ClassVar[str | None] = "apiId"
    """The input that names what it lies in; fixed for its life."""

    def address(self, resource_id: str, state: Mapping[str, Any]) -> dict[str, str]:
        """The words that name it. An import names it `parent/id`; the state knows the parent."""
        if self.parent is None:
            return {self.id_word: resource_id}
        parent, _, own = resource_id.rpartition("/")
        return {self.parent[0].upper() + self.parent[1:]: parent or state[self.parent], self.id_word: own}

    def ask(self, verb: str, **words: Any) -> Mapping[str, Any]:
        """One call; an answer that it is not there is NotFoundError."""
        with gone_is_not_found(f"{self.noun.replace('_', ' ')} {words.get(self.id_word, '')}"):
            return getattr(self.clients.client("apigatewayv2"), f"{verb}_{self.noun}")(**words)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """The ID is AWS's."""
        made = self.ask("create", **self.words(inputs))
        return made[self.id_word], self.read(made[self.id_word], inputs)

    def read(self, resource_id: str, state: Mapping[str, Any]) -> Properties:
        """With everything that AWS fills in."""
        address = self.address(resource_id, state)
        found = self.ask("get", **address)
        return self.live(address | dict(found)) | self.known(found, address)

    def known(self, found: Mapping[str, Any], address: Mapping[str, str]) -> Properties:
        """The computed outputs."""
        return {}

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """What changed, and nothing else."""
        self.ask("update", **self.words(self.changes(old, new)) | self.address(resource_id, new))
        return self.read(resource_id, new)

    def delete(self, resource_id: str, state: Mapping[str, Any]) -> None:
        """The emulator says nothing about a part that is gone already."""
        self.ask("delete", **self.address(resource_id, state))

    def arn(self, path: str) -> str:
        """API Gateway's ARNs have no account."""
        return f"arn:aws:apigateway:{self.region}::{path}"

    def execution_arn(self, path: str) -> str:
        """What permissions name as the source."""
        return f"arn:aws:execute-api:{self.region}:{self.clients.account}:{path}"


class Api(Part):
    """An API."""

    token = "aws:apigatewayv2/api:Api"
    required = ("name", "protocolType")
    optional = (
        *("apiKeySelectionExpression", "corsConfiguration", "description", "disableExecuteApiEndpoint"),
        *("region", "routeSelectionExpression", "version"),
    )
    create_only = ("protocolType", "region")
    computed = ("arn", "apiEndpoint", "executionArn")
    call, noun, id_word, parent = ("CreateApi",), "api", "ApiId", None

    def known(self, found: Mapping[str, Any], address: Mapping[str, str]) -> Properties:
        """The endpoint answers unless `disableExecuteApiEndpoint` says otherwise."""
        api = found["ApiId"]
        scheme = "wss" if found["ProtocolType"] == "WEBSOCKET" else "https"
        return {
            "arn": self.arn(f"/apis/{api}"),
            "apiEndpoint": f"{scheme}://{api}.execute-api.{self.region}.amazonaws.com",
            "executionArn": self.execution_arn(api),
        }

    def update(self, resource_id: str, old: Properties, new: Properties) -> Properties:
        """CORS goes by a call of its own."""
        if "corsConfiguration" in old and "corsConfiguration" not in new:
            self.clients.client("apigatewayv2").delete_cors_configuration(ApiId=resource_id)
            old = {key: value for key, value in old.items() if key != "corsConfiguration"}
        return super().update(resource_id, old, new)


class Integration(Part):
    """What answers: for a Lambda proxy, the function's invoke ARN."""

    token = "aws:apigatewayv2/integration:Integration"
    required = ("apiId", "integrationType")
    optional = (
        *("connectionType", "description", "integrationMethod", "integrationUri", "payloadFormatVersion"),
        *("region", "requestParameters", "timeoutMilliseconds"),
    )
    create_only = ("apiId", "integrationType", "region")
    names: ClassVar = {"timeoutMilliseconds": "TimeoutInMillis"}
    defaults: ClassVar = {"payloadFormatVersion": "1.0", "timeoutMilliseconds": 30000, "connectionType": "INTERNET"}
    call, noun, id_word = ("CreateIntegration",), "integration", "IntegrationId"

    def words(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The real provider's defaults go along: AWS has none for the format."""
        given = super().words(inputs)
        return {"PayloadFormatVersion": "1.0"} | given if "integrationType" in inputs else given

    def like(self, key: str, wanted: Any, live: Any) -> Any:
        """A Lambda proxy is always asked by POST, whatever was said."""
        return wanted if key == "integrationMethod" else super().like(key, wanted, live)


class Route(Part):
    """Which requests go to an integration, and who may make them."""

    token = "aws:apigatewayv2/route:Route"
    required = ("apiId", "routeKey")
    optional = (
        *("apiKeyRequired", "authorizationScopes", "authorizationType", "authorizerId", "operationName"),
        *("region", "target"),
    )
    create_only = ("apiId", "region")
    unordered = ("authorizationScopes",)
    defaults: ClassVar = {"authorizationType": "NONE"}
    call, noun, id_word = ("CreateRoute",), "route", "RouteId"


class Authorizer(Part):
    """Who judges a request's token."""

    token = "aws:apigatewayv2/authorizer:Authorizer"
    required = ("apiId", "authorizerType", "identitySources", "name")
    optional = (
        *("authorizerCredentialsArn", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds"),
        *("authorizerUri", "enableSimpleResponses", "jwtConfiguration", "region"),
    )
    create_only = ("apiId", "region")
    unordered = ("identitySources",)
    names: ClassVar = {"audiences": "Audience", "identitySources": "IdentitySource"}
    call, noun, id_word = ("CreateAuthorizer",), "authorizer", "AuthorizerId"


class Stage(Part):
    """What is served under a name; its ID is the name. `$default` is served at the root."""

    token = "aws:apigatewayv2/stage:Stage"
    required = ("apiId", "name")
    optional = ("accessLogSettings", "autoDeploy", "defaultRouteSettings", "description", "region", "stageVariables")
    create_only = ("apiId", "name", "region")
    computed = ("arn", "executionArn", "invokeUrl")
    names: ClassVar = {"name": "StageName"}
    call, noun, id_word = ("CreateStage",), "stage", "StageName"

    def known(self, found: Mapping[str, Any], address: Mapping[str, str]) -> Properties:
        """Where it is reached."""
        api, name = address["ApiId"], found["StageName"]
        path = "" if name == "$default" else name
        return {
            "arn": self.arn(f"/apis/{api}/stages/{name}"),
            "executionArn": self.execution_arn(f"{api}/{name}"),
            "invokeUrl": f"https://{api}.execute-api.{self.region}.amazonaws.com/{path}",
        }
