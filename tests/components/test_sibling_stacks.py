"""What the applications publish about sibling stacks."""

from typing import Any

import pytest
from hypothesis import given, settings

from components.sibling_stacks import sibling_facts
from settings import Redirects, load
from tests.components.mocks import deployed
from tests.components.stacks import stacks
from tests.siblings import mirrored
from tests.test_settings import GOOD

DRILL = {"callbackUrls": ["https://drill.invalid/callback"], "logoutUrls": []}
ABOUT = {
    "hosts": {"shop.example.org": "shop.example.com"},
    "onlyHere": {"shop": {"callbackUrls": ["https://shop.example.com/a"], "logoutUrls": []}},
    "onlyThere": {"shop": {"callbackUrls": [], "logoutUrls": ["https://shop.example.org/b"]}},
}
THERE = Redirects.model_validate({"callbackUrls": ("https://shop.example.org/callback",), "logoutUrls": ("app:/out",)})


def test_a_siblings_uris_are_published_with_the_declared_differences_and_the_drills() -> None:
    found = sibling_facts(load({**GOOD, "siblings": {"prod": ABOUT}}, "f"), {"prod": {"shop": THERE}})
    shop = {"callbackUrls": ["https://shop.example.org/callback"], "logoutUrls": ["app:/out"]}
    assert found == {"siblings": {"prod": {**ABOUT, "applications": {"shop": shop, "drill": DRILL}}}}


def test_without_siblings_nothing_is_published() -> None:
    assert sibling_facts(load(GOOD, "f"), {}) == {}


def test_a_declared_sibling_whose_uris_were_not_read_is_an_error() -> None:
    with pytest.raises(KeyError, match="prod"):
        sibling_facts(load({**GOOD, "siblings": {"prod": {}}}, "f"), {})


@settings(max_examples=24)
@given(stacks())
def test_the_applications_publish_the_siblings_that_are_declared(values: dict[str, Any]) -> None:
    outputs = deployed(values).outputs[f"{values['name']}-applications"]
    assert outputs["applications"] == sorted([*values["applications"], "drill"])
    assert outputs.get("siblings", {}).keys() == values["siblings"].keys()
    for name, about in outputs.get("siblings", {}).items():
        assert about["hosts"] == values["siblings"][name]["hosts"]
        assert about["applications"].keys() == {*mirrored(values)[name], "drill"}
        assert about["applications"]["drill"] == DRILL
