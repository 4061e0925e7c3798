"""Authorization codes: whether the Region that did not issue one redeems it, which AWS leaves open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_region
from ministack.services import cognito

ISSUED_IN = "_issued_in"
Entry = dict[str, Any]


class RegionalCodes(dict[str, Entry]):
    """The emulator's store of codes; *redeemed_elsewhere* is asked at each look, so that it may change while it runs.

    A code that is not redeemed elsewhere is unknown there: the token endpoint then answers `invalid_grant`.
    """

    def __init__(self, redeemed_elsewhere: Callable[[], bool]) -> None:
        super().__init__()
        self._redeemed_elsewhere = redeemed_elsewhere

    def __setitem__(self, code: str, entry: Entry) -> None:
        super().__setitem__(code, {**entry, ISSUED_IN: get_region()})

    def get(self, code: object, default: Any = None, /) -> Any:
        """The entry of a code, if the serving Region redeems it."""
        entry = super().get(code)
        if entry is None or (entry[ISSUED_IN] != get_region() and not self._redeemed_elsewhere()):
            return default
        return entry


def install(redeemed_elsewhere: Callable[[], bool]) -> None:
    """Put our store in the place of the emulator's."""
    cognito._authorization_codes = RegionalCodes(redeemed_elsewhere)
