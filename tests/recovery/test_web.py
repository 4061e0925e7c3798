"""HTTPS to the address that DNS told, through a proxy, with certificates checked and deadlines kept."""

from __future__ import annotations

import asyncio
import http.client
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.surroundings import Address, Surroundings
from recovery.web import Reply, Request, UnreachableError, Web, parse
from tests.recovery.fake_web import Handler, reply, site

HOST = "auth.example.com"


def send(folder: Path, handler: Handler, address: str = "192.0.2.3", host: str = HOST, timeout: float = 5) -> Reply:
    async def run() -> Reply:
        async with site(folder, handler, HOST) as there:
            request = Request(host=host, path="/oauth2/token", form={"code": "a b"}, headers={"x-one": "1"})
            return await Web(there.surroundings).send(request, address, timeout)

    return asyncio.run(run())


async def echo(address: str, line: str, body: str) -> bytes:
    return reply("200 OK", f"{address} {line} {body}", "Set-Cookie: a=1", "Set-Cookie: b=2")


async def never(*_: str) -> bytes:
    await asyncio.sleep(60)
    return b""


def test_the_address_is_dialled_and_the_name_is_asked_for(tmp_path: Path) -> None:
    found = send(tmp_path, echo)
    assert found.body == b"192.0.2.3 POST /oauth2/token HTTP/1.1 code=a+b"
    assert found.headers["set-cookie"] == ("a=1", "b=2")


def test_another_names_certificate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="certificate"):
        send(tmp_path, echo, host="api.example.com")


def test_a_refusing_proxy_is_an_unreachable_address(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="the proxy says: HTTP/1.1 502"):
        send(tmp_path, echo, address="192.0.2.99")


def test_a_server_that_hangs_costs_no_more_than_the_deadline(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(UnreachableError, match=r"did not answer within 0.3 s"):
        send(tmp_path, never, timeout=0.3)
    assert time.monotonic() - started < 5


async def nothing(*_: str) -> bytes:
    return b""


async def cut(*_: str) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"


@pytest.mark.parametrize("handler", [nothing, cut])
def test_half_an_answer_is_none(tmp_path: Path, handler: Handler) -> None:
    with pytest.raises(UnreachableError):
        send(tmp_path, handler)


def test_no_proxy_there_is_said_in_one_line() -> None:
    web = Web(Surroundings(proxy=Address(host="127.0.0.1", port=1)))
    with pytest.raises(UnreachableError, match="refused|Connect"):
        asyncio.run(web.send(Request(host=HOST, path="/"), "192.0.2.3", 2))


@given(parts=st.lists(st.binary(min_size=1, max_size=40), max_size=5))
def test_chunks_are_put_together(parts: list[bytes]) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
    found = parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert found.body == b"".join(parts)


@given(content=st.binary(max_size=60))
def test_anything_else_raises_what_send_understands(content: bytes) -> None:
    try:
        parse(content)
    except (http.client.HTTPException, ValueError):
        return


@given(value=st.text(max_size=20))
def test_no_header_smuggles_another(value: str) -> None:
    request = Request(host=HOST, path="/", headers={"authorization": value})
    try:
        text = request.encode()
    except ValueError:
        return
    assert text.count(b"\r\n") == 6
    assert text.count(b"\n") == 6
