"""Previews a stack on a copy of its real state without the secrets, with the official providers.

Whoever previews needs to read the state, and no more: `pulumi stack export` hands the secrets out as they lie there,
encrypted, and the copy has a placeholder in their place. So neither the key of the state nor any secret's value is
needed. A resource whose inputs hold a secret shows an update; nothing else differs from a preview with the key.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from sandbox.stack import working_copy
from sandbox.stack.engine import Engine, StackError
from sandbox.stack.layout import PROJECT, Layout
from sandbox.stack.offline_preview import demand_stack_file, pack_of
from sandbox.stack.stand_ins import stand_in

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the engine's mark of a secret in a state
PLUGINS: Final = ".sandbox/official-plugins"
PLACEHOLDER: Final = {SIGNATURE: SECRET, "plaintext": json.dumps("[secret]")}


def preview(stack: str, engine_folder: Path, project: Path, state: str) -> None:
    """Run `pulumi preview` with this checkout's pack; `state` is the address of the backend that holds the stack."""
    if not state:
        raise StackError("STATE is empty: name the backend, as in STATE=s3://bucket?region=us-west-2")
    demand_stack_file(stack, project)
    layout = Layout(project / ".sandbox" / "state-preview" / stack, stack, project)
    shutil.rmtree(layout.folder, ignore_errors=True)
    working_copy.refresh(layout)
    engine = Engine(layout, engine_folder)
    engine.environment = environment(engine, layout)
    real = exported(engine, layout, state)
    engine.create_stack()
    stand_in(engine)
    file = layout.folder / "state.json"
    file.write_text(json.dumps(without_secrets(real, working_copy.read(layout)[working_copy.SALT])))
    engine.run("stack", "import", "--file", str(file))
    engine.run("preview", *pack_of(PROJECT, stack))


def environment(engine: Engine, layout: Layout) -> dict[str, str]:
    """The engine's environment with the caller's own credentials and with plugins of its own: the official ones."""
    kept = {key: value for key, value in engine.environment.items() if not key.startswith("AWS_")}
    kept.pop("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION")
    credentials = {key: value for key, value in os.environ.items() if key.startswith("AWS_")}
    return kept | credentials | {"PULUMI_HOME": str(layout.project / PLUGINS)}


def exported(engine: Engine, layout: Layout, state: str) -> dict[str, Any]:
    """The stack's deployment as its backend holds it, secrets encrypted."""
    plain = {key: value for key, value in engine.environment.items() if not key.startswith("PULUMI_OPTION_")}
    command = [engine.program, "-C", str(layout.config), "stack", "export", "--stack", layout.stack]
    done = subprocess.run(  # noqa: S603 - the engine that set-up found
        command, env=plain | {"PULUMI_BACKEND_URL": state}, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise StackError(f"`pulumi stack export` failed: {done.stderr.strip()}")
    deployment: dict[str, Any] = json.loads(done.stdout)
    return deployment


def without_secrets(exported: dict[str, Any], salt: str) -> dict[str, Any]:
    """The deployment with a placeholder for each secret; its secrets provider is the copy's, a passphrase's salt."""
    copy = {"secrets_providers": {"type": "passphrase", "state": {"salt": salt}}}
    return {**exported, "deployment": _blinded(exported["deployment"]) | copy}


def _blinded(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(SIGNATURE) == SECRET:
            return dict(PLACEHOLDER)
        return {key: _blinded(item) for key, item in value.items()}
    return [_blinded(item) for item in value] if isinstance(value, list) else value
