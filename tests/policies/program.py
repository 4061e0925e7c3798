"""The program as the pack meets it: registrations of the SDK's mocks as facts, before and after a deployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pulumi
import yaml
from google.protobuf import json_format
from pack.facts import UNKNOWN, Provider, Resource, StackFacts
from pulumi.runtime import mocks, rpc
from pulumi.runtime import settings as runtime_settings

from components.identity_platform import IdentityPlatform
from settings import Settings, Siblings, load, read_siblings
from tests.components.mocks import provider_secrets
from tests.policies.maker import PROJECT
from tests.siblings import mirrored

COMPUTED: Final = {
    "aws-native:cognito:UserPool": "userPoolId",
    "aws:route53recoverycontrol/cluster:Cluster": "clusterEndpoints",
}
"""Outputs that a provider adds at preview, as unknown, and that a rule reads."""
_SPECIAL: Final = "4dabf18193072939515e22adb298388d"


def stack_file(stack: str) -> dict[str, Any]:
    """The settings of a stack file."""
    config = yaml.safe_load((PROJECT / f"Pulumi.{stack}.yaml").read_text())["config"]
    return {key.removeprefix("cognito-dr:"): value for key, value in config.items()}


class _Unmade(pulumi.runtime.Mocks):
    """Answers as a preview does: no ID, nothing computed."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        return None, dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]] | None]:
        return {}, []


class _Recorder(mocks.MockMonitor):
    """Keeps what the program registered, with its relations."""

    def __init__(self, answers: pulumi.runtime.Mocks) -> None:
        super().__init__(answers)
        self.requests: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.published: dict[str, Any] = {}

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - the monitor's own name
        answer = super().RegisterResource(request)
        self.requests[answer.urn] = request
        self.answers[answer.urn] = answer
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 - the monitor's own name
        self.published[request.urn] = json_format.MessageToDict(request.outputs)
        return super().RegisterResourceOutputs(request)


def first_facts(values: Mapping[str, Any], stack: str) -> tuple[Settings, StackFacts]:
    """Run the program on a stack file's settings as a first preview, and what the pack sees of it."""
    settings = load(dict(values), stack)
    return settings, _run(settings, read_siblings(settings, PROJECT, stack), stack, _Unmade(), preview=True)


def deployed_facts(values: Mapping[str, Any], stack: str, answers: pulumi.runtime.Mocks) -> StackFacts:
    """Run the program on these settings to its end; `answers` says what the providers compute."""
    return _run(load(dict(values), stack), mirrored(values), stack, answers, preview=False)


def _run(
    settings: Settings, siblings: Siblings, stack: str, answers: pulumi.runtime.Mocks, *, preview: bool
) -> StackFacts:
    recorder = _Recorder(answers)
    runtime_settings.reset_options(project="cognito-dr", stack=stack, preview=preview)
    pulumi.runtime.set_mocks(answers, project="cognito-dr", stack=stack, preview=preview, monitor=recorder)

    @pulumi.runtime.test
    def run() -> None:
        IdentityPlatform(settings, siblings, provider_secrets(settings))

    run()
    requests = {urn: one for urn, one in recorder.requests.items() if not one.type.startswith("pulumi:")}
    return StackFacts(resources=[_resource(urn, recorder, preview=preview) for urn in requests])


def _resource(urn: str, recorder: _Recorder, *, preview: bool) -> Resource:
    request = recorder.requests[urn]
    return Resource(
        type=request.type,
        name=request.name,
        urn=urn,
        props=_props(urn, recorder, preview=preview),
        parent=request.parent or None,
        dependencies=tuple(request.dependencies),
        property_dependencies={key: tuple(of.urns) for key, of in request.propertyDependencies.items()},
        provider=_provider(request.provider.rpartition("::")[0], recorder),
        protect=request.protect,
    )


def _props(urn: str, recorder: _Recorder, *, preview: bool) -> dict[str, Any]:
    """A preview shows inputs and marks, a deployment what the providers answered; a component what it published."""
    request, answer = recorder.requests[urn], recorder.answers[urn]
    if not request.custom:
        return _plain(recorder.published.get(urn, {}))
    if not preview:
        own = {"id": answer.id} if request.type.startswith("aws:") else {}
        return own | _plain(json_format.MessageToDict(answer.object))
    props = _plain(json_format.MessageToDict(request.object))
    return props | ({COMPUTED[request.type]: UNKNOWN} if request.type in COMPUTED else {})


def _provider(urn: str, recorder: _Recorder) -> Provider | None:
    if not urn:
        return None
    props = _plain(json_format.MessageToDict(recorder.requests[urn].object))
    return Provider(name=urn.rpartition("::")[2], region=props["region"])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if _SPECIAL in value and "value" in value:  # a secret; an archive has the mark, too
            return _plain(value["value"])
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return UNKNOWN if value == rpc.UNKNOWN else value
