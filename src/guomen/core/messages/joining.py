"""Joins the parts of a split list (UNH with C and F) into one, or says which part is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from guomen.core.advance_lists import AdvanceList
from guomen.core.messages.findings import Finding
from guomen.core.messages.interchange import Message
from guomen.core.messages.paxlst import count_totals


@dataclass(frozen=True, slots=True)
class Joined:
    """One list with what its parts say of one another; `complete` once the last part is there."""

    access: str
    list: AdvanceList
    complete: bool
    findings: tuple[Finding, ...]


def join_parts(messages: Iterable[Message]) -> tuple[Joined, ...]:
    """Join messages of one kind and access reference, from one interchange or from several.

    A message without an access reference, or that is the only part, stands alone. Travellers come
    in the order of the parts; the way is the first part's.
    """
    groups: dict[tuple[str, ...], list[Message]] = defaultdict(list)
    for number, message in enumerate(messages):
        part = message.part
        alone = not part.access or (part.last and part.number == 1)
        key = ("alone", str(number)) if alone else ("split", message.list.kind, part.access)
        groups[key].append(message)
    return tuple(_join(parts) for parts in groups.values())


def _join(parts: list[Message]) -> Joined:
    ordered = sorted(parts, key=lambda one: one.part.number)
    first, last = ordered[0], ordered[-1]
    if len(ordered) == 1 and first.part.last and first.part.number == 1:
        return Joined(first.part.access, first.list, True, ())
    findings = [*_gaps(ordered), *_differing_ways(ordered)]
    travellers = tuple(one for part in ordered for one in part.list.travellers)
    joined = replace(first.list, travellers=travellers)
    complete = not findings and last.part.last
    if complete:
        findings += _wrong_totals(ordered, joined)
    return Joined(first.part.access, joined, complete, tuple(findings))


def _gaps(ordered: list[Message]) -> list[Finding]:
    numbers = [one.part.number for one in ordered]
    there = set(numbers)
    # A part may call itself the thousand-millionth: the first twenty gaps say enough.
    gaps = (str(number) for number in range(1, numbers[-1] + 1) if number not in there)
    missing = list(islice(gaps, 20))
    double = sorted({str(number) for number in numbers if numbers.count(number) > 1})
    found = []
    if missing:
        found.append(_told("part_missing", ", ".join(missing)))
    if double:
        found.append(_told("part_double", ", ".join(double)))
    if any(one.part.last for one in ordered[:-1]):
        found.append(_told("part_after_last", str(numbers[-1])))
    return found


def _differing_ways(ordered: list[Message]) -> list[Finding]:
    first = ordered[0].list.crossing
    others = [one.part.number for one in ordered[1:] if one.list.crossing not in (None, first)]
    return [_told("part_differs", str(others[0]))] if others else []


def _wrong_totals(ordered: list[Message], joined: AdvanceList) -> list[Finding]:
    """Totals may count each part, or the whole list; either is right."""
    for part in ordered:
        for code, stated in part.totals:
            whole = count_totals(joined.travellers, code)
            own = count_totals(part.list.travellers, code)
            if whole is not None and stated not in (whole, own):
                return [_told("total_wrong", str(stated), str(whole))]
    return []


def _told(code: str, found: str, assumed: str = "") -> Finding:
    return Finding(
        code=f"message.{code}",
        segment=0,
        tag="UNH",
        position=0,
        found=found,
        assumed=assumed,
        grave=True,
    )
