"""Two spellings of one redirect URI, and what looks like it and is another."""

import pytest
from pack.uris import normalised

SAME = [
    ("com.Shop.app:/cb", "com.shop.app:/cb"),
    ("COM.shop.app://Login/cb", "com.shop.app://login/cb"),
    ("https://bücher.example/cb", "https://xn--bcher-kva.example/cb"),
    ("https://BÜCHER.shop.example/cb", "https://xn--bcher-kva.SHOP.example/cb"),
    ("https://shop.bücher.example:443/", "https://shop.xn--bcher-kva.example/"),
    ("https://a.example/straße", "https://a.example/stra%c3%9fe"),
    ("https://a.example/cb?q=ü", "https://a.example/cb?q=%C3%BC"),
    ("https://a.example/%7ea", "https://a.example/~a"),
    ("com.shop.app:/ü", "com.shop.app:/%C3%BC"),
    ("/ü", "/%C3%BC"),
    ("com.Shop.app:/a:b", "com.shop.app:/a:b"),
    ("https://straße.bücher.example/", "https://straße.xn--bcher-kva.example/"),
    ("https://[::1]/cb", "HTTPS://[::1]:443/cb"),
]
OTHER = [
    ("https://a.example/a?", "https://a.example/a"),
    ("https://a.example/a#", "https://a.example/a"),
    ("https://a.example/a?#", "https://a.example/a#"),
    ("https://a.example/a#x?", "https://a.example/a?#x?"),
    ("https://a.example/a?b#", "https://a.example/a?b"),
    ("https://a.example?", "https://a.example"),
    ("com.shop.app:/cb?", "com.shop.app:/cb"),
    ("com.shop.app:///cb", "com.shop.app:/cb"),
    ("com.shop.app:/Cb", "com.shop.app:/cb"),
    ("https://a.example/%2F", "https://a.example//"),
    ("https://a.example/Ü", "https://a.example/ü"),
    ("https://straße.example/", "https://strasse.example/"),
    ("https://u@a.example/", "https://a.example/"),
    ("https://a.example:8443/", "https://a.example/"),
    ("/Cb", "/cb"),
    ("com.shop.app:/a:b", "com.shop.app:b"),
]
KEPT = [
    "https://a.example/a?",
    "https://a.example/a?b=c",
    "https://a.example/a#x?y",
    "https://a.example/?#",
    "https://[::1]:8443/cb",
    "https://user@a.example/",
    "https://strasse.example/",
    "com.shop.app:///cb?x=1#",
    f"https://{'ü' * 70}.example/",
    "https://xn--ü.example/",
    "https://a..example/",
    "https://a.example:port/",
    "no URI at all",
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_spellings_of_one_uri_are_the_same(one: str, two: str) -> None:
    assert normalised(one) == normalised(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_what_cognito_tells_apart_is_not_the_same(one: str, two: str) -> None:
    assert normalised(one) != normalised(two)


@pytest.mark.parametrize("uri", KEPT)
def test_what_has_one_spelling_keeps_it(uri: str) -> None:
    assert normalised(uri) == uri


def test_what_normalises_once_does_not_change_again() -> None:
    for uri in [*KEPT, *(uri for pair in [*SAME, *OTHER] for uri in pair)]:
        assert normalised(normalised(uri)) == normalised(uri)


def test_a_half_of_a_character_raises_nothing() -> None:
    assert normalised("https://a.example/\ud800") == "https://a.example/%ED%A0%80"
    assert normalised("https://\ud800.example/") == "https://\ud800.example/"
