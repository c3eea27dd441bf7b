"""Reads `services/`: what an applicant can ask for, as far as eligibility needs it."""

from collections.abc import Collection, Mapping

from guomen.core.entitlement import MOST_QUESTIONS, Service
from guomen.core.policy import Question, Value, Vocabulary
from guomen.jurisdiction.facts import read_declared, read_effect
from guomen.jurisdiction.nodes import Node

TEXTS = ("title", "summary", "yes", "no", "unknown", "next_yes", "next_no")
"""What a service must say in every language: its name, and its answers with the next step."""


def read_service(
    file: Node,
    vocabulary: Vocabulary,
    questions: Mapping[str, Question],
    languages: Collection[str],
) -> Service:
    """Read one service; it asks at most five things and has every text in every language."""
    row = file.mapping(("id", "question", "asks", "yes_when", "texts"), ("given",))
    asks = tuple(_asked(node, vocabulary) for node in row["asks"].sequence())
    if len(asks) > MOST_QUESTIONS:
        raise row["asks"].fault(f"{len(asks)} questions are too many", "ask at most five")
    texts = row["texts"].mapping(TEXTS)
    given = row["given"].items() if "given" in row else []
    return Service(
        id=row["id"].text(),
        question=row["question"].one_of(questions),
        asks=asks,
        given={name: _given(name, node, vocabulary) for name, node in given},
        yes_when=read_effect(row["yes_when"]),
        texts={key: texts[key].texts(languages) for key in TEXTS},
    )


def _given(name: str, node: Node, vocabulary: Vocabulary) -> Value:
    if name not in vocabulary:
        raise node.fault(f"fact `{name}` is not declared", "declare it in facts.yaml")
    return read_declared(node, vocabulary[name])


def _asked(node: Node, vocabulary: Vocabulary) -> str:
    if node.text() not in vocabulary:
        raise node.fault(f"fact `{node.text()}` is not declared", "declare it in facts.yaml")
    return node.text()
