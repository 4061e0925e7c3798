"""An update with the pack: what must never be applied is not; what is added to a deployed stack previews clean."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.engine.project_copy import ProjectCopy
from tests.engine.raw_program import RawProgram

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]

PACK = ("--policy-pack", "policies", "--policy-pack-config", "policies/config.local.json")
KIOSK = {
    "callbackUrls": ["https://kiosk.example.com/callback"],
    "logoutUrls": ["https://kiosk.example.com/"],
    "scopes": ["openid"],
    "clients": {"web": {"kind": "web"}},
}
TRIGGER = (
    'TriggerSpec(folder="pre_authentication", lambda_config=("pre_authentication",), '
    'trigger_source="PreAuthentication_Authentication"),'
)


@pytest.fixture
def restored(deployed: ProjectCopy) -> Iterator[ProjectCopy]:
    """The deployed copy; its files are put back afterwards, for nothing here is applied."""
    working_copy = deployed.folder / ".sandbox" / "config" / "Pulumi.local.yaml"
    before = working_copy.read_text()
    yield deployed
    working_copy.write_text(before)
    deployed.run("git", "checkout", "--quiet", ".")
    deployed.run("git", "clean", "--quiet", "-d", "--force")


def settings(copy: ProjectCopy, **changed: dict[str, object]) -> None:
    """Change settings of the deployed stack."""
    path = copy.folder / ".sandbox" / "config" / "Pulumi.local.yaml"
    content = yaml.safe_load(path.read_text())
    for key, value in changed.items():
        content["config"][f"cognito-dr:{key}"] |= value
    path.write_text(yaml.safe_dump(content, sort_keys=False))


def assert_previews_clean(copy: ProjectCopy, added: str) -> None:
    output = copy.pulumi("preview", *PACK)
    assert added in output
    assert "✅ cognito-dr@" in output
    assert "[mandatory]" not in output
    assert "[advisory]" not in output


def open_keys(copy: ProjectCopy) -> int:
    """How many keys of the program are in the cloud, by their description."""
    script = (
        "import boto3; kms = boto3.client('kms'); pages = kms.get_paginator('list_keys').paginate();"
        "keys = [kms.describe_key(KeyId=k['KeyId'])['KeyMetadata'] for page in pages for k in page['Keys']];"
        "print(sum(k['Description'] == 'open-key' and k['KeyState'] == 'Enabled' for k in keys))"
    )
    return int(copy.run(".venv/bin/python", "-c", script, environment=copy.environment()))


def key_policies(copy: ProjectCopy) -> list[str]:
    """The policies of the pool's two keys, as they are in the cloud."""
    arns = json.dumps(copy.manifest()["keys"])
    script = (
        "import json, boto3, sys\n"
        "for region, arn in json.loads(sys.argv[1]).items():\n"
        "    kms = boto3.Session(profile_name=region).client('kms')\n"
        "    print(kms.get_key_policy(KeyId=arn, PolicyName='default')['Policy'].replace(chr(10), ' '))"
    )
    return copy.run(".venv/bin/python", "-c", script, arns, environment=copy.environment()).splitlines()


def test_an_over_open_key_is_stopped_before_it_is_made(deployed: ProjectCopy, tmp_path: Path) -> None:
    program = RawProgram.make(deployed, "open_key", tmp_path / "state")
    output = program.with_pack("up", "--yes", "--skip-preview", expect=None)
    assert "key-policy-pool-scoped-guard" in output
    assert "aws:kms/key:Key" not in program.types()
    assert open_keys(deployed) == 0
    program.pulumi("up", "--yes", "--skip-preview")  # the pack alone stopped it
    assert open_keys(deployed) == 1
    program.pulumi("destroy", "--yes", "--skip-preview")


@pytest.mark.nightly
def test_an_opened_policy_of_an_existing_key_is_stopped_before_it_is_applied(restored: ProjectCopy) -> None:
    before = key_policies(restored)
    restored.replace("components/key_policy.py", "ADMINISTER, {}),", "['kms:*'], {}),")
    output = restored.pulumi("up", "--yes", "--skip-preview", *PACK, expect=None)
    assert "key-policy-pool-scoped-guard" in output
    assert len(before) == 2
    assert key_policies(restored) == before


def test_a_domain_with_a_certificate_elsewhere_is_stopped_before_it_is_made(
    deployed: ProjectCopy, tmp_path: Path
) -> None:
    program = RawProgram.make(deployed, "certificate_elsewhere", tmp_path / "state")
    output = program.with_pack("up", "--yes", "--skip-preview", expect=None)
    assert "certificate-in-us-east-1-guard" in output
    types = program.types()
    assert "aws:acm/certificate:Certificate" in types
    assert "aws-native:cognito:UserPoolDomain" not in types
    program.pulumi("destroy", "--yes", "--skip-preview")


@pytest.mark.nightly
def test_a_new_application_on_a_deployed_stack_previews_clean(restored: ProjectCopy) -> None:
    settings(restored, applications={"kiosk": KIOSK})
    assert_previews_clean(restored, "kiosk-web")


@pytest.mark.nightly
def test_a_new_trigger_on_a_deployed_stack_previews_clean(restored: ProjectCopy) -> None:
    folder = restored.folder / "functions" / "pre_authentication"
    folder.mkdir()
    (folder / "index.py").write_text("def handler(event, context):\n    return event\n")
    restored.replace("components/trigger_specs.py", "TRIGGERS = (\n", f"TRIGGERS = (\n    {TRIGGER}\n")
    assert_previews_clean(restored, "pre-authentication")


@pytest.mark.nightly
def test_new_certificates_on_a_deployed_stack_preview_clean(restored: ProjectCopy) -> None:
    settings(restored, domains={"auth": "account.login.test", "api": "orders.login.test"})
    assert_previews_clean(restored, "aws:acm:Certificate")
