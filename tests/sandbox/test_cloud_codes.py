"""Authorization codes in the Region that did not issue them."""

from ministack.core.responses import request_scope

from sandbox.cloud.codes import RegionalCodes

ACCOUNT = "000000000000"


def found_in(region: str, codes: RegionalCodes) -> bool:
    with request_scope(ACCOUNT, region):
        return codes.get("code") is not None


def issued_in_the_primary(*, redeemed_elsewhere: bool) -> RegionalCodes:
    codes = RegionalCodes(lambda: redeemed_elsewhere)
    with request_scope(ACCOUNT, "us-east-1"):
        codes["code"] = {"client_id": "c", "expires_at": 0}
    return codes


def test_a_code_is_redeemed_in_both_regions_when_that_is_assumed() -> None:
    codes = issued_in_the_primary(redeemed_elsewhere=True)
    assert (found_in("us-east-1", codes), found_in("us-west-2", codes)) == (True, True)


def test_a_code_is_unknown_to_the_other_region_when_that_is_assumed() -> None:
    codes = issued_in_the_primary(redeemed_elsewhere=False)
    assert (found_in("us-east-1", codes), found_in("us-west-2", codes)) == (True, False)


def test_the_emulators_clean_up_still_finds_and_removes_codes() -> None:
    codes = issued_in_the_primary(redeemed_elsewhere=False)
    for code in [code for code, entry in list(codes.items()) if entry["expires_at"] < 1]:
        codes.pop(code, None)
    assert codes == {}
