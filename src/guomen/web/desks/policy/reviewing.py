"""What the second officer reads before publishing: every difference, cases, conflicts, the replay."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from guomen.apps.policy.operations import RulebookUnknown
from guomen.apps.policy.queries import (
    DraftFile,
    ReplayFile,
    Version,
    draft_of,
    files_of,
    jurisdiction_of,
    publications,
    published_digest,
    replays,
)
from guomen.core.policy import Case, Clause, Measure
from guomen.core.policy.conflicts import Conflict, conflicts
from guomen.core.policy.differences import ClauseListed, Difference, MeasureListed
from guomen.core.policy.tables import joined, states_of
from guomen.core.time import Period
from guomen.jurisdiction import Jurisdiction
from guomen.web.components.cases import CaseShown, case_shown
from guomen.web.components.changes import Changes, changes_between, place_of, said_by_measure
from guomen.web.components.clauses import ClauseShown, clauses_shown
from guomen.web.desks.policy.checking import ConflictShown, conflict_shown

_MOST_REPLAYS = 20
_DECIDES = ("measures/", "rules/", "cases/", "tables/")


@dataclass(frozen=True, slots=True)
class ClauseDays:
    """A clause that a version changes, with the days on which it holds."""

    titles: Mapping[str, str]
    clause: str
    in_force: Period


@dataclass(frozen=True, slots=True)
class AddedShown:
    """Clauses that nobody has read before, whole; `whole`: their measure is new as well."""

    measure: Measure
    whole: bool
    clauses: tuple[ClauseShown, ...]


@dataclass(frozen=True, slots=True)
class CasesShown:
    """The cases of a changed measure, those that are new or gone marked so."""

    titles: Mapping[str, str]
    cases: tuple[CaseShown, ...]


@dataclass(frozen=True, slots=True)
class ReplayShown:
    """The latest replay that is done; `same`: it was of the very text that was proposed."""

    draft: DraftFile
    run: ReplayFile
    result: Mapping[str, Any]
    same: bool

    @property
    def last_day(self) -> date:
        """The last day that was replayed."""
        return self.run.until - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Review:
    """A version compared with `base`: what is published now, or was before it. `""`: nothing was."""

    version: Version
    base: str
    decides: bool
    changes: tuple[Changes, ...]
    added: tuple[AddedShown, ...]
    cases: tuple[CasesShown, ...]
    clauses: tuple[ClauseDays, ...]
    conflicts: tuple[ConflictShown, ...]
    other_files: tuple[str, ...]
    measures: int
    rules: int
    tried: int
    replay: ReplayShown | None


def review(version: Version, tag: str) -> Review:
    """Compare a version with what is published, and say all of it in the reader's language."""
    base = _base(version)
    before = jurisdiction_of(pack_digest=base) if base else None
    after = _pack(version.pack_digest)
    found = changes_between(base, version.pack_digest) if base else {}
    book = after.rulebook
    return Review(
        version=version,
        base=base,
        decides=version.state == "published" and version.pack_digest == published_digest(),
        changes=said_by_measure((one for several in found.values() for one in several), after, tag),
        added=tuple(_added(after, found, tag)),
        cases=tuple(_cases(before, after, found, tag)),
        clauses=tuple(_clauses(after, found)),
        conflicts=tuple(conflict_shown(one, after, tag) for one in _new(base, version.pack_digest)),
        other_files=_other_files(base, version.pack_digest),
        measures=len(book.announced),
        rules=len(book.standing),
        tried=sum(len(measure.cases) for measure in book.measures),
        replay=_replay(version),
    )


def _pack(digest: str) -> Jurisdiction:
    pack = jurisdiction_of(pack_digest=digest)
    if pack is None:
        raise RulebookUnknown(pack=digest)
    return pack


def _base(version: Version) -> str:
    """Give the pack with which a version is compared: for a published one, that before it."""
    if version.state != "published":
        return published_digest() or ""
    earlier = [one.pack_digest for one in publications() if _is_earlier(one, version)]
    return earlier[-1] if earlier else ""


def _is_earlier(one: Version, version: Version) -> bool:
    return bool(one.decided_at and version.decided_at and one.decided_at < version.decided_at)


_Found = Mapping[str, Sequence[Difference]]


def _cases(
    before: Jurisdiction | None, after: Jurisdiction, found: _Found, tag: str
) -> Iterator[CasesShown]:
    """Give the cases of the measures that changed, or whose cases did; nothing for a first pack."""
    if before is None:
        return
    for measure in after.rulebook.measures:
        old = before.rulebook.measure(measure.id)
        was = old.cases if old else ()
        if measure.id in found or set(map(_key, was)) != set(map(_key, measure.cases)):
            yield CasesShown(measure.titles, tuple(_marked(was, measure, after, tag)))


def _key(case: Case) -> tuple[object, ...]:
    return (*sorted(case.facts.items()), case.on, case.expect)


def _marked(
    was: Sequence[Case], measure: Measure, pack: Jurisdiction, tag: str
) -> Iterator[CaseShown]:
    told, tells = {_key(one) for one in was}, {_key(one) for one in measure.cases}
    for case in measure.cases:
        yield case_shown(case, pack, tag, "" if _key(case) in told else "new")
    for case in was:
        if _key(case) not in tells:
            yield case_shown(case, pack, tag, "gone")


def _added(after: Jurisdiction, found: _Found, tag: str) -> Iterator[AddedShown]:
    for measure in after.rulebook.measures:
        several = found.get(measure.id, ())
        new = _is_new(several)
        named = {one.place.clause for one in several if isinstance(one, ClauseListed) and one.added}
        if new or named:
            shown = clauses_shown(measure, after, tag)
            clauses = tuple(one for one in shown if new or one.clause.id in named)
            yield AddedShown(measure, new, clauses)


def _is_new(several: Sequence[Difference]) -> bool:
    return any(isinstance(one, MeasureListed) for one in several)


def _clauses(after: Jurisdiction, found: _Found) -> Iterator[ClauseDays]:
    for measure in after.rulebook.measures:
        several = found.get(measure.id, ())
        named = {place.clause for place in map(place_of, several) if place}
        for clause in _written(measure):
            if _is_new(several) or clause.id in named:
                yield ClauseDays(measure.titles, clause.id, clause.in_force)


def _written(measure: Measure) -> list[Clause]:
    return [joined(states) for states in states_of(measure.clauses)]


@lru_cache(maxsize=32)
def _new(before: str, after: str) -> tuple[Conflict, ...]:
    """Give the conflicts that a pack brings in; those that are published already are known."""
    pack = _pack(after)
    known = Counter(map(_who, conflicts(_pack(before).rulebook))) if before else Counter()
    return tuple(one for one in conflicts(pack.rulebook) if not known[_who(one)])


def _who(one: Conflict) -> tuple[str, ...]:
    return one.kind, one.question, one.first, one.second, one.settled_by


def _other_files(before: str, after: str) -> tuple[str, ...]:
    """Name the files beside measures, cases and tables that differ: services, figures, codes …"""
    old, new = files_of(pack_digest=before) if before else {}, files_of(pack_digest=after)
    differ = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    return tuple(sorted(path for path in differ if not path.startswith(_DECIDES))) if old else ()


def _replay(version: Version) -> ReplayShown | None:
    draft = draft_of(pack_digest=version.pack_digest)
    if draft is None:
        return None
    done = [one for one in replays(draft_id=draft.id, most=_MOST_REPLAYS) if one.state == "done"]
    if not done:
        return None
    return ReplayShown(draft, done[0], done[0].result or {}, done[0].text == draft.text)
