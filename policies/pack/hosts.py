"""The host that a health check of the failover asks: the verdict's own, which no failover moves.

Source: docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (FullyQualifiedDomainName, IPAddress)
"""

from __future__ import annotations

import re
from typing import Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .front_doors import published
from .health_checks import DOWN, REQUESTING, UP, within
from .spelling import read, spelled
from .types import DOMAINS, FRONT_DOOR, HTTP_APIS, PROBE, RECORDS
from .weights import same_name

COGNITO: Final = re.compile(r"(^|\.)(issuer-)?cognito-idp(-fips)?\.|\.amazoncognito\.com$|\.amazoncognito-fips\.")


def wrong_host(stack: StackFacts, check: Resource) -> tuple[str, str | Mark] | None:
    """Where it stands and what is wrong with the host; UNKNOWN while nothing explains it, None when it may be asked."""
    kind, host, address = (read(check, path) for path in ("type", "fqdn", "ipAddress"))
    if isinstance(kind, str) and kind not in REQUESTING:
        return None
    if address not in (MISSING, ""):
        return "ipAddress", f"the address {address}" if isinstance(address, str) else UNKNOWN
    fault: str | Mark | None
    if host is not MISSING:
        fault = _known(stack, check, same_name(host)) if isinstance(host, str) else _sourced(stack, check)
    elif isinstance(kind, str):
        fault = "no host"
    else:
        fault = None if read(check, "searchString") is MISSING else UNKNOWN
    return None if fault is None else ("fqdn", fault)


def _known(stack: StackFacts, check: Resource, host: str) -> str | Mark | None:
    served = [domain.get("domain") for domain in stack.of_type(*DOMAINS)]
    if COGNITO.search(host) or host in served or host in moved(stack):
        return host
    probes = _probes(stack, check)
    published = [probe.get("endpointHost") for probe in probes]
    known = [same_name(one) for one in published if isinstance(one, str)]
    if not all(isinstance(name, str) for name in served):
        return UNKNOWN
    if host in known:
        return None
    if _reads_verdict(stack, check):
        if known and len(known) == len(published):
            return host
        apis = [api for probe in probes for api in stack.below(probe, *HTTP_APIS)]
    else:
        apis = stack.of_type(*HTTP_APIS)
    return None if host in {_endpoint(api) for api in apis} else UNKNOWN


def _sourced(stack: StackFacts, check: Resource) -> str | Mark | None:
    """The host is not known: what it comes from may be."""
    sources = stack.sources(check, spelled(check, "fqdn").partition(".")[0])
    if any(source.type in DOMAINS for source in sources):
        return "a user pool's domain"
    if not sources or not all(source.type in HTTP_APIS for source in sources):
        return UNKNOWN
    own = {within(stack, source, PROBE) for source in sources} if _reads_verdict(stack, check) else {True}
    return None if own == {True} else "an API that is not the probe's" if own == {False} else UNKNOWN


def _reads_verdict(stack: StackFacts, check: Resource) -> bool:
    """Whether it has to ask the verdict; another child of the serving check may ask what it likes."""
    return within(stack, check, PROBE) or read(check, "searchString") in (DOWN, UP)


def _probes(stack: StackFacts, check: Resource) -> list[Resource]:
    """The probe that it belongs to, or any."""
    return [one for one in stack.ancestors(check) if one.type == PROBE] or stack.of_type(PROBE)


def moved(stack: StackFacts) -> set[str]:
    """The names that answer with another Region after a failover."""
    if "moved" not in stack.indexes:
        names = published(stack)
        names += [read(one, "name") for one in stack.of_type(*RECORDS) if within(stack, one, FRONT_DOOR)]
        stack.indexes["moved"] = {same_name(name) for name in names if isinstance(name, str)}
    return stack.indexes["moved"]


def _endpoint(api: Resource) -> str | None:
    url = api.get("apiEndpoint")
    return same_name(url.removeprefix("https://")) if isinstance(url, str) else None
