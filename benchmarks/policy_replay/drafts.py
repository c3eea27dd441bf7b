"""The three drafts that are replayed, each with the condition that a DuckDB user would write for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.policy.measures import TWELVE
from benchmarks.policy_replay.passages import FIRST, UNTIL
from guomen.core.policy import All, Clause, Condition, Measure, Operator, Rulebook, Test, Value
from guomen.core.policy.conditions import tests_of
from guomen.core.time import Period

HRP, TRANSIT = TWELVE[0], TWELVE[2]
_OPENED = date(2023, 4, 1)
_BY_AIR_AND_LAND = ("airport_other", "land_border")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, the rulebook that it meets, and in SQL what it asks and what was asked before."""

    name: str
    before: Rulebook
    measure: Measure
    asks: str
    asked_before: str

    @property
    def facts(self) -> tuple[str, ...]:
        """Name the facts that the draft reads."""
        tests = [test for clause in self.measure.clauses for test in tests_of(clause.when)]
        return tuple(sorted({test.fact for test in tests}))


def make_drafts(rulebook: Rulebook) -> tuple[Draft, ...]:
    """Give the drafts with two facts, with six, and with two that hardly narrow anything."""
    return _extension(rulebook), _transit(rulebook), _grown_up(rulebook)


def _extension(rulebook: Rulebook) -> Draft:
    """The pack's own extension of home-return permits, from the year's first day and a year longer."""
    was = _of(rulebook, HRP)
    window = (date(2020, 1, 1), date(2024, 12, 30))
    when = All((_equals("document.type", "HRP"), _between("document.expiry_date", *window)))
    return Draft(
        "2 facts: permits of one type that expire in a window",
        rulebook,
        replace(was, clauses=(_clause(was, when, FIRST),)),
        "\"document.type\" = 'HRP' AND "
        "\"document.expiry_date\" BETWEEN DATE '2020-01-01' AND DATE '2024-12-30'",
        "_day >= DATE '2023-05-08' AND \"document.type\" = 'HRP' AND "
        "\"document.expiry_date\" BETWEEN DATE '2020-01-01' AND DATE '2023-12-30'",
    )


def _transit(rulebook: Rulebook) -> Draft:
    """A transit that is open from April at one group of ports; the draft opens a second one."""
    was = _of(rulebook, TRANSIT)
    tests = {test.fact: test for clause in was.clauses for test in tests_of(clause.when)}
    listed = tests["person.nationality"].operand
    nationalities = [str(one) for one in listed] if isinstance(listed, tuple) else []
    before = replace(was, clauses=(_clause(was, _transit_at(nationalities, 1), _OPENED),))
    asked = (
        '"document.type" = \'PPT_FOR\' AND "person.nationality" IN ('
        + ", ".join(f"'{one}'" for one in nationalities)
        + ') AND "person.age" >= 14 AND "document.expiry_date" >= DATE \'2023-07-01\''
        ' AND NOT "visa.valid_on_crossing" AND "crossing.port_group" IN '
    )
    return Draft(
        "6 facts: a transit, its 54 nationalities and 2 groups of ports",
        replace(rulebook, measures=(before,)),
        replace(was, clauses=(_clause(was, _transit_at(nationalities, 2), FIRST),)),
        asked + "('airport_other', 'land_border')",
        f"_day >= DATE '{_OPENED}' AND {asked}('airport_other')",
    )


def _transit_at(nationalities: Sequence[Value], port_groups: int) -> Condition:
    return All(
        (
            _equals("document.type", "PPT_FOR"),
            Test("person.nationality", Operator.ONE_OF, tuple(nationalities)),
            Test("person.age", Operator.AT_LEAST, 14),
            Test("document.expiry_date", Operator.AT_LEAST, date(2023, 7, 1)),
            Test("crossing.port_group", Operator.ONE_OF, _BY_AIR_AND_LAND[:port_groups]),
            _equals("visa.valid_on_crossing", False),
        )
    )


def _grown_up(rulebook: Rulebook) -> Draft:
    """An age and a document's validity: facts by which no file is sorted, and which most meet."""
    was = _of(rulebook, TRANSIT)
    before = replace(was, clauses=(_clause(was, _aged(18), _OPENED),))
    asked = '"document.expiry_date" >= DATE \'2020-01-01\' AND "person.age" >= '
    return Draft(
        "2 facts, none selective: an age and a date",
        replace(rulebook, measures=(before,)),
        replace(was, clauses=(_clause(was, _aged(14), FIRST),)),
        f"{asked}14",
        f"_day >= DATE '{_OPENED}' AND {asked}18",
    )


def _aged(years: int) -> Condition:
    expires = Test("document.expiry_date", Operator.AT_LEAST, date(2020, 1, 1))
    return All((expires, Test("person.age", Operator.AT_LEAST, years)))


def _of(rulebook: Rulebook, name: str) -> Measure:
    found = rulebook.measure(name)
    if found is None:
        raise LookupError(name)
    return found


def _clause(measure: Measure, when: Condition, start: date) -> Clause:
    return replace(measure.clauses[0], when=when, in_force=Period(start, UNTIL), since=None)


def _equals(fact: str, value: Value) -> Test:
    return Test(fact, Operator.EQUALS, value)


def _between(fact: str, low: date, high: date) -> Test:
    return Test(fact, Operator.BETWEEN, (low, high))
