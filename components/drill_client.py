"""The app client of probes and drills: public, with no redirect that anybody serves."""

from __future__ import annotations

from settings import Application, Settings

DRILL = "drill"
REDIRECT = "https://drill.invalid/callback"
"""A name that never resolves (RFC 2606): a code sent there reaches nobody; a drill reads it from the answer."""
HARMLESS = ("zoneinfo", "website", "nickname", "picture")
"""Attributes of which one may be written: an empty list would mean all of them."""


def drill_application(settings: Settings) -> Application:
    """One client that signs the canary user in; its users can write nothing that feeds a claim."""
    writable = next((name for name in HARMLESS if name not in settings.claims.attributes), HARMLESS[0])
    client = {"kind": "native", "signIn": ("password",), "writeAttributes": (writable,), "refreshTokenDays": 365}
    return Application.model_validate({"callbackUrls": (REDIRECT,), "clients": {DRILL: client}})
