"""A copy of a state without its secrets."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.stack.state_preview import PLACEHOLDER, SECRET, SIGNATURE, without_secrets

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
HIDDEN = st.just({SIGNATURE: SECRET, "ciphertext": "v1:hidden"})
JSON = st.recursive(
    LEAVES | HIDDEN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def state(outputs: Any) -> dict[str, Any]:
    secrets = {"type": "cloud", "state": {"url": "awskms://alias/state", "encryptedkey": "hidden"}}
    deployment = {"manifest": {}, "secrets_providers": secrets, "resources": [{"urn": "u", "outputs": outputs}]}
    return {"version": 3, "deployment": deployment}


@given(JSON)
def test_no_ciphertext_and_no_key_of_it_is_left(outputs: Any) -> None:
    copy = without_secrets(state(outputs), "v1:salt")
    assert "hidden" not in json.dumps(copy)
    assert copy["deployment"]["secrets_providers"] == {"type": "passphrase", "state": {"salt": "v1:salt"}}


def test_everything_else_is_left_as_it_is() -> None:
    secret = {SIGNATURE: SECRET, "ciphertext": "v1:hidden"}
    copy = without_secrets(state({"arn": "arn:x", "clientSecret": secret, "all": [secret, 1]}), "v1:salt")
    [resource] = copy["deployment"]["resources"]
    assert resource == {"urn": "u", "outputs": {"arn": "arn:x", "clientSecret": PLACEHOLDER, "all": [PLACEHOLDER, 1]}}
    assert copy["version"] == 3
