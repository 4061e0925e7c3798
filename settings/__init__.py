"""The typed settings of a stack, checked as a whole before any resource exists."""

from settings.applications import Application, Client, ClientKind, SignInFlow
from settings.errors import Problem, SettingsError
from settings.failover import ClusterEndpoint, Failover, Override, Probe, ServingCheck
from settings.identity_providers import IdentityProvider, ProviderKind, Secrecy
from settings.loading import known_keys, load
from settings.model import (
    Claims,
    Group,
    GroupClaim,
    Phase,
    RegionPair,
    ResourceServer,
    Rollout,
    Settings,
    Triggers,
)
from settings.names import Api, ApiTarget, Dns, Domains
from settings.pool import CustomAttribute, Issuer, PasswordPolicy, Pool, Tier
from settings.sibling_files import Redirects, Siblings, read_siblings
from settings.siblings import Difference, Sibling

__all__ = [
    "Api",
    "ApiTarget",
    "Application",
    "Claims",
    "Client",
    "ClientKind",
    "ClusterEndpoint",
    "CustomAttribute",
    "Difference",
    "Dns",
    "Domains",
    "Failover",
    "Group",
    "GroupClaim",
    "IdentityProvider",
    "Issuer",
    "Override",
    "PasswordPolicy",
    "Phase",
    "Pool",
    "Probe",
    "Problem",
    "ProviderKind",
    "Redirects",
    "RegionPair",
    "ResourceServer",
    "Rollout",
    "Secrecy",
    "ServingCheck",
    "Settings",
    "SettingsError",
    "Sibling",
    "Siblings",
    "SignInFlow",
    "Tier",
    "Triggers",
    "known_keys",
    "load",
    "read_siblings",
]
