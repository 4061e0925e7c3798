"""Set-up: which engine is new enough, and what is said when there is none."""

from pathlib import Path

import pytest

from tools import bootstrap


@pytest.mark.parametrize(
    ("printed", "version"),
    [("v3.259.0", (3, 259, 0)), ("go version go1.26.8 linux/amd64", (1, 26, 8)), ("", ()), ("dev", ())],
)
def test_versions_are_found_in_what_programs_print(printed: str, version: tuple[int, ...]) -> None:
    assert bootstrap.version_in(printed) == version


@pytest.mark.parametrize(("version", "taken"), [("v3.253.9", False), ("v3.254.0", True), ("v4.0.0", True)])
def test_an_engine_on_the_path_is_taken_when_it_is_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    program = tmp_path / "pulumi"
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert (bootstrap.engine_on_path() == program) is taken


def test_without_pulumi_and_go_the_install_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.SetUpError, match=r"no Pulumi 3\.254\.0 .*https://www\.pulumi\.com/docs/install/"):
        bootstrap.build(tmp_path / "bin" / "pulumi")


def test_an_install_without_its_language_host_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.SetUpError, match="the install is incomplete"):
        bootstrap.language_host(tmp_path)
