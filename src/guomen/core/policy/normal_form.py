"""Conditions with every `not` pushed down to the tests: what a compiled rulebook is built from.

In this form Kleene's logic needs no third value while it runs: taking every test on a missing fact
as failed tells whether the condition is met, taking it as passed tells whether it may be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guomen.core.policy.conditions import All, Condition, Not, Operator, Test

_SEVERAL = (Operator.ONE_OF, Operator.EQUALS)


@dataclass(frozen=True, slots=True)
class Literal:
    """A test as it is (`wanted`) or refused."""

    test: Test
    wanted: bool

    @property
    def pins(self) -> frozenset[object] | None:
        """The values that the fact must have, where the test lists them."""
        if not self.wanted or self.test.operator not in _SEVERAL:
            return None
        operand = self.test.operand
        return frozenset(operand if isinstance(operand, tuple) else (operand,))


@dataclass(frozen=True, slots=True)
class Both:
    """Met when every part is; without parts it always is."""

    parts: tuple["Form", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Met when a part is; without parts it never is."""

    parts: tuple["Form", ...]


Form: TypeAlias = Literal | Both | Either

ALWAYS, NEVER = Both(()), Either(())


def normal_form(condition: Condition, wanted: bool = True) -> Form:
    """Give a condition (or its refusal) with `not` at the tests alone (De Morgan)."""
    if isinstance(condition, Test):
        return Literal(condition, wanted)
    if isinstance(condition, Not):
        return normal_form(condition.part, not wanted)
    parts = tuple(normal_form(part, wanted) for part in condition.parts)
    return both(parts) if isinstance(condition, All) == wanted else either(parts)


def both(parts: tuple[Form, ...]) -> Form:
    """Join parts that must all be met, flattened and without what decides nothing."""
    flat = _flat(parts, Both)
    return NEVER if NEVER in flat else flat[0] if len(flat) == 1 else Both(flat)


def either(parts: tuple[Form, ...]) -> Form:
    """Join parts of which one must be met, flattened and without what decides nothing."""
    flat = _flat(parts, Either)
    return ALWAYS if ALWAYS in flat else flat[0] if len(flat) == 1 else Either(flat)


def _flat(parts: tuple[Form, ...], kind: type[Both] | type[Either]) -> tuple[Form, ...]:
    found: dict[Form, None] = {}
    for part in parts:
        found.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    return tuple(found)


def with_pinned(form: Form, fact: str, value: object, *, else_met: bool = False) -> Form:
    """Give what is left of a form once a fact is known to have a value.

    Only tests that list values and are not refused are decided here; `value` may be one that no
    test lists, or None for a missing fact, and each such test then counts as `else_met`.
    """
    if isinstance(form, Literal):
        pins = form.pins if form.test.fact == fact else None
        return form if pins is None else ALWAYS if else_met or value in pins else NEVER
    parts = tuple(with_pinned(part, fact, value, else_met=else_met) for part in form.parts)
    return both(parts) if isinstance(form, Both) else either(parts)


def required(form: Form) -> tuple[Literal, ...]:
    """Give the literals without which a form cannot be met."""
    parts = form.parts if isinstance(form, Both) else (form,)
    return tuple(part for part in parts if isinstance(part, Literal))


def implied(form: Form) -> Mapping[str, frozenset[object]]:
    """Give the values that facts must have for a form to be met, as far as its lists tell them."""
    if isinstance(form, Literal):
        return {} if form.pins is None else {form.test.fact: form.pins}
    told = [implied(part) for part in form.parts]
    if isinstance(form, Both):
        facts = {fact for one in told for fact in one}
        return {f: frozenset.intersection(*(one[f] for one in told if f in one)) for f in facts}
    shared = set.intersection(*(set(one) for one in told)) if told else set()
    return {fact: frozenset().union(*(one[fact] for one in told)) for fact in shared}


def literals_of(form: Form) -> Iterator[Literal]:
    """Give every literal of a form."""
    if isinstance(form, Literal):
        yield form
    else:
        for part in form.parts:
            yield from literals_of(part)


def quickest_first(form: Form) -> Form:
    """Order the parts of a form so that what decides it most often, and soonest, is asked first.

    The order means nothing to the verdict: no test here can fail for want of another.
    """
    if isinstance(form, Literal):
        return form
    parts = tuple(sorted(map(quickest_first, form.parts), key=_effort))
    return Both(parts) if isinstance(form, Both) else Either(parts)


def _effort(form: Form) -> tuple[int, int]:
    """One named value is met least often, a short list next; alternatives take longest."""
    if not isinstance(form, Literal):
        return 4, len(form.parts)
    if form.pins is None:
        return 3, 0
    if isinstance(form.test.operand, bool):
        return 2, 0
    return (0 if len(form.pins) == 1 else 1), len(form.pins)
