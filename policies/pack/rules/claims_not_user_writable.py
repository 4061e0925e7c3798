"""No user can write the attribute that a claim is made from."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Resource, StackFacts, texts
from ..findings import Finding, Judge
from ..registry import Severity, rule
from ..types import CLIENTS, TRIGGERS

# What an app client may write when it names no write attributes.
COGNITO_DEFAULT = [
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "updated_at",
    "website",
    "zoneinfo",
]
EXPECTED = "no attribute that feeds a claim"


@rule(
    id="claims-not-user-writable",
    name="An attribute that feeds a claim is in no client's write attributes",
    severity=Severity.CRITICAL,
    framework="SEC03-BP02",
    why="A signed-in user may change every attribute that the app client may write; from such an attribute "
    "the token trigger would sign whatever the user likes to be.",
    mend="Name the client's write attributes and leave the claim's attribute out; an absent or empty list "
    "means Cognito's default, all standard attributes.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
)
def claims_not_user_writable(stack: StackFacts, judge: Judge) -> Iterator[Finding]:
    """Compare what the triggers read with what each client may write."""
    feeding: set[str] = set()
    for component in stack.of_type(TRIGGERS):
        names = texts(component.get("claimAttributes"))
        feeding.update(names.known)
        if not names.whole:
            yield judge.undecided(component, "claimAttributes", expected="known")
    for client in stack.of_type(*CLIENTS) if feeding else []:
        yield from _of_client(client, feeding, judge)


def _of_client(client: Resource, feeding: set[str], judge: Judge) -> Iterator[Finding]:
    named = texts(client.get("writeAttributes"))
    default = named.whole and not named.known
    writable = COGNITO_DEFAULT if default else named.known
    if both := sorted(feeding.intersection(writable)):
        found = ", ".join(both) + (" (Cognito's default)" if default else "")
        yield judge.violation(client, "writeAttributes", found=found, expected=EXPECTED)
    elif feeding and not named.whole:
        yield judge.undecided(client, "writeAttributes", expected=EXPECTED)
