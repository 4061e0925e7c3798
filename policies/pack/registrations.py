"""What is registered at an identity provider, against where the pool's domains take its answers.

A provider sends users back to no URI but a registered one; a domain that serves after a failover and is not registered
refuses every federated sign-in, and a registered URI of somebody else's gets the pool's codes or assertions.
Source: docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html,
docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts, texts
from .findings import Finding, Judge
from .types import DOMAINS, IDENTITY_PROVIDER, IDENTITY_PROVIDERS
from .uris import normalised

SAML: Final = "SAML"
SAML_ANSWER, SAML_SIGN_OUT, CODE_ANSWER = "/saml2/idpresponse", "/saml2/logout", "/oauth2/idpresponse"
LIST: Final = "registeredUris"
SAME: Final = "what the pool's domains answer to the provider at"
OWNED: Final = "an identity provider of the stack file, which declares the URIs that are registered there"


@dataclass(frozen=True, kw_only=True)
class Host:
    """Where a domain is served; `serves` users, or only probes; UNKNOWN for what nobody knows yet."""

    domain: Resource
    name: str | Mark
    serves: bool
    sure: bool
    """Whether it certainly serves users of the provider's pool."""


def registered(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Compare where the pool has a domain of its own; what its name will be is not known earlier."""
    for provider in stack.of_type(*IDENTITY_PROVIDERS):
        hosts = list(_hosts(stack, provider))
        if any(host.serves for host in hosts):
            yield from _of_provider(stack, provider, hosts, judge)


def _of_provider(stack: StackFacts, provider: Resource, hosts: list[Host], judge: Judge) -> Iterator[Finding]:
    declared = next((above for above in stack.ancestors(provider) if above.type == IDENTITY_PROVIDER), None)
    kind = provider.get("providerType")
    if declared is None:
        if any(host.serves and host.sure for host in hosts):
            yield judge.violation(provider, "parent", found=f"{provider.name} declared nowhere", expected=OWNED)
        else:
            yield judge.undecided(provider, "parent", expected=OWNED)
    elif not isinstance(kind, str):
        yield judge.undecided(provider, "providerType", expected="known")
    else:
        yield from _lacking(declared, provider, hosts, judge)
        yield from _foreign(declared, kind, hosts, judge)


def _hosts(stack: StackFacts, provider: Resource) -> Iterator[Host]:
    for domain in stack.of_type(*DOMAINS):
        same = _same_pool(stack, provider, domain)
        if same is not False:
            name, own = _host(stack, domain)
            yield Host(domain=domain, name=name, serves=own is not False, sure=same is True and own is True)


def _host(stack: StackFacts, domain: Resource) -> tuple[str | Mark, bool | Mark]:
    """A domain's host, and whether it is the pool's own name: that has dots, a prefix below Cognito's name has none."""
    name, region = domain.get("domain"), stack.region(domain)
    if not isinstance(name, str):
        configured = [domain.get(key) for key in ("customDomainConfig", "certificateArn")]
        return UNKNOWN, UNKNOWN if UNKNOWN in configured else configured != [MISSING, MISSING]
    if "." in name:
        return name, True
    return f"{name}.auth.{region}.amazoncognito.com" if isinstance(region, str) else UNKNOWN, False


def _same_pool(stack: StackFacts, one: Resource, other: Resource) -> bool | Mark:
    """Whether both are of one pool, by its ID or by what the ID comes from."""
    pools = [resource.get("userPoolId") for resource in (one, other)]
    if all(isinstance(pool, str) for pool in pools):
        return pools[0] == pools[1]
    mine, theirs = ({source.urn for source in stack.sources(resource, "userPoolId")} for resource in (one, other))
    return bool(mine & theirs) if mine and theirs else UNKNOWN


def _lacking(declared: Resource, provider: Resource, hosts: list[Host], judge: Judge) -> Iterator[Finding]:
    """Each URI that the provider must know, and does not."""
    uris = texts(declared.get(LIST))
    has = set(map(normalised, uris.known))
    for path, needed in _paths(provider):
        for host in (one for one in hosts if one.serves):
            uri = normalised(f"https://{host.name}{path}") if isinstance(host.name, str) else None
            if uri in has:
                continue
            if uri is None:
                yield judge.undecided(host.domain, "domain", expected=f"known, and registered at {provider.name}")
            elif uris.whole and host.sure and needed is True:
                yield judge.violation(declared, LIST, found=f"{provider.name} without {uri}", expected=SAME)
            else:
                yield judge.undecided(declared, LIST, found=f"{provider.name} without {uri}", expected=SAME)


def _paths(provider: Resource) -> list[tuple[str, bool | Mark]]:
    """Where a domain takes the provider's answers, and whether it must: sign-out is an option of SAML."""
    if provider.get("providerType") != SAML:
        return [(CODE_ANSWER, True)]
    out = provider.get("providerDetails.IDPSignout")
    wanted = str(out).lower() == "true" if isinstance(out, str | bool) or out is MISSING else UNKNOWN
    return [(SAML_ANSWER, True), *([] if wanted is False else [(SAML_SIGN_OUT, wanted)])]


def _foreign(declared: Resource, kind: str, hosts: list[Host], judge: Judge) -> Iterator[Finding]:
    """Each registered URI that no domain of the pool answers at; a domain without a name may yet be the one."""
    paths = (SAML_ANSWER, SAML_SIGN_OUT) if kind == SAML else (CODE_ANSWER,)
    own = {normalised(f"https://{host.name}{path}") for host in hosts for path in paths if isinstance(host.name, str)}
    for uri in sorted(set(map(normalised, texts(declared.get(LIST)).known)) - own):
        found = f"{declared.name} with {uri}"
        if all(isinstance(host.name, str) for host in hosts):
            yield judge.violation(declared, LIST, found=found, expected=SAME)
        else:
            yield judge.undecided(declared, LIST, found=found, expected=SAME)
