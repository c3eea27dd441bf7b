"""Why an act cannot be done: a code with facts. The sentence is made at the edge."""

from enum import StrEnum
from typing import ClassVar

Fact = str | int | bool | None


class Nature(StrEnum):
    """What kind of "no" a refusal is; the doorway turns it into a status."""

    BAD_INPUT = "bad_input"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"


class Refusal(Exception):
    """An act that is not done, with a code and the facts that explain it.

    Each subclass is defined where it is raised and fixes `code` and `nature`.
    Facts are plain values, never personal data: they travel into logs and answers.
    """

    code: ClassVar[str] = "refusal"
    nature: ClassVar[Nature] = Nature.CONFLICT

    def __init__(self, **facts: Fact) -> None:
        self.facts: dict[str, Fact] = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({told})"
