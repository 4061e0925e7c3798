"""Where a command's manifest comes from: a file, or the versioned copy outside the primary Region."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from manifest import Manifest, ManifestError
from recovery import aws
from recovery.errors import RecoveryError, told

VARIABLE = "COGNITO_DR_MANIFEST"
WAYS = (
    f"Give --manifest FILE, set {VARIABLE}=FILE, or give --copy s3://BUCKET/KEY --region REGION "
    "(the stack's output `manifest.copy` names both)"
)
_COPY = re.compile(r"s3://(?P<bucket>[a-z0-9.-]{3,63})/(?P<key>.+)")


def load(file: Path | None, copy: str | None, region: str | None, environment: Mapping[str, str]) -> Manifest:
    """The manifest from the first place that is named. Raises RecoveryError, naming the place and what to do."""
    if file is not None and copy is not None:
        raise RecoveryError("--manifest and --copy are both given: leave one out")
    if copy is not None:
        return _parsed(_from_s3(copy, region), copy)
    if file is None and (named := environment.get(VARIABLE)):
        file = Path(named)
    if file is None:
        raise RecoveryError(f"no manifest is named. {WAYS}")
    return _parsed(_from_file(file), str(file))


def _from_file(file: Path) -> str:
    try:
        return file.read_text()
    except FileNotFoundError:
        raise RecoveryError(f"{file} does not exist. Run `make up` or `pulumi stack output manifest` first") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RecoveryError(f"{file} cannot be read: {error}") from None


def _from_s3(copy: str, region: str | None) -> str:
    found = _COPY.fullmatch(copy)
    if found is None:
        raise RecoveryError(f"--copy {copy} is no object: write s3://BUCKET/KEY")
    if region is None:
        raise RecoveryError(f"--copy {copy} lacks the bucket's Region: add --region us-west-2, or where the bucket is")
    try:
        answer = aws.client("s3", region).get_object(Bucket=found["bucket"], Key=found["key"])
        return answer["Body"].read().decode()
    except (ClientError, BotoCoreError, OSError, UnicodeDecodeError) as error:
        raise RecoveryError(f"{copy} cannot be read in {region}: {told(error)}. {WAYS}") from None


def _parsed(text: str, where: str) -> Manifest:
    try:
        return Manifest.from_dict(json.loads(text))
    except json.JSONDecodeError as error:
        raise RecoveryError(f"{where} is no JSON (line {error.lineno}): give the stack's output `manifest`") from None
    except ManifestError as error:
        raise RecoveryError(f"{where}: {error}") from None
