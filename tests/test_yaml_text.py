"""A file that cannot be read as YAML: what is wrong and where is told, and never what the line holds."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings.yaml_text import UnreadableError, read_yaml

MISFIT = "found a value that is not what its form or tag says (line 2, column 4)"
BROKEN = [
    ("a: [", "while parsing a flow node expected the node content, but found '<stream end>' (line 2, column 5)"),
    ("a: *hunter2", "found undefined alias ... (line 2, column 4)"),
    ("a: !hunter2 x", "could not determine a constructor for the tag ... (line 2, column 4)"),
    ("a: !it's-hunter2 x", "could not determine a constructor for the tag ... (line 2, column 4)"),
    ("a: !!python/object:os.system x", "could not determine a constructor for the tag ... (line 2, column 4)"),
    ("a: %hunter2", "while scanning for the next token found character '%' that cannot start any token (line 2, col"),
    (
        "a:\n\t- hunter2",
        "while scanning for the next token found character '\\t' that cannot start any token (line 3, column 1)",
    ),
    ("a: {b: hunter2", "while parsing a flow mapping expected ',' or '}', but got '<stream end>' (line 2, column 15)"),
    ("a: b: hunter2", "mapping values are not allowed here (line 2, column 5)"),
    ("a: 'hunter2", "while scanning a quoted scalar found unexpected end of stream (line 2, column 12)"),
    ("a: [&hunter2 b, &hunter2 c]", "found duplicate anchor ..."),
    ("a: !!int hunter2", MISFIT),
    ("a: !!int ''", MISFIT),
    ("a: !!bool hunter2", MISFIT),
    ("a: !!float hunter2", MISFIT),
    ("a: !!timestamp hunter2", MISFIT),
    ("a: 2026-13-45", MISFIT),
    ("a: \x07", "the character 0x0007 is not allowed (line 2, column 4)"),
    ("\ufffe", "the character 0xfffe is not allowed (line 2, column 1)"),
    ("a: &a {b: *a}", "it nests without end"),
    ("a: " + "[\n" * 5000, "it nests without end"),
]


def said(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as raised:
        read_yaml(file)
    return str(raised.value)


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_what_is_wrong_is_told_with_its_place_and_no_text(tmp_path: Path, text: str, words: str) -> None:
    found = said(tmp_path / "f.yaml", f"first: line\n{text}")
    assert found.startswith(words)
    assert "hunter" not in found


def test_a_text_that_is_no_utf_8_is_told_by_its_byte(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"a: \xff\xfe\xfa")
    with pytest.raises(UnreadableError, match=r"^byte 4 is no UTF-8: invalid start byte$"):
        read_yaml(tmp_path / "f.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="^Is a directory$"):
        read_yaml(tmp_path)


def test_a_good_file_is_read_with_every_key_a_text(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("2: [é, 2026-01-02, !!int 5]\nyes: {<<: {a: b}, c: ~}\n", encoding="utf-8")
    found = read_yaml(tmp_path / "f.yaml")
    assert found.keys() == {"2", "True"}
    assert found["2"][::2] == ["é", 5]
    assert found["True"] == {"a": "b", "c": None}


@given(st.text("ab:-[]{}!&*'\"|>%@`\n\t ,?#~<0127", max_size=30))
def test_no_text_raises_anything_else(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(text, encoding="utf-8")
    with contextlib.suppress(UnreadableError):
        read_yaml(file)
