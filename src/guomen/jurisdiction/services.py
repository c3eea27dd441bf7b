"""Reads `services/`: what an applicant can ask for, as far as eligibility needs it."""

from collections.abc import Collection, Mapping

from guomen.core.entitlement import MOST_QUESTIONS, ROLES, Service
from guomen.core.policy import FactDeclaration, Question, Value, Vocabulary
from guomen.core.policy.effects import EffectDeclaration
from guomen.jurisdiction.effects import read_effect
from guomen.jurisdiction.facts import read_declared
from guomen.jurisdiction.nodes import Node

TEXTS = ("title", "summary", "yes", "no", "unknown", "next_yes", "next_no")
"""What a service must say in every language: its name, and its answers with the next step."""

_REQUIRED = ("id", "question", "asks", "texts")
_OPTIONAL = ("given", "yes_when", "questions", "among", "group")


def read_service(
    file: Node,
    vocabulary: Vocabulary,
    questions: Mapping[str, Question],
    effects: Mapping[str, EffectDeclaration],
    groups: Collection[str],
    languages: Collection[str],
) -> Service:
    """Read one service; it asks at most five things and has every text in every language."""
    row = file.mapping(_REQUIRED, _OPTIONAL)
    asks = _asks(row["asks"], vocabulary)
    texts = row["texts"].mapping(TEXTS)
    given = row["given"].items() if "given" in row else []
    return Service(
        id=row["id"].text(),
        question=row["question"].one_of(questions),
        asks=asks,
        given={name: _given(name, node, vocabulary) for name, node in given},
        yes_when=read_effect(row["yes_when"], effects) if "yes_when" in row else None,
        texts={key: texts[key].texts(languages) for key in TEXTS},
        questions=_roles(row["questions"], questions) if "questions" in row else {},
        among=_among(row["among"], asks, vocabulary) if "among" in row else {},
        group=row["group"].one_of(groups) if "group" in row else None,
    )


def _asks(node: Node, vocabulary: Vocabulary) -> tuple[str, ...]:
    asks = tuple(_declared(one.text(), one, vocabulary).name for one in node.sequence())
    if len(asks) > MOST_QUESTIONS:
        raise node.fault(f"{len(asks)} questions are too many", "ask at most five")
    return asks


def _given(name: str, node: Node, vocabulary: Vocabulary) -> Value:
    return read_declared(node, _declared(name, node, vocabulary))


def _declared(name: str, node: Node, vocabulary: Vocabulary) -> FactDeclaration:
    if name not in vocabulary:
        raise node.fault(f"fact `{name}` is not declared", "declare it in facts.yaml")
    return vocabulary[name]


def _roles(node: Node, questions: Mapping[str, Question]) -> dict[str, str]:
    return {role: one.one_of(questions) for role, one in node.mapping((), ROLES).items()}


def _among(node: Node, asks: Collection[str], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, choices in node.items():
        if name not in asks:
            raise choices.fault(f"`{name}` is not asked", "name a fact that stands in `asks:`")
        codes = vocabulary[name].codes
        found[name] = tuple(one.one_of(codes) for one in choices.sequence())
    return found
