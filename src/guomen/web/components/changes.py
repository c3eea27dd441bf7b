"""What differs between publications, in words: measure by measure, and the history of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from guomen.apps.policy.queries import files_of, jurisdiction_of, publications
from guomen.core.canonical import digest
from guomen.core.policy.differences import (
    AnswersChanged,
    DefaultChanged,
    Difference,
    MeasureListed,
    Place,
    QuestionListed,
    SilenceChanged,
    differences,
)
from guomen.jurisdiction import Jurisdiction, PackRefused
from guomen.language.sentences import say_difference


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs in one measure, in words; without a measure: in questions and facts."""

    measure: str
    titles: Mapping[str, str]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """A publication that changed a measure; `first`: it was not published before."""

    at: datetime
    first: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The publications that changed a measure, the latest first.

    `unreadable` counts publications whose pack this version of the product cannot read any more.
    """

    publications: tuple[PublishedChange, ...]
    unreadable: int


def place_of(one: Difference) -> Place | None:
    """Tell in which measure a difference is; None: in a question or a fact."""
    if isinstance(one, QuestionListed | DefaultChanged | AnswersChanged | SilenceChanged):
        return None
    return one.place


def by_measure(found: Iterable[Difference]) -> dict[str, tuple[Difference, ...]]:
    """Gather differences by the measure's id; those of questions and facts under the empty one."""
    gathered: dict[str, list[Difference]] = {}
    for one in found:
        place = place_of(one)
        gathered.setdefault(place.measure if place else "", []).append(one)
    return {measure: tuple(several) for measure, several in gathered.items()}


def said_by_measure(
    found: Iterable[Difference], pack: Jurisdiction, tag: str
) -> tuple[Changes, ...]:
    """Say differences in words, gathered by measure in the order in which they come."""
    return tuple(
        Changes(measure, _titles(several), _said(several, pack, tag))
        for measure, several in by_measure(found).items()
    )


def _titles(several: Iterable[Difference]) -> Mapping[str, str]:
    places = (place_of(one) for one in several)
    return next((place.titles for place in places if place), {})


def _said(several: Iterable[Difference], pack: Jurisdiction, tag: str) -> tuple[str, ...]:
    return tuple(say_difference(one, tag, pack) for one in several)


@lru_cache(maxsize=512)
def changes_between(before: str, after: str) -> Mapping[str, tuple[Difference, ...]]:
    """Give by measure what differs between two packs, named by digest; before the first: "".

    Digests name one content for ever, so what was compared never grows stale.
    """
    new = jurisdiction_of(pack_digest=after)
    old = jurisdiction_of(pack_digest=before) if before else None
    if new is None:
        return {}
    if old is None:
        every = (MeasureListed(Place(m.id, m.titles), added=True) for m in new.rulebook.measures)
        return by_measure(every)
    return by_measure(differences(old.rulebook, new.rulebook))


_READ_WITH = ("tables/", "facts.yaml", "effects.yaml")


@lru_cache(maxsize=512)
def _marks(pack_digest: str) -> Mapping[str, str]:
    """Give a mark of each measure's file by its name, and under "" one of what all are read with."""
    files = files_of(pack_digest=pack_digest)
    found = {
        path.rpartition("/")[2].removesuffix(".yaml"): digest([path, text])
        for path, text in files.items()
        if path.startswith(("measures/", "rules/"))
    }
    return {**found, "": digest({k: text for k, text in files.items() if k.startswith(_READ_WITH)})}


def _same_file(measure: str, before: str, after: str) -> bool:
    """Tell whether a measure reads the same in two packs; loading packs to see it takes far longer."""
    old, new = _marks(before), _marks(after)
    return measure in old and all(old.get(one) == new.get(one) for one in (measure, ""))


def history_of(measure: str, pack: Jurisdiction, tag: str) -> History:
    """Give every publication in which a measure changed."""
    found: list[PublishedChange] = []
    before, unreadable = "", 0
    for one in publications():
        if _same_file(measure, before, one.pack_digest):
            continue
        try:
            several = changes_between(before, one.pack_digest).get(measure, ())
        except PackRefused:
            unreadable += 1
            continue
        before = one.pack_digest
        if several:
            first = isinstance(several[0], MeasureListed) and several[0].added
            at = one.decided_at or one.proposed_at
            found.append(PublishedChange(at, first, _said(several, pack, tag)))
    return History(tuple(reversed(found)), unreadable)
