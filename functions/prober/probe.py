"""Asks both Regions' token endpoints at once, each within one deadline.

urllib honours HTTPS_PROXY and SSL_CERT_FILE. Redirects are not followed: an answer counts only from the host that was
asked. What is sent and received stays here; only an Answer leaves.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from verdict import Answer, Canary, Failure, answer_of

BODY_BYTES = 65_536
INVALID_CODE = "cognito-dr-no-such-code"
_opener: Any = None


class Grant:
    """What to send to a token endpoint: the canary's refresh token, or a code that is no code. Never printed."""

    def __init__(self, client_id: str, refresh_token: str | None) -> None:
        self.canary: Canary = "token" if refresh_token else "invalid_code"
        self._client_id, self._token = client_id, refresh_token

    def __repr__(self) -> str:
        return f"Grant({self.canary})"

    def fields(self) -> dict[str, str]:
        """The form. RFC 6749 sections 4.1.3 and 6."""
        if self._token:
            return {"grant_type": "refresh_token", "client_id": self._client_id, "refresh_token": self._token}
        return {
            "grant_type": "authorization_code",
            "client_id": self._client_id,
            "code": INVALID_CODE,
            "redirect_uri": "https://localhost/",
        }


def opener() -> Any:
    """One opener for all rounds: reading the CA file costs more than a request."""
    global _opener
    if _opener is None:
        import ssl
        import urllib.request

        class NoRedirect(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
                return None

        secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
        _opener = urllib.request.build_opener(NoRedirect, secure)
    return _opener


def failure_of(error: BaseException) -> Failure:
    """How a request failed, from its exception. What is not the network's doing is our own error."""
    import http.client
    import socket
    import ssl
    import urllib.error

    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, BaseException):
        error = error.reason
    match error:
        case urllib.error.URLError():
            return "internal"
        case TimeoutError():
            return "timeout"
        case ssl.SSLError():
            return "tls"
        case socket.gaierror():
            return "names"
        case ConnectionRefusedError():
            return "refused"
        case OSError() | http.client.HTTPException():
            return "network"
        case _:
            return "internal"


def ask(url: str, grant: Grant, timeout: float) -> Answer:
    """One POST; `timeout` in seconds for each step of it, so that an abandoned request ends soon."""
    import urllib.error
    import urllib.parse
    import urllib.request

    try:
        form = urllib.parse.urlencode(grant.fields()).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "cognito-dr-prober"}
        request = urllib.request.Request(url, data=form, headers=headers, method="POST")  # noqa: S310 our own settings
        try:
            with opener().open(request, timeout=timeout) as response:
                return answer_of(response.status, response.read(BODY_BYTES))
        except urllib.error.HTTPError as refused:
            with refused:
                return answer_of(refused.code, refused.read(BODY_BYTES))
    except Exception as error:
        return Answer(failure=failure_of(error))


def ask_all(
    urls: list[str], grant: Grant, timeout: float, ask: Callable[[str, Grant, float], Answer] = ask
) -> list[Answer]:
    """Every endpoint's answer, `timeout` seconds after the call at the latest: who has not answered by then fails.

    Threads that are left behind are daemons and end with their sockets' timeouts; what they find is not read any more.
    """
    opener()  # a cold start must not look like an endpoint that is late
    deadline = time.monotonic() + timeout
    answers: dict[int, Answer] = {}

    def run(place: int, url: str) -> None:
        answers[place] = ask(url, grant, timeout)

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(urls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    late = Answer(failure="timeout")
    return [answers.get(place, late) for place in range(len(urls))]
