"""What a pool, or its attachment in the other Region, says of its triggers beside their names.

Source: docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .facts import MISSING, UNKNOWN, Mark, Resource, StackFacts
from .types import ALIASES, FUNCTIONS

CONFIG: Final = "lambdaConfig"
# The triggers whose events have versions; each is an object with `lambdaArn` and `lambdaVersion`.
VERSIONED: Final = ("customEmailSender", "customSmsSender", "inboundFederation", "preTokenGenerationConfig")
_NO_FUNCTION: Final = frozenset({"kmsKeyId", "lambdaVersion"})
_ARN: Final = re.compile(r"arn:aws[a-z-]*:lambda:([a-z0-9-]+):.+", re.DOTALL)


def versions(one: Resource, two: Resource) -> Iterator[tuple[str, Any, Any]]:
    """The path and both values of each event version, of the triggers that both name."""
    known = all(isinstance(resource.get(CONFIG), Mapping) for resource in (one, two))
    for key in VERSIONED if known else ():
        trigger = f"{CONFIG}.{key}"
        if MISSING not in (one.get(trigger), two.get(trigger)):
            path = f"{trigger}.lambdaVersion"
            yield path, one.get(path), two.get(path)


def regions(stack: StackFacts, holder: Resource) -> set[str | Mark]:
    """Where its triggers run: by their ARNs, and by the functions and aliases that the ARNs come from."""
    sources = [one for one in stack.sources(holder, CONFIG) if one.type in (*FUNCTIONS, *ALIASES)]
    arns = list(_arns(holder.get(CONFIG)))
    named = [match[1] for arn in arns if isinstance(arn, str) and (match := _ARN.fullmatch(arn))]
    unknown = [UNKNOWN] if UNKNOWN in arns and not sources else []
    return {*named, *map(stack.region, sources), *unknown}


def _arns(config: Any) -> Iterator[Any]:
    for key, item in config.items() if isinstance(config, Mapping) else ():
        if isinstance(item, Mapping):
            yield from _arns(item)
        elif key not in _NO_FUNCTION:
            yield item
