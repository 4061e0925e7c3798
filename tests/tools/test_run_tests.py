"""What `make test` counts."""

from tools.run_tests import counted

GOOD = "....\n10 passed, 2 deselected in 3.0s"
BAD = "F\nFAILED a - 7 passed\n1 failed, 4 passed, 2 errors in 1.0s\n"


def test_the_closing_lines_are_added_up() -> None:
    assert counted([GOOD, BAD]) == (14, 3)


def test_an_output_without_a_closing_line_adds_nothing() -> None:
    assert counted(["Traceback", ""]) == (0, 0)
