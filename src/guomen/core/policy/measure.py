"""A measure (举措): dated clauses that answer one question, with source, texts and cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guomen.core.canonical import Json
from guomen.core.policy.conditions import Condition
from guomen.core.policy.facts import Facts
from guomen.core.time import Period


@dataclass(frozen=True, slots=True)
class Question:
    """A point at which something is decided, and what holds when no measure answers it.

    `several`: more than one measure may answer at once (facilities at a port add up).
    """

    id: str
    names: Mapping[str, str]
    default: Mapping[str, Json]
    several: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a measure stands written, and how firmly we know it (V, K-high, K-med, K-low)."""

    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One dated state of a measure. A clause is closed and the next begins, never edited.

    Three days are three things: announced, in force (half-open), and recorded with us.
    A clause that reads a dated table stands here once for each state of the table, with the same
    id; `since` is then the first day of the whole, by which it takes precedence.
    """

    id: str
    announced: date | None
    in_force: Period
    recorded: date
    when: Condition
    effect: Mapping[str, Json]
    since: date | None = None

    @property
    def begins(self) -> date:
        """The first day of the clause, over all states of the tables that it reads."""
        return self.since or self.in_force.start


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with the verdict that the measure must give on that day.

    `origin` tells whether it came with the domain facts or was written in this house; `place` is
    the file and line in which it stands, for whoever must mend it.
    """

    facts: Facts
    on: date
    expect: bool | None
    origin: str
    place: tuple[str, int] = field(default=("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with all its clauses, in the order of their days."""

    id: str
    family: str
    question: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    citation: Citation
    note: str
    clauses: tuple[Clause, ...]
    cases: tuple[Case, ...] = ()

    def clause_on(self, day: date) -> Clause | None:
        """Give the clause in force on `day`; clauses of one measure never overlap."""
        return next((clause for clause in self.clauses if clause.in_force.contains(day)), None)
