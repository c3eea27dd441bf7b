"""Says what a decision answers: each key of its effect by its name, its value as people say it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from guomen.core.canonical import Json
from guomen.core.policy.effects import EffectDeclaration, EffectType
from guomen.jurisdiction import Jurisdiction
from guomen.language.amounts import say_alternatives, say_amount, say_several
from guomen.language.codes import name_of
from guomen.language.sentences.filling import fill
from guomen.language.sentences.labels import say_code
from guomen.language.tags import text_in
from guomen.language.values import isolated, say_day

_NAMED = _("%(name)s: %(value)s")


def say_effect(key: str, value: Json, tag: str, jurisdiction: Jurisdiction) -> str:
    """Say one key of an effect: "Stay: 14 days", "no visa is needed"."""
    declared = jurisdiction.effects[key]
    if isinstance(value, list) and declared.type is EffectType.GRANTS:
        grants = [say_grant(one, tag, jurisdiction) for one in value if isinstance(one, dict)]
        return _named(declared, say_alternatives(grants, tag), tag)
    said = declared.said.get(_answer(value), {})
    if isinstance(value, bool):
        words = say_code("question_value", "yes" if value else "no", tag)
        return text_in(said, tag)[0] if said else _named(declared, words, tag)
    told = _value(value, declared, tag)
    return text_in(said, tag)[0].format(value=told) if said else _named(declared, told, tag)


def say_grant(grant: Mapping[str, Json], tag: str, jurisdiction: Jurisdiction) -> str:
    """Say one thing that may be granted, with all that is fixed about it."""
    said = (say_effect(key, value, tag, jurisdiction) for key, value in grant.items())
    return say_several(said, tag)


def _answer(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else "value"


def _named(declared: EffectDeclaration, value: str, tag: str) -> str:
    return fill(_NAMED, {"name": text_in(declared.names, tag)[0], "value": value}, tag)


def _value(value: Json, declared: EffectDeclaration, tag: str) -> str:
    if isinstance(value, list):
        return say_several((_single(one, declared, tag) for one in value), tag)
    if isinstance(value, dict):
        return say_several((_pair(*one, declared, tag) for one in value.items()), tag)
    return _single(value, declared, tag)


def _pair(key: str, value: Json, declared: EffectDeclaration, tag: str) -> str:
    said = _single(value, declared, tag)
    return f"{isolated(name_of(key, declared.keys, tag)[0], tag)} \u2013 {isolated(said, tag)}"


def _single(value: Json, declared: EffectDeclaration, tag: str) -> str:
    if str(value) in declared.codes:
        return name_of(str(value), declared.codes, tag)[0]
    if isinstance(value, int):
        return say_amount(value, declared.unit, tag)
    if declared.type is EffectType.DATE:
        return say_day(date.fromisoformat(str(value)), tag)
    return str(value)
