"""Turns a condition into a Python function, once, when its rulebook is loaded.

The function runs the tests as plain Python comparisons. Where a fact is missing it raises KeyError,
and only then is the condition judged three-valued: `and` and `or` that end early end as Kleene's do,
so the quick answer, when there is one, is the same answer.
"""

import ast
from collections.abc import Callable
from typing import TypeAlias

from guomen.core.policy.conditions import All, Condition, Not, Operator, Test, judge
from guomen.core.policy.facts import Facts

Judge: TypeAlias = Callable[[Facts], bool | None]

_COMPARISONS: dict[Operator, ast.cmpop] = {
    Operator.EQUALS: ast.Eq(),
    Operator.ONE_OF: ast.In(),
    Operator.AT_LEAST: ast.GtE(),
    Operator.AT_MOST: ast.LtE(),
    Operator.MORE_THAN: ast.Gt(),
    Operator.LESS_THAN: ast.Lt(),
}


def compile_condition(condition: Condition) -> Judge:
    """Give a function that judges as `judge(condition, facts)` does, and faster.

    Values of the pack are bound as constants of the function; none is spliced into source text.
    """
    builder = _Builder()
    body = ast.Expression(_lambda(builder.expression(condition)))
    ast.fix_missing_locations(body)
    code = compile(body, "<condition>", "eval")
    quick = eval(code, builder.constants)  # noqa: S307 - our own tree, no text of others

    def judge_quickly(facts: Facts) -> bool | None:
        try:
            return bool(quick(facts))
        except KeyError:
            return judge(condition, facts)

    return judge_quickly


def _lambda(body: ast.expr) -> ast.Lambda:
    facts = ast.arguments(
        posonlyargs=[], args=[ast.arg("facts")], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    return ast.Lambda(facts, body)


class _Builder:
    """Builds one condition's tree and gathers the constants it is bound to."""

    def __init__(self) -> None:
        self.constants: dict[str, object] = {"__builtins__": {}}

    def expression(self, condition: Condition) -> ast.expr:
        if isinstance(condition, Test):
            return self._test(condition)
        if isinstance(condition, Not):
            return ast.UnaryOp(ast.Not(), self.expression(condition.part))
        is_all = isinstance(condition, All)
        parts = [self.expression(part) for part in condition.parts]
        if len(parts) < 2:
            return parts[0] if parts else ast.Constant(is_all)
        return ast.BoolOp(ast.And() if is_all else ast.Or(), parts)

    def _test(self, test: Test) -> ast.expr:
        if test.operator is Operator.PRESENT:
            return ast.Compare(ast.Constant(test.fact), [ast.In()], [_name("facts")])
        given = ast.Subscript(_name("facts"), ast.Constant(test.fact), ast.Load())
        if test.operator is Operator.STARTS_WITH:
            return ast.Call(ast.Attribute(given, "startswith", ast.Load()), [self._bound(test)], [])
        if test.operator is Operator.BETWEEN:
            first, last = test.operand if isinstance(test.operand, tuple) else (test.operand,) * 2
            ends = [given, self._constant(last)]
            return ast.Compare(self._constant(first), [ast.LtE(), ast.LtE()], ends)
        return ast.Compare(given, [_COMPARISONS[test.operator]], [self._bound(test)])

    def _bound(self, test: Test) -> ast.expr:
        operand = test.operand
        return self._constant(frozenset(operand) if isinstance(operand, tuple) else operand)

    def _constant(self, value: object) -> ast.expr:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return _name(name)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())
