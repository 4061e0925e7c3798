"""Serve the engine whose address is the last plain word of the command line."""

from __future__ import annotations

import os
import sys
from concurrent import futures
from pathlib import Path

import grpc
from pulumi.runtime.proto import language_pb2_grpc

from tools.language_host.children import Children, end_with_parent
from tools.language_host.servicer import LanguageRuntime

RUNNER = "COGNITO_DR_LANGUAGE_RUNNER"
"""Set by the launcher beside the engine: where pulumi-language-python-exec lies."""


def main() -> None:
    """Print the port, then serve until the engine ends or interrupts."""
    addresses = [word for word in sys.argv[1:] if not word.startswith("-")]
    if not addresses or RUNNER not in os.environ:
        sys.exit("the language host is started by the Pulumi engine: run `pulumi`, not this")
    children = Children()
    end_with_parent(children)
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=32))
    servicer = LanguageRuntime(addresses[-1], Path(os.environ[RUNNER]), children)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the engine reads it
    try:
        server.wait_for_termination()
    except KeyboardInterrupt:
        children.kill()
        os._exit(0)


main()
