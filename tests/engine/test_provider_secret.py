"""An OIDC client's secret reaches Cognito, and neither the state nor anything printed shows it."""

import json
from pathlib import Path

import boto3
import pytest

from sandbox.stack.stand_ins import STAND_IN
from tests.engine.project_copy import ProjectCopy

pytestmark = [pytest.mark.engine, pytest.mark.nightly, pytest.mark.timeout(600)]

SAML = "kind: SAML\n      metadataUrl: https://idp.example.com/local/metadata.xml"
OIDC = "kind: OIDC\n      issuer: https://idp.example.com\n      clientId: local"
CLAIMS = "  cognito-dr:claims:\n"
SECRET = "  cognito-dr:identityProviderSecrets:\n    staff:\n      secure: v1:somebody:elses\n"


def test_the_secret_is_in_cognito_and_encrypted_everywhere_else(project: ProjectCopy) -> None:
    for old, new in ((SAML, OIDC), ("/saml2/idpresponse", "/oauth2/idpresponse"), (CLAIMS, SECRET + CLAIMS)):
        project.replace("Pulumi.local.yaml", old, new)
    try:
        printed = project.make("up", "PHASE=foundation")
        printed += project.make("up", "PHASE=foundation")
        assert "unchanged" in printed
        state = project.pulumi("stack", "export")
        known = project.run("pulumi", "stack", "output", "--json", environment=project.environment())
        assert cognitos_secret(project) == STAND_IN
        assert STAND_IN not in printed + state + known
        kept = [file for file in (project.folder / ".sandbox" / "state").rglob("*.json") if file.is_file()]
        assert kept
        assert not any(STAND_IN in file.read_text() for file in kept)
    finally:
        project.make("down")


def cognitos_secret(project: ProjectCopy) -> str:
    """What Cognito redeems the provider's codes with."""
    urls = json.loads(Path(project.folder, ".sandbox/cloud/endpoints.json").read_text())["endpoints"]
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    cognito = boto3.client("cognito-idp", region_name="us-east-1", endpoint_url=urls["us-east-1"], **keys)
    pool = project.manifest()["pool"]["id"]
    found = cognito.describe_identity_provider(UserPoolId=pool, ProviderName="staff")["IdentityProvider"]
    return str(found["ProviderDetails"]["client_secret"])
