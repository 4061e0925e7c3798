"""All mutants of a module compiled into it: `mutant if ACTIVE == 17 else original`."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from tools.mutation.operators import mutants, negated

ACTIVE: Final = "__active_mutant__"
"""A builtin: the number of the mutant that runs, or a recorder of the numbers that are compared with it."""
FOR_PEOPLE: Final = {"found", "expected", "why", "mend", "source", "framework", "description", "display_name"}
METADATA: Final = {"id", "name", "severity", *FOR_PEOPLE}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One mistake in one place."""

    number: int
    file: str
    line: int
    function: str
    before: str
    after: str
    nth: int = 1  # of its like in the function

    @property
    def key(self) -> str:
        """What names it as long as nobody changes the place, wherever in the file it moves."""
        again = f" #{self.nth}" if self.nth > 1 else ""
        return f"{self.file}::{self.function}: {self.before} => {self.after}{again}"


class Schemata(ast.NodeTransformer):
    """Puts the mutants in; `made` lists them."""

    def __init__(self, file: str, first: int) -> None:
        self.file = file
        self.next = first
        self.made: list[Mutant] = []
        self.place: list[str] = []
        self.top: ast.AST | None = None

    def switch(self, at: ast.AST, before: str, after: str) -> ast.expr:
        """The condition under which a new mutant runs."""
        number, self.next = self.next, self.next + 1
        line = getattr(at, "lineno", 0)
        about = (".".join(self.place) or "module", short(before), short(after))
        nth = 1 + sum((one.function, one.before, one.after) == about for one in self.made)
        function, was, becomes = about
        self.made.append(
            Mutant(number=number, file=self.file, line=line, function=function, before=was, after=becomes, nth=nth)
        )
        name = ast.Name(id=ACTIVE, ctx=ast.Load())
        return ast.Compare(left=name, ops=[ast.Eq()], comparators=[ast.Constant(value=number)])

    def expression(self, node: ast.expr, extra: Iterable[ast.expr] = ()) -> ast.expr:
        """The expression with its own and the given mutants, its parts mutated too."""
        changed = [*mutants(node), *extra]
        before = ast.unparse(node)
        result = cast("ast.expr", self.generic_visit(copy.deepcopy(node)))
        for one in changed:
            test = self.switch(node, before, ast.unparse(one))
            result = ast.IfExp(test=test, body=copy.deepcopy(one), orelse=result)
        return result

    def visit(self, node: ast.AST) -> Any:
        """Expressions go through `expression`, everything else to its own method."""
        special = vars(Schemata).get(f"visit_{type(node).__name__}")
        if special:
            return special(self, node)
        return self.expression(node) if isinstance(node, ast.expr) else self.generic_visit(node)

    def condition(self, test: ast.expr) -> ast.expr:
        """A condition has its opposite as a mutant."""
        return self.expression(test, negated(test))

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        return ast.IfExp(test=self.condition(node.test), body=self.visit(node.body), orelse=self.visit(node.orelse))

    def visit_If(self, node: ast.If) -> ast.stmt:
        if ast.unparse(node.test) in {"__name__ == '__main__'", "TYPE_CHECKING"}:
            return node
        return ast.If(test=self.condition(node.test), body=self.block(node.body), orelse=self.block(node.orelse))

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        node.iter = self.visit(node.iter)
        node.ifs = [self.expression(test, [ast.Constant(value=True)]) for test in node.ifs]
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        before, changed = ast.unparse(node), list(mutants(node))
        parts = [self.generic_visit(part) if isinstance(part, ast.FormattedValue) else part for part in node.values]
        result: ast.expr = ast.JoinedStr(values=cast("list[ast.expr]", parts))
        for one in changed:
            result = ast.IfExp(test=self.switch(node, before, ast.unparse(one)), body=one, orelse=result)
        return result

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if ast.unparse(node.func) == "isinstance":  # a union of types is no arithmetic
            return ast.Call(func=node.func, args=[self.visit(node.args[0]), node.args[1]], keywords=[])
        return self.expression(node)

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        if node.arg not in FOR_PEOPLE:
            node.value = self.visit(node.value)
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        test = self.switch(node.pattern, f"case {ast.unparse(node.pattern)}", "no such case")
        absent: ast.expr = ast.UnaryOp(op=ast.Not(), operand=test)
        node.guard = ast.BoolOp(op=ast.And(), values=[absent, self.condition(node.guard)]) if node.guard else absent
        node.body = self.block(node.body)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        node.value = self.visit(node.value) if node.value else None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        node.decorator_list = [self.decorator(one) for one in node.decorator_list]
        self.place.append(node.name)
        node.args.defaults = [self.visit(one) for one in node.args.defaults]
        node.args.kw_defaults = [self.visit(one) if one else None for one in node.args.kw_defaults]
        node.body = self.block(node.body)
        self.place.pop()
        return node

    def decorator(self, node: ast.expr) -> ast.expr:
        """Of a rule's metadata only what decides: level, guards, options."""
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg not in METADATA:
                    keyword.value = self.visit(keyword.value)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        self.place.append(node.name)
        node.body = self.block(node.body)
        self.place.pop()
        return node

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = self.block(node.body)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if ast.unparse(node.targets[0]) != "__all__":
            node.value = self.visit(node.value)
        return node

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Statements with their mutants; some have one in which they are missing."""
        made: list[ast.stmt] = []
        for node in body:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                made.append(node)  # a docstring
                continue
            before, gone = ast.unparse(node), self.dispensable(node)
            result = cast("ast.stmt", self.visit(node))
            if gone:
                test = self.switch(node, before, "pass")
                result = ast.If(test=test, body=[ast.Pass()], orelse=[result])
            made.append(result)
        return made

    def dispensable(self, node: ast.stmt) -> bool:
        """Whether the module still compiles without this statement and means something else."""
        if isinstance(node, ast.Return):
            return node.value is None
        return isinstance(node, ast.Expr | ast.Continue | ast.Break | ast.Raise | ast.AugAssign)


def short(text: str, longest: int = 90) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def compiled_in(source: str, file: str, first: int) -> tuple[ast.Module, list[Mutant]]:
    """The module with all its mutants, numbered from `first` on, and the list of them."""
    schemata = Schemata(file, first)
    tree = ast.fix_missing_locations(schemata.visit(ast.parse(source)))
    return tree, schemata.made
