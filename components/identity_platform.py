"""Everything of one stack, composed phase by phase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from components.applications import Applications, ApplicationsArgs
from components.failover_path import FailoverPath, FailoverPathArgs, failover_path, regions_of
from components.identity_providers import IdentityProvidersArgs, identity_providers
from components.key_pair import KeyPair, KeyPairArgs
from components.manifest_copy import ManifestCopy, ManifestCopyArgs
from components.platform_manifest import ManifestParts, issuer_of, manifest_output
from components.pool_replica import PoolReplica, PoolReplicaArgs
from components.providers import regional_providers
from components.public_names import PublicNamesArgs, public_names
from components.regional_triggers import RegionalTriggers, RegionalTriggersArgs
from components.user_pool import UserPool, UserPoolArgs
from components.zone import Zone, hosted_zone
from settings import Domains, Settings, Siblings


class IdentityPlatform(pulumi.ComponentResource):
    """A user pool that signs users in through two Regions; `manifest` is an output of plain data.

    `siblings` are the redirect URIs of the stacks that the settings declare as siblings; `secrets` are those of the
    identity providers' clients. `verdict_url` is a secret output from phase replication on: whoever knows it can load
    the endpoint.
    """

    def __init__(
        self,
        settings: Settings,
        siblings: Siblings,
        secrets: pulumi.Output[Mapping[str, str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("cognito-dr:index:IdentityPlatform", settings.name, None, opts)
        self.settings = settings
        self.own = pulumi.ResourceOptions(parent=self)
        self.providers = regional_providers(regions_of(settings), settings.account)
        self.zone = self._zone()
        self.keys = self._keys()
        self.triggers = self._triggers() if settings.rollout.replicated else {}
        self.pool = self._pool()
        self.pool_id = self.pool.pool_id.apply(self._expected)
        self.applications = self._applications(siblings, secrets)
        self.path = self._replicated() if settings.rollout.replicated else None
        self.manifest = self._manifest()
        if self.path:
            copy = ManifestCopyArgs(
                settings=settings, provider=self.providers[settings.regions.secondary], manifest=self.manifest
            )
            ManifestCopy(f"{settings.name}-manifest", copy, self.own)
        controls, endpoint = (self.path.controls, self.path.probe.endpoint) if self.path else (None, None)
        self.verdict_url = pulumi.Output.concat("https://", endpoint.host, "/", endpoint.path) if endpoint else None
        self.register_outputs(
            {
                "phase": settings.rollout.phase,
                "poolId": self.pool.pool_id,
                "expectedPoolId": settings.pool.id,
                "primaryRegion": settings.regions.primary,
                "secondaryRegion": settings.regions.secondary,
                "clusterEndpoints": controls.endpoints if controls else [],
            }
        )

    def _replicated(self) -> FailoverPath:
        """What phase replication adds and, once the checks have settled, what leads users."""
        settings = self.settings
        replica = self._replica()
        path = self._path(replica)
        if settings.rollout.routed and settings.domains and self.zone:
            self._names(settings.domains, self.zone, path, replica)
        return path

    def _zone(self) -> Zone | None:
        settings = self.settings
        if settings.dns is None:
            return None
        return hosted_zone(self, settings, settings.dns, self.providers[settings.regions.secondary])

    def _expected(self, found: str) -> str:
        """The real pool's ID, when it is the one that permissions and key policies already name."""
        wanted = self.settings.pool.id
        if wanted is not None and found != wanted:
            raise pulumi.RunError(
                f"pool.id is {wanted}, but the pool of this stack is {found}: key policies and permissions would name "
                f"another pool. Set pool.id to {found}, or remove it and run phase foundation again."
            )
        return found

    def _keys(self) -> KeyPair:
        settings = self.settings
        args = KeyPairArgs(
            account=settings.account,
            regions=settings.regions,
            pool_id=settings.pool.id,
            deploy_roles=settings.deploy_roles,
            protect=settings.protect,
            providers=self.providers,
        )
        return KeyPair(f"{settings.name}-key", args, self.own)

    def _triggers(self) -> dict[str, RegionalTriggers]:
        """The secondary's first: a release that fails there never reaches the primary."""
        primary, secondary = self.settings.regions.both
        standby = self._regional_triggers(secondary, "secondary")
        serving = self._regional_triggers(primary, "primary", list(standby.aliases.values()))
        return {primary: serving, secondary: standby}

    def _regional_triggers(self, region: str, role: Any, after: Any = ()) -> RegionalTriggers:
        args = RegionalTriggersArgs(
            settings=self.settings, region=region, role=role, providers=self.providers[region], after=after
        )
        return RegionalTriggers(f"{self.settings.name}-triggers-{region}", args, self.own)

    def _pool(self) -> UserPool:
        settings, primary = self.settings, self.settings.regions.primary
        triggers = self.triggers.get(primary)
        args = UserPoolArgs(
            settings=settings,
            providers=self.providers[primary],
            key_arn=self.keys.primary.arn,
            lambda_config=triggers.lambda_config if triggers else None,
            after=[self.keys.primary, self.keys.replica, *(triggers.ready if triggers else ())],
        )
        return UserPool(f"{settings.name}-pool", args, self.own)

    def _applications(self, siblings: Siblings, secrets: pulumi.Output[Mapping[str, str]]) -> Applications:
        shared: Any = {
            "settings": self.settings,
            "pool_id": self.pool_id,
            "providers": self.providers[self.settings.regions.primary],
        }
        self.identity_providers = identity_providers(IdentityProvidersArgs(secrets=secrets, **shared), self.own)
        args = ApplicationsArgs(siblings=siblings, identity_providers=self.identity_providers, **shared)
        return Applications(f"{self.settings.name}-applications", args, self.own)

    def _replica(self) -> PoolReplica:
        primary, secondary = self.settings.regions.both
        standby: Any = self.triggers[secondary]
        args = PoolReplicaArgs(
            settings=self.settings,
            pool=self.pool.pool,
            pool_id=self.pool_id,
            primary=self.providers[primary],
            secondary=self.providers[secondary],
            lambda_config=standby.lambda_config,
            directory=[
                *self.pool.directory,
                *self.identity_providers.values(),
                *self.applications.clients,
                self.keys.replica,
            ],
            triggers=standby.ready,
        )
        return PoolReplica(f"{self.settings.name}-replica", args, self.own)

    def _path(self, replica: PoolReplica) -> FailoverPath:
        args = FailoverPathArgs(
            settings=self.settings,
            providers=self.providers,
            pool_id=self.pool_id,
            client_id=self.applications.drill.client_id,
            replica=[replica.replica, replica.attachment],
        )
        return failover_path(args, self.own)

    def _names(self, domains: Domains, zone: Zone, path: FailoverPath, replica: PoolReplica) -> None:
        args = PublicNamesArgs(
            settings=self.settings,
            domains=domains,
            zone=zone,
            providers=self.providers,
            pool_id=self.pool_id,
            issuer=issuer_of(self.settings, str(self.settings.pool.id)),
            audience=[client.client_id for client in self.applications.clients],
            check=path.check,
            replica=[replica.replica, replica.attachment],
        )
        public_names(args, self.own)

    def _manifest(self) -> pulumi.Output[dict[str, Any]]:
        parts = ManifestParts(
            settings=self.settings,
            pool_id=self.pool.pool_id,
            keys=self.keys.arns,
            clients={
                f"{application}/{client}": resource.client_id
                for application, about in self.applications.by_name.items()
                for client, resource in about.clients.items()
            },
            triggers=self.triggers,
            zone=self.zone,
            path=self.path,
        )
        return manifest_output(parts)
