"""A child process is ended with all that it has started, and may tidy up first."""

import os
import sys
import time
from pathlib import Path

import pytest

from tools.children import Child, Children

TIDY = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
try:
    (folder / "begun").write_text(str(os.getpid()))
    time.sleep(600)
finally:
    (folder / "tidied").touch()
"""
DEAF = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
(pathlib.Path(sys.argv[1]) / "begun").write_text(str(helper.pid))
time.sleep(600)
"""


def begun(folder: Path) -> int:
    """What a program has written when it had begun: the ID of a process."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if (folder / "begun").exists() and (text := (folder / "begun").read_text()):
            return int(text)
        time.sleep(0.02)
    raise TimeoutError("the program did not begin")


def gone(process: int) -> bool:
    """Whether a process ends; one that nobody has collected yet counts as ended."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def begin(children: Children, program: str, folder: Path) -> Child:
    child = children.begin([sys.executable, "-c", program, str(folder)], folder)
    assert child is not None
    return child


def test_both_streams_are_shown_as_they_come_and_kept(tmp_path: Path) -> None:
    program = """
import os, time
os.write(1, b"a dot.")
time.sleep(0.5)
os.write(2, b" half an \\xc3")
time.sleep(0.5)
os.write(1, b"\\xb6\\n and no text: \\xff")
raise SystemExit(3)
"""
    shown: list[str] = []
    child = begin(Children(), program, tmp_path)
    assert child.output(shown.append) == "a dot. half an \xf6\n and no text: \ufffd"
    assert shown[0] == "a dot."
    assert child.code() == 3


def test_an_interrupted_child_tidies_up(tmp_path: Path) -> None:
    children = Children()
    child = begin(children, TIDY, tmp_path)
    begun(tmp_path)
    children.end(child)
    assert (tmp_path / "tidied").exists()
    assert "KeyboardInterrupt" in child.output(lambda line: None)


def test_who_does_not_listen_is_killed_with_all_that_it_has_started(tmp_path: Path) -> None:
    children = Children(patience=0.5)
    child = begin(children, DEAF, tmp_path)
    helper = begun(tmp_path)
    children.end(child)
    assert child.code() == -9
    assert gone(helper)


def test_a_stop_ends_all_and_lets_none_begin(tmp_path: Path) -> None:
    children = Children()
    child = begin(children, TIDY, tmp_path)
    begun(tmp_path)
    children.stop()
    assert child.ended(0)
    assert children.begin([sys.executable, "-c", "pass"], tmp_path) is None


def test_a_child_that_has_ended_is_left_alone(tmp_path: Path) -> None:
    children = Children()
    child = begin(children, "pass", tmp_path)
    assert child.code() == 0
    children.stop()
    assert child.code() == 0


def test_a_second_interrupt_ends_the_wait_for_a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Child, seconds: float) -> bool:
        raise KeyboardInterrupt

    children = Children()
    child = begin(children, DEAF, tmp_path)
    begun(tmp_path)
    monkeypatch.setattr(Child, "ended", interrupted)
    with pytest.raises(KeyboardInterrupt):
        children.end(child)
    assert child.code() == -9
