"""Reads `effects.yaml`, and what a clause, a default or a service answers with its keys."""

import re
from collections.abc import Callable, Collection, Mapping

from guomen.core.canonical import Json
from guomen.core.policy.effects import UNITS, CodeNames, EffectDeclaration, EffectType
from guomen.jurisdiction.lists import NAMED_BY, read_codes
from guomen.jurisdiction.nodes import Node

_COUNTED = (EffectType.INTEGER, EffectType.COUNT, EffectType.MAPPING)
_CODED = (EffectType.CODE, EffectType.CODES, EffectType.COUNT, EffectType.MAPPING)
_CLOSED = (EffectType.CODE, EffectType.CODES)
_SINGLE = (EffectType.CODE, EffectType.COUNT, EffectType.INTEGER, EffectType.DATE)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def read_effects(
    file: Node, languages: Collection[str], lists: Mapping[str, CodeNames]
) -> dict[str, EffectDeclaration]:
    """Read all keys, named in all `languages`; values come from `lists` or earlier keys."""
    known = dict(lists)
    found: dict[str, EffectDeclaration] = {}
    for name, node in file.items():
        found[name] = _declaration(name, node, languages, known)
        known |= {name: found[name].codes} if found[name].codes else {}
    return found


def _declaration(
    name: str, node: Node, languages: Collection[str], lists: Mapping[str, CodeNames]
) -> EffectDeclaration:
    row = node.mapping(("type", "name"), ("unit", "keys_from", "said", *NAMED_BY))
    effect_type = EffectType(row["type"].one_of([one.value for one in EffectType]))
    _refuse_misplaced(row, effect_type)
    codes = read_codes(row, lists, languages)
    if effect_type in _CLOSED and not codes:
        raise node.fault(f"`{name}` has no codes", "add `codes:` or `values_from:`")
    return EffectDeclaration(
        name=name,
        type=effect_type,
        unit=_unit(row["unit"]) if "unit" in row else None,
        names=row["name"].texts(languages),
        codes=codes,
        keys=lists[row["keys_from"].one_of(lists)] if "keys_from" in row else {},
        said=_said(row["said"], effect_type, languages) if "said" in row else {},
    )


def _refuse_misplaced(row: Mapping[str, Node], effect_type: EffectType) -> None:
    fitting: Mapping[str, Collection[EffectType]] = {
        "unit": _COUNTED,
        "codes": _CODED,
        "values_from": _CODED,
        "keys_from": (EffectType.MAPPING,),
        "said": (EffectType.BOOLEAN, *_SINGLE),
    }
    for key, types in fitting.items():
        if key in row and effect_type not in types:
            what = f"`{key}` does not go with the type {effect_type.value}"
            raise row[key].fault(what, "remove it, or correct the type")
    if effect_type is EffectType.MAPPING and "keys_from" not in row:
        raise row["type"].fault("`keys_from` is missing", "add `keys_from:` with a list of codes")


def _unit(node: Node) -> str:
    if node.text() in UNITS or _CURRENCY.fullmatch(node.text()):
        return node.text()
    mend = f"use one of: {', '.join(UNITS)}, or a currency's code such as EUR"
    raise node.fault(f"`{node.text()}` is no unit", mend)


def _said(node: Node, effect_type: EffectType, languages: Collection[str]) -> CodeNames:
    if effect_type is EffectType.BOOLEAN:
        return read_said(node, languages)
    phrases = node.texts(languages)
    for language, phrase in phrases.items():
        if phrase.count("{value}") != 1 or phrase.count("{") != 1:
            what = f"the phrase in `{language}` has no single place for the value"
            raise node.fault(what, "write {value} once where the value stands")
    return {"value": phrases}


def read_said(node: Node, languages: Collection[str]) -> CodeNames:
    """Read the whole phrases for `true` and `false`, or for one of the two."""
    row = node.mapping((), ("true", "false"))
    return {answer: phrases.texts(languages) for answer, phrases in row.items()}


def read_effect(node: Node, effects: Mapping[str, EffectDeclaration]) -> dict[str, Json]:
    """Read what follows: declared keys with values that they can take.

    Days stay texts (ISO), since an outcome is JSON.
    """
    return {key: _value(key, value, effects) for key, value in node.items()}


def _value(key: str, node: Node, effects: Mapping[str, EffectDeclaration]) -> Json:
    if key not in effects:
        mend = "declare it in effects.yaml or correct it"
        raise node.fault(f"effect `{key}` is not declared", mend)
    if effects[key].type is EffectType.GRANTS:
        return _grants(node, effects)
    return _READERS[effects[key].type](node, effects[key])


def _grants(node: Node, effects: Mapping[str, EffectDeclaration]) -> Json:
    plain = {key: one for key, one in effects.items() if one.type is not EffectType.GRANTS}
    grants = [read_effect(one, plain) for one in node.sequence()]
    if not grants or not all(grants):
        raise node.fault("an empty grant grants nothing", "say what may be granted")
    return list(grants)


def _code(node: Node, declared: EffectDeclaration) -> str:
    if node.text() not in declared.codes:
        mend = f"use one of the codes of {declared.name}, or declare it in effects.yaml"
        raise node.fault(f"`{node.text()}` can never be the value of {declared.name}", mend)
    return node.text()


def _codes(node: Node, declared: EffectDeclaration) -> Json:
    found = [_code(one, declared) for one in node.sequence()]
    if not found or len(set(found)) != len(found):
        raise node.fault("an empty list, or a code twice", "name each code once, at least one")
    return list(found)


def _count(node: Node, declared: EffectDeclaration) -> Json:
    return node.integer() if node.is_whole_number() else _code(node, declared)


def _mapping(node: Node, declared: EffectDeclaration) -> Json:
    for key, value in node.items():
        if key not in declared.keys:
            mend = f"use one of: {', '.join(sorted(declared.keys))}"
            raise value.fault(f"`{key}` is no key of {declared.name}", mend)
    read = _code if declared.codes else _number
    return {key: read(value, declared) for key, value in node.items()}


def _number(node: Node, _declared: EffectDeclaration) -> int:
    return node.integer()


_READERS: Mapping[EffectType, Callable[[Node, EffectDeclaration], Json]] = {
    EffectType.CODE: _code,
    EffectType.CODES: _codes,
    EffectType.COUNT: _count,
    EffectType.INTEGER: _number,
    EffectType.MAPPING: _mapping,
    EffectType.BOOLEAN: lambda node, _declared: node.boolean(),
    EffectType.DATE: lambda node, _declared: node.day().isoformat(),
}
