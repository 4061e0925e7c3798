"""The typed settings of a stack, checked as a whole before any resource exists."""

from settings.applications import Application, Client, ClientKind, SignInFlow
from settings.errors import Problem, SettingsError
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
from settings.pool import CustomAttribute, Issuer, PasswordPolicy, Pool, Tier

__all__ = [
    "Application",
    "Claims",
    "Client",
    "ClientKind",
    "CustomAttribute",
    "Group",
    "GroupClaim",
    "Issuer",
    "PasswordPolicy",
    "Phase",
    "Pool",
    "Problem",
    "RegionPair",
    "ResourceServer",
    "Rollout",
    "Settings",
    "SettingsError",
    "SignInFlow",
    "Tier",
    "Triggers",
    "known_keys",
    "load",
]
