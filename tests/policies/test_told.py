"""What the pack says about cases and values is what docs/policy-findings.md shows, finding by finding."""

from pathlib import Path

import pytest

from tests.policies import told
from tests.policies.cases import ALL_CASES
from tests.policies.mutations import Cases
from tests.policies.perturbed import Perturbed

PAGE = Path(__file__).parents[2] / "docs" / "policy-findings.md"
MEND = "read what has changed; if it is meant, make findings > docs/policy-findings.md"
RESOURCES = told.by_resource()


def section(title: str) -> str:
    """One section of the page, as it stands there; empty when it has none."""
    parts = PAGE.read_text().split(f"\n### {title}\n")
    return parts[1].split("\n##")[0].strip() if len(parts) > 1 else ""


def body(text: str) -> str:
    """A made section without its title."""
    return text.strip().partition("\n")[2].strip()


@pytest.mark.parametrize("cases", ALL_CASES, ids=lambda cases: cases.rule)
def test_the_findings_of_a_rules_cases_are_those_of_the_page(cases: Cases) -> None:
    assert body(told.of_cases(cases)) == section(cases.rule), MEND


@pytest.mark.parametrize(("urn", "changes"), RESOURCES, ids=[told.title(urn) for urn, _ in RESOURCES])
def test_the_findings_of_a_changed_resource_are_those_of_the_page(urn: str, changes: list[Perturbed]) -> None:
    assert body(told.of_resource(told.title(urn), changes)) == section(told.title(urn)), MEND


def test_the_page_holds_nothing_else() -> None:
    titles = {line.removeprefix("### ") for line in PAGE.read_text().splitlines() if line.startswith("### ")}
    assert titles <= {cases.rule for cases in ALL_CASES} | {told.title(urn) for urn, _ in RESOURCES}, MEND
    assert PAGE.read_text().startswith(told.HEAD), MEND
    assert told.VALUES in PAGE.read_text(), MEND
