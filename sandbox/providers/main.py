"""Entry of both plugins; the scripts in the plugin cache call it."""

from __future__ import annotations

import sys
from importlib import metadata

from sandbox.providers.operations import SandboxProvider
from sandbox.providers.server import serve


def main(package: str) -> None:
    """Serve `aws` or `aws-native`, with the version of the SDK that the program uses."""
    if package == "aws":
        from sandbox.providers.classic import KINDS
    else:
        from sandbox.providers.native import KINDS
    serve(sys.argv[1:], metadata.version(f"pulumi-{package}"), SandboxProvider(package, KINDS))
