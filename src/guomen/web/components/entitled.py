"""Says what belongs to a yes: what may be granted, where, how, with which papers, at what price."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from guomen.core.entitlement import Entitlement, Grant, Part
from guomen.core.policy import Measure
from guomen.jurisdiction import Jurisdiction
from guomen.language.codes import name_of
from guomen.language.sentences import say_effect, say_grant


@dataclass(frozen=True, slots=True)
class Told:
    """Some sentences, and the measures and standing rules that say so; none: it is the default."""

    sentences: tuple[str, ...]
    by: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Belongs:
    """Everything that belongs to a yes, in words, ready for a page."""

    holds: tuple[Told, ...]
    grants: tuple[Told, ...]
    where: tuple[Told, ...]
    how: tuple[Told, ...]
    bring: tuple[Told, ...]
    waived: tuple[Told, ...]
    terms: tuple[Told, ...]


def what_belongs(found: Entitlement, pack: Jurisdiction, tag: str) -> Belongs:
    """Say all parts of an entitlement; what one clause says stands together."""
    papers = found.papers
    return Belongs(
        holds=_parts(found.holds, pack, tag),
        grants=_grants(found.grants, pack, tag),
        where=_parts(found.where, pack, tag),
        how=_parts(found.how, pack, tag),
        bring=_papers(papers.bring, pack, tag) + _parts(papers.also, pack, tag),
        waived=_papers(papers.waived, pack, tag),
        terms=_parts(found.terms, pack, tag),
    )


def _grants(grants: Iterable[Grant], pack: Jurisdiction, tag: str) -> tuple[Told, ...]:
    grouped = groupby(grants, key=lambda one: (one.measure, *one.amended_by))
    return tuple(
        Told(tuple(say_grant(one.variant, tag, pack) for one in several), _named(names, pack))
        for names, several in grouped
    )


def _parts(parts: Iterable[Part], pack: Jurisdiction, tag: str) -> tuple[Told, ...]:
    grouped = groupby(parts, key=lambda one: one.measure)
    return tuple(
        Told(
            tuple(say_effect(one.key, one.value, tag, pack) for one in several),
            _named((name,), pack),
        )
        for name, several in grouped
    )


def _papers(parts: Iterable[Part], pack: Jurisdiction, tag: str) -> tuple[Told, ...]:
    grouped = groupby(parts, key=lambda one: one.measure)
    return tuple(
        Told(tuple(_paper(one, pack, tag) for one in several), _named((name,), pack))
        for name, several in grouped
    )


def _paper(part: Part, pack: Jurisdiction, tag: str) -> str:
    return name_of(str(part.value), pack.effects[part.key].codes, tag)[0]


def _named(names: Iterable[str | None], pack: Jurisdiction) -> tuple[Measure, ...]:
    found = (pack.rulebook.measure(name) for name in names if name is not None)
    return tuple(measure for measure in found if measure is not None)
