"""The facts that a measure may ask about: each declared once, typed, named in each language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from guomen.core.refusal import Nature, Refusal

Value: TypeAlias = str | bool | int | date
"""What a fact can be. No floats: hours, days, months and years are counted whole."""

Facts: TypeAlias = Mapping[str, Value]
"""A situation: what is known. A fact that is not there is unknown, not false."""


class FactType(StrEnum):
    """How a fact's value is written in a pack and compared."""

    CODE = "code"
    BOOLEAN = "boolean"
    DATE = "date"
    INTEGER = "integer"


_PYTHON_TYPES: Mapping[FactType, type] = {
    FactType.CODE: str,
    FactType.BOOLEAN: bool,
    FactType.DATE: date,
    FactType.INTEGER: int,
}


class FactNotDeclared(Refusal):
    """A situation names a fact that the jurisdiction does not declare."""

    code = "fact.not_declared"
    nature = Nature.BAD_INPUT


class FactWrongType(Refusal):
    """A fact's value is not of the declared type."""

    code = "fact.wrong_type"
    nature = Nature.BAD_INPUT


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """One fact: its type, its unit, who supplies it, its names, and the codes it can take.

    `codes` maps each code to its names by language; empty means an open list. A code without
    names is a territory, which the language storey says.
    `absent` is what it means when nobody said anything: None leaves it unknown.
    `said` holds whole phrases by language for `true` and `false` of a boolean.
    """

    name: str
    type: FactType
    unit: str | None
    supplied_by: str
    names: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    absent: Value | None = None
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fits(self, value: object) -> bool:
        """Tell whether a value has the declared type (a boolean is not an integer here)."""
        return type(value) is _PYTHON_TYPES[self.type]


class Vocabulary:
    """All facts of a jurisdiction, by name."""

    def __init__(self, declarations: Iterable[FactDeclaration]) -> None:
        self._by_name = {declaration.name: declaration for declaration in declarations}
        self._absent = {
            name: declaration.absent
            for name, declaration in self._by_name.items()
            if declaration.absent is not None
        }

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> FactDeclaration:
        return self._by_name[name]

    def names(self) -> tuple[str, ...]:
        """List the declared facts in alphabetical order."""
        return tuple(sorted(self._by_name))

    def complete(self, given: Facts) -> dict[str, Value]:
        """Add what the silence about a fact means; refuse undeclared facts and wrong types."""
        for name, value in given.items():
            self._refuse_unfit(name, value)
        return {**self._absent, **given}

    def _refuse_unfit(self, name: str, value: Value) -> None:
        if name not in self._by_name:
            raise FactNotDeclared(fact=name)
        if not self._by_name[name].fits(value):
            raise FactWrongType(
                fact=name, expected=self._by_name[name].type.value, given=str(value)
            )
