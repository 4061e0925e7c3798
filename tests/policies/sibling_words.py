"""What `redirect-uris-identical` says of a stack with siblings, in short."""

from pack.findings import Finding, Verdict
from pack.registry import all_rules

from tests.policies.good_stack import good_stack
from tests.policies.maker import THERE
from tests.policies.mutations import Mutation

[RULE] = [rule for rule in all_rules() if rule.id == "redirect-uris-identical"]
AT = "siblings.staging"
NEW, DEBUG = f"{THERE}/new", f"{THERE}/debug"


def said(mutation: Mutation) -> list[tuple[str, str, str]]:
    """Resource, path and words of every finding; an undecided one has no words."""
    return [told(finding) for finding in RULE.judge(mutation(good_stack()))]


def told(finding: Finding) -> tuple[str, str, str]:
    """One finding in short."""
    words = finding.found if finding.verdict is Verdict.VIOLATION else "?"
    return finding.urn.rpartition("::")[2], finding.path, words
