"""Settings of the public names: the zone they lie in, the domains, and what answers for the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from settings.values import Strict, held, matching

HOST = matching(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
    "must be a host name in lower case such as auth.example.com, because DNS and certificates name it. Mend it.",
)
ZONE = matching(
    r"created|Z[A-Z0-9]{1,31}",
    "must be created or the ID of a public hosted zone such as Z0123456789ABCDEFGH, because records go there. Set one.",
)
ADDRESS = matching(
    r"\d{1,3}(\.\d{1,3}){3}",
    "must be an IPv4 address, because Cognito demands that the parent of a custom domain has an A record. Set one.",
)


class Dns(Strict):
    """The public hosted zone. `apex_addresses` give a zone of our own the A record that Cognito demands."""

    zone: Annotated[str, ZONE]
    name: Annotated[str, HOST]
    apex_addresses: tuple[Annotated[str, ADDRESS], ...] = ()
    accelerated_recovery: bool = True

    @property
    def created(self) -> bool:
        """Whether the zone is the stack's own."""
        return self.zone == "created"


class Domains(Strict):
    """`auth` is the pool's custom domain, `api` the API's, `serving` tells SDK callers which Region serves."""

    auth: Annotated[str, HOST]
    api: Annotated[str, HOST]
    serving: Annotated[str, HOST]

    @property
    def all(self) -> Mapping[str, str]:
        """Each name by its key."""
        return {"auth": self.auth, "api": self.api, "serving": self.serving}


class ApiTarget(Strict):
    """What answers for `api.` in one Region: an alias target with its hosted zone."""

    domain_name: Annotated[str, HOST]
    zone_id: Annotated[
        str,
        matching(r"Z[A-Z0-9]{1,31}", "must be a hosted zone's ID, because an alias names its target's zone. Set it."),
    ]


class Api(Strict):
    """The API behind `api.`: our sample, or one target for each Region."""

    sample: bool = False
    targets: Annotated[
        Mapping[str, ApiTarget],
        held(
            lambda targets: len(targets) in (0, 2),
            "must name both Regions, because users are sent to either. Add the one that is missing.",
        ),
    ] = Field(default_factory=dict)
