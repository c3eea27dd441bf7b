"""What a decision may answer: each key of an effect declared once, typed, named in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

CodeNames: TypeAlias = Mapping[str, Mapping[str, str]]
"""Codes with their names by language; a code without names is said by the language storey."""

UNITS = ("hours", "days", "working_days", "months", "years")
"""What numbers of an effect are counted in; money is counted in a currency's code instead."""


class EffectType(StrEnum):
    """How the value of an effect is written in a pack.

    `count`: a whole number, or a code where no number can stand ("multiple"). `mapping`: values by
    the code they depend on. `grants`: a list of effects, each of which may be granted by itself.
    """

    CODE = "code"
    CODES = "codes"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    COUNT = "count"
    DATE = "date"
    MAPPING = "mapping"
    GRANTS = "grants"


@dataclass(frozen=True, slots=True)
class EffectDeclaration:
    """One key of effects: its type, its unit, its names, and the codes it can take.

    `keys` are the codes by which a mapping is read. `said` holds whole phrases by language, for
    `true` and `false` of a boolean, or for `value`, whose place in the phrase is `{value}`.
    """

    name: str
    type: EffectType
    unit: str | None
    names: Mapping[str, str]
    codes: CodeNames
    keys: CodeNames
    said: CodeNames
