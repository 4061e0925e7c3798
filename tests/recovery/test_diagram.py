"""The drawings in docs/images: made from a manifest, never out of date, readable."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from manifest import Manifest
from recovery.diagram.__main__ import main
from recovery.diagram.scene import HEIGHT, WIDTH, State, scene
from recovery.diagram.svg import Box
from recovery.errors import RecoveryError
from tests.recovery.example_manifest import PROJECT, example_manifest
from tests.recovery.stacks import failover, founded, live

STATES: tuple[State, ...] = ("normal", "failover")
AGAIN = "python -m tests.recovery.example_manifest | python -m recovery.diagram docs/images"
LONG = live(failover())
CASES = [
    Manifest.from_dict(example_manifest()),
    live(failover(range(5))),
    replace(LONG, domains=replace(LONG.domains, serving=f"serving.{'department.' * 9}example.com")),  # ty: ignore
]


@pytest.mark.parametrize("state", STATES)
def test_the_drawings_are_those_of_the_stack_file_prod(state: State) -> None:
    drawn = scene(Manifest.from_dict(example_manifest()), state).svg()
    assert (PROJECT / "docs" / "images" / f"{state}.svg").read_text() == drawn, f"out of date: {AGAIN}"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("manifest", CASES)
def test_texts_stay_in_their_boxes_and_boxes_do_not_overlap(manifest: Manifest, state: State) -> None:
    boxes = list(scene(manifest, state).boxes())
    for box in boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y + box.height <= HEIGHT
        for text in box.texts():
            assert text.x + text.width <= box.x + box.width, text.text
            assert text.y <= box.y + box.height - 4, text.text
    for one, other in combinations([box for box in boxes if box.kind != "region"], 2):
        assert not overlap(one, other), (one.lines, other.lines)


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not beside and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize(("state", "region"), [("normal", "us-east-1"), ("failover", "us-west-2")])
def test_exactly_one_region_serves(state: State, region: str) -> None:
    drawn = scene(CASES[0], state)
    assert f"{region} serves" in ET.fromstring(drawn.svg())[0].text  # noqa: S314 - our own text  # ty: ignore
    pools = [box for box in drawn.boxes() if box.kind == "well" and box.lines[0] in ("User pool", "Replica, ACTIVE")]
    assert len(pools) == 1


def test_a_stack_that_leads_nobody_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RecoveryError, match="there is nothing to draw"):
        scene(founded(), "normal")
    assert main([str(tmp_path)], "{}") == 1
    assert "schemaVersion" in capsys.readouterr().err
