"""Turns conditions into one Python function, once, when their rulebook is loaded.

The function reads each shared fact once, asks each shared test once, and looks only at the
conditions that the commonest fact leaves open. It never raises: see `normal_form` for why a missing
fact needs no third value.
"""

import ast
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from guomen.core.policy.conditions import Condition, Operator
from guomen.core.policy.facts import Facts
from guomen.core.policy.normal_form import (
    ALWAYS,
    NEVER,
    Both,
    Form,
    Literal,
    facts_of,
    normal_form,
    required,
    with_pinned,
    without,
)

Mask: TypeAlias = Callable[[Facts], int]
"""Bit i is set when condition i is met."""

_Row: TypeAlias = tuple[int, Form]

_FEWEST_TO_DIVIDE = 4
"""Fewer conditions that pin one fact are quicker asked in turn than looked up."""

_MOST_VALUES = 300

_COMPARISONS: Mapping[Operator, tuple[type[ast.cmpop], type[ast.cmpop]]] = {
    Operator.EQUALS: (ast.Eq, ast.NotEq),
    Operator.ONE_OF: (ast.In, ast.NotIn),
    Operator.AT_LEAST: (ast.GtE, ast.Lt),
    Operator.AT_MOST: (ast.LtE, ast.Gt),
    Operator.MORE_THAN: (ast.Gt, ast.LtE),
    Operator.LESS_THAN: (ast.Lt, ast.GtE),
}


def compile_conditions(conditions: Sequence[Condition], *, unknown: bool = False) -> Mask:
    """Give a function that tells which of the conditions are met.

    `unknown`: how a test on a missing fact counts. False: the bits are those that `judge` calls
    met. True: those that it does not call refused. Values of the pack are bound as constants; none
    is spliced into source text.
    """
    rows = [(at, normal_form(condition)) for at, condition in enumerate(conditions)]
    fact = None if unknown else _dividing_fact(rows)
    if fact is None:
        return _function(rows, unknown)
    return _divided(rows, fact)


def _dividing_fact(rows: Sequence[_Row]) -> str | None:
    counted: Counter[str] = Counter()
    values: dict[str, set[object]] = {}
    for _, form in rows:
        pinned = {one.test.fact: one.pins for one in required(form) if one.pins is not None}
        counted.update(pinned.keys())
        for fact, pins in pinned.items():
            values.setdefault(fact, set()).update(pins)
    fit = [fact for fact in counted if len(values[fact]) <= _MOST_VALUES]
    # Ties go to the name, so that every process builds the same function.
    best = max(fit, key=lambda fact: (counted[fact], fact), default=None)
    return best if best is not None and counted[best] >= _FEWEST_TO_DIVIDE else None


def _divided(rows: Sequence[_Row], fact: str) -> Mask:
    """Look the fact's value up and ask only what that value leaves open."""
    listed = {
        value
        for _, form in rows
        for one in required(form)
        if one.test.fact == fact and one.pins is not None
        for value in one.pins
    }
    # Several values may leave the same questions; they share one function.
    made: dict[tuple[_Row, ...], Mask] = {}

    def for_value(value: object) -> Mask:
        left = tuple((at, with_pinned(form, fact, value)) for at, form in rows)
        found = tuple(row for row in left if row[1] != NEVER)
        return made.setdefault(found, made.get(found) or _function(found, unknown=False))

    other = for_value(None)
    table = {value: for_value(value) for value in listed}

    def divided(facts: Facts) -> int:
        return table.get(facts.get(fact), other)(facts)

    return divided


def _function(rows: Sequence[_Row], unknown: bool) -> Mask:
    if not rows:
        return lambda _facts: 0
    builder = _Builder(rows, unknown)
    tree = ast.fix_missing_locations(ast.Module([builder.function()], []))
    exec(compile(tree, "<rulebook>", "exec"), builder.constants)  # noqa: S102 - our own tree
    made: Mask = builder.constants["mask"]  # type: ignore[assignment]
    return made


class _Builder:
    """Builds one function's tree and gathers the constants it is bound to."""

    def __init__(self, rows: Sequence[_Row], unknown: bool) -> None:
        self.constants: dict[str, object] = {"__builtins__": {}}
        self._rows, self._unknown = rows, unknown
        read = Counter(fact for _, form in rows for fact in facts_of(form))
        shared = [fact for fact, times in read.items() if times > 1]
        self._locals = {fact: f"f{at}" for at, fact in enumerate(shared)}

    def function(self) -> ast.FunctionDef:
        """Give `def mask(facts)`: reads, then the tests, then the bits."""
        get = ast.Attribute(_name("facts"), "get", ast.Load())
        body: list[ast.stmt] = [_assign("get", get)]
        for fact, name in self._locals.items():
            body.append(_assign(name, self._get(fact)))
        body.append(_assign("bits", ast.Constant(0)))
        body += self._block(self._rows)
        body.append(ast.Return(_name("bits")))
        given = ast.arguments([], [ast.arg("facts")], None, [], [], None, [])
        return ast.FunctionDef("mask", given, body, [])

    def _block(self, rows: Sequence[_Row]) -> list[ast.stmt]:
        """Ask what most conditions share first, and the conditions behind it only then."""
        counted = Counter(one for _, form in rows for one in required(form))
        if not counted or max(counted.values()) < 2:
            return [self._bit(at, form) for at, form in rows]
        shared = max(counted, key=lambda one: counted[one])
        inside = [(at, without(form, shared)) for at, form in rows if shared in required(form)]
        rest = [(at, form) for at, form in rows if shared not in required(form)]
        asked = ast.If(self._literal(shared), self._block(inside), [])
        return [asked, *(self._block(rest) if rest else [])]

    def _bit(self, at: int, form: Form) -> ast.stmt:
        add = ast.AugAssign(ast.Name("bits", ast.Store()), ast.Add(), ast.Constant(1 << at))
        return add if form == ALWAYS else ast.If(self._form(form), [add], [])

    def _form(self, form: Form) -> ast.expr:
        if isinstance(form, Literal):
            return self._literal(form)
        if not form.parts:
            return ast.Constant(form == ALWAYS)
        parts = [self._form(part) for part in form.parts]
        return ast.BoolOp(ast.And() if isinstance(form, Both) else ast.Or(), parts)

    def _get(self, fact: str) -> ast.expr:
        return ast.Call(_name("get"), [ast.Constant(fact)], [])

    def _literal(self, literal: Literal) -> ast.expr:
        test = literal.test
        if test.operator is Operator.PRESENT:
            known = ast.IsNot() if literal.wanted else ast.Is()
            return ast.Compare(self._read(test.fact)[0], [known], [ast.Constant(None)])
        first, again = self._read(test.fact)
        if self._says_itself(literal):
            return self._asked(literal, first)
        absent = ast.Is() if self._unknown else ast.IsNot()
        guard = ast.Compare(first, [absent], [ast.Constant(None)])
        joined = ast.Or() if self._unknown else ast.And()
        return ast.BoolOp(joined, [guard, self._asked(literal, again)])

    def _says_itself(self, literal: Literal) -> bool:
        # None equals nothing and is in no set, so these fail by themselves when it stands there.
        return literal.pins is not None and not self._unknown

    def _read(self, fact: str) -> tuple[ast.expr, ast.expr]:
        """Give a fact to be read here, and to be read a second time in the same test."""
        if fact in self._locals:
            return _name(self._locals[fact]), _name(self._locals[fact])
        once = ast.NamedExpr(ast.Name("one", ast.Store()), self._get(fact))
        return once, _name("one")

    def _asked(self, literal: Literal, given: ast.expr) -> ast.expr:
        test, operand = literal.test, literal.test.operand
        if test.operator is Operator.STARTS_WITH:
            begins = ast.Attribute(given, "startswith", ast.Load())
            return self._refused(ast.Call(begins, [self._constant(operand)], []), literal)
        if test.operator is Operator.BETWEEN:
            ends = operand if isinstance(operand, tuple) else (operand, operand)
            first, last = (self._constant(end) for end in ends)
            within = ast.Compare(first, [ast.LtE(), ast.LtE()], [given, last])
            return self._refused(within, literal)
        comparison = _COMPARISONS[test.operator][0 if literal.wanted else 1]
        bound = frozenset(operand) if isinstance(operand, tuple) else operand
        return ast.Compare(given, [comparison()], [self._constant(bound)])

    def _refused(self, asked: ast.expr, literal: Literal) -> ast.expr:
        return asked if literal.wanted else ast.UnaryOp(ast.Not(), asked)

    def _constant(self, value: object) -> ast.expr:
        if isinstance(value, str | int):
            return ast.Constant(value)
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return _name(name)


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)
