"""What is registered at an identity provider, against where the pool's domains take its answers.

A provider sends users back to no URI but a registered one; a domain that serves after a failover and is not registered
refuses every federated sign-in, and a registered URI of somebody else's gets the pool's codes or assertions.
Source: docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html,
docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts, texts
from .findings import Finding, Judge
from .types import CLASSIC_POOL, DOMAINS, IDENTITY_PROVIDER, IDENTITY_PROVIDERS, OURS, POOL
from .uris import normalised

SAML: Final = "SAML"
SAML_ANSWER, SAML_SIGN_OUT, CODE_ANSWER = "/saml2/idpresponse", "/saml2/logout", "/oauth2/idpresponse"
BY_PREFIX: Final = ".amazoncognito.com"
LIST, OTHERS = "registeredUris", "alsoRegistered"
ANSWERED: Final = "what the pool's domains answer to the provider at"
THEIRS: Final = "what is registered there and not the pool's"
DECLARED: Final = "an identity provider of the stack file, which declares the URIs that are registered there"
ANCESTORS: Final = 8
"""How many resources may pass a pool's ID on to each other."""


@dataclass(frozen=True, kw_only=True)
class Host:
    """Where a domain is served. `own`: the pool's own name, not one below Cognito's. `same`: of the provider's pool."""

    name: str | Mark
    own: bool | Mark
    same: bool | Mark

    @property
    def serves(self) -> bool:
        """Whether it certainly serves the users of the provider's pool."""
        return self.own is True and self.same is True

    def answers(self, paths: Collection[str]) -> set[str]:
        """The URIs at which it takes answers."""
        return {normalised(f"https://{self.name}{path}") for path in paths} if isinstance(self.name, str) else set()

    def may_answer(self, uri: str, paths: Collection[str]) -> bool:
        """Whether a URI could be one of them: a host without a name has at least a kind."""
        if isinstance(self.name, str):
            return uri in self.answers(paths)
        host, slash, path = uri.removeprefix("https://").partition("/")
        return slash + path in paths and self.own in (not host.endswith(BY_PREFIX), UNKNOWN)


def registered(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Compare where the pool has a domain of its own; what its name will be is not known earlier."""
    for provider in stack.of_type(*IDENTITY_PROVIDERS):
        hosts = [host for host in _hosts(stack, provider) if host.same is not False]
        if any(host.own is not False for host in hosts):
            yield from _of_provider(stack, provider, hosts, judge)


def _of_provider(stack: StackFacts, provider: Resource, hosts: list[Host], judge: Judge) -> Iterator[Finding]:
    declared = next((above for above in stack.ancestors(provider) if above.type == IDENTITY_PROVIDER), None)
    kind = provider.get("providerType")
    if declared is None:
        if any(host.serves for host in hosts):
            yield judge.violation(provider, "parent", found=f"{provider.name} declared nowhere", expected=DECLARED)
        else:
            yield judge.undecided(provider, "parent", expected=DECLARED)
        return
    if isinstance(kind, str):
        yield from _lacking(declared, provider, hosts, judge)
    else:
        yield judge.undecided(provider, "providerType", expected="known")
    saml, code = (SAML_ANSWER, SAML_SIGN_OUT), (CODE_ANSWER,)
    paths = (saml if kind == SAML else code) if isinstance(kind, str) else (*saml, *code)
    yield from _misplaced(declared, hosts, paths, judge)


def _hosts(stack: StackFacts, provider: Resource) -> Iterator[Host]:
    for domain in stack.of_type(*DOMAINS):
        name, own = _host(stack, domain)
        yield Host(name=name, own=own, same=_same_pool(stack, provider, domain))


def _host(stack: StackFacts, domain: Resource) -> tuple[str | Mark, bool | Mark]:
    """A domain's host, and whether it is the pool's own name: that has dots, a prefix below Cognito's name has none."""
    name, region = domain.get("domain"), stack.region(domain)
    if not isinstance(name, str):
        configured = [domain.get(key) for key in ("customDomainConfig", "certificateArn")]
        return UNKNOWN, UNKNOWN if UNKNOWN in configured else configured != [MISSING, MISSING]
    if "." in name:
        return name, True
    return f"{name}.auth.{region}{BY_PREFIX}" if isinstance(region, str) else UNKNOWN, False


def _same_pool(stack: StackFacts, one: Resource, other: Resource) -> bool | Mark:
    """Whether both are of one pool, by its ID or by the pool that the ID comes from."""
    ids = [resource.get("userPoolId") for resource in (one, other)]
    if all(isinstance(pool, str) for pool in ids):
        return ids[0] == ids[1]
    mine, theirs = (_pool(stack, resource, ANCESTORS) for resource in (one, other))
    return UNKNOWN if mine is None or theirs is None else mine == theirs


def _pool(stack: StackFacts, resource: Resource, left: int) -> str | None:
    """The URN of the one pool that a resource's pool ID comes from; a replica, say, only passes the ID on."""
    sources = [source for source in stack.sources(resource, "userPoolId") if not source.type.startswith(OURS)]
    if len(sources) != 1 or not left:
        return None
    return sources[0].urn if sources[0].type in (POOL, CLASSIC_POOL) else _pool(stack, sources[0], left - 1)


def _lacking(declared: Resource, provider: Resource, hosts: list[Host], judge: Judge) -> Iterator[Finding]:
    """Each URI that the provider must know, and does not."""
    uris = texts(declared.get(LIST))
    has = set(map(normalised, uris.known))
    for path, needed in _paths(provider):
        for host in (one for one in hosts if one.own is not False):
            if isinstance(host.name, str) and host.answers([path]) <= has:
                continue
            named = host.name if isinstance(host.name, str) else "a domain without a name yet"
            found = f"{provider.name} without {path} of {named}"
            certain = uris.whole and needed is True and host.serves
            if certain and not any(host.may_answer(uri, [path]) for uri in has):
                yield judge.violation(declared, LIST, found=found, expected=ANSWERED)
            else:
                yield judge.undecided(declared, LIST, found=found, expected=ANSWERED)


def _paths(provider: Resource) -> list[tuple[str, bool | Mark]]:
    """Where a domain takes the provider's answers, and whether it must: sign-out is an option of SAML."""
    if provider.get("providerType") != SAML:
        return [(CODE_ANSWER, True)]
    out = provider.get("providerDetails.IDPSignout")
    if out is MISSING:
        return [(SAML_ANSWER, True)]
    wanted = str(out).lower() == "true" if isinstance(out, str | bool) else UNKNOWN
    return [(SAML_ANSWER, True), *([] if wanted is False else [(SAML_SIGN_OUT, wanted)])]


def _misplaced(declared: Resource, hosts: list[Host], paths: Collection[str], judge: Judge) -> Iterator[Finding]:
    """Each registered URI that is not the pool's, and each that is declared as another's and is the pool's."""
    for key, right, expected in ((LIST, True, ANSWERED), (OTHERS, False, THEIRS)):
        for uri in sorted(set(map(normalised, texts(declared.get(key)).known))):
            found, answered = f"{declared.name} with {uri}", _answered(hosts, uri, paths)
            if answered is UNKNOWN:
                yield judge.undecided(declared, key, found=found, expected=expected)
            elif answered is not right:
                yield judge.violation(declared, key, found=found, expected=expected)


def _answered(hosts: list[Host], uri: str, paths: Collection[str]) -> bool | Mark:
    """Whether the pool answers at a URI; a domain without a name, or of which pool, may yet be the one that does."""
    if any(host.same is True and uri in host.answers(paths) for host in hosts):
        return True
    return UNKNOWN if any(host.may_answer(uri, paths) for host in hosts) else False
