"""A measure (举措): dated clauses that answer one question, with source, texts and cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from guomen.core.canonical import Json
from guomen.core.policy.conditions import Condition, judge
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
    """Where a measure stands written, and how firmly we know it (V, K-high, K-med, K-low).

    `confidence_note` says what the mark does not cover.
    """

    source: str
    confidence: str
    confidence_note: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where, for which documents and for whom a measure is meant: told to readers, never decided by."""

    places: str | tuple[str, ...] = ""
    documents: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


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


class Edge(StrEnum):
    """What a proposed case stands beside: an end of a clause's days, an edge of a test, a silence.

    `way`: no edge, but another of the ways in which a clause is met.
    """

    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    LOW = "low"
    HIGH = "high"
    LIST = "list"
    PREFIX = "prefix"
    PRESENT = "present"
    MISSING = "missing"
    WAY = "way"


@dataclass(frozen=True, slots=True)
class Boundary:
    """Why a case was proposed: which edge of which clause it stands on, and on which side.

    `fact` is the one whose test has the edge, empty for days and ways. `inside` is meant of the
    days or of the test, which under a `not` speaks against the measure; None: the fact is missing.
    """

    clause: str
    edge: Edge
    inside: bool | None
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with the verdict that the measure must give on that day.

    `origin` tells whether it came with the domain facts, was written in this house or was proposed
    by it (then `boundary` says why); `why` is its author's word on it; `place` is the file and line
    in which it stands, for whoever must mend it.
    """

    facts: Facts
    on: date
    expect: bool | None
    origin: str
    why: str = field(default="", compare=False)
    boundary: Boundary | None = field(default=None, compare=False)
    place: tuple[str, int] = field(default=("", 0), compare=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with all its clauses, in the order of their days.

    `standing`: no measure but what the law says anyway (常设规定), kept in the same language.
    `named_in_article`: whether the article that the pack was made for names it; None: not told.
    """

    id: str
    family: str
    question: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    citation: Citation
    note: str
    clauses: tuple[Clause, ...]
    cases: tuple[Case, ...] = ()
    standing: bool = False
    scope: Scope | None = None
    named_in_article: bool | None = None

    def clause_on(self, day: date) -> Clause | None:
        """Give the clause in force on `day`; clauses of one measure never overlap."""
        return next((clause for clause in self.clauses if clause.in_force.contains(day)), None)

    def says(self, facts: Facts, day: date) -> bool | None:
        """Tell whether the measure applies on `day`: False also when no clause is in force.

        `facts` are those of a completed situation (`Vocabulary.complete`).
        """
        clause = self.clause_on(day)
        return False if clause is None else judge(clause.when, facts)
