"""What is changed: each expression's mutants, one small mistake each."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Final

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES: Final = {"any": "all", "all": "any", "min": "max", "max": "min", "MISSING": "UNKNOWN", "UNKNOWN": "MISSING"}
METHODS: Final = {
    "lower": "upper",
    "startswith": "endswith",
    "endswith": "startswith",
    "fullmatch": "match",
    "partition": "rpartition",
    "rpartition": "partition",
    "VIOLATION": "UNDECIDED",
    "UNDECIDED": "VIOLATION",
}


def prose(text: str) -> bool:
    """Whether a text is for people: a word of two, or an address of documentation."""
    return any(char.isspace() for char in text) or text.startswith("https://docs.")


def mutants(node: ast.expr) -> Iterator[ast.expr]:
    """The mutants of one expression; its parts have their own."""
    match node:
        case ast.Compare(ops=[op], left=left, comparators=right) if type(op) in COMPARISONS:
            yield ast.Compare(left=left, ops=[COMPARISONS[type(op)]()], comparators=right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(op=ast.Or() if isinstance(op, ast.And) else ast.And(), values=values)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(op=op, left=left, right=right) if type(op) in ARITHMETIC:
            yield ast.BinOp(left=left, op=ARITHMETIC[type(op)](), right=right)
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield ast.Name(id=NAMES[name], ctx=ast.Load())
        case ast.Attribute(value=value, attr=attr, ctx=ast.Load()) if attr in METHODS:
            yield ast.Attribute(value=value, attr=METHODS[attr], ctx=ast.Load())
        case ast.Constant(value=value):
            yield from _constants(value)
        case ast.JoinedStr(values=parts):
            texts = [part.value for part in parts if isinstance(part, ast.Constant)]
            if not any(prose(str(text)) for text in texts):
                yield ast.Constant(value="XX")


def _constants(value: object) -> Iterator[ast.expr]:
    if isinstance(value, bool):
        yield ast.Constant(value=not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value=value + 1)
    elif isinstance(value, str) and not prose(value):
        yield ast.Constant(value=f"XX{value}XX")


def negated(test: ast.expr) -> Iterator[ast.expr]:
    """A condition's opposite, where the operators above do not make it already."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in EXACT:
        return
    if not isinstance(test, ast.UnaryOp):
        yield ast.UnaryOp(op=ast.Not(), operand=copy.deepcopy(test))


EXACT: Final = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
