"""Siblings in a stack file: what they may say, and what is read of the siblings' own files."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from settings import SettingsError, Siblings, load, read_siblings
from tests.test_settings import GOOD, JSON, PROJECT, lines

SHOP = {"callbackUrls": ["https://shop.example.com/callback"], "clients": {"web": {"kind": "web"}}}
PROD = {"config": {"cognito-dr:applications": {"shop": SHOP}}}
HOST_ALONE = "must be a host name such as shop.example.com, because scheme, port and path are the same in both stacks"
BROKEN = [
    (
        {"a/b": {}},
        "siblings is 'a/b': must be a stack's name, because its file Pulumi.<name>.yaml lies beside this one",
    ),
    ({"": {}}, "siblings is '': must be a stack's name"),
    ({"prod": []}, "siblings.prod is []: must be an object"),
    ({"prod": {"only": {}}}, "siblings.prod.only is {}: must not be there, because this program knows no such key"),
    ({"prod": {"hosts": {"https://a.b": "c.d"}}}, f"siblings.prod.hosts is 'https://a.b': {HOST_ALONE}"),
    ({"prod": {"hosts": {"a.b:80": "c.d"}}}, f"siblings.prod.hosts is 'a.b:80': {HOST_ALONE}"),
    ({"prod": {"hosts": {"a.b": "c.d/e"}}}, f"siblings.prod.hosts[\"a.b\"] is 'c.d/e': {HOST_ALONE}"),
    ({"prod": {"hosts": {"a.b": 5}}}, 'siblings.prod.hosts["a.b"] is 5: must be a text'),
    (
        {"prod": {"hosts": {"a.b": "A.b"}}},
        "siblings.prod.hosts[\"a.b\"] is 'A.b': must be another host, because one that",
    ),
    (
        {"prod": {"hosts": {"bücher.example": "c.d", "XN--bcher-kva.example": "c.d"}}},
        "siblings.prod.hosts is 'bücher.example': must not be listed twice, in whatever spelling",
    ),
    (
        {"prod": {"onlyHere": {"portal": []}}},
        "siblings.prod.onlyHere is 'portal': must be a declared application, because this stack has the URIs of",
    ),
    (
        {"prod": {"onlyThere": {"shop": "https://a.b/"}}},
        "siblings.prod.onlyThere.shop is 'https://a.b/': must be a list",
    ),
]


def with_siblings(siblings: Any) -> dict[str, Any]:
    return {**GOOD, "siblings": siblings}


@pytest.mark.parametrize(("siblings", "message"), BROKEN)
def test_a_wrong_sibling_gets_its_message(siblings: Any, message: str) -> None:
    found = lines(with_siblings(siblings))
    assert [line for line in found if line.startswith(f"Pulumi.test.yaml: {message}")], found
    assert all(len(line.splitlines()) == 1 for line in found)


def test_all_hosts_of_a_sibling_are_told_at_once() -> None:
    hosts = {"a b": "c/d", "x.test": "x.test", "y.test": "Y.test", "Y.TEST": "z.test"}
    assert len(lines(with_siblings({"prod": {"hosts": hosts}}))) == 6


def test_several_hosts_of_a_sibling_may_be_one_here_and_an_application_may_be_there_alone() -> None:
    hosts = {"a.test": "c.test", "bücher.example": "c.test", "localhost": "d.test"}
    alone = {"onlyHere": {"shop": ["https://c.test/x"]}, "onlyThere": {"portal": ["https://a.test/y"]}}
    sibling = load(with_siblings({"prod": {"hosts": hosts, **alone}, "eu.prod-1_x": {}}), "f").siblings["prod"]
    assert sibling.only_here == {"shop": ("https://c.test/x",)}
    assert sibling.only_there == {"portal": ("https://a.test/y",)}


@given(JSON)
def test_no_value_of_siblings_raises_anything_but_messages(value: Any) -> None:
    with contextlib.suppress(SettingsError):
        assert load(with_siblings(value), "f")


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
    ("a: [", "config is 'while parsing"),
    ("a: !!python/object:os.system x", "config is 'could not determine a constructor"),
    ("a: &a {b: *a}", "config is '"),
    ("a: \x07", "config is '"),
    ("", "applications is missing: must be set, because a sibling declares"),
    ("[]", "applications is missing"),
    ({"config": 7}, "applications is missing"),
    ({"config": {"cognito-dr:applications": {}}}, "applications is missing"),
    ({"config": {"cognito-dr:applications": ["shop"]}}, 'applications is ["shop"]: must be an object'),
    ({"config": {"cognito-dr:applications": {"secure": "v1:x"}}}, "applications.secure is 'v1:x': must be an object"),
    ({"config": {"cognito-dr:applications": {"shop": {}}}}, "applications.shop.callbackUrls is missing: must be set"),
    (
        {"config": {"cognito-dr:applications": {"shop": {"callbackUrls": "https://a.b/"}}}},
        "applications.shop.callbackUrls is 'https://a.b/': must be a list",
    ),
    (
        {"config": {"cognito-dr:applications": {5: {"callbackUrls": [{"secure": "v1:x"}]}}}},
        'applications["5"].callbackUrls[0] is {"secure": "v1:x"}: must be a text',
    ),
]


@pytest.mark.parametrize(("content", "message"), UNREAD)
def test_a_siblings_file_that_cannot_be_read_gets_its_message(tmp_path: Path, content: Any, message: str) -> None:
    found = refused(tmp_path, content)
    assert [line for line in found if line.startswith(f"Pulumi.prod.yaml: {message}")], found


def test_bytes_that_are_no_text_and_a_folder_are_no_stack_files(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.bytes.yaml").write_bytes(b"\xff\xfe\xfa")
    (tmp_path / "Pulumi.folder.yaml").mkdir()
    for name in ("bytes", "folder"):
        assert refused(tmp_path, PROD, {name: {}})[0].startswith(f"Pulumi.{name}.yaml: config is ")


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
