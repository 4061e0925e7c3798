"""What public DNS and TLS tell: delegation, the auth domain's parent, the serving record, the domain's answer."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from manifest import DomainFacts, Manifest, ZoneFacts
from recovery.clients import Network
from recovery.errors import RecoveryError
from recovery.names import NoAnswerError, Resolver, TtlCache
from recovery.serving import serving_region
from recovery.surroundings import Surroundings
from recovery.verification.check import Check, CheckFailedError
from recovery.web import Request, Web

AWS_APEX = "docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html"


def name_checks(manifest: Manifest, surroundings: Surroundings) -> Iterator[Check]:
    """The checks for which the manifest has names."""
    resolver = Resolver(surroundings.resolver)
    if (zone := manifest.dns) is not None:
        parent = manifest.domains.auth.partition(".")[2] if manifest.domains else zone.zone_name
        yield Check(
            group="delegation",
            phase="replication",
            line=f"public DNS delegates {zone.zone_name} to its name servers",
            act=lambda: _delegated(resolver, zone),
            settles=True,
        )
        yield Check(
            group="delegation",
            phase="replication",
            line=f"{parent}, the auth domain's parent, answers with an A record",
            act=lambda: _has_address(resolver, parent),
            settles=True,
        )
    if (domains := manifest.domains) is not None:
        yield Check(
            group="serving",
            phase="domain",
            line=f"{domains.serving} leads to {manifest.regions.primary}",
            act=lambda: _leads_to(resolver, domains.serving, manifest.regions.primary),
            settles=True,
        )
        yield Check(
            group="auth-domain",
            phase="domain",
            line=f"{domains.auth} answers over TLS",
            act=lambda: _answers(manifest, domains, surroundings),
            settles=True,
        )


def _delegated(resolver: Resolver, zone: ZoneFacts) -> None:
    wanted = {name.lower().rstrip(".") for name in zone.name_servers}
    mend = f"Set them where {zone.zone_name} is registered: {', '.join(sorted(wanted))}"
    try:
        found = {name.lower() for name in asyncio.run(resolver.values(zone.zone_name, "NS"))}
    except NoAnswerError as error:
        raise CheckFailedError(f"{error}. {mend}") from None
    if found != wanted:
        raise CheckFailedError(f"it names {', '.join(sorted(found))}. {mend}")


def _has_address(resolver: Resolver, parent: str) -> None:
    try:
        asyncio.run(resolver.values(parent, "A"))
    except NoAnswerError as error:
        raise CheckFailedError(
            f"{error}. Cognito demands an A record there ({AWS_APEX}): set dns.apexAddresses"
        ) from None


def _leads_to(resolver: Resolver, name: str, primary: str) -> None:
    found = asyncio.run(serving_region(resolver, name))
    if found != primary:
        raise CheckFailedError(f"it leads to {found}. See `override status`")


def _answers(manifest: Manifest, domains: DomainFacts, surroundings: Surroundings) -> None:
    """Any answer below 500 has passed TLS with the right name and reached managed login."""
    client = manifest.canary.client_id if manifest.canary else ""
    query = urlencode({"client_id": client, "response_type": "code", "state": secrets.token_urlsafe(8)})
    network = Network(Web(surroundings), Resolver(surroundings.resolver, TtlCache(now=time.monotonic)))
    try:
        reply = asyncio.run(network.send(Request(host=domains.auth, path=f"/oauth2/authorize?{query}")))
    except RecoveryError as error:
        raise CheckFailedError(f"{error}. A new domain takes some minutes; check its certificate and alias") from None
    if reply.status >= 500:
        raise CheckFailedError(f"it answers status {reply.status}. See `override status`")
