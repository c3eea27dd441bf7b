"""Turns conditions into one Python function, once, when their rulebook is loaded.

The function reads a fact where it is first needed, asks each shared test once, and looks only at
the conditions that the commonest fact leaves open. It never raises: see `normal_form` for why a missing
fact needs no third value.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TypeAlias

from guomen.core.policy.conditions import Condition, Operator, judge
from guomen.core.policy.facts import Facts, Value
from guomen.core.policy.normal_form import (
    ALWAYS,
    NEVER,
    Both,
    Form,
    Literal,
    implied,
    literals_of,
    normal_form,
    quickest_first,
    with_pinned,
)

Mask: TypeAlias = Callable[[Facts], int]
"""Bit i is set when condition i is met."""

_Row: TypeAlias = tuple[int, Form]

_FEWEST_TO_DIVIDE = 16
"""Fewer conditions that pin one fact are quicker asked for in turn than looked up."""

_MOST_ASKED_FOR = 6
"""More values of one fact than this are quicker looked up than asked for one after the other."""

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
    rows = [(at, quickest_first(normal_form(condition))) for at, condition in enumerate(conditions)]
    fact = None if unknown else _dividing_fact(rows)
    if fact is None:
        return _function(rows, unknown)
    return _divided(rows, fact)


def _dividing_fact(rows: Sequence[_Row]) -> str | None:
    values: dict[str, set[object]] = {}
    counted: Counter[str] = Counter()
    for _, form in rows:
        for fact, pins in implied(form).items():
            counted[fact] += 1
            values.setdefault(fact, set()).update(pins)
    fit = [fact for fact in counted if len(values[fact]) <= _MOST_VALUES]
    best = _most(counted, fit)
    return best if best is not None and counted[best] >= _FEWEST_TO_DIVIDE else None


def _most(counted: Mapping[str, int], among: Iterable[str]) -> str | None:
    # Ties go to the name, so that every process builds the same function.
    return max(among, key=lambda fact: (counted[fact], fact), default=None)


def _divided(rows: Sequence[_Row], fact: str) -> Mask:
    """Look the fact's value up and ask only what that value leaves open."""
    # Several values may leave the same questions; they share one function.
    made: dict[tuple[_Row, ...], Mask] = {}

    def for_value(value: object) -> Mask:
        found = _left(rows, fact, value)
        return made.setdefault(found, made.get(found) or _function(found, unknown=False))

    other = for_value(None)
    table = {value: for_value(value) for value in _values_named(rows, fact)}

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


_Known: TypeAlias = frozenset[str]
"""Facts that have been read for certain when a place of the function is reached."""


class _Builder:
    """Builds one function's tree and gathers the constants it is bound to."""

    def __init__(self, rows: Sequence[_Row], unknown: bool) -> None:
        self.constants: dict[str, object] = {"__builtins__": {}}
        self._rows, self._unknown = rows, unknown
        asked = Counter(one.test.fact for _, form in rows for one in literals_of(form))
        self._locals = {fact: f"f{at}" for at, fact in enumerate(asked)}
        self._asked_once = {fact for fact, times in asked.items() if times == 1}

    def function(self) -> ast.FunctionDef:
        """Give `def mask(facts)`: the tests, and the bits of the conditions that are met."""
        get = ast.Attribute(_name("facts"), "get", ast.Load())
        body: list[ast.stmt] = [_assign("get", get), _assign("bits", ast.Constant(0))]
        body += self._block(self._rows, frozenset())
        body.append(ast.Return(_name("bits")))
        given = ast.arguments([], [ast.arg("facts")], None, [], [], None, [])
        return ast.FunctionDef("mask", given, body, [])

    def _block(self, rows: Sequence[_Row], known: _Known) -> list[ast.stmt]:
        """Ask what most conditions need first, and what stands behind each answer only then."""
        counted = Counter(fact for _, form in rows for fact in implied(form))
        fact = _most(counted, counted)
        if fact is None or counted[fact] < 2:
            return self._bits(rows, known)
        pinned, rest = _parted(rows, fact)
        chain = self._chain(pinned, fact, known)
        known |= {fact} if chain else set()
        # What contradicts itself leaves nothing to ask.
        return [*chain, *(self._block(rest, known) if rest else [])] or [ast.Pass()]

    def _chain(self, rows: Sequence[_Row], fact: str, known: _Known) -> list[ast.stmt]:
        """Ask for each value that leaves something open, the one that leaves most of it first."""
        left: dict[tuple[_Row, ...], list[object]] = {}
        for value in sorted(_values_named(rows, fact), key=str):
            behind = _left(rows, fact, value)
            if behind:
                left.setdefault(behind, []).append(value)
        if self._unknown:
            left.setdefault(_left(rows, fact, None, else_met=True), []).append(None)
        if len(left) > 1 and sum(map(len, left.values())) > _MOST_ASKED_FOR:
            return self._looked_up(left, fact, known)
        arms = sorted(left.items(), key=lambda arm: len(arm[0]))
        made: list[ast.stmt] = []
        for at, (behind, values) in enumerate(arms, 1):
            # The last that is made is asked first, and reads the fact for those below it.
            given = self._read(fact, known) if at == len(arms) else _name(self._locals[fact])
            asked = self._is_one_of(given, values)
            made = [ast.If(asked, self._block(behind, known | {fact}), made)]
        return made

    def _looked_up(
        self, left: Mapping[tuple[_Row, ...], list[object]], fact: str, known: _Known
    ) -> list[ast.stmt]:
        """Look up which arm a value belongs to, where asking for each would take longer."""
        arms = sorted(left.items(), key=lambda arm: len(arm[0]))
        table = {value: at for at, (_, values) in enumerate(arms) for value in values}
        arm = f"arm{len(self.constants)}"
        get = ast.Attribute(self._constant(table), "get", ast.Load())
        found = ast.Call(get, [self._read(fact, known)], [])
        given = ast.NamedExpr(ast.Name(arm, ast.Store()), found)
        made: list[ast.stmt] = []
        for at, (behind, _) in enumerate(arms):
            asked = ast.Compare(_name(arm), [ast.Eq()], [ast.Constant(at)])
            made = [ast.If(asked, self._block(behind, known | {fact}), made)]
        return [ast.If(ast.Compare(given, [ast.IsNot()], [ast.Constant(None)]), made, [])]

    def _is_one_of(self, given: ast.expr, values: Sequence[object]) -> ast.expr:
        if len(values) > 1:
            return ast.Compare(given, [ast.In()], [self._constant(frozenset(values))])
        same = ast.Is() if values[0] is None or isinstance(values[0], bool) else ast.Eq()
        return ast.Compare(given, [same], [self._constant(values[0])])

    def _bits(self, rows: Sequence[_Row], known: _Known) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for at, form in rows:
            add = ast.AugAssign(ast.Name("bits", ast.Store()), ast.Add(), ast.Constant(1 << at))
            found.append(add if form == ALWAYS else ast.If(self._form(form, known), [add], []))
            known |= _read_first(form)
        return found

    def _form(self, form: Form, known: _Known) -> ast.expr:
        if isinstance(form, Literal):
            return self._literal(form, known)
        if not form.parts:
            return ast.Constant(form == ALWAYS)
        parts = []
        for part in form.parts:
            parts.append(self._form(part, known))
            known |= _read_first(part)  # whoever comes to the next part has passed this one
        return ast.BoolOp(ast.And() if isinstance(form, Both) else ast.Or(), parts)

    def _literal(self, literal: Literal, known: _Known) -> ast.expr:
        test = literal.test
        default = _failing(literal) if test.fact in self._asked_once else None
        if default is not None and not self._unknown:
            return self._asked(literal, self._get(test.fact, default))
        first, again = self._read(test.fact, known), _name(self._locals[test.fact])
        if test.operator is Operator.PRESENT:
            present = ast.IsNot() if literal.wanted else ast.Is()
            return ast.Compare(first, [present], [ast.Constant(None)])
        told = literal.pins is not None or isinstance(test.operand, bool)
        if told and not self._unknown:
            # None equals nothing and is in no list, so these fail by themselves.
            if test.fact in self._asked_once:
                first = self._get(test.fact)
            return self._asked(literal, first)
        absent = ast.Is() if self._unknown else ast.IsNot()
        guard = ast.Compare(first, [absent], [ast.Constant(None)])
        joined = ast.Or() if self._unknown else ast.And()
        return ast.BoolOp(joined, [guard, self._asked(literal, again)])

    def _read(self, fact: str, known: _Known) -> ast.expr:
        if fact in known:
            return _name(self._locals[fact])
        return ast.NamedExpr(ast.Name(self._locals[fact], ast.Store()), self._get(fact))

    def _get(self, fact: str, default: Value | None = None) -> ast.expr:
        """Read a fact; a missing one is `default`."""
        given = [ast.Constant(fact), *([] if default is None else [self._constant(default)])]
        return ast.Call(_name("get"), given, [])

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
        if isinstance(operand, bool):
            # Of two values, not to be the one is to be the other.
            wanted = operand is literal.wanted
            return ast.Compare(given, [ast.Is()], [ast.Constant(wanted)])
        comparison = _COMPARISONS[test.operator][0 if literal.wanted else 1]
        bound = frozenset(operand) if isinstance(operand, tuple) else operand
        return ast.Compare(given, [comparison()], [self._constant(bound)])

    def _refused(self, asked: ast.expr, literal: Literal) -> ast.expr:
        return asked if literal.wanted else ast.UnaryOp(ast.Not(), asked)

    def _constant(self, value: object) -> ast.expr:
        if value is None or isinstance(value, str | int):
            return ast.Constant(value)
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return _name(name)


def _left(
    rows: Sequence[_Row], fact: str, value: object, *, else_met: bool = False
) -> tuple[_Row, ...]:
    """Give what a value of a fact leaves open, without the conditions that it refuses."""
    found = ((at, with_pinned(form, fact, value, else_met=else_met)) for at, form in rows)
    return tuple(row for row in found if row[1] != NEVER)


def _parted(rows: Sequence[_Row], fact: str) -> tuple[list[_Row], list[_Row]]:
    """Part the conditions that cannot be met without certain values of a fact from the others."""
    pinned = [row for row in rows if fact in implied(row[1])]
    return pinned, [row for row in rows if row not in pinned]


def _values_named(rows: Sequence[_Row], fact: str) -> set[object]:
    return {
        value
        for _, form in rows
        for one in literals_of(form)
        if one.test.fact == fact
        for value in one.pins or ()
    }


_ENDS: tuple[Value, ...] = (-(1 << 62), 1 << 62, date.min, date.max)
"""Values so far out that one of them fails almost every comparison with a constant."""


def _failing(literal: Literal) -> Value | None:
    """Give a value that fails a comparison, to stand for a missing fact; None if there is none."""
    operand = literal.test.operand
    sample = operand[0] if isinstance(operand, tuple) and operand else operand
    if literal.test.operator is Operator.PRESENT or isinstance(sample, bool | str | tuple):
        return None
    fit = [one for one in _ENDS if isinstance(one, date) == isinstance(sample, date)]
    return next(
        (one for one in fit if judge(literal.test, {literal.test.fact: one}) != literal.wanted),
        None,
    )


def _read_first(form: Form) -> _Known:
    """Name the fact that is read whichever way a form comes out: that of its first literal."""
    return frozenset(one.test.fact for one in islice(literals_of(form), 1))


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _assign(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)
