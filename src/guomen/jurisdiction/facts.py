"""Reads `facts.yaml` and `questions.yaml`: what may be asked, and at which points it is decided."""

from collections.abc import Collection

from guomen.core.canonical import Json
from guomen.core.policy import FactDeclaration, FactType, Question, Value, Vocabulary
from guomen.jurisdiction.nodes import Node

SUPPLIERS = ("applicant", "register", "lane", "window", "institution", "system")
"""Who can tell a fact: shown to the officer beside the value."""


def read_facts(file: Node, languages: Collection[str], texts: Collection[str]) -> Vocabulary:
    """Read the vocabulary: names in all `languages`, codes at least in `texts`."""
    return Vocabulary(_fact(name, node, languages, texts) for name, node in file.items())


def _fact(
    name: str, node: Node, languages: Collection[str], texts: Collection[str]
) -> FactDeclaration:
    row = node.mapping(("type", "supplied_by", "name"), ("unit", "codes", "absent"))
    fact_type = FactType(row["type"].one_of([one.value for one in FactType]))
    codes = row["codes"].items() if "codes" in row else []
    return FactDeclaration(
        name=name,
        type=fact_type,
        unit=row["unit"].text() if "unit" in row else None,
        supplied_by=row["supplied_by"].one_of(SUPPLIERS),
        names=row["name"].texts(languages),
        codes={code: labels.texts(texts) for code, labels in codes},
        absent=read_value(row["absent"], fact_type) if "absent" in row else None,
    )


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


def read_questions(file: Node, languages: Collection[str]) -> dict[str, Question]:
    """Read the decision points with what holds when no measure answers."""
    return {name: _question(name, node, languages) for name, node in file.items()}


def _question(name: str, node: Node, languages: Collection[str]) -> Question:
    row = node.mapping(("name", "default"), ("several",))
    several = row["several"].boolean() if "several" in row else False
    return Question(name, row["name"].texts(languages), read_effect(row["default"]), several)


def read_effect(node: Node) -> dict[str, Json]:
    """Read what follows: a mapping of plain values."""
    return {key: value.json() for key, value in node.items()}
