"""What the endpoints take and give, as OpenAPI shows it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import BaseModel

from guomen.core.clearance import Outcome


class CompanionIn(BaseModel):
    """A paper that goes with the document, as the gate read it from the chip or a visa's zone."""

    paper: Literal["endorsement", "visa"]
    kind: Annotated[str, Field(max_length=16)]
    valid_until: date
    entries_left: int | None = None


class PassageIn(BaseModel):
    """One presentation at a gate."""

    mrz: Annotated[
        list[Annotated[str, Field(max_length=60)]],
        Field(min_length=1, max_length=3, description="The lines of the machine-readable zone."),
    ]
    direction: Literal["entry", "exit"]
    presented_at: Annotated[
        datetime | None,
        Field(description="When it happened, with its zone; now where it is missing."),
    ] = None
    holder_verified: Annotated[
        bool | None,
        Field(description="Whether the gate's comparison of the holder (1:1) succeeded."),
    ] = None
    companion: CompanionIn | None = None


class KeptPassageIn(PassageIn):
    """One presentation that a gate kept, with its idempotency key."""

    key: Annotated[str, Field(max_length=64)]


class BacklogIn(BaseModel):
    """What a gate kept while it could not send, in the order in which it happened."""

    passages: Annotated[list[KeptPassageIn], Field(min_length=1, max_length=500)]


class ReasonOut(Schema):
    """One thing that was looked at. `in_order` null: it could not be told."""

    code: str
    in_order: bool | None
    facts: dict[str, str]
    text: dict[str, str]


class PassageOut(Schema):
    """The answer: a green light, or a person. `again`: the key was answered before."""

    passage: UUID
    outcome: Outcome
    measure: str
    clause: str
    rulebook: str
    occurred_at: datetime
    late: bool
    again: bool
    referral: UUID | None
    reasons: list[ReasonOut]


class ProblemOfOne(Schema):
    """Why one of many was not taken: the code with its facts, and the sentence by language."""

    code: str
    facts: dict[str, str | int | bool | None]
    text: dict[str, str]


class AnswerOfOne(Schema):
    """The answer to one of many, or its problem, under its key."""

    key: str
    answer: PassageOut | None
    problem: ProblemOfOne | None


class BacklogOut(Schema):
    """The answers in the order of the backlog."""

    answers: list[AnswerOfOne]


class ProblemOut(Schema):
    """RFC 9457, with the refusal's code and facts, and the sentence by language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    text: dict[str, str]
    facts: dict[str, str | int | bool | None]


class SealOut(Schema):
    """The signed head that a figure was counted up to."""

    node: str
    number: int
    root: str


class SyntheticOut(Schema):
    """Says that the records are synthetic, and at which scale of the nation."""

    scale: str
    seed: int


class FigureHead(Schema):
    """What a figure is."""

    id: str
    version: int
    names: dict[str, str]
    unit: str
    definition: dict[str, str]
    definition_digest: str
    splits: list[str]


class FiguresOut(Schema):
    """All figures, and the periods that the records cover whole."""

    figures: list[FigureHead]
    periods: list[str]
    synthetic: SyntheticOut | None


class GrowthOut(Schema):
    """Growth over the same period of the year before; percent null when that was zero."""

    base: int
    percent: str | None


class FigureOut(Schema):
    """One figure in one period, with what is needed to count it again."""

    id: str
    period: str
    value: int
    unit: str
    year_on_year: GrowthOut
    months: dict[str, int]
    definition_version: int
    definition_digest: str
    seal: SealOut
    digest: str
    synthetic: SyntheticOut | None
