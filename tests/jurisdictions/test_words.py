"""Keeps that every value that a pack uses is said in all its languages, and no code shows through."""

from collections.abc import Iterator, Mapping

import pytest

from guomen.core.canonical import Json
from guomen.core.policy import FactType, Operator
from guomen.core.policy.conditions import tests_of as questions_in
from guomen.jurisdiction.territories import territories
from guomen.language.codes import name_of
from guomen.language.sentences import say_effect, say_value
from guomen.language.tags import LANGUAGES
from guomen.language.territories import SPECIAL, say_territory
from tests.builders import pack

PACKS = ("cn", "utopia")
FREELY_WRITTEN = {"document.number", "stay.registration"}
"""Facts of type code that are no codes: numbers, which are said as they are written."""


def facts_used(name: str) -> set[tuple[str, str]]:
    """Every code that a measure, a case or a service names, with its fact."""
    found = pack(name)
    pairs: set[tuple[str, object]] = set()
    for measure in found.rulebook.measures:
        for clause in measure.clauses:
            for test in questions_in(clause.when):
                if test.operator is not Operator.STARTS_WITH:
                    several = test.operand if isinstance(test.operand, tuple) else (test.operand,)
                    pairs |= {(test.fact, one) for one in several}
        pairs |= {pair for case in measure.cases for pair in case.facts.items()}
    pairs |= {pair for service in found.services.values() for pair in service.given.items()}
    vocabulary = found.rulebook.vocabulary
    return {
        (fact, value)
        for fact, value in pairs
        if isinstance(value, str) and vocabulary[fact].type is FactType.CODE
    }


def effects_used(name: str) -> Iterator[Mapping[str, Json]]:
    """Every effect of a clause, a default or a service."""
    found = pack(name)
    yield from (clause.effect for one in found.rulebook.measures for clause in one.clauses)
    yield from (question.default for question in found.rulebook.questions.values())
    yield from (one.yes_when for one in found.services.values() if one.yes_when)


def codes_of(value: Json) -> Iterator[str]:
    """The codes inside a value of an effect."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from codes_of(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from codes_of(one)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", PACKS)
def test_every_value_of_a_fact_is_said_in_the_readers_language(name: str, tag: str) -> None:
    vocabulary = pack(name).rulebook.vocabulary
    used = {(fact, code) for fact, code in facts_used(name) if fact not in FREELY_WRITTEN}
    assert used
    unsaid = [
        (fact, code)
        for fact, code in sorted(used)
        if name_of(code, vocabulary[fact].codes, tag)[1] != tag
        or (say_value(code, vocabulary[fact], tag) == code and not is_own_name(code, tag))
    ]
    assert unsaid == []


def is_own_name(code: str, tag: str) -> bool:
    """Tell whether a code is a word of the language itself: a city's name in Chinese."""
    return tag.startswith("zh") and not code.isascii()


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", PACKS)
def test_every_declared_code_is_named_in_the_readers_language(name: str, tag: str) -> None:
    found = pack(name)
    vocabulary = found.rulebook.vocabulary
    lists = {one: vocabulary[one].codes for one in vocabulary.names()}
    lists |= {key: one.codes for key, one in found.effects.items()}
    ports = {*found.ports, *(port.iata for port in found.ports.values())}
    unnamed = [
        (where, code)
        for where, codes in lists.items()
        for code in codes
        if code not in ports and name_of(code, codes, tag)[1] != tag
    ]
    assert unnamed == []


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", PACKS)
def test_every_effect_is_said_without_a_raw_code(name: str, tag: str) -> None:
    found = pack(name)
    for effect in effects_used(name):
        for key, value in effect.items():
            said = say_effect(key, value, tag, found)
            assert "_" not in said, (key, said)
            assert not {"True", "False", "None"} & set(said.split()), (key, said)
            assert not [one for one in codes_of(value) if "_" in one and one in said]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_code_of_a_territory_has_a_name(tag: str) -> None:
    assert [code for code in territories() if say_territory(code, tag) == code] == []


def test_codes_of_territories_are_iso_3166_1_and_those_of_icao() -> None:
    iso = {code for code, other in territories().items() if len(other) == 2 and len(code) == 3}
    assert len(iso - {"EUE", "RKS", "UNK", "UNO"}) == 249
    assert {code for code, other in territories().items() if not other} == set(SPECIAL)
    assert {"D", "XXA", "XXB", "UTO", "FRA", "ATA"} <= set(territories())
    assert not {"SUN", "YUG", "XQZ", "XKK", "ZZZ", "QMA"} & set(territories())
