"""Does a safety rule allow a change? Pure functions over states.

Source: ARC API reference, RuleConfig and AssertionRule/GatingRule. AWS does not say on which states a
gating rule is judged when one transaction changes gates and targets: here on the result, as for assertions.
"""

from collections.abc import Iterable, Mapping

from sandbox.cloud.arc.model import Control, Rule, State


def holds(rule: Rule, states: Mapping[str, State]) -> bool:
    """Whether the rule's condition is met: ATLEAST threshold, AND all, OR any; inverted: the opposite."""
    on = sum(states[control] == "On" for control in rule.judged)
    match rule.type:
        case "ATLEAST":
            met = on >= rule.threshold
        case "AND":
            met = on == len(rule.judged)
        case "OR":
            met = on >= 1
    return met != rule.inverted


def problem(
    rule: Rule, requested: Iterable[str], controls: Mapping[str, Control], result: Mapping[str, State], now: float
) -> str | None:
    """Why *rule* forbids an update of the *requested* controls that ends in *result*; None when it does not.

    A rule looks only at requests that name one of its targets.
    """
    if not set(requested) & set(rule.targets):
        return None
    changes = [changed for target in rule.targets if (changed := controls[target].changed) is not None]
    if changes and (now - max(changes)) * 1000 < rule.wait_ms:
        return f"its wait period of {rule.wait_ms} ms after the last change is not over"
    if not holds(rule, result):
        return f"its condition {describe(rule)} would not hold"
    return None


def describe(rule: Rule) -> str:
    """The condition in words, e.g. "NOT (AND of 2 controls)"."""
    amount = f"ATLEAST {rule.threshold}" if rule.type == "ATLEAST" else rule.type
    kind = "gating controls" if rule.gates else "controls"
    text = f"{amount} of {len(rule.judged)} {kind}"
    return f"NOT ({text})" if rule.inverted else text
