"""A stored state as the pack is shown it: outputs to stack rules, inputs to resource rules."""

from __future__ import annotations

import json
from typing import Any

from pack.facts import StackFacts
from pack.findings import Finding
from pack.registry import Level, all_rules

from tests.policies.generated.state_file import as_the_pack_reads


def findings(state: dict[str, Any]) -> list[Finding]:
    """What all rules say."""
    whole, alone = shown(state, "outputs"), [StackFacts(resources=[one]) for one in shown(state, "inputs").resources]
    return [
        finding
        for rule in all_rules()
        for facts in (alone if rule.level is Level.RESOURCE else [whole])
        for finding in rule.judge(facts)
    ]


def shown(state: dict[str, Any], side: str) -> StackFacts:
    """All resources with their inputs or outputs."""
    blank: dict[str, Any] = {"dependencies": [], "propertyDependencies": {}}
    entries = [blank | one | {"outputs": one.get(side, {})} for one in state["deployment"]["resources"]]
    return as_the_pack_reads(json.dumps({"deployment": {"resources": entries}}))
