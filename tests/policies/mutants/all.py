"""All mutants."""

from __future__ import annotations

from typing import Final

from tests.policies.mutants import (
    certificates,
    clients,
    controls,
    health_checks,
    issuers,
    keeping,
    keys,
    names,
    pairs,
    probes,
    replication,
    siblings,
)
from tests.policies.mutants.kit import Mutant

SUBJECTS: Final = (
    certificates,
    clients,
    controls,
    health_checks,
    issuers,
    keeping,
    keys,
    names,
    pairs,
    probes,
    replication,
    siblings,
)
MUTANTS: Final[list[Mutant]] = [mutant for subject in SUBJECTS for mutant in subject.MUTANTS]
