"""The stack's one structured output: what command line, dashboards and runbooks read instead of the program.

It holds no secret. Its shape changes only with its schema version.
"""

from manifest.errors import ManifestError
from manifest.failover import (
    AlarmFacts,
    CanaryFacts,
    ClusterEndpoint,
    ControlFacts,
    CopyFacts,
    DomainFacts,
    FailoverFacts,
    TableFacts,
    ZoneFacts,
)
from manifest.model import PHASES, SCHEMA_VERSION, Manifest
from manifest.pool import ApplicationFacts, ClientFacts, PoolFacts, Regions, TriggerFacts

__all__ = [
    "PHASES",
    "SCHEMA_VERSION",
    "AlarmFacts",
    "ApplicationFacts",
    "CanaryFacts",
    "ClientFacts",
    "ClusterEndpoint",
    "ControlFacts",
    "CopyFacts",
    "DomainFacts",
    "FailoverFacts",
    "Manifest",
    "ManifestError",
    "PoolFacts",
    "Regions",
    "TableFacts",
    "TriggerFacts",
    "ZoneFacts",
]
