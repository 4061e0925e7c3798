"""The steps of the pull request's workflow, run here: the base branch's pack judges what the branch would deploy."""

import json
import re
from pathlib import Path

import pytest
import yaml

from sandbox.stack.state_preview import PLACEHOLDER, PLUGINS, SECRET, SIGNATURE
from tests.engine.project_copy import ProjectCopy, clean_environment
from tests.engine.test_previews import BROKEN, findings

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]


@pytest.fixture
def base(tmp_path: Path) -> ProjectCopy:
    """A checkout of the branch that the pull request wants to change."""
    return ProjectCopy.make_in(tmp_path / "base")


def without_rule(branch: ProjectCopy, rule: str) -> None:
    """Take a rule out of the branch's own pack: module, place among the rules, and what configurations say of it."""
    module = rule.replace("-", "_")
    (branch.folder / "policies" / "pack" / "rules" / f"{module}.py").unlink()
    place = branch.folder / "policies" / "pack" / "rules" / "__init__.py"
    kept = re.sub(rf"^.*\b{module}\b.*\n", "", place.read_text(), flags=re.MULTILINE)
    assert kept != place.read_text()
    place.write_text(kept)
    for file in (branch.folder / "policies").glob("config.*.json"):  # the pack refuses names that it does not know
        configured = json.loads(file.read_text())
        file.write_text(json.dumps({name: about for name, about in configured.items() if not name.startswith(rule)}))


@pytest.mark.parametrize("rule", ["key-policy-pool-scoped", "redirect-uris-identical"])
def test_a_branch_that_weakens_its_own_pack_is_caught_by_the_base_branchs(
    base: ProjectCopy, project: ProjectCopy, rule: str
) -> None:
    project.replace(*BROKEN[rule])
    without_rule(project, rule)
    assert findings(project.make("preview", "STACK=prod"), "mandatory") == []
    report = base.folder / "report.md"
    step = ["tools/pull_request.py", "preview", "prod", "--branch", str(project.folder), "--report", str(report)]
    output = base.run("python3", *step, expect=None)
    assert set(findings(output, "mandatory")) == {rule}
    assert "### prod, offline: is refused by the base branch's policy pack" in report.read_text()
    assert "The branch's own pack **disagrees**" in report.read_text()


@pytest.mark.nightly
def test_a_branch_that_weakens_its_own_configuration_is_caught_by_the_base_branchs(
    base: ProjectCopy, project: ProjectCopy
) -> None:
    project.replace(*BROKEN["key-policy-pool-scoped"])
    project.replace(
        "policies/config.prod.json", '"key-policy-pool-scoped": "mandatory"', '"key-policy-pool-scoped": "disabled"'
    )
    project.make("preview", "STACK=prod")
    output = base.make("preview", "STACK=prod", f"PROJECT={project.folder}", expect=None)
    assert set(findings(output, "mandatory")) == {"key-policy-pool-scoped"}


@pytest.mark.nightly
def test_a_branch_that_breaks_nothing_passes_the_base_branchs_pack(base: ProjectCopy, project: ProjectCopy) -> None:
    project.replace("Pulumi.staging.yaml", "minimumLength: 12", "minimumLength: 14")
    output = base.make("preview", "STACK=staging", f"PROJECT={project.folder}")
    assert findings(output, "mandatory") == []


@pytest.mark.nightly
def test_it_is_the_branchs_stack_file_that_is_previewed(base: ProjectCopy, project: ProjectCopy) -> None:
    project.replace("Pulumi.staging.yaml", "tier: ESSENTIALS", "tier: LITE")
    output = base.make("preview", "STACK=staging", f"PROJECT={project.folder}", expect=None)
    assert "Pulumi.staging.yaml: pool.tier is 'LITE'" in output


def real_state(base: ProjectCopy, folder: Path) -> str:
    """The address of a backend whose stack `staging` holds a secret under a passphrase that nobody else knows."""
    state = folder / "state"
    config = folder / "config"
    state.mkdir()
    config.mkdir()
    variables = clean_environment() | {
        "PATH": f"{base.folder / '.toolchain' / 'bin'}:{clean_environment()['PATH']}",
        "PULUMI_BACKEND_URL": f"file://{state}",
        "PULUMI_CONFIG_PASSPHRASE": "the owner's",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    for name in ("Pulumi.yaml", "Pulumi.staging.yaml"):
        (config / name).write_text((base.folder / name).read_text())
    stack = ["pulumi", "-C", str(config), "--non-interactive", "stack"]
    base.run(*stack, "init", "staging", environment=variables)
    salt = yaml.safe_load((config / "Pulumi.staging.yaml").read_text())["encryptionsalt"]
    urn = "urn:pulumi:staging::cognito-dr::pulumi:pulumi:Stack::cognito-dr-staging"
    secret = {SIGNATURE: SECRET, "plaintext": json.dumps("the-secret-path")}
    root = {"urn": urn, "custom": False, "type": "pulumi:pulumi:Stack", "outputs": {"verdictUrl": secret}}
    exported = json.loads(base.run(*stack, "export", "--stack", "staging", environment=variables))
    exported["deployment"]["resources"] = [root]
    exported["deployment"]["secrets_providers"] = {"type": "passphrase", "state": {"salt": salt}}
    (folder / "exported.json").write_text(json.dumps(exported))
    base.run(*stack, "import", "--stack", "staging", "--file", str(folder / "exported.json"), environment=variables)
    return f"file://{state}"


@pytest.mark.nightly
def test_a_real_state_is_previewed_without_its_secrets(base: ProjectCopy, project: ProjectCopy, tmp_path: Path) -> None:
    """With stand-ins where the official plugins would be; what the steps of the workflow's approved job do else."""
    plugins = ["-m", "sandbox.providers.install", "--pulumi-home", PLUGINS]
    project.run(".venv/bin/python", *plugins)
    words = ["state-preview", "STACK=staging", f"PROJECT={project.folder}", f"STATE={real_state(base, tmp_path)}"]
    offline = clean_environment() | {"SANDBOX_OFFLINE_PREVIEW": "true"}
    output = base.run("make", *words, environment=offline)
    assert "to create" in output
    assert "the-secret-path" not in output
    copy = json.loads((project.folder / ".sandbox" / "state-preview" / "staging" / "state.json").read_text())
    assert copy["deployment"]["resources"][0]["outputs"] == {"verdictUrl": PLACEHOLDER}
