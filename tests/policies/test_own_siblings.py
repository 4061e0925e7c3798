"""Our own staging is like production but where it says so, and production may say so as well."""

from typing import Any

from pack.facts import StackFacts
from pack.types import APPLICATIONS

from tests.policies.mutations import prop
from tests.policies.program import first_facts, stack_file
from tests.policies.sibling_words import RULE, told


def staging() -> StackFacts:
    return first_facts(stack_file("staging"), "staging")[1]


def published(stack: StackFacts) -> dict[str, Any]:
    [component] = stack.of_type(APPLICATIONS)
    return dict(component.props)


def test_our_staging_has_production_as_its_sibling_and_no_finding() -> None:
    stack = staging()
    assert published(stack)["siblings"].keys() == {"prod"}
    assert published(stack)["siblings"]["prod"]["applications"].keys() == {"drill", "portal", "shop"}
    assert RULE.judge(stack) == []


def test_a_redirect_uri_that_only_production_gets_is_found_in_staging() -> None:
    stack, prod = staging(), stack_file("prod")["applications"]["shop"]["callbackUrls"]
    facts = published(stack)["siblings"]["prod"]
    shop = {**facts["applications"]["shop"], "callbackUrls": [*prod, "https://shop.example.com/new"]}
    facts = {**facts, "applications": {**facts["applications"], "shop": shop}}
    one = next(one.name for one in stack.resources if one.type == APPLICATIONS)
    (finding,) = RULE.judge(prop(one, APPLICATIONS, siblings={"prod": facts})(stack))
    assert finding.found.startswith("shop without https://shop.staging.example.com/new that prod has as")


def mutual(**shop: Any) -> StackFacts:
    """Production as it names staging in turn, with other redirect URIs of its shop."""
    values, about = stack_file("prod"), stack_file("staging")["siblings"]["prod"]
    back = {here: host for host, here in about["hosts"].items()}
    applications = values["applications"] | {"shop": values["applications"]["shop"] | shop}
    siblings = {"staging": {"hosts": back, "onlyHere": about["onlyThere"]}}
    return first_facts({**values, "applications": applications, "siblings": siblings}, "prod")[1]


def test_two_stacks_may_name_each_other() -> None:
    assert RULE.judge(staging()) == []
    assert RULE.judge(mutual()) == []


def test_a_redirect_uri_that_production_gets_is_found_there_if_production_names_staging() -> None:
    uris = stack_file("prod")["applications"]["shop"]["callbackUrls"]
    (finding,) = RULE.judge(mutual(callbackUrls=[*uris, "https://shop.example.com/new"]))
    assert told(finding)[1:] == ("callbackUrls", "shop with https://shop.example.com/new that staging has not")
