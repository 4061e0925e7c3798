"""A release of a trigger reaches both Regions, the secondary first, or neither."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.project_copy import ProjectCopy
from tests.engine.sign_in_load import SignInLoad, create_user, wait_for_user

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]

SOURCE = "functions/pre_token_generation/index.py"
RELEASE_TYPES = {
    "aws:lambda/function:Function",
    "aws:lambda/invocation:Invocation",
    "aws:lambda/alias:Alias",
    "cognito-dr:index:RegionalTriggers",
    "aws:s3/bucketObjectv2:BucketObjectv2",  # the manifest's copy
    "pulumi:pulumi:Stack",
}


def resources(copy: ProjectCopy) -> dict[str, dict[str, Any]]:
    """The state by URN, without what every update touches."""
    state = json.loads(copy.pulumi("stack", "export", "--show-secrets"))
    entries = state["deployment"]["resources"]
    ignored = ("modified", "created", "sourcePosition", "stackTrace", "dependencies", "propertyDependencies")
    return {e["urn"]: {k: v for k, v in e.items() if k not in ignored} for e in entries}


def aliases(copy: ProjectCopy) -> dict[str, str]:
    """Each Region's and function's live version."""
    triggers = copy.manifest()["triggers"]
    return {f"{region} {name}": t["version"] for region, ts in triggers.items() for name, t in ts.items()}


@pytest.fixture
def restored(deployed: ProjectCopy) -> Iterator[ProjectCopy]:
    """The deployed copy, brought back to its own triggers afterwards."""
    yield deployed
    deployed.run("git", "checkout", "--quiet", ".")
    deployed.run("git", "clean", "--quiet", "-d", "--force")
    deployed.make("up")


@pytest.fixture
def new_trigger(restored: ProjectCopy) -> str:
    """A third trigger in the copy's program, not yet deployed; what its functions' names end with."""
    folder = restored.folder / "functions" / "pre_authentication"
    folder.mkdir()
    (folder / "index.py").write_text("def handler(event, context):\n    return event\n")
    spec = (
        'TriggerSpec(folder="pre_authentication", lambda_config=("pre_authentication",), '
        'trigger_source="PreAuthentication_Authentication"),'
    )
    restored.replace("components/trigger_specs.py", "TRIGGERS = (\n", f"TRIGGERS = (\n    {spec}\n")
    return "pre-authentication"


def test_a_changed_trigger_updates_both_regions_secondary_first_and_nothing_else(restored: ProjectCopy) -> None:
    before = resources(restored)
    source = restored.folder / SOURCE
    source.write_text(source.read_text() + "\n# a release\n")
    restored.make("up")
    after = resources(restored)
    changed = {urn for urn in before.keys() | after.keys() if before.get(urn) != after.get(urn)}
    assert {urn.split("::")[2].rsplit("$", 1)[-1] for urn in changed} == RELEASE_TYPES, changed
    functions = [after[urn]["outputs"] for urn in changed if urn.split("::")[2].endswith(":Function")]
    modified = {f["arn"].split(":")[3]: f["lastModified"] for f in functions}
    assert modified["us-west-2"] < modified["us-east-1"]


def test_a_trigger_that_raises_is_stopped_at_the_smoke_test(restored: ProjectCopy) -> None:
    before = aliases(restored)
    source = restored.folder / SOURCE
    text = source.read_text()
    source.write_text(text + "\n\ndef handler(event, context):\n    raise RuntimeError('broken release')\n")
    output = restored.make("up", expect=None)
    assert "broken release" in output
    assert "Traceback" not in output
    assert aliases(restored) == before
    restored.sign_in_check()


def test_adding_a_trigger_under_load_loses_no_sign_in(restored: ProjectCopy, new_trigger: str) -> None:
    manifest = restored.manifest()
    endpoints = json.loads((restored.folder / ".sandbox" / "cloud" / "endpoints.json").read_text())["endpoints"]
    primary = manifest["regions"]["primary"]
    create_user(endpoints[primary], primary, manifest["pool"]["id"], "load")
    secondary = manifest["regions"]["secondary"]
    wait_for_user(endpoints[secondary], secondary, manifest["pool"]["id"], "load")
    clients = next(iter(manifest["applications"].values()))["clients"].values()
    client_id = next(client["id"] for client in clients if client["kind"] == "native")
    with SignInLoad(endpoints, client_id, "load", per_second=20) as load:
        restored.make("up")
    assert load.sent > 100
    assert load.failures == []
    assert all(any(new_trigger in name for name in names) for names in restored.manifest()["triggers"].values())
