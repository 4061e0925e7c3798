"""API Gateway HTTP APIs strictly per Region, with usable certificates, known issuers and throttling.

The emulator finds APIs and custom domains of any Region, would fetch an issuer's keys from the real
internet, and knows no throttling.
"""

import json
import re
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack import app
from ministack.core.responses import get_account_id, get_region
from ministack.services import apigateway, apigateway_v1, cognito

from sandbox.cloud import certificates, pools
from sandbox.cloud.patching import replace
from sandbox.cloud.route53_records import API_ZONES
from sandbox.cloud.token_bucket import TokenBucket

Response = tuple[int, dict[str, str], bytes]
Data = dict[str, Any]
Scope = tuple[str, str] | None

Address = tuple[str, str, str] | None
"""API ID, stage (a guess: the first segment of the path), rest of the path."""

_HOST = re.compile(r"(?P<api>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?::\d+)?")
TOO_MANY = (429, {"Content-Type": "application/json"}, b'{"message":"Too Many Requests"}')


def install() -> None:
    """Replace look-ups, custom domains, issuers' keys and the entry of the data plane."""
    throttles = Throttles()
    replace(app, "_parse_execute_api_url", "host path", _addressing)
    replace(apigateway, "_create_api", "data", _naming)
    replace(apigateway, "find_api_scope", "api_id", _here)
    replace(apigateway_v1, "find_api_scope", "api_id", _here)
    replace(apigateway_v1, "find_domain_scope", "domain_name", lambda _original: _domain_here)
    replace(apigateway, "_create_domain_name", "data", _creating)
    replace(apigateway, "_update_domain_name", "name data", _updating)
    replace(apigateway, "_resolve_jwks_url", "authorizer", lambda _original: _key_source)
    replace(apigateway, "_fetch_jwks", "url", lambda _original: _keys)
    replace(
        apigateway,
        "_handle_execute_in_scope",
        "api_id stage path method headers body query_params owner_account_id owner_region raw_query_string",
        throttles.wrapping,
    )


class Throttles:
    """A token bucket for every stage that has a rate, in requests a second."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str, str, str], TokenBucket] = {}
        self._lock = threading.Lock()

    def wrapping(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Refuse with 429 what exceeds the stage's rate and burst."""

        async def execute(api_id: str, stage: str, *rest: Any) -> Response:
            return await original(api_id, stage, *rest) if self.allows(api_id, stage) else TOO_MANY

        return execute

    def allows(self, api_id: str, stage: str) -> bool:
        """Take a token of the stage; True when the stage has no limit of its own."""
        settings = (apigateway.stages_for_api(api_id).get(stage) or {}).get("defaultRouteSettings") or {}
        rate, burst = settings.get("throttlingRateLimit"), settings.get("throttlingBurstLimit")
        if rate is None or burst is None:
            return True
        key, now = (get_account_id(), get_region(), api_id, stage), time.monotonic()
        with self._lock:
            bucket = self._buckets.get(key)
            if bucket is None or (bucket.rate, bucket.burst) != (rate, burst):
                bucket = self._buckets[key] = TokenBucket.full(rate, burst, now)
            return bucket.take(now)


def _naming(original: Callable[[Data], Response]) -> Callable[[Data], Response]:
    """An API's address is AWS's name for it, not the port: `https://ID.execute-api.REGION.amazonaws.com`."""

    def create(data: Data) -> Response:
        response = original(data)
        if response[0] != 201:
            return response
        api = apigateway._apis[json.loads(response[2])["apiId"]]
        scheme = "wss" if api["protocolType"] == "WEBSOCKET" else "https"
        api["apiEndpoint"] = f"{scheme}://{api['apiId']}.execute-api.{get_region()}.amazonaws.com"
        return apigateway._apigw_response(api, 201)

    return create


def _addressing(original: Callable[[str, str], Address]) -> Callable[[str, str], Address]:
    def parse(host: str, path: str) -> Address:
        if found := _HOST.fullmatch(host.lower()):
            first, _, rest = path.lstrip("/").partition("/")
            api = apigateway._apis.get(found["api"]) or {}
            name = "" if api.get("disableExecuteApiEndpoint") else found["api"]  # no API has no name: 404
            return name, first or "$default", f"/{rest}"
        return original(host, path)

    return parse


def _here(original: Callable[[str], Scope]) -> Callable[[str], Scope]:
    def find(api_id: str) -> Scope:
        scope = original(api_id)
        return scope if scope and scope[1] == get_region() else None

    return find


def _domain_here(domain_name: str) -> tuple[str, str, str] | None:
    """The custom domain of that name in this Region: one name has a domain in every Region."""
    scope = (get_account_id(), get_region(), domain_name.lower())
    return scope if apigateway_v1._domain_names.get_scoped(*scope) is not None else None


def _creating(original: Callable[[Data], Response]) -> Callable[[Data], Response]:
    def create(data: Data) -> Response:
        name = str(data.get("domainName") or "")
        if refusal := _refusal(name, data):
            return refusal
        response = original(data)
        record = apigateway_v1._domain_names.get(name)
        if record is None or response[0] != 201:
            return response
        record["regionalHostedZoneId"] = API_ZONES[get_region()]
        return apigateway._apigw_response(apigateway._domain_view(record), 201)

    return create


def _updating(original: Callable[[str, Data], Response]) -> Callable[[str, Data], Response]:
    def update(name: str, data: Data) -> Response:
        known = "domainNameConfigurations" in data and apigateway_v1._domain_names.get(name)
        return (_refusal(name, data) if known else None) or original(name, data)

    return update


def _refusal(name: str, data: Data) -> Response | None:
    """A regional domain needs an issued certificate of its own Region that covers its name."""
    configurations = data.get("domainNameConfigurations") or [{}]
    why = certificates.problem(configurations[0].get("certificateArn") or "", name, get_region())
    return apigateway._apigw_error("BadRequestException", why, 400) if why else None


async def _key_source(authorizer: Data) -> str | None:
    """The pool whose keys an authorizer needs; None when nothing answers at its issuer's address.

    `issuer-cognito-idp` answers only for pools with the UPDATED issuer (aws-jwt-verify 279).
    """
    configured = authorizer.get("jwtConfiguration") or {}
    issuer = str(configured.get("issuer") or configured.get("Issuer") or "").rstrip("/")
    host, _, pool_id = issuer.removeprefix("https://").partition("/")
    home = pools.home(pool_id)
    if pools.record(pool_id, home) is None:
        return None
    if host == f"cognito-idp.{home}.amazonaws.com" or issuer == pools.issuer(pool_id):
        return pool_id
    return None


async def _keys(url: str) -> Data:
    return json.loads(cognito.well_known_jwks(url)[2])
