"""To whom a key belongs: the account, the pool in both Regions, the roles that deploy it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SERVICES: Final = ("cognito-idp.amazonaws.com", "identitystore.amazonaws.com")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """`region` is the key's own. Without `pool_id` a new pool is being founded: any pool of this account.

    `key_arn` is None while nobody knows it.
    """

    account: str
    region: str
    regions: tuple[str, ...]
    pool_id: str | None
    deploy_roles: tuple[str, ...] = ()
    key_arn: str | None = None

    @property
    def via(self) -> str:
        """The name by which KMS knows a call that came through Cognito in the key's Region."""
        return f"cognito-idp.{self.region}.amazonaws.com"

    @property
    def pools(self) -> frozenset[str]:
        """The pool's ARNs that each policy must admit: data may carry either Region's."""
        return frozenset(self._pool(region, self.pool_id or "*") for region in self.regions)

    def admits_pool(self, arn: str) -> bool:
        """Tell whether an ARN, or a pattern of ARNs, names nothing but the pool(s) of this scope."""
        if self.pool_id:
            return arn in self.pools
        own = "|".join(re.escape(self._pool(region, "")) for region in self.regions)
        return re.fullmatch(rf"(?:{own})(?:\*|[\w-]+)", arn) is not None

    def is_account(self, name: str) -> bool:
        """Tell whether a principal is the account itself: everybody to whom its IAM policies give the right."""
        own = re.escape(self.account)
        return re.fullmatch(rf"{own}|arn:aws[\w-]*:iam::{own}:root", name) is not None

    def is_own_principal(self, name: str) -> bool:
        """Tell whether a principal is this account, or a role or user of it named in full."""
        own = rf"arn:aws[\w-]*:iam::{re.escape(self.account)}:(?:user|role)/[\w+=,.@/-]+"
        return self.is_account(name) or re.fullmatch(own, name) is not None

    def is_key(self, resource: str) -> bool:
        """Tell whether a statement's Resource is surely this key: a star, which in a key policy means it, or its ARN.

        Source: docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
        """
        return resource in ("*", self.key_arn)

    def is_deploy_role(self, name: str) -> bool:
        """Tell whether a principal is a deploy role: whoever is no role of the account has no such right."""
        return name in self.deploy_roles and is_role(self.account, name)

    def _pool(self, region: str, pool: str) -> str:
        return f"arn:aws:cognito-idp:{region}:{self.account}:userpool/{pool}"


def is_role(account: str, name: str) -> bool:
    """Tell whether a name is the full ARN of a role of an account.

    Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    return re.fullmatch(rf"arn:aws[\w-]*:iam::{re.escape(account)}:role/[\w+=,.@/-]+", name) is not None
