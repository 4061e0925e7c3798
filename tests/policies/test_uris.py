"""When redirect URIs are one, and when one is fit, part by part."""

import pytest
from pack.uris import fault, normalised

CB = "https://shop.example.com/cb"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (CB, "HTTPS://Shop.EXAMPLE.com:443/cb", True),
        (CB, "https://shop.example.com:8443/cb", False),
        ("http://localhost/cb", "http://localhost:80/cb", True),
        ("http://localhost:3000/cb", "http://localhost:3001/cb", False),
        ("http://[::1]/cb", "http://[::1]:80/cb", True),
        ("http://[::1]:3000/cb", "http://[::1]/cb", False),
        ("http://[::1]/cb", "http://[::2]/cb", False),
        (CB, f"{CB}/", False),
        (CB, "https://shop.example.com/CB", False),
        (CB, "https://user@shop.example.com/cb", False),
        ("https://a@shop.example.com/cb", "https://b@shop.example.com/cb", False),
        (CB, "https://shop.example.com/%63%62", True),
        ("https://shop.example.com/%2f", "https://shop.example.com/%2F", True),
        ("https://shop.example.com/%2F", "https://shop.example.com//", False),
        ("https://shop.example.com/%7E", "https://shop.example.com/~", True),
        (f"{CB}?a=%62", f"{CB}?a=b", True),
        (f"{CB}?a=b", f"{CB}?a=c", False),
        ("shop.example:/%63b", "shop.example:/cb", True),
    ],
)
def test_two_spellings_are_one_where_they_mean_one(one: str, other: str, same: bool) -> None:
    assert (normalised(one) == normalised(other)) is same


def test_what_is_normalised_is_a_uri_of_the_same_place() -> None:
    assert normalised("HTTP://[::1]:3000/%63b?x=%79") == "http://[::1]:3000/cb?x=y"
    assert normalised("https://me@Shop.example.com:443/") == "https://me@shop.example.com/"
    assert normalised("https://shop.example.com:99999/") == "https://shop.example.com:99999/"


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        (CB, None),
        ("http://localhost:3000/cb", None),
        ("http://127.0.0.1/", None),
        ("http://[::1]/", None),
        ("shop.example:/cb", None),
        ("com.example.shop://cb", None),
        ("https://*.example.com/", "a wildcard"),
        ("shop.example.com/cb", "no absolute URI"),
        ("https://shop.example.com/a b", "no absolute URI"),
        ("https://shop.example.com\\@evil.example/", "no absolute URI"),
        ("https://shop.example.com:port/", "no absolute URI"),
        ("https:///cb", "no absolute URI"),
        (f"{CB}#top", "a fragment"),
        ("javascript:alert(1)", "scheme javascript"),
        ("data:text/html,x", "scheme data"),
        ("https://user@shop.example.com/", "a user name"),
        ("http://shop.example.com/cb", "http outside loopback"),
        ("http://10.0.0.1/cb", "http outside loopback"),
        ("", "no absolute URI"),
    ],
)
def test_a_uri_is_fit_or_says_why_not(uri: str, reason: str | None) -> None:
    assert fault(uri) == reason


@pytest.mark.parametrize(
    "scheme", ["javascript", "data", "file", "vbscript", "blob", "about", "ftp", "ws", "wss", "Javascript"]
)
def test_a_scheme_that_runs_or_reads_something_receives_no_code(scheme: str) -> None:
    assert fault(f"{scheme}:x") == f"scheme {scheme.lower()}"
