"""Reads `facts.yaml` and `questions.yaml`: what may be asked, and at which points it is decided."""

from collections.abc import Collection, Mapping

from guomen.core.policy import FactDeclaration, FactType, Question, Value, Vocabulary
from guomen.core.policy.effects import CodeNames, EffectDeclaration
from guomen.jurisdiction.effects import read_effect, read_said
from guomen.jurisdiction.lists import NAMED_BY, read_codes
from guomen.jurisdiction.nodes import Node

SUPPLIERS = ("applicant", "register", "lane", "window", "institution", "system")
"""Who can tell a fact: shown to the officer beside the value."""

_REQUIRED = ("type", "supplied_by", "name")
_OPTIONAL = ("unit", "absent", "said", *NAMED_BY)


def read_facts(
    file: Node, languages: Collection[str], lists: Mapping[str, CodeNames]
) -> Vocabulary:
    """Read the vocabulary, named in all `languages`; values come from `lists` or earlier facts."""
    known = dict(lists)
    declared = []
    for name, node in file.items():
        fact = _fact(name, node, languages, known)
        known |= {name: fact.codes} if fact.codes else {}
        declared.append(fact)
    return Vocabulary(declared)


def _fact(
    name: str, node: Node, languages: Collection[str], lists: Mapping[str, CodeNames]
) -> FactDeclaration:
    row = node.mapping(_REQUIRED, _OPTIONAL)
    fact_type = FactType(row["type"].one_of([one.value for one in FactType]))
    _refuse_misplaced(row, fact_type)
    return FactDeclaration(
        name=name,
        type=fact_type,
        unit=row["unit"].text() if "unit" in row else None,
        supplied_by=row["supplied_by"].one_of(SUPPLIERS),
        names=row["name"].texts(languages),
        codes=read_codes(row, lists, languages),
        absent=read_value(row["absent"], fact_type) if "absent" in row else None,
        said=read_said(row["said"], languages) if "said" in row else {},
    )


def _refuse_misplaced(row: Mapping[str, Node], fact_type: FactType) -> None:
    fitting = {"said": FactType.BOOLEAN, "codes": FactType.CODE, "values_from": FactType.CODE}
    for key, wanted in fitting.items():
        if key in row and fact_type is not wanted:
            what = f"`{key}` is for a fact of type {wanted.value}"
            raise row[key].fault(what, "remove it, or correct the type")


def read_value(node: Node, fact_type: FactType) -> Value:
    """Read one value of a declared type; anything else is a fault at its line."""
    if fact_type is FactType.BOOLEAN:
        return node.boolean()
    if fact_type is FactType.DATE:
        return node.day()
    if fact_type is FactType.INTEGER:
        return node.integer()
    return node.text()


def read_declared(node: Node, declaration: FactDeclaration) -> Value:
    """Read a value of a fact; a code that the fact cannot take is a fault."""
    value = read_value(node, declaration.type)
    if declaration.codes and value not in declaration.codes:
        mend = f"use one of the codes of {declaration.name}, or declare it in facts.yaml"
        raise node.fault(f"`{value}` can never be the value of {declaration.name}", mend)
    return value


def read_questions(
    file: Node, languages: Collection[str], effects: Mapping[str, EffectDeclaration]
) -> dict[str, Question]:
    """Read the decision points with what holds when no measure answers."""
    return {name: _question(name, node, languages, effects) for name, node in file.items()}


def _question(
    name: str, node: Node, languages: Collection[str], effects: Mapping[str, EffectDeclaration]
) -> Question:
    row = node.mapping(("name", "default"), ("several",))
    several = row["several"].boolean() if "several" in row else False
    default = read_effect(row["default"], effects)
    return Question(name, row["name"].texts(languages), default, several)
