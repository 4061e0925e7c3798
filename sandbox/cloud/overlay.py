"""The overlay over the emulator: what every Cognito request passes through, and the order of installation."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import Any

from ministack import app
from ministack.core.concurrency import run_reentrant
from ministack.core.responses import error_response_json, get_account_id, get_region
from ministack.services import cognito

from sandbox.cloud import (
    codes,
    domains,
    failover_path,
    groups,
    pool_settings,
    pools,
    speed,
    tokens,
    touched,
    trigger_calls,
    triggers,
)
from sandbox.cloud.allowed import answered_by_secondary
from sandbox.cloud.arc.state import Arc
from sandbox.cloud.assumptions import ACCOUNT, CHANGEABLE, Assumptions
from sandbox.cloud.context import REQUEST, CognitoRequest
from sandbox.cloud.errors import CloudError
from sandbox.cloud.patching import check_version, replace
from sandbox.cloud.replicas import Replicas, Response
from sandbox.cloud.replication import Log

SIGN_OUTS = frozenset({"GlobalSignOut", "AdminUserGlobalSignOut"})


class Overlay:
    """The overlay's state: replicas and what is on its way between the Regions."""

    def __init__(self, assumptions: Assumptions) -> None:
        self.arc = Arc(account=ACCOUNT, deployment=assumptions.arc_deployment)
        self.log = Log(assumptions.replication_lag)
        self.replicas = Replicas(assumptions, self.log)
        self._operations = {**self.replicas.operations, "UpdateGroup": groups.update_group}
        self.assumptions = assumptions

    def install(self, environment: speed.ChildEnvironment, arc_ports: Mapping[int, str]) -> None:
        """Replace what has to be replaced. Raises CloudError when the emulator is not the known one.

        *environment* is what functions find in theirs, *arc_ports* the Regions of ARC's five endpoints by port.
        """
        check_version()
        replace(app, "extract_region", "headers query_params", lambda _original: _region_of_port)
        tokens.install(self.log)
        codes.install(lambda: self.assumptions.code_redeemed_elsewhere)
        triggers.install()
        pool_settings.install(self.assumptions, self.replicas)
        speed.install(environment)
        failover_path.install(self.assumptions, self.arc, arc_ports, self.replicas)
        replace(cognito, "_run_idp_handler", "handler action data", lambda _original: _run)
        replace(cognito, "_dispatch_idp", "action data", self._dispatching)
        replace(cognito, "_oauth2_token", "data query_params raw_body headers", _token_endpoint)
        replace(cognito, "_find_pool_by_client_id", "client_id", lambda _original: self._pool_by_client)

    def assume(self, changes: Mapping[str, object]) -> None:
        """Change assumptions that may be changed now. Raises CloudError with what may be, and changes nothing then."""
        for name, value in changes.items():
            if name not in CHANGEABLE or type(value) is not type(getattr(self.assumptions, name)):
                raise CloudError(f"{name} = {value!r}: only {', '.join(sorted(CHANGEABLE))} (true or false) may change")
        self.assumptions = dataclasses.replace(self.assumptions, **changes)

    def tick(self) -> None:
        """Bring the Regions to where they are by now. Called before every request."""
        self.replicas.settle()
        self.log.apply()

    def _dispatching(self, original: Callable[..., Any]) -> Callable[..., Any]:
        async def dispatch(action: str, data: dict[str, Any]) -> Response:
            pool_id = pools.of_request(data)
            if refusal := self._refusal(action, data, pool_id):
                return refusal
            before = self._parts(action, data, pool_id)
            if (operation := self._operations.get(action)) is None:
                response = await original(action, data)
            elif pool_id is None:
                return error_response_json(
                    "ResourceNotFoundException", f"User pool {data.get('UserPoolId')} does not exist.", 400
                )
            else:
                response = await run_reentrant(operation, data)
            if response[0] == 200 and pool_id:
                self._send_on(action, data, pool_id, before, response)
            return response

        return dispatch

    def _refusal(self, action: str, data: dict[str, Any], pool_id: str | None) -> Response | None:
        if pool_id is None or pools.home(pool_id) == get_region():
            return None
        replica = self.replicas.of(pool_id)
        if replica and answered_by_secondary(action, replica.status):
            challenge = data.get("ChallengeName")
            if challenge not in self.assumptions.refused_challenges:
                return None
            action = f"{action} for {challenge}"
        status = replica.status if replica else "gone"
        return error_response_json(
            "OperationNotEnabledException",
            f"{action} is not enabled on this replica of the user pool (status {status}).",
            400,
        )

    def _parts(self, action: str, data: dict[str, Any], pool_id: str | None) -> frozenset[touched.Part]:
        if pool_id is None or pools.home(pool_id) != get_region() or not self.replicas.of(pool_id):
            return frozenset()
        return touched.parts(action, data, pools.record(pool_id) or {})

    def _send_on(
        self,
        action: str,
        data: dict[str, Any],
        pool_id: str,
        before: frozenset[touched.Part],
        response: Response,
    ) -> None:
        replica = self.replicas.of(pool_id)
        if replica is None or replica.status == "CREATING":
            return  # what is written meanwhile is in the copy that ends the creation
        here, home = get_region(), pools.home(pool_id)
        if action in SIGN_OUTS:
            self._sign_out(data, pool_id, replica.region if here == home else home)
        if action == "CreateUserPoolClient":
            data = {**data, "ClientId": json.loads(response[2])["UserPoolClient"]["ClientId"]}
        parts = before | self._parts(action, data, pool_id)
        if parts and here == home:
            self.log.write(get_account_id(), pool_id, home, replica.region, parts)

    def _sign_out(self, data: dict[str, Any], pool_id: str, other: str) -> None:
        name = data.get("Username") or cognito._token_claims(data.get("AccessToken", "")).get("username")
        user = cognito._resolve_user(pools.record(pool_id) or {}, name)[0] if name else None
        if user is not None:
            tokens.sign_out_elsewhere(pool_id, user["Username"], other)

    def _pool_by_client(self, client_id: str) -> tuple[str | None, pools.Pool | None, Any]:
        """The token endpoint's search: the Region of the port, the pool of the domain, no replica but an ACTIVE one."""
        pool, pool_id = cognito._pool_for_client(client_id)
        if pool is None or pool_id is None or domains.SERVED.get() not in (None, pool_id):
            return None, None, None
        if pools.home(pool_id) != get_region():
            replica = self.replicas.of(pool_id)
            if replica is None or replica.status != "ACTIVE":
                return None, None, None
        return pool_id, pool, pool["_clients"][client_id]


def _region_of_port(headers: Mapping[str, str], query_params: object = None) -> str:
    """The Region of a request is that of the port, set by the edge; never what the caller names."""
    return headers.get("x-sandbox-region") or get_region()


def _run(handler: Callable[..., Response], action: str, data: dict[str, Any]) -> Response:
    """Run one Cognito operation, with the checks that the emulator makes only under full authorization."""
    refused = (
        cognito._validate_client_secret_hash(action, data)
        or cognito._auth_flow_error(action, data)
        or cognito._access_token_error(data)
        or cognito._confirmation_code_error(action, data)
    )
    if refused:
        return refused
    token = REQUEST.set(CognitoRequest(action, data))
    try:
        triggers.pre_authentication(action, data)
        return handler(data)
    except trigger_calls.TriggerRefused as error:
        return error.answer()
    finally:
        REQUEST.reset(token)


def _token_endpoint(original: Callable[..., Response]) -> Callable[..., Response]:
    def oauth2_token(
        data: dict[str, Any],
        query_params: dict[str, Any],
        raw_body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Response:
        token = REQUEST.set(CognitoRequest("oauth2/token", data))
        try:
            return original(data, query_params, raw_body, headers)
        except trigger_calls.TriggerRefused as error:
            return cognito._oauth2_error("invalid_grant", str(error))
        finally:
            REQUEST.reset(token)

    return oauth2_token
