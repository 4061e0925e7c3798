"""Small servers on 127.0.0.1 for the functions' edges: a token endpoint that does as it is told, DynamoDB."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ministack.services import dynamodb

Answered = tuple[int, dict[str, str], bytes]
Answering = Callable[[dict[str, str], bytes], Answered]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def server(answer: Answering) -> Generator[str]:
    """An HTTP server that answers POST with *answer* (lower-case headers, body); yields its URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            status, headers, content = answer({k.lower(): v for k, v in self.headers.items()}, body)
            self.send_response(status)
            for name, value in (headers | {"content-length": str(len(content))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    with _Server(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{made.server_address[1]}"
        made.shutdown()


@contextmanager
def silent() -> Generator[str]:
    """A port that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def closed() -> str:
    """A port that refuses."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def one_connection(talk: Callable[[socket.socket], None]) -> Generator[str]:
    """An address whose first connection *talk* serves; that the client leaves early is no trouble."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            try:
                connection, _ = listener.accept()
                with connection:
                    talk(connection)
            except OSError:
                return

        threading.Thread(target=run, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def trickle(seconds: float) -> Generator[str]:
    """A server that sends a byte now and then, so that no single read times out."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            connection.sendall(b"x")
            time.sleep(0.05)

    with one_connection(talk) as address:
        yield f"http://{address}"


def dynamodb_answer(headers: dict[str, str], body: bytes) -> Answered:
    """The emulator's DynamoDB."""
    status, answered, content = asyncio.run(dynamodb.handle_request("POST", "/", headers, body, {}))
    return status, {k: str(v) for k, v in answered.items() if k.lower() != "content-length"}, content


@contextmanager
def tls(certificate: Any) -> Generator[str]:
    """A TLS port with a certificate that nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)

    def talk(connection: socket.socket) -> None:
        context.wrap_socket(connection, server_side=True)

    with one_connection(talk) as address:
        yield f"https://{address}"
