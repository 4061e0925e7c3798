"""All settings of a stack, as its file has them under `cognito-dr:`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from settings.applications import Application
from settings.failover import Failover
from settings.identity_providers import Encrypted, IdentityProvider
from settings.names import Api, Dns, Domains
from settings.pool import Pool
from settings.siblings import Sibling
from settings.values import LOG_RETENTION_DAYS, AccountId, Name, Region, Strict, between, one_of


class Phase(StrEnum):
    """How far the stack is rolled out; each phase contains the one before."""

    FOUNDATION = "foundation"
    REPLICATION = "replication"
    DOMAIN = "domain"
    LIVE = "live"

    @property
    def before(self) -> Phase | None:
        """The phase that comes first; None for the first one."""
        order = list(Phase)
        place = order.index(self)
        return order[place - 1] if place else None


class Rollout(Strict):
    """The phase that this stack shall have; `record` is where `cognito-dr verify` wrote what it found (a file)."""

    phase: Annotated[str, one_of(tuple(Phase), "the rollout knows no other phase")]
    record: str | None = None

    @property
    def replicated(self) -> bool:
        """Whether triggers, replica, probe and health checks belong to the stack."""
        return self.phase != Phase.FOUNDATION

    @property
    def routed(self) -> bool:
        """Whether users are led to the Region that serves: domain, certificates and records."""
        return self.phase in (Phase.DOMAIN, Phase.LIVE)

    @property
    def live(self) -> bool:
        """Whether alarms call people."""
        return self.phase == Phase.LIVE


class RegionPair(Strict):
    """Where the pool lives and where its replica does."""

    primary: Region
    secondary: Region

    @property
    def both(self) -> tuple[str, str]:
        """Primary first."""
        return (self.primary, self.secondary)


class Group(Strict):
    """A group of users."""

    description: str | None = None
    precedence: Annotated[int, between(0, 2_147_483_647, "Cognito stores a whole number from 0")] | None = None


class ResourceServer(Strict):
    """An API with scopes of its own: scope name to description."""

    name: str
    scopes: Mapping[str, str] = Field(default_factory=dict)


class GroupClaim(Strict):
    """One claim that lists a value for each of the user's groups."""

    claim: str
    names: Mapping[str, str]


class Claims(Strict):
    """What the pre token generation trigger adds to ID and access tokens."""

    attributes: Mapping[str, str] = Field(default_factory=dict)
    groups: GroupClaim | None = None


class Triggers(Strict):
    """What the trigger functions run with; memory in MB, timeout in seconds."""

    memory: Annotated[int, between(128, 10_240, "Lambda offers this range, in MB")] = 256
    timeout: Annotated[int, between(1, 5, "Cognito waits 5 seconds for a trigger and then fails the sign-in")] = 3
    log_retention_days: Annotated[int, one_of(LOG_RETENTION_DAYS, "CloudWatch Logs offers no other periods")] = 30


class Settings(Strict):
    """One stack."""

    account: AccountId
    name: Name
    regions: RegionPair
    rollout: Rollout
    protect: bool
    deploy_roles: tuple[str, ...] = ()
    tags: Mapping[str, str] = Field(default_factory=dict)
    pool: Pool
    groups: Mapping[str, Group] = Field(default_factory=dict)
    resource_servers: Mapping[str, ResourceServer] = Field(default_factory=dict)
    applications: Mapping[str, Application]
    identity_providers: Mapping[str, IdentityProvider] = Field(default_factory=dict)
    identity_provider_secrets: Mapping[str, Encrypted] = Field(default_factory=dict)
    siblings: Mapping[str, Sibling] = Field(default_factory=dict)
    claims: Claims = Claims()
    triggers: Triggers = Triggers()
    failover: Failover = Failover()
    dns: Dns | None = None
    domains: Domains | None = None
    api: Api | None = None

    @property
    def pool_arns(self) -> tuple[str, str] | None:
        """The pool's ARN in each Region, primary first; None until `pool.id` is set."""
        if self.pool.id is None:
            return None
        primary, secondary = (
            f"arn:aws:cognito-idp:{region}:{self.account}:userpool/{self.pool.id}" for region in self.regions.both
        )
        return primary, secondary
