"""Says a finding of the rulebook: the value that was given and what the measure asks for."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guomen.core.policy import FactDeclaration, Finding, Operator, Test, Value
from guomen.core.policy.conditions import Operand
from guomen.jurisdiction import Jurisdiction
from guomen.language.amounts import say_amount, say_several
from guomen.language.codes import name_of
from guomen.language.sentences.filling import fill
from guomen.language.sentences.labels import say_code
from guomen.language.tags import speaking, text_in
from guomen.language.values import say_day

_ASKED: Mapping[Operator, Promise] = {
    Operator.EQUALS: _("%(value)s"),
    Operator.ONE_OF: _("one of: %(value)s"),
    Operator.AT_LEAST: _("%(value)s or more"),
    Operator.AT_MOST: _("%(value)s or less"),
    Operator.MORE_THAN: _("more than %(value)s"),
    Operator.LESS_THAN: _("less than %(value)s"),
    Operator.BETWEEN: _("from %(low)s to %(high)s"),
    Operator.STARTS_WITH: _("a value that begins with %(value)s"),
    Operator.PRESENT: _("any value"),
}
_ASKED_OF_DAYS: Mapping[Operator, Promise] = {
    Operator.EQUALS: _("the day %(value)s"),
    Operator.AT_LEAST: _("%(value)s or a later day"),
    Operator.AT_MOST: _("%(value)s or an earlier day"),
    Operator.MORE_THAN: _("a day after %(value)s"),
    Operator.LESS_THAN: _("a day before %(value)s"),
    Operator.BETWEEN: _("a day from %(low)s to %(high)s"),
}
_ASKED_OF_A_TABLE = _("one of the list \u201c%(table)s\u201d")
_GIVEN = _("%(fact)s: %(given)s. The measure asks for %(asked)s.")
_GIVEN_NOT = _("%(fact)s: %(given)s. The measure does not apply to %(asked)s.")
_UNKNOWN = _("%(fact)s: not told. The measure asks for %(asked)s.")
_UNKNOWN_NOT = _("%(fact)s: not told. The measure does not apply to %(asked)s.")
_ASKS = _("%(fact)s: %(asked)s")


def say_finding(finding: Finding, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say one test: the fact, the value that was given, and what the measure asks for."""
    declared = jurisdiction.rulebook.vocabulary[finding.test.fact]
    facts = {
        "fact": text_in(declared.names, tag)[0],
        "asked": _asked(finding.test, declared, tag),
    }
    if finding.given is None:
        return fill(_UNKNOWN if finding.wanted else _UNKNOWN_NOT, facts, tag)
    facts["given"] = say_value(finding.given, declared, tag)
    return fill(_GIVEN if finding.wanted else _GIVEN_NOT, facts, tag)


def say_test(test: Test, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say what a test asks, without any value: "document kind: passport".

    A test on a dated table that names no values is said with the table's name.
    """
    declared = jurisdiction.rulebook.vocabulary[test.fact]
    if test.table is not None and test.operand == ():
        names = jurisdiction.tables[test.table].names
        asked = fill(_ASKED_OF_A_TABLE, {"table": text_in(names, tag)[0]}, tag)
    else:
        asked = _asked(test, declared, tag)
    return fill(_ASKS, {"fact": text_in(declared.names, tag)[0], "asked": asked}, tag)


def say_value(value: Value, declared: FactDeclaration, tag: str) -> str:
    """Say a fact's value: a code by its name, a day, a yes or no, a number with its unit."""
    if isinstance(value, bool):
        return _answer(value, declared, tag)
    if isinstance(value, date):
        return say_day(value, tag)
    if isinstance(value, int):
        return say_amount(value, declared.unit, tag)
    return name_of(value, declared.codes, tag)[0]


def _answer(value: bool, declared: FactDeclaration, tag: str) -> str:
    said = declared.said.get("true" if value else "false")
    if said:
        return text_in(said, tag)[0]
    return say_code("question_value", "yes" if value else "no", tag)


def _asked(test: Test, declared: FactDeclaration, tag: str) -> str:
    ends = _ends(test.operand, declared, tag)
    of_days = _ASKED_OF_DAYS if declared.type.value == "date" else _ASKED
    sentence = of_days.get(test.operator, _ASKED[test.operator])
    with speaking(tag):
        return str(sentence) % ends


def _ends(operand: Operand, declared: FactDeclaration, tag: str) -> dict[str, str]:
    several = operand if isinstance(operand, tuple) else (operand,)
    said = [say_value(one, declared, tag) for one in several]
    return {"value": say_several(said, tag), "low": said[0], "high": said[-1]}
