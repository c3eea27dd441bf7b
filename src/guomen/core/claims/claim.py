"""Keeps the records of fact checking: what a text claims, what is known, and the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ClaimPeriod:
    """The span of time a claim speaks of, as far as the text says.

    kind: half_year, year, quarter, month, quarters (the first `part` quarters of a year),
    cumulative, since_event, timeless, other (a time that is no calendar period, such as a
    holiday or a forecast), not_stated. year is None when the text does not print one;
    relative then gives the year against the day of publication (今年 0, 去年 -1). part is the
    half 1..2, quarter 1..4 or month 1..12. words are without layout spaces. inherited says
    that the words stand before an earlier claim and were carried forward.
    """

    kind: str
    year: int | None
    part: int | None
    words: str | None
    inherited: bool
    relative: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change is measured against.

    kind: yoy, qoq, vs_<year> (the same period of that year), unstated. direction: up or
    down. ratio: new / old, so +169.6 % is 2.696; None for a change in units or points, whose
    ratio the words do not give.
    """

    kind: str
    direction: str
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statistical claim and its place in the raw text.

    start, end, clause_start and clause_end are code points into the raw text, half-open, and
    quote is text[start:end]. subject is the clause without layout. tier: statistic, count
    (of measures) or scope (size of a fixed set). kind: level, change or rate. low..high is
    the interval that the words allow, in the unit itself (人次, not 万人次), per cent for
    percent; high is Infinity after 不少于. high_open: [low, high), else [low, high].
    qualifier: exact, rounded, over, nearly, about, reach, at_least, at_most, range.
    refers_to is the index of the claim whose change this is. value is the printed value;
    measured names what is measured, context is the text it may lean on, head is the sentence
    before its first claim.
    """

    quote: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    subject: str
    tier: str
    kind: str
    low: Decimal
    high: Decimal
    high_open: bool
    unit: str
    qualifier: str
    period: ClaimPeriod
    comparison: Comparison | None
    refers_to: int | None
    value: Decimal
    measured: str
    context: str
    head: str

    def allows(self, value: Decimal) -> bool:
        """Whether the words allow this value (in the claim's unit)."""
        below = value < self.high if self.high_open else value <= self.high
        return self.low <= value and below


@dataclass(frozen=True, slots=True)
class FigureWords:
    """How a text speaks about one figure; comes from the jurisdiction's data.

    figure: id such as persons.inspected. units: the unit codes it can be said in. all_of:
    of every group one word must stand in the claim's clause, and at least one group must be
    met by the very words that name what is measured. none_of: words that rule the figure out.
    """

    figure: str
    units: frozenset[str]
    all_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One value on record, scaled to the nation.

    period: 2023H1, 2023, 2023Q1, 2023Q1-3 or 2023-06. value: in the figure's own unit, per
    cent for rates. complete: the period lies wholly inside the records. margin: half of what
    one record stands for, where the records are a sample (one of 2,000 stands for 2,000).
    """

    figure: str
    period: str
    value: Decimal
    complete: bool
    margin: Decimal = Decimal(0)

    @property
    def least(self) -> Decimal:
        """The smallest value the records leave open."""
        return self.value - self.margin

    @property
    def most(self) -> Decimal:
        """The largest value the records leave open."""
        return self.value + self.margin


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict: confirmed, contradicted or unknown, and why.

    reason is a code of `reasons.Reason`; facts fill its sentence, numbers as plain decimals.
    """

    claim: Claim
    figure: str | None
    period: str | None
    verdict: str
    reason: str
    facts: Mapping[str, str]
