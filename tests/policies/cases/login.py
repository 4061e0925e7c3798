"""The rules of the login: redirects, keys, certificate, triggers, claims, Regions."""

from __future__ import annotations

from pack.facts import UNKNOWN

from tests.policies.maker import ACCOUNT, EAST, POOL, REDIRECTS, WEST, policy
from tests.policies.mutations import Mutation, prop, without, without_provider

WEST_CERTIFICATE = {"certificateArn": f"arn:aws:acm:{WEST}:{ACCOUNT}:certificate/a"}


def text(region: str, old: str, new: str) -> str:
    """The key policy with one change, which must be one."""
    before = policy(region)
    assert old in before
    return before.replace(old, new)


FUNCTION = "aws:lambda/function"
VIOLATIONS: list[tuple[str, Mutation]] = [
    ("redirect-uris-identical", prop("native", callbackUrls=["https://shop.example.com/cb"])),
    ("redirect-uris-identical", prop("web", callbackUrls=[*REDIRECTS["callbackUrls"], "https://evil.example.com/"])),
    ("redirect-uris-identical", prop("web", logoutUrls=["https://shop.example.com/"])),
    (
        "redirect-uris-identical",
        prop("web", callbackUrls=["https://shop.example.com/CB", "https://shop.example.com/x"]),
    ),
    (
        "redirect-uris-identical",
        prop("web", callbackUrls=["https://shop.example.com/cb/", "https://shop.example.com/x"]),
    ),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, f"userpool/{POOL}", "userpool/*"))),
    ("key-policy-pool-scoped", prop("key-west", policy=text(WEST, f"userpool/{POOL}", "userpool/us-east-1_Other0001"))),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, '"kms:CancelKeyDeletion"', '"kms:*"'))),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, '"kms:CancelKeyDeletion"', '"kms:Decrypt"'))),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, '"kms:CancelKeyDeletion"', '"kms:CreateGrant"'))),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, f"cognito-idp.{EAST}", f"cognito-idp.{WEST}"))),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, '"StringEquals"', '"StringEqualsIfExists"'))),
    ("key-policy-pool-scoped", prop("key-east", policy=text(EAST, '"kms:CallerAccount"', '"kms:CalerAccount"'))),
    ("key-policy-pool-scoped", prop("key-east", policy=None)),
    ("key-policy-pool-scoped", prop("key-east", policy=policy(EAST, None))),
    ("key-policy-pool-scoped", prop("key", "KeyPair", poolId="us-east-1_Stale0001")),
    ("certificate-in-us-east-1", prop("domain", customDomainConfig=WEST_CERTIFICATE)),
    ("trigger-parity", prop(f"f-{WEST}", FUNCTION, memorySize=128.0)),
    ("trigger-parity", prop(f"f-{WEST}", FUNCTION, timeout=5.0)),
    ("trigger-parity", prop(f"f-{EAST}", FUNCTION, runtime="python3.13")),
    ("trigger-parity", prop(f"f-{WEST}", FUNCTION, environment={"variables": {"CLAIMS": "{}", "MORE": "x"}})),
    ("trigger-parity", prop(f"f-{WEST}", FUNCTION, role=f"arn:aws:iam::{ACCOUNT}:role/f-{EAST}")),
    ("trigger-parity", without(f"f-{WEST}")),
    ("trigger-parity", prop("regional", lambdaConfig={"preTokenGeneration": "a", "postAuthentication": "b"})),
    ("claims-not-user-writable", prop("web", writeAttributes=["email", "custom:tenant"])),
    ("claims-not-user-writable", prop(f"triggers-{EAST}", claimAttributes=["email"])),
    ("explicit-provider-region", without_provider("web")),
    ("explicit-provider-region", without_provider("key-east")),
]
UNKNOWN_VALUES: list[tuple[str, Mutation]] = [
    ("redirect-uris-identical", prop("web", callbackUrls=UNKNOWN)),
    ("key-policy-pool-scoped", prop("key-east", policy=UNKNOWN)),
    ("certificate-in-us-east-1", prop("domain", customDomainConfig={"certificateArn": UNKNOWN})),
    ("claims-not-user-writable", prop("web", writeAttributes=UNKNOWN)),
    ("trigger-parity", prop(f"triggers-{WEST}", fingerprints=UNKNOWN)),
]
HARMLESS: list[Mutation] = [
    prop("web", callbackUrls=["HTTPS://SHOP.example.com:443/cb", "https://shop.example.com/%78"]),
    prop("web", callbackUrls=REDIRECTS["callbackUrls"][::-1]),
    prop("web", writeAttributes=["email"]),
    prop(f"f-{WEST}", FUNCTION, tags={"a": "b"}),
]
