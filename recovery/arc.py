"""ARC routing controls by their five data-plane endpoints; the control plane is never asked.

Source: docs.aws.amazon.com/r53recovery/latest/dg/route53-arc-best-practices.regional.html (keep endpoints as literals,
start at a random one, try all five) and the API reference of route53-recovery-cluster.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnectionError

from manifest import ClusterEndpoint
from recovery import aws
from recovery.errors import RecoveryError, told

Result = TypeVar("Result")
State = Literal["On", "Off"]
ELSEWHERE = frozenset({"EndpointTemporarilyUnavailableException", "InternalServerException", "ThrottlingException"})
"""Errors after which another endpoint may answer. A conflict is none of them here: it names a safety rule."""


class NoMajorityError(RecoveryError):
    """No endpoint could answer."""


class SafetyRuleError(RecoveryError):
    """ARC refused a change because of a safety rule or its wait period."""


@dataclass
class Attempts:
    """Why no endpoint served the request, by Region: never asked, silent, or answered with a refusal."""

    total: int
    unasked: dict[str, str] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def summary(self) -> str:
        """Exactly how many do not answer, what the others say, and why any were not asked."""
        parts = [f"{len(self.silent)} of {self.total} cluster endpoints do not answer"]
        if self.refused:
            parts.append(f"{len(self.refused)} of {self.total} answer that they cannot ({_each(self.refused)})")
        if self.unasked:
            parts.append(f"{len(self.unasked)} of {self.total} could not be asked ({_each(self.unasked)})")
        return f"{' and '.join(parts)}; a majority of {self.total} is needed"

    def failure(self) -> RecoveryError:
        """What is raised: where nothing was sent at all, the cause is on this machine and no other network helps."""
        if len(self.unasked) < self.total:
            return NoMajorityError(self.summary())
        return RecoveryError(
            f"no cluster endpoint could be asked: {_each(self.unasked)}. Mend the credentials or the AWS configuration"
        )


def _each(said: Mapping[str, str]) -> str:
    return "; ".join(dict.fromkeys(said.values()))


Connect = Callable[[ClusterEndpoint], Any]


def connect(endpoint: ClusterEndpoint) -> Any:
    """Both the URL and the Region that signs have to fit the endpoint."""
    return aws.client("route53-recovery-cluster", endpoint.region, endpoint=endpoint.endpoint, brisk=True)


class Cluster:
    """A cluster's data plane. Each call goes to the endpoints in a new random order until one serves it."""

    def __init__(
        self,
        endpoints: Sequence[ClusterEndpoint],
        connect: Connect = connect,
        order: Callable[[Sequence[ClusterEndpoint]], Sequence[ClusterEndpoint]] | None = None,
    ) -> None:
        self.endpoints = tuple(endpoints)
        self._connect = connect
        self._order = order or (lambda all_: random.SystemRandom().sample(list(all_), len(all_)))

    def states(self, controls: Sequence[str]) -> dict[str, State]:
        """The state of each control, all read from one endpoint. Raises NoMajorityError, or RecoveryError unasked."""
        return self._any(lambda client: _read(client, controls))

    def update(self, wanted: Mapping[str, State]) -> str:
        """Change all controls in one transaction; the Region whose endpoint did it.

        Raises NoMajorityError or SafetyRuleError.
        """
        entries = [{"RoutingControlArn": arn, "RoutingControlState": state} for arn, state in wanted.items()]

        def change(client: Any) -> str:
            client.update_routing_control_states(UpdateRoutingControlStateEntries=entries)
            return client.meta.region_name

        return self._any(change)

    def survey(self, controls: Sequence[str]) -> dict[str, dict[str, State] | str]:
        """By Region: the states that the endpoint there tells, or why it does not."""
        found: dict[str, dict[str, State] | str] = {}
        for endpoint in self.endpoints:
            try:
                found[endpoint.region] = _read(self._connect(endpoint), controls)
            except (ClientError, BotoCoreError) as error:
                found[endpoint.region] = told(error)
        return found

    def _any(self, act: Callable[[Any], Result]) -> Result:
        attempts = Attempts(total=len(self.endpoints))
        for endpoint in self._order(self.endpoints):
            try:
                return act(self._connect(endpoint))
            except ClientError as error:
                _stop_at_verdicts(error)
                attempts.refused[endpoint.region] = told(error)
            except (NoConnectionError, HTTPClientError) as error:
                attempts.silent[endpoint.region] = told(error)
            except BotoCoreError as error:  # no credentials, a profile that is not there, a configuration that is wrong
                attempts.unasked[endpoint.region] = told(error)
        raise attempts.failure()


def _read(client: Any, controls: Sequence[str]) -> dict[str, State]:
    return {arn: client.get_routing_control_state(RoutingControlArn=arn)["RoutingControlState"] for arn in controls}


def _stop_at_verdicts(error: ClientError) -> None:
    """Another endpoint would say the same: a safety rule, a missing right, a control that is not there."""
    code = error.response["Error"]["Code"]
    if code == "ConflictException":
        raise SafetyRuleError(f"ARC refuses: {error.response['Error'].get('Message', code)}") from None
    if code not in ELSEWHERE:
        raise RecoveryError(f"ARC refuses: {told(error)}") from None
