"""`claims-not-user-writable`."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import EAST, resource
from tests.policies.mutations import Cases, added, both, prop, without_type

MANAGED = "aws:cognito/managedUserPoolClient:ManagedUserPoolClient"

CASES = Cases(
    rule="claims-not-user-writable",
    violations=[
        prop("web", writeAttributes=["email", "custom:tenant"]),
        prop(f"triggers-{EAST}", claimAttributes=["email"]),
        added(resource(MANAGED, "managed", None, writeAttributes=["custom:tenant"])),
    ],
    near_misses=[
        prop("web", writeAttributes=["email"]),
        prop("web", writeAttributes=["custom:tenants", "tenant"]),
        both(prop("web", writeAttributes=["name"]), prop("native", writeAttributes=[])),
        added(resource(MANAGED, "managed", None, writeAttributes=["email"])),
    ],
    unknown=[
        prop("web", writeAttributes=UNKNOWN),
        prop("web", writeAttributes=["name", UNKNOWN]),
        prop(f"triggers-{EAST}", claimAttributes=UNKNOWN),
    ],
    malformed=[
        prop("web", writeAttributes="custom:tenant"),
        prop("web", writeAttributes=[7.0]),
        prop(f"triggers-{EAST}", claimAttributes={"a": "b"}),
    ],
    absent=without_type("RegionalTriggers"),
)
