"""The rules as a page for readers: `cd policies && python -m pack.catalogue > ../docs/policies.md`."""

from __future__ import annotations

import sys

from .configuration import UNDECIDED
from .registry import Rule, all_rules
from .remarks import GUARD

HEAD = """# What the policy pack holds

Generated from the rules' metadata by `cd policies && python -m pack.catalogue > ../docs/policies.md`; a test fails
when it is stale.

A rule has three verdicts. A **violation** stops the preview or the update. **Undecided** means that a value is not
known before the update and nothing else in the graph decides: it is listed with URN and property, and never passed in
silence. Each rule is therefore two policies, `<rule>` (mandatory) and `<rule>-undecided` (advisory); a rule that guards
what must never be applied has a third, `<rule>-guard`, which stops a running update before that resource is made and is
silent in a preview. `pulumi preview --policy-pack policies --policy-pack-config policies/config.prod.json` sets levels
and options, each under the name of its policy.

Where the pool is deployed, what stays undecided stops the run, too, unless the resource that gives the value is made by
this very update. `"<rule>-undecided": {"whenDeployed": "advisory"}` keeps it advisory
([decision 0007](adr/0007-undecided-findings.md)).

## Exceptions

An exception from a rule stands in the configuration, never in code, and has a reason and an end:

```json
{
  "configuration": {
    "suppressions": [
      {
        "rule": "weighted-records-checked",
        "urn": "urn:pulumi:prod::cognito-dr::aws:route53/record:Record::legacy-record",
        "reason": "goes with the old portal, ticket 4711",
        "expires": "2027-01-31"
      }
    ]
  }
}
```

`*` stands for any text within one of a URN's four parts; type and name neither begin nor end with it, so an entry means
few resources. The type holds the types of the parents, too: copy the URN from the finding. `expires` is at most 366
days ahead. The finding is then shown as advisory with its reason. The policy `configuration` (mandatory) reports an
entry that has expired, lacks something, repeats another, names no rule or no resource of the stack, and any name or
option in the file that no policy has: the engine accepts those in silence. It does not report an entry whose resource
has no finding any more: read the entries when you renew their dates.

A rule's level may be set by the rule's own name. `all`, the engine's name for every policy, must not be `advisory` or
`disabled`: that would be an exception without reason and end. The policy `configuration` reports it and cannot be
silenced itself.

## What is declared, because no resource shows it

What is registered at an **identity provider** stands in the stack file (`registeredUris`), since nothing in AWS knows
it: the rule compares the declaration with every domain of the pool that serves users. Whether the provider's own
settings are as declared, only a look at the provider tells. What a **sibling stack** has is read by the program from
that stack's file beside this one (`siblings`): the rule compares two declarations, whatever is deployed there.

## Rules

| Rule | Severity | Judged | Framework |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, ending with a newline."""
    rules = all_rules()
    return HEAD + "".join(map(_row, rules)) + "".join(map(_section, rules))


def _row(rule: Rule) -> str:
    return f"| [`{rule.id}`](#{rule.id}) | {rule.severity} | {rule.level} | {rule.framework} |\n"


def _section(rule: Rule) -> str:
    names = [rule.id, rule.id + UNDECIDED] + ([rule.id + GUARD] if rule.guards else [])
    policies = ", ".join(f"`{name}`" for name in names)
    return f"""
## {rule.id}

{rule.name}. Severity {rule.severity}; AWS Well-Architected {rule.framework}; policies {policies}.

**Why.** {rule.why}

**Mend.** {rule.mend}
{_options(rule)}
**Source.** <{rule.source}>
"""


def _options(rule: Rule) -> str:
    """What the pack configuration may set for the rule, one paragraph an option."""
    words = "\n**Option** `{}` ({}, {} by default): {}\n"
    return "".join(
        words.format(name, option["type"], str(option["default"]).lower(), option["description"])
        for name, option in rule.options.items()
    )


if __name__ == "__main__":
    sys.stdout.write(page())
