"""Key policies that let somebody else in, or Cognito out; grants and separate policies; a stale pool."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from tests.policies.mutants.edits import GONE, Edit, add, all_of, put
from tests.policies.mutants.kit import Maker, Mutant

MAKER: Final = Maker("key-policy-pool-scoped")
KEYS: Final = {"Key": "the primary's key", "ReplicaKey": "the replica key"}
Document = dict[str, Any]
ADMITTED: Final[dict[str, Document]] = {
    "everybody may decrypt": {"Principal": "*", "Action": "kms:Decrypt"},
    "everybody in AWS may do all": {"Principal": {"AWS": "*"}, "Action": "kms:*"},
    "the root has kms:*": {"Principal": {"AWS": "arn:aws:iam::210987654321:root"}, "Action": "kms:*"},
    "the root may decrypt": {"Principal": {"AWS": "arn:aws:iam::210987654321:root"}, "Action": ["kms:Decrypt"]},
    "a role may grant": {"Principal": {"AWS": "arn:aws:iam::210987654321:role/x"}, "Action": "kms:CreateGrant"},
    "a role may all that begins with De": {
        "Principal": {"AWS": "arn:aws:iam::210987654321:role/x"},
        "Action": "kms:De*",
    },
    "another account": {"Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "kms:DescribeKey"},
    "another service": {"Principal": {"Service": "s3.amazonaws.com"}, "Action": "kms:Decrypt"},
    "a federated user": {"Principal": {"Federated": "accounts.example.org"}, "Action": "kms:Decrypt"},
    "all but one principal": {"NotPrincipal": {"AWS": "arn:aws:iam::210987654321:role/x"}, "Action": "kms:Decrypt"},
    "all but one action": {"Principal": {"AWS": "arn:aws:iam::210987654321:role/x"}, "NotAction": "kms:Encrypt"},
    "unbound Cognito": {"Principal": {"Service": "cognito-idp.amazonaws.com"}, "Action": "kms:Decrypt"},
    "an organisation's accounts": {
        "Principal": {"AWS": "*"},
        "Action": "kms:Decrypt",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
    },
    "every caller but one": {
        "Principal": {"AWS": "*"},
        "Action": "kms:Decrypt",
        "Condition": {"StringNotEquals": {"kms:CallerAccount": "999988887777"}},
    },
}


def _text(change: Callable[[Document], None]) -> Callable[[str], str]:
    def new(old: str) -> str:
        document = json.loads(old)
        change(document)
        return json.dumps(document)

    return new


def _with(statement: Document) -> Callable[[str], str]:
    return _text(lambda document: document["Statement"].append({"Effect": "Allow", "Resource": "*", **statement}))


def _each(change: Callable[[Document], None]) -> Callable[[str], str]:
    def every(document: Document) -> None:
        for statement in document["Statement"]:
            change(statement)

    return _text(every)


def _without_condition(key: str) -> Callable[[str], str]:
    """No statement is bound by this condition key any more."""

    def change(statement: Document) -> None:
        for keys in statement.get("Condition", {}).values():
            keys.pop(key, None)

    return _each(change)


def _operators(word: str) -> Callable[[str], str]:
    def change(statement: Document) -> None:
        condition = statement.get("Condition", {})
        statement["Condition"] = {word.format(operator): keys for operator, keys in condition.items()}

    return _each(change)


CONDITIONS: Final = (
    "aws:SourceArn",
    "aws:SourceAccount",
    "kms:ViaService",
    "kms:CallerAccount",
    "kms:EncryptionContext:aws:cognito-idp:userpool-arn",
)
REWRITTEN: Final[dict[str, Callable[[str], Any]]] = {
    **{f"without {key}": _without_condition(key) for key in CONDITIONS},
    "conditions if they exist": _operators("{}IfExists"),
    "conditions on all values, even on none": _operators("ForAllValues:{}"),
    "no conditions": _each(lambda statement: statement.pop("Condition", None)),
    "any pool": lambda old: old.replace("_Pool", "_*"),
    "another pool": lambda old: old.replace("_Pool", "_Other"),
    "through another service": lambda old: old.replace("cognito-idp.", "s3.").replace(
        "s3.amazonaws", "cognito-idp.amazonaws"
    ),
    "one pool ARN only": lambda old: old.replace("userpool/", "userpool/x", 1),
    "no statement for a service": lambda old: old.replace("identitystore.amazonaws.com", "cognito-idp.amazonaws.com"),
    "no JSON": lambda old: old[:-1],
    "no statements": lambda old: '{"Version": "2012-10-17", "Statement": []}',
    "no policy": lambda old: GONE,
    "every effect allow, every action": _each(lambda statement: statement.update(Action="kms:*")),
}


def _policies(kind: str, words: str) -> list[Mutant]:
    made = {name: _with(statement) for name, statement in ADMITTED.items()} | REWRITTEN
    return [MAKER.prop(f"{words}: {name}", put(kind, "policy", change)) for name, change in made.items()]


OPEN: Final = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]})


def _by_hand(kind: str, name: str, /, **props: Any) -> Edit:
    """A resource of the classic provider that names the pool's key by where its ID comes from."""

    def edit(draft: Any) -> None:
        add(kind, name, **props)(draft)
        draft.entries[-1]["propertyDependencies"] = {"keyId": [draft.one("Key", "$primary")["urn"]]}

    return edit


MUTANTS: Final = [
    *(mutant for kind, words in KEYS.items() for mutant in _policies(kind, words)),
    MAKER.component("founded, but replicated", put("KeyPair", "poolId", GONE)),
    MAKER.component("a pool that is gone", put("KeyPair", "poolId", "${primary}_Stale0001")),
    MAKER.component("another account", put("KeyPair", "accountId", "999988887777")),
    MAKER.component(
        "the Regions of another stack", put("KeyPair", "regions", {"primary": "sa-east-1", "secondary": "eu-north-1"})
    ),
    MAKER.component(
        "both policies for another pool",
        all_of(*(put(kind, "policy", REWRITTEN["another pool"]) for kind in KEYS)),
    ),
    MAKER.state("a grant", _by_hand("aws:kms/grant:Grant", "grant", keyId="k", granteePrincipal="x")),
    MAKER.state("a separate open policy", _by_hand("aws:kms/keyPolicy:KeyPolicy", "opened", keyId="k", policy=OPEN)),
]
