"""Cognito's four operations on user pool domains, with custom domains, failover routing and their refusals.

Source: API reference of Create-, Update-, Describe- and DeleteUserPoolDomain; the texts about Routing are
those that AWS answers with.
"""

from typing import Any

from ministack.core.responses import error_response_json, get_account_id, json_response
from ministack.services import cognito

from sandbox.cloud import domain_rules, domains, pools, route53_checks
from sandbox.cloud.assumptions import Assumptions
from sandbox.cloud.patching import replace
from sandbox.cloud.replicas import Replicas

Response = tuple[int, dict[str, str], bytes]
Data = dict[str, Any]

CLASSIC = "Routing field is not supported for Hosted UI (classic)"
STATUS = (
    "Routing field can only be configured when replica status is one of: ACTIVE, CREATING, INACTIVE. Current status: {}"
)
NOT_ACTIVE = "Region {} is not active for the user pool"
TO_PREFIX = "Cannot convert custom domain to prefix domain."
TO_CUSTOM = "Cannot convert prefix domain to custom domain."


class Operations:
    """The operations; they ask *replicas* where a domain may route to."""

    def __init__(self, assumptions: Assumptions, replicas: Replicas) -> None:
        self._assumptions = assumptions
        self._replicas = replicas

    def install(self) -> None:
        """Replace the emulator's operations."""
        replace(cognito, "_create_user_pool_domain", "data", lambda _original: self.create)
        replace(cognito, "_update_user_pool_domain", "data", lambda _original: self.update)
        replace(cognito, "_delete_user_pool_domain", "data", lambda _original: self.delete)
        replace(cognito, "_describe_user_pool_domain", "data", lambda _original: self.describe)
        route53_checks.set_domains_of(domains.routed_by)
        self._replicas.routed_to = domains.routed_to

    def create(self, data: Data) -> Response:
        """CreateUserPoolDomain: one prefix domain and one custom domain a pool and Region."""
        pool, name = pools.record(data.get("UserPoolId", "")), data.get("Domain", "")
        if pool is None:
            return _unknown(f"User pool {data.get('UserPoolId')} does not exist.")
        custom = data.get("CustomDomainConfig")
        field = "Domain" if custom is None else "CustomDomain"
        if pool.get(field):
            return _invalid(f"The user pool already has a {'prefix' if custom is None else 'custom'} domain.")
        if domain_rules.taken(name, custom is not None):
            return _invalid(f"Domain {name} is already associated with a user pool.")
        version = data.get("ManagedLoginVersion") or 1
        why = (
            domain_rules.prefix_problem(name)
            if custom is None
            else domain_rules.custom_problem(data["UserPoolId"], name, custom)
        )
        why = why or self._routing_problem(data["UserPoolId"], data.get("Routing"), custom is not None, version)
        if why:
            return _invalid(why)
        pool[field] = name
        cognito._pool_domain_map[name] = data["UserPoolId"]
        return self._keep(pool, name, data, version)

    def update(self, data: Data) -> Response:
        """UpdateUserPoolDomain: certificate, managed login version (kept when not sent) and routing."""
        pool, name = pools.record(data.get("UserPoolId", "")), data.get("Domain", "")
        kind = domains.record_of(pool, name) if pool else None
        if pool is None or kind is None:
            return _unknown(f"Domain {name} of user pool {data.get('UserPoolId')} does not exist.")
        custom = data.get("CustomDomainConfig")
        if (custom is not None) != (kind == "custom"):
            return _invalid(TO_PREFIX if kind == "custom" else TO_CUSTOM)
        version = data.get("ManagedLoginVersion") or pool["_managed_login_versions"][name]
        if kind == "custom" and "Routing" not in data:
            kept = pool.get("_domain_routing") if self._assumptions.routing_is_kept_when_omitted else None
            data = {**data, "Routing": kept or {}}
        why = domain_rules.certificate_problem(name, custom) if custom is not None else None
        why = why or self._routing_problem(data["UserPoolId"], data.get("Routing"), kind == "custom", version)
        return _invalid(why) if why else self._keep(pool, name, data, version)

    def delete(self, data: Data) -> Response:
        """DeleteUserPoolDomain: a custom domain's routing goes with it."""
        pool, name = pools.record(data.get("UserPoolId", "")), data.get("Domain", "")
        kind = domains.record_of(pool, name) if pool else None
        if pool is None or kind is None:
            return _unknown(f"Domain {name} of user pool {data.get('UserPoolId')} does not exist.")
        pool["CustomDomain" if kind == "custom" else "Domain"] = None
        pool["_managed_login_versions"].pop(name, None)
        cognito._pool_domain_map.pop(name, None)
        if kind == "custom":
            pool.pop("_custom_domain_config", None)
            pool.pop("_domain_routing", None)
        return json_response({})

    def describe(self, data: Data) -> Response:
        """DescribeUserPoolDomain: empty for a domain that this Region does not hold."""
        name = data.get("Domain", "")
        pool = pools.record(cognito._pool_domain_map.get(name) or "")
        kind = domains.record_of(pool, name) if pool else None
        if pool is None or kind is None:
            return json_response({"DomainDescription": {}})
        shown: Data = {
            "UserPoolId": pool["Id"],
            "AWSAccountId": get_account_id(),
            "Domain": name,
            "Version": "1",
            "Status": "ACTIVE",
            "CustomDomainConfig": {},
            "ManagedLoginVersion": pool["_managed_login_versions"][name],
        }
        if kind == "custom":
            shown["CloudFrontDistribution"] = cognito._cloudfront_domain(name)
            shown["CustomDomainConfig"] = pool["_custom_domain_config"]
            if routing := pool.get("_domain_routing"):
                shown["Routing"] = routing
        return json_response({"DomainDescription": shown})

    def _keep(self, pool: pools.Pool, name: str, data: Data, version: int) -> Response:
        pool.setdefault("_managed_login_versions", {})[name] = version
        answer: Data = {"ManagedLoginVersion": version}
        if (custom := data.get("CustomDomainConfig")) is not None:
            pool["_custom_domain_config"] = custom
            answer["CloudFrontDomain"] = cognito._cloudfront_domain(name)
            if "Routing" in data:
                pool["_domain_routing"] = data["Routing"]
            if routing := pool.get("_domain_routing"):
                answer["Routing"] = routing
        return json_response(answer)

    def _routing_problem(self, pool_id: str, routing: Data | None, custom: bool, version: int) -> str | None:
        """Why Cognito refuses a domain's routing and version; None when it does not."""
        if version not in (1, 2):
            return f"ManagedLoginVersion {version} must be 1 or 2."
        if not routing:
            return None
        if not custom:
            return "Routing is currently only supported for custom domains."
        if version != 2:
            return CLASSIC
        failover = routing.get("Failover") or {}
        region, check = failover.get("SecondaryRegion"), failover.get("PrimaryRoute53HealthCheckId")
        if not region or not check:
            return "Failover needs SecondaryRegion and PrimaryRoute53HealthCheckId."
        replica = self._replicas.of(pool_id)
        if region == pools.home(pool_id):
            return STATUS.format("null")
        if replica is None or replica.region != region:
            return NOT_ACTIVE.format(region)
        if replica.status == "DELETING":
            return STATUS.format(replica.status)
        return self._check_problem(check)

    def _check_problem(self, check_id: str) -> str | None:
        kind = route53_checks.type_of(check_id)
        if kind is None:
            return f"Route 53 health check {check_id} does not exist."
        if kind not in self._assumptions.routing_check_types:
            return f"Route 53 health check {check_id} has the type {kind}, which Routing does not take."
        return None


def _invalid(message: str) -> Response:
    return error_response_json("InvalidParameterException", message, 400)


def _unknown(message: str) -> Response:
    return error_response_json("ResourceNotFoundException", message, 400)
