"""Offline previews of the real stack files, as they are and broken on purpose."""

import re
from pathlib import Path

import pytest

from tests.engine.project_copy import ProjectCopy

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

FINDING = re.compile(r"\[(mandatory|advisory)\] \[severity: \w+\]\s+(\S+)")
BROKEN = {
    "redirect-uris-identical": (
        "components/applications.py",
        "**client_properties(application, about),",
        "**(client_properties(application, about) | ({'callback_urls': list(application.callback_urls)[1:]}"
        " if (name, client) == ('shop', 'native') else {})),",
    ),
    "redirect-uris-identical ": (
        "components/identity_providers.py",
        '"registeredUris": list(about.registered_uris)',
        '"registeredUris": [uri.replace("auth.", "login.") for uri in about.registered_uris]',
    ),
    "key-policy-pool-scoped": ("components/key_policy.py", "userpool/{pool_id or '*'}", "userpool/*"),
    "key-policy-pool-scoped ": ("components/key_policy.py", "ADMINISTER, {}),", "['kms:*'], {}),"),
    "trigger-parity": (
        "components/regional_triggers.py",
        "memory=settings.triggers.memory,",
        "memory=settings.triggers.memory + (64 if self.args.role == 'secondary' else 0),",
    ),
}


def findings(output: str, level: str) -> list[str]:
    """The policies named at a level, one entry a finding."""
    return [policy for found, policy in FINDING.findall(output) if found == level]


@pytest.mark.parametrize("stack", ["prod", "staging", "local"])
def test_a_stack_previews_without_a_violation(project: ProjectCopy, stack: str) -> None:
    output = project.make("preview", f"STACK={stack}")
    assert "offline preview" in output.splitlines()[0]
    assert findings(output, "mandatory") == []
    assert "can't run policy" not in output
    undecided = findings(output, "advisory")
    assert len(undecided) <= 5
    assert output.count("urn:pulumi:") >= len(undecided)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_program_is_stopped_by_exactly_its_rule(project: ProjectCopy, rule: str) -> None:
    project.replace(*BROKEN[rule])
    output = project.make("preview", "STACK=prod", expect=None)
    assert set(findings(output, "mandatory")) == {rule.strip()}


def test_a_certificate_outside_us_east_1_is_stopped_by_exactly_its_rule(project: ProjectCopy, tmp_path: Path) -> None:
    project.make("preview", "STACK=local")  # fills the plugin cache
    program = project.folder / "tests" / "engine" / "programs" / "certificate_elsewhere"
    state = tmp_path / "state"
    state.mkdir()
    variables = project.environment() | {"PULUMI_BACKEND_URL": f"file://{state}", "PULUMI_CONFIG_PASSPHRASE": "test"}
    plain = {key: value for key, value in variables.items() if not key.startswith("PULUMI_OPTION_")}
    project.run("pulumi", "-C", str(program), "stack", "init", "test", environment=plain)
    command = ["pulumi", "-C", str(program), "preview", "-s", "test", "--non-interactive"]
    pack = ["--policy-pack", str(project.folder / "policies")]
    output = project.run(*command, *pack, environment=plain, expect=None)
    assert set(findings(output, "mandatory")) == {"certificate-in-us-east-1"}


def test_an_unknown_stack_is_refused_with_the_known_ones(project: ProjectCopy) -> None:
    output = project.make("preview", "STACK=nowhere", expect=None)
    assert "local, prod, staging" in output
    assert "Traceback" not in output


def test_a_wrong_stack_file_is_refused_before_any_resource(project: ProjectCopy) -> None:
    project.replace("Pulumi.staging.yaml", "tier: ESSENTIALS", "tier: LITE")
    project.replace("Pulumi.staging.yaml", "minimumLength: 12", "minimumLength: 200")
    output = project.make("preview", "STACK=staging", expect=None)
    assert "Pulumi.staging.yaml: pool.tier is 'LITE'" in output
    assert "Pulumi.staging.yaml: pool.passwordPolicy.minimumLength is 200" in output
    assert "Traceback" not in output
    assert "kms" not in output


OIDC = """kind: OIDC
      issuer: https://idp.example.com/staging
      clientId: staging"""
SECRETS = "  cognito-dr:claims:\n"


def test_an_oidc_clients_secret_must_be_encrypted_and_is_never_shown(project: ProjectCopy) -> None:
    project.replace(
        "Pulumi.staging.yaml", "kind: SAML\n      metadataUrl: https://idp.example.com/staging/metadata.xml", OIDC
    )
    project.replace("Pulumi.staging.yaml", "/saml2/idpresponse", "/oauth2/idpresponse")
    lacking = project.make("preview", "STACK=staging", expect=None)
    assert "Pulumi.staging.yaml: identityProviderSecrets.staff is missing: must be set" in lacking
    plain = f"  cognito-dr:identityProviderSecrets:\n    staff: in-the-open\n{SECRETS}"
    project.replace("Pulumi.staging.yaml", SECRETS, plain)
    refused = project.make("preview", "STACK=staging", expect=None)
    assert "Pulumi.staging.yaml: identityProviderSecrets.staff is 'plain text': must be encrypted" in refused
    assert "in-the-open" not in refused
    project.replace("Pulumi.staging.yaml", "staff: in-the-open", "staff:\n      secure: v1:somebody:elses")
    output = project.make("preview", "STACK=staging")
    assert findings(output, "mandatory") == []
    assert "hidden-elsewhere" not in output
