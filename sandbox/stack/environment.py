"""The environment that pulumi, boto3 and `aws` need for a stack of the sandbox."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox.stack.layout import Layout

PASSPHRASE = "sandbox"  # noqa: S105 - protects nothing real
"""Of a state that holds nothing real."""


FOREIGN = ("PULUMI_", "AWS_", "COGNITO_DR_")


def engine_environment(layout: Layout, engine: Path, path: str) -> dict[str, str]:
    """Variables for the engine in `engine` (a folder), on top of the caller's `path`."""
    return {
        "PATH": f"{engine}:{layout.project / 'bin'}:{path}",
        "PULUMI_HOME": str(layout.pulumi_home),
        "PULUMI_BACKEND_URL": f"file://{layout.state}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_OPTION_STACK": layout.stack,
        "PULUMI_OPTION_CONFIG_FILE": str(layout.stack_file),
        "PULUMI_OPTION_NON_INTERACTIVE": "true",
        "AWS_CONFIG_FILE": str(layout.aws_config),
        "AWS_SHARED_CREDENTIALS_FILE": str(layout.aws_config.with_name("credentials")),
        "AWS_PROFILE": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def recovery_environment(layout: Layout, network: Mapping[str, Any]) -> dict[str, str]:
    """Variables for `cognito-dr`: the manifest, and the sandbox's name server, proxy and CA."""
    return {
        "COGNITO_DR_MANIFEST": str(layout.manifest),
        "COGNITO_DR_RESOLVER": str(network["dns"]),
        "COGNITO_DR_PROXY": str(network["proxy"]),
        "COGNITO_DR_CA": str(network["ca"]),
    }


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """The caller's variables without those that would lead to another stack or account."""
    return {key: value for key, value in environment.items() if not key.startswith(FOREIGN)}


def exports(variables: Mapping[str, str]) -> str:
    """Lines for `eval` in a shell."""
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in variables.items())
