"""What is read of the siblings' own stack files, and what is said where that cannot be."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from settings import SettingsError, Siblings, load, read_siblings
from tests.test_settings import GOOD, JSON, PROJECT
from tests.test_sibling_settings import with_siblings

SHOP = {"callbackUrls": ["https://shop.example.com/callback"], "clients": {"web": {"kind": "web"}}}
PROD: dict[str, Any] = {"config": {"cognito-dr:applications": {"shop": SHOP}}}
MEND = "must be readable as YAML, because a sibling's redirect URIs are read there. Mend the file."


def read(folder: Path, content: Any, siblings: Any = None) -> Siblings:
    """What is read of a `prod` that has this content, by a stack `test`."""
    text = content if isinstance(content, str) else yaml.safe_dump(content)
    (folder / "Pulumi.prod.yaml").write_text(text)
    return read_siblings(load(with_siblings(siblings or {"prod": {}}), "f"), folder, "test")


def refused(folder: Path, content: Any, siblings: Any = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        read(folder, content, siblings)
    assert all(len(line.splitlines()) == 1 for line in raised.value.lines)
    return raised.value.lines


def test_redirect_uris_are_read_and_nothing_else(tmp_path: Path) -> None:
    secrets = {"secure": "v1:abc:def"}
    shop = {**SHOP, "logoutUrls": ["https://shop.example.com/"], "clients": secrets, "scopes": 7}
    content = {
        "encryptionsalt": "v1:x",
        "config": {"cognito-dr:applications": {"shop": shop}, "cognito-dr:pool": secrets},
    }
    shop_there = read(tmp_path, content)["prod"]["shop"]
    assert shop_there.callback_urls == ("https://shop.example.com/callback",)
    assert shop_there.logout_urls == ("https://shop.example.com/",)


def test_without_siblings_no_file_is_looked_for(tmp_path: Path) -> None:
    assert read_siblings(load(GOOD, "f"), tmp_path / "nowhere", "test") == {}


def test_a_sibling_without_a_file_is_told_with_the_files_that_there_are(tmp_path: Path) -> None:
    for name in ("eu", "test"):
        (tmp_path / f"Pulumi.{name}.yaml").write_text("")
    assert refused(tmp_path, PROD, {"prod": {}, "pord": {}}) == (
        "Pulumi.test.yaml: siblings is 'pord': must be a stack whose file Pulumi.pord.yaml lies beside this one, "
        "because its redirect URIs are read there. Name one of these files' stacks: Pulumi.eu.yaml, Pulumi.prod.yaml.",
    )


def test_where_no_other_stack_file_is_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Name one of these files' stacks: there is none"):
        read_siblings(load(with_siblings({"prod": {}}), "f"), tmp_path, "test")


def test_a_stack_is_not_its_own_sibling(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, PROD, {"test": {}})
    assert line.startswith(
        "Pulumi.test.yaml: siblings is 'test': must be another stack, because a stack does not differ"
    )


UNREAD: list[tuple[Any, str]] = [
    ("a: &a {b: *a}", f"config is 'it nests without end': {MEND}"),
    ("[" * 5000, f"config is 'it nests without end': {MEND}"),
    ("", "applications is missing: must be set, because a sibling declares"),
    ("[]", "applications is missing"),
    ({"config": 7}, "applications is missing"),
    ({"config": {"cognito-dr:applications": {}}}, "applications is missing"),
    ({"config": {"cognito-dr:applications": ["shop"]}}, 'applications is ["shop"]: must be an object'),
    ({"config": {"cognito-dr:applications": "shop"}}, "applications is 'shop': must be an object"),
    ({"config": {"cognito-dr:applications": "[" * 100000}}, "applications is '[[["),
    ({"config": {"cognito-dr:applications": "{}"}}, "applications is missing"),
    ({"config": {"cognito-dr:applications": '{"shop": {}}'}}, "applications.shop.callbackUrls is missing"),
    ({"config": {"cognito-dr:applications": {"secure": 7}}}, "applications.secure is 7: must be an object"),
    ({"config": {"cognito-dr:applications": {"shop": {}}}}, "applications.shop.callbackUrls is missing: must be set"),
    (
        {"config": {"cognito-dr:applications": {"shop": {"callbackUrls": "https://a.b/"}}}},
        "applications.shop.callbackUrls is 'https://a.b/': must be a list",
    ),
    (
        {"config": {"cognito-dr:applications": {5: {"callbackUrls": [{"secure": 1}]}}}},
        'applications["5"].callbackUrls[0] is {"secure": 1}: must be a text',
    ),
]


@pytest.mark.parametrize(("content", "message"), UNREAD)
def test_a_siblings_file_that_cannot_be_read_gets_its_message(tmp_path: Path, content: Any, message: str) -> None:
    found = refused(tmp_path, content)
    assert [line for line in found if line.startswith(f"Pulumi.prod.yaml: {message}")], found


ENCRYPTED: list[tuple[Any, list[str]]] = [
    ({"secure": "v1:x"}, ["applications"]),
    ({"secure": {"callbackUrls": [{"secure": "v1:x"}]}}, ["applications.secure.callbackUrls[0]"]),
    ({5: {"secure": "v1:x"}}, ['applications["5"]']),
    (
        {"shop": {"callbackUrls": ["https://a.b/", {"secure": "v1:x"}], "logoutUrls": {"secure": "v1:x"}}, "b": 7},
        ["applications.shop.callbackUrls[1]", "applications.shop.logoutUrls"],
    ),
]


@pytest.mark.parametrize(("applications", "paths"), ENCRYPTED)
def test_what_is_encrypted_cannot_be_compared_and_is_told_without_it(
    tmp_path: Path, applications: Any, paths: list[str]
) -> None:
    found = refused(tmp_path, {"config": {"cognito-dr:applications": applications}})
    rule = "must be plain, because it is encrypted and so cannot be compared. Set it again without --secret"
    assert [line.rpartition(":")[0] for line in found] == [
        f'Pulumi.prod.yaml: {path} is {{"secure": "..."}}: {rule}' for path in paths
    ]


@pytest.mark.parametrize("applications", [PROD["config"]["cognito-dr:applications"], {5: SHOP}])
def test_an_object_as_json_text_is_read_like_an_object(tmp_path: Path, applications: Any) -> None:
    text = {"config": {"cognito-dr:applications": json.dumps(applications)}}
    assert read(tmp_path, text) == read(tmp_path, {"config": {"cognito-dr:applications": applications}})


@given(content=JSON, key=st.sampled_from(["", "config", "applications"]))
def test_no_content_of_a_siblings_file_raises_anything_but_messages(
    tmp_path_factory: pytest.TempPathFactory, content: Any, key: str
) -> None:
    nested = {
        "": content,
        "config": {"config": content},
        "applications": {"config": {"cognito-dr:applications": content}},
    }
    with contextlib.suppress(SettingsError):
        assert read(tmp_path_factory.mktemp("project"), nested[key]).keys() == {"prod"}


def test_our_own_siblings_are_read() -> None:
    content = yaml.safe_load((PROJECT / "Pulumi.staging.yaml").read_text())["config"]
    settings = load({key.removeprefix("cognito-dr:"): value for key, value in content.items()}, "staging")
    assert read_siblings(settings, PROJECT, "staging")["prod"].keys() == {"shop", "portal"}
