"""Set-up with nothing but Python: the virtual environment, then an engine and its language host.

Run again it does only what is missing. Everything goes to ignored folders of the project, but Go keeps its
module and build caches where it always does.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
REQUIREMENTS = PROJECT / "requirements" / "dev.txt"
BIN = PROJECT / ".toolchain" / "bin"
OLDEST = (3, 254, 0)
PINNED = "3.259.0"
OLDEST_GO = (1, 26)
HOST, RUNNER = "pulumi-language-python", "pulumi-language-python-exec"
INSTALL_PAGE = "https://www.pulumi.com/docs/install/"
LAUNCHER = """#!/bin/sh
# Set-up made this: the language host of tools/language_host, beside the engine that looks for it here.
here=$(dirname "$(readlink -f "$0")")
export COGNITO_DR_LANGUAGE_RUNNER="$here/{runner}"
start='import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("tools.language_host", None, "__main__")'
exec "$here/../../.venv/bin/python" -c "$start" "$here/../.." "$@"
"""


class SetUpError(Exception):
    """Set-up cannot go on; the message says what is missing and where to get it."""


def say(text: str) -> None:
    """Progress goes to standard error: `make -s env` is read by a shell."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - a command's progress


def version_in(text: str) -> tuple[int, ...]:
    """The first version number in what a program prints; () when there is none."""
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def printed(*command: str) -> str:
    """What a command prints; nothing when it fails or is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - ours
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def environment() -> None:
    """Install the pinned packages, unless this very requirement file has been installed already."""
    stamp = VENV / "installed.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"set-up: installing Python packages into {VENV.name} (about a minute)")
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "venv", str(VENV.resolve())], check=True)  # noqa: S603 - our own interpreter
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(REQUIREMENTS)], check=False)  # noqa: S603 - ours
    if done.returncode:
        raise SetUpError("pip could not install requirements/dev.txt; its message is above")
    stamp.write_text(wanted)
    say(f"set-up: Python packages installed in {time.monotonic() - started:.0f} s")


def engine_on_path() -> Path | None:
    """A Pulumi of the user's own that is new enough."""
    found = shutil.which("pulumi")
    if not found or Path(found).resolve().parent == BIN.resolve():
        return None
    return Path(found) if version_in(printed(found, "version")) >= OLDEST else None


def engine() -> Path:
    """The folder of the engine to use: the user's own, else the pinned one, built here once."""
    if found := engine_on_path():
        return found.parent
    built = BIN / "pulumi"
    if version_in(printed(str(built), "version")) != version_in(PINNED):
        build(built)
    return BIN


def build(target: Path) -> None:
    """Build the engine from the Go modules that tools/go.sum pins."""
    go = shutil.which("go")
    if not go or version_in(printed(go, "version")) < OLDEST_GO:
        wanted = ".".join(map(str, OLDEST))
        raise SetUpError(
            f"no Pulumi {wanted} or newer on PATH, and no Go 1.26 or newer to build one from its modules. "
            f"Install Pulumi ({INSTALL_PAGE}) or Go, and run this again."
        )
    say(f"set-up: building Pulumi {PINNED} from Go modules (once; about five minutes when nothing is cached)")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    version = f"-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v{PINNED}"
    words = ["build", "-o", str(fresh), "-ldflags", f"-s -w {version}"]
    command = [go, *words, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"]
    started = time.monotonic()
    with subprocess.Popen(command, cwd=PROJECT / "tools") as process:  # noqa: S603 - go on our own module
        while True:
            try:
                code = process.wait(30)
                break
            except subprocess.TimeoutExpired:
                say(f"set-up: still building, {time.monotonic() - started:.0f} s")
    if code:
        raise SetUpError("Go could not build Pulumi; its message is above")
    fresh.replace(target)
    say(f"set-up: Pulumi built in {time.monotonic() - started:.0f} s")


def language_host(engine_folder: Path) -> None:
    """Put our language host beside our engine; an install of the user's own brings the official one."""
    if engine_folder != BIN:
        if shutil.which(HOST, path=os.pathsep.join([str(engine_folder), os.environ["PATH"]])) is None:
            raise SetUpError(
                f"{engine_folder / 'pulumi'} has no {HOST} beside it or on PATH: the install is incomplete. "
                f"Install Pulumi again ({INSTALL_PAGE})."
            )
        return
    module = "github.com/pulumi/pulumi/sdk/v3"
    source = printed("go", "-C", str(PROJECT / "tools"), "list", "-m", "-f", "{{.Dir}}", module).strip()
    runner = BIN / RUNNER
    if not runner.exists():
        shutil.copyfile(Path(source, "python", "cmd", RUNNER), runner)
        runner.chmod(0o755)
    launcher = BIN / HOST
    text = LAUNCHER.format(runner=RUNNER)
    if not launcher.exists() or launcher.read_text() != text:
        launcher.write_text(text)
        launcher.chmod(0o755)


def main() -> None:
    """Set up what is missing and print the engine's folder."""
    try:
        environment()
        folder = engine()
        language_host(folder)
    except (SetUpError, subprocess.CalledProcessError) as error:
        sys.exit(f"set-up: {error}")
    print(folder)  # noqa: T201 - the Makefile reads it


if __name__ == "__main__":
    main()
