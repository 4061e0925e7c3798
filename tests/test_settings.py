"""Stack files: good ones are taken, broken ones get every message at once."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from settings import Settings, SettingsError, known_keys, load
from tests.strategies import stack_values

PROJECT = Path(__file__).parents[1]
PREFIX = "cognito-dr:"

GOOD: dict[str, Any] = {
    "account": "111122223333",
    "name": "identity",
    "regions": {"primary": "us-east-1", "secondary": "us-west-2"},
    "rollout": {"phase": "replication"},
    "protect": True,
    "pool": {"name": "customers", "id": "us-east-1_AbCdEf123", "attributes": {"tenant": {}}},
    "groups": {"admins": {}},
    "applications": {
        "shop": {
            "callbackUrls": ["https://shop.example.com/callback"],
            "clients": {"web": {"kind": "web"}, "native": {"kind": "native"}},
        }
    },
    "claims": {"attributes": {"custom:tenant": "tenant"}},
    "failover": {"cluster": "own"},
    "dns": {"zone": "Z0123456789", "name": "example.com"},
    "domains": {"auth": "auth.example.com", "api": "api.example.com", "serving": "serving.example.com"},
    "api": {"sample": True},
}
SHOP = "applications.shop"
BROKEN = [
    ("account", "1111", "account is '1111': must be 12 digits"),
    ("account", 111122223333, "account is 111122223333: must be a text"),
    ("name", "Identity", "name is 'Identity': must be lower-case letters, digits and dashes"),
    ("nmae", "x", "nmae is 'x': must not be there, because this program knows no such key"),
    ("regions.secondary", "us-east-1", "regions.secondary is 'us-east-1': must differ from regions.primary"),
    ("regions.secondary", "ca-west-1", "regions.secondary is 'ca-west-1': must be one of"),
    ("rollout.phase", "lively", "rollout.phase is 'lively': must be one of foundation, replication, domain, live"),
    ("name", "cognito", "name is 'cognito': must not hold cognito, because Cognito refuses prefix domains with it"),
    ("failover.cluster", None, "failover.cluster is missing: must be set, because override and latch are routing controls"),
    ("failover.cluster", "arn:x", "failover.cluster is 'arn:x': must be own or a cluster's ARN"),
    ("failover", {"override": "item", "servingCheck": "calculated"}, "failover.servingCheck is 'calculated': must be verdict while failover.override is item"),
    ("failover", {"override": "item", "servingCheck": "verdict", "cluster": "own"}, "failover.cluster is 'own': must not be there while"),
    ("failover.cluster", f"arn:aws:route53-recovery-control::{'1' * 12}:cluster/0a1b", "failover.clusterEndpoints is 0: must list the shared cluster's five endpoints"),
    ("failover.recordTtl", 300, "failover.recordTtl is 300: must be from 1 to 60"),
    ("failover.interval", 30, "failover.interval is 30: must not be there, because this program knows no such key"),
    ("failover.threshold", 4, "failover.threshold is 4: must be from 1 to 3"),
    ("failover.latchAfter", 20, "failover.latchAfter is 20: must be from 45 to 600"),
    ("failover.checkerRegions", ["us-west-2", "eu-west-1"], 'failover.checkerRegions is ["us-west-2", "eu-west-1"]: must name at least three'),
    ("failover.probe", {"probers": ["us-east-1", "us-west-2"]}, "failover.probe.probers[0] is 'us-east-1': must not be the primary Region"),
    ("failover.probe", {"probers": ["eu-west-1"]}, 'failover.probe.probers is ["eu-west-1"]: must hold us-west-2'),
    ("failover.probe", {"timeout": 3.0}, "failover.probe.timeout is 3.0: must be from 0.5 to 1.5"),
    ("dns.zone", "example.com", "dns.zone is 'example.com': must be created or the ID of a public hosted zone"),
    ("dns.apexAddresses", ["192.0.2.1"], 'dns.apexAddresses is ["192.0.2.1"]: must be empty for a zone that exists'),
    ("domains.auth", "auth.example.org", "domains.auth is 'auth.example.org': must lie in the zone example.com"),
    ("domains.serving", "api.example.com", "domains.serving is 'api.example.com': must be a name of its own"),
    ("api", {"sample": False}, 'api is {"sample": false}: must be either `sample: true` or `targets`'),
    ("protect", "yes", "protect is 'yes': must be true or false"),
    ("pool.id", None, "pool.id is missing: must be set from phase replication on"),
    ("pool.id", "eu-west-1_AbCdEf123", "pool.id is 'eu-west-1_AbCdEf123': must begin with us-east-1_"),
    ("pool.tier", "LITE", "pool.tier is 'LITE': must be one of ESSENTIALS, PLUS"),
    ("pool.mfa", "OPTIONAL", "pool.mfa is 'OPTIONAL': must be \"OFF\", because the only second factor"),
    ("pool.attributes", {5: {}}, 'pool.attributes is 5: must be a text, because all keys are. Put it in quotes: "5".'),
    ("pool.attributes", {"tenant": {"maxLength": 0}}, "pool.attributes.tenant.maxLength is 0: must be from 1 to 2048"),
    ("pool.name", "a\nb", "pool.name is 'a\\nb': must be 1 to 128 letters, digits, spaces"),
    ("pool.name", "a\x1fb", "pool.name is 'a\\x1fb': must be 1 to 128 letters, digits, spaces"),
    ("tags", {True: "x"}, "tags is true: must be a text, because all keys are"),
    ("pool.adopted", {"deviceConfiguration": {}}, "pool.adopted is 'deviceConfiguration': must not be there while"),
    (f"{SHOP}.callbackUrls", ["http://shop.example.com/"], f"{SHOP}.callbackUrls[0] is 'http://shop.example.com/': must be https"),
    (f"{SHOP}.callbackUrls", ["https://*.example.com/"], f"{SHOP}.callbackUrls[0] is 'https://*.example.com/': must not hold a wildcard"),
    (f"{SHOP}.callbackUrls", ["https://a.b/#x"], f"{SHOP}.callbackUrls[0] is 'https://a.b/#x': must not have a fragment"),
    (f"{SHOP}.callbackUrls", ["https://a.b/", "https://a.b/"], f"{SHOP}.callbackUrls[1] is 'https://a.b/': must not be listed twice"),
    (f"{SHOP}.callbackUrls", ["https://a.b/", "https://A.b:443/"], f"{SHOP}.callbackUrls[1] is 'https://A.b:443/': must not be listed twice"),
    (f"{SHOP}.logoutUrls", ["https://a.b/~x", "https://a.b:/%7ex"], f"{SHOP}.logoutUrls[1] is 'https://a.b:/%7ex': must not be listed twice"),
    (f"{SHOP}.callbackUrls", ["https://a@b/"], f"{SHOP}.callbackUrls[0] is 'https://a@b/': must not have a user name"),
    (f"{SHOP}.callbackUrls", ["https://x.y:99999/"], f"{SHOP}.callbackUrls[0] is 'https://x.y:99999/': must be a URI"),
    (f"{SHOP}.callbackUrls", ["https://x.y:0/"], f"{SHOP}.callbackUrls[0] is 'https://x.y:0/': must not have port 0"),
    (f"{SHOP}.callbackUrls", ["https://x.y/ cb"], f"{SHOP}.callbackUrls[0] is 'https://x.y/ cb': must not hold spaces"),
    (f"{SHOP}.callbackUrls", ["https://x.y/\t"], f"{SHOP}.callbackUrls[0] is 'https://x.y/\\t': must not hold spaces"),
    (f"{SHOP}.logoutUrls", ["https://x.y\\z/"], f"{SHOP}.logoutUrls[0] is 'https://x.y\\\\z/': must not hold spaces"),
    (f"{SHOP}.callbackUrls", ["https://."], f"{SHOP}.callbackUrls[0] is 'https://.': must have a host name"),
    (f"{SHOP}.callbackUrls", ["https://a..b/"], f"{SHOP}.callbackUrls[0] is 'https://a..b/': must have a host name"),
    (f"{SHOP}.callbackUrls", ["https:///cb"], f"{SHOP}.callbackUrls[0] is 'https:///cb': must be an absolute URI"),
    (f"{SHOP}.callbackUrls", ["https://a.b/#"], f"{SHOP}.callbackUrls[0] is 'https://a.b/#': must not have a fragment"),
    (f"{SHOP}.callbackUrls", ["shop://callback"], f"{SHOP}.callbackUrls[0] is 'shop://callback': must be https, because this application has a web client"),
    (f"{SHOP}.callbackUrls", [], f"{SHOP}.callbackUrls is []: must name at least one"),
    (f"{SHOP}.clients", {}, f"{SHOP}.clients is {{}}: must name at least one client"),
    (f"{SHOP}.scopes", ["orders/read"], f"{SHOP}.scopes[0] is 'orders/read': must be a standard scope"),
    (f"{SHOP}.clients.web.writeAttributes", ["email", "custom:tenant"], f"{SHOP}.clients.web.writeAttributes is [\"email\", \"custom:tenant\"]: must not hold custom:tenant"),
    ("claims.attributes", {"email": "mail"}, f"{SHOP}.clients.web.writeAttributes is 'absent': must be set without email"),
    ("claims.attributes", {"custom:tenant": "iss"}, 'claims.attributes["custom:tenant"] is \'iss\': must be another name'),
    ("claims.attributes", {"custom:tenant": ["x"]}, 'claims.attributes["custom:tenant"] is ["x"]: must be a text'),
    ("claims.attributes", {"custom:tenant": ""}, "claims.attributes[\"custom:tenant\"] is '': must be a name that can be read"),
    ("claims.attributes", {"custom:tenant": "a\0"}, "claims.attributes[\"custom:tenant\"] is 'a\\x00': must be a name that can be read"),
    ("claims.groups", {"claim": " ", "names": {}}, "claims.groups.claim is ' ': must be a name that can be read"),
    ("claims.groups", {"claim": {}, "names": {}}, "claims.groups.claim is {}: must be a text"),
    ("claims.attributes", {5: "x"}, "claims.attributes is 5: must be a text, because all keys are. Put it in quotes"),
    ("claims.attributes", {"custom:team": "team"}, "claims.attributes is 'custom:team': must be an attribute of the pool"),
    ("claims.groups", {"claim": "roles", "names": {"staff": "x"}}, "claims.groups.names is 'staff': must be a declared group"),
    ("triggers.timeout", 6, "triggers.timeout is 6: must be from 1 to 5"),
    ("triggers.logRetentionDays", 31, "triggers.logRetentionDays is 31: must be one of"),
    ("deployRoles", ["arn:aws:iam::999999999999:role/x"], "deployRoles[0] is 'arn:aws:iam::999999999999:role/x': must be the ARN of a role of account"),
]  # fmt: skip


def changed(path: str, value: Any, values: dict[str, Any] = GOOD) -> dict[str, Any]:
    """A copy with one value set, or taken away with None."""
    key, _, rest = path.partition(".")
    copy = dict(values)
    if rest:
        copy[key] = changed(rest, value, values.get(key, {}))
    elif value is None:
        copy.pop(key, None)
    else:
        copy[key] = value
    return copy


def lines(values: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        load(values, "Pulumi.test.yaml")
    return raised.value.lines


@pytest.mark.parametrize(("path", "value", "message"), BROKEN)
def test_a_broken_stack_file_gets_its_message(path: str, value: Any, message: str) -> None:
    found = lines(changed(path, value))
    matching = [line for line in found if line.startswith(f"Pulumi.test.yaml: {message}")]
    assert matching, found
    assert all(len(line.splitlines()) == 1 for line in found)


def test_all_problems_of_a_file_are_told_at_once() -> None:
    values = changed("account", 5, changed("pool.tier", "LITE", changed("regions.secondary", "us-east-1")))
    assert len(lines(values)) == 3


def test_all_uris_of_a_file_are_told_at_once() -> None:
    wrong = ["https://a@b/", "https://x.y:99999/", "https://x.y/ cb", "https://."]
    found = lines(changed(f"{SHOP}.callbackUrls", wrong, changed(f"{SHOP}.logoutUrls", wrong)))
    assert len(found) == 2 * len(wrong)


@pytest.mark.parametrize(
    "uri",
    [
        "https://a.b:8443/x?y=1&z=%20",
        "https://a-b.example.com/",
        "http://[::1]:8080/",
        "https://192.0.2.1/",
        "https://a.b",
    ],
)
def test_a_sound_uri_is_taken(uri: str) -> None:
    assert load(changed(f"{SHOP}.callbackUrls", [uri]), "f")


def test_uris_that_differ_in_path_or_port_are_two() -> None:
    uris = ["https://a.b", "https://a.b/", "https://a.b/A", "https://a.b/a", "https://a.b:80/", "https://a.b/%2F"]
    assert load(changed(f"{SHOP}.callbackUrls", uris), "f")


@pytest.mark.parametrize("key", ["dns", "domains", "api"])
@pytest.mark.parametrize("phase", ["domain", "live"])
def test_the_names_are_needed_from_phase_domain_on(phase: str, key: str) -> None:
    found = lines(changed(key, None, changed("rollout.phase", phase)))
    assert [line for line in found if line.startswith(f"Pulumi.test.yaml: {key} is missing: must be set from phase")]


def test_the_untouched_values_are_good() -> None:
    assert load(GOOD, "f").pool.id == "us-east-1_AbCdEf123"


def test_a_native_application_may_use_a_scheme_of_its_own() -> None:
    clients = {"native": {"kind": "native"}}
    shop = {"callbackUrls": ["com.example.shop://callback", "http://localhost:8080/"], "clients": clients}
    assert load(changed("applications.shop", shop), "f")


@pytest.mark.parametrize("stack", ["prod", "staging", "local"])
def test_our_own_stack_files_are_good(stack: str) -> None:
    content = yaml.safe_load((PROJECT / f"Pulumi.{stack}.yaml").read_text())["config"]
    assert load({key.removeprefix(PREFIX): value for key, value in content.items()}, stack)


def test_the_project_file_describes_every_key() -> None:
    described = yaml.safe_load((PROJECT / "Pulumi.yaml").read_text())["config"]
    assert {key.removeprefix(PREFIX) for key in described} == set(known_keys())
    assert all(about["description"] for about in described.values())


@given(stack_values())
def test_every_generated_stack_is_good(values: dict[str, Any]) -> None:
    assert isinstance(load(values, "f"), Settings)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(stack_values(), st.data())
def test_no_value_of_any_key_raises_anything_but_messages(values: dict[str, Any], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(values)))
    with contextlib.suppress(SettingsError):
        load(values | {key: data.draw(JSON)}, "f")
